import AdvisoryFormats
import Client
import Foundation
import JSONText
package import Matching
package import PackageIdentity

/// Components of an SBOM, lock file, package database or list of packages in any format that is read, compressed or not, and what it
/// is about; those without a package URL or a CPE name are problems, and so are entries that could not be read.
package enum SBOMInventory {
    /// - Parameters:
    ///   - release: the distribution that packages of a system's own database come from (`Debian:12`), which no such database
    ///     says; without it they are problems.
    ///   - index: where it is given, components that none of its advisories concerns are counted and not kept.
    /// - Throws: `storage` where the file can't be read, `malformed` where it is no inventory, with every place.
    package static func read(
        file: String, release: Ecosystem? = nil, concernedBy index: AdvisoryIndex? = nil
    ) throws -> Inventory {
        let bytes = try WholeFile.bytes(file)
        do {
            let document = try PackedDocument.unpacked(bytes, name: file)
            return try InventoryContent.with(document, fileName: PackedDocument.unpackedName(file)) { content in
                inventory(of: content, file, release, index)
            }
        } catch {
            throw AgentError(.malformed, "\(file): \(error)")
        }
    }

    private static func inventory(
        of content: InventoryContent, _ file: String, _ release: Ecosystem?, _ index: AdvisoryIndex?
    ) -> Inventory {
        var inventory = Inventory(source: file)
        switch content {
        case .document(let document):
            inventory.problems = document.problems.map(\.description)
            take(document.subjects, of: release, to: &inventory)
            for component in document.components { add(component, release, to: &inventory) }
        case .outline(let outline):
            take(outline.subjects.map { InventoryComponent($0) }, of: release, to: &inventory)
            var filter = index.map { OutlineFilter($0) }
            for component in outline.components {
                if filter?.passes(component) == true {
                    inventory.passedCount += 1
                } else {
                    add(InventoryComponent(component), release, to: &inventory)
                }
            }
        }
        return inventory
    }

    /// What the inventory is about; behind the first stands what that holds.
    private static func take(_ subjects: [InventoryComponent], of release: Ecosystem?, to inventory: inout Inventory) {
        inventory.subjects = subjects.first.map { $0.purls + $0.cpes } ?? []
        for component in subjects { add(component, release, to: &inventory) }
    }

    /// Asks an index about components where they stand in their document.
    private struct OutlineFilter {
        private var matcher: Matcher
        private var places: [MatchPlace] = []

        init(_ index: AdvisoryIndex) { matcher = Matcher(index) }

        /// Whether it is certain, without decoding anything, that no advisory concerns the component.
        mutating func passes(_ component: InventoryOutline.Component) -> Bool {
            guard let purl = component.purl?.plainBytes.flatMap({ PlainPurl($0) }) else { return false }
            places.removeAll(keepingCapacity: true)
            matcher.find(purl, into: &places)
            return places.isEmpty
        }
    }

    private static func add(_ component: InventoryComponent, _ release: Ecosystem?, to inventory: inout Inventory) {
        let name = component.name.isEmpty ? "a component without a name" : component.name
        if let system = component.system {
            guard let release else {
                inventory.problems.append("\(name) is a package of \(system.manager.rawValue), and the release is not known")
                return
            }
            inventory.components.append(Component(system, of: release, displayName: name))
        } else if component.purls.isEmpty, component.cpes.isEmpty {
            inventory.problems.append("\(name) has no package URL")
        }
        var hasEcosystem = component.system != nil
        for text in component.purls {
            do {
                let package = try Component(inventoryPurl: text)
                inventory.components.append(package)
                hasEcosystem = hasEcosystem || package.isOfEcosystem
            } catch {
                inventory.problems.append("\(name): \(text) is not a package URL (\(error.reason))")
            }
        }
        if !hasEcosystem { for text in component.cpes { add(cpe: text, of: name, to: &inventory) } }
    }

    /// A product's CPE name is asked for where no package manager's advisories are about it: of a distribution's package those
    /// know which fixes it has, and its CPE name does not.
    private static func add(cpe text: String, of name: String, to inventory: inout Inventory) {
        do {
            if let product = Component(try CPE(parsing: text), displayName: name) {
                inventory.components.append(product)
            } else {
                inventory.problems.append("\(name): \(text) names no vendor or no product")
            }
        } catch {
            inventory.problems.append("\(name): \(text) is not a CPE name (\(error.reason))")
        }
    }
}
