import Foundation
import JSONText
import Matching
import PackageIdentity

/// Components of a CycloneDX JSON document, nested ones included; those without a package URL are counted as problems.
package enum CycloneDXInventory {
    /// - Throws: `malformed` where the file is not CycloneDX JSON, with the place.
    package static func read(file: String) throws -> Inventory {
        guard let bytes = FileManager.default.contents(atPath: file).map(Array.init) else {
            throw AgentError(.storage, "\(file) can't be read")
        }
        return try read(bytes, named: file)
    }

    static func read(_ bytes: [UInt8], named name: String) throws -> Inventory {
        let document: JSONValue
        do {
            document = try JSONValue(parsing: bytes)
        } catch {
            let (line, column) = JSONText.lineAndColumn(ofByteOffset: error.byteOffset, in: bytes)
            throw AgentError(.malformed, "\(name), line \(line), column \(column): \(error.reason)")
        }
        guard document["bomFormat"]?.string == "CycloneDX" else {
            throw AgentError(.malformed, "\(name) is not CycloneDX JSON: bomFormat is not \"CycloneDX\"")
        }
        var inventory = Inventory(source: name)
        let roots = (document["metadata"]?["component"].map { [$0] } ?? []) + (document["components"]?.array ?? [])
        for component in roots { add(component, to: &inventory) }
        return inventory
    }

    private static func add(_ component: JSONValue, to inventory: inout Inventory) {
        let name = component["name"]?.string ?? "a component without a name"
        switch component["purl"]?.string {
        case .none: inventory.problems.append("\(name) has no package URL")
        case .some(let text):
            do {
                inventory.components.append(Component(anyPurl: try Purl(parsing: text)))
            } catch {
                inventory.problems.append("\(name): \(text) is not a package URL (\(error.reason))")
            }
        }
        for nested in component["components"]?.array ?? [] { add(nested, to: &inventory) }
    }
}
