import AdvisoryFormats
import Client
import Foundation
import Matching
package import PackageIdentity

/// Components of an SBOM, lock file, package database or list of packages in any format that is read, compressed or not, and what it
/// is about; those without a package URL or a CPE name are problems, and so are entries that could not be read.
package enum SBOMInventory {
    /// - Parameter release: the distribution that packages of a system's own database come from (`Debian:12`), which no such
    ///   database says; without it they are problems.
    /// - Throws: `storage` where the file can't be read, `malformed` where it is no inventory, with every place.
    package static func read(file: String, release: Ecosystem? = nil) throws -> Inventory {
        let document = try document(file)
        var inventory = Inventory(source: file, problems: document.problems.map(\.description))
        inventory.components.reserveCapacity(document.subjects.count + document.components.count)
        for component in document.subjects { add(component, release, to: &inventory) }
        for component in document.components { add(component, release, to: &inventory) }
        return inventory
    }

    private static func document(_ file: String) throws -> InventoryDocument {
        let bytes = try WholeFile.bytes(file)
        do {
            return try InventoryDocument(
                parsing: PackedDocument.unpacked(bytes, name: file), fileName: PackedDocument.unpackedName(file)
            )
        } catch {
            throw AgentError(.malformed, "\(file): \(error)")
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
