import AdvisoryFormats
import Client
import Foundation
import Matching
import PackageIdentity

/// Components of an SBOM, lock file, package database or list of packages in any format that is read, compressed or not, and what it
/// is about; those without a package URL are problems, and so are entries that could not be read.
package enum SBOMInventory {
    /// - Throws: `storage` where the file can't be read, `malformed` where it is no inventory, with every place.
    package static func read(file: String) throws -> Inventory {
        guard let bytes = FileManager.default.contents(atPath: file).map(Array.init) else {
            throw AgentError(.storage, "\(file) can't be read")
        }
        let document: InventoryDocument
        do {
            document = try InventoryDocument(
                parsing: PackedDocument.unpacked(bytes, name: file), fileName: PackedDocument.unpackedName(file)
            )
        } catch {
            throw AgentError(.malformed, "\(file): \(error)")
        }
        var inventory = Inventory(source: file, problems: document.problems.map(\.description))
        for component in document.subjects + document.components { add(component, to: &inventory) }
        return inventory
    }

    private static func add(_ component: InventoryComponent, to inventory: inout Inventory) {
        let name = component.name.isEmpty ? "a component without a name" : component.name
        if component.purls.isEmpty { inventory.problems.append("\(name) has no package URL") }
        for text in component.purls {
            do {
                inventory.components.append(Component(anyPurl: try Purl(parsing: text)))
            } catch {
                inventory.problems.append("\(name): \(text) is not a package URL (\(error.reason))")
            }
        }
    }
}
