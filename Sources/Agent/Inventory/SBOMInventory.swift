import AdvisoryFormats
import Archive
import Foundation
import Matching
package import PackageIdentity

/// Components of an SBOM, lock file, package database or list of packages in any format that is read, compressed or not, and what it
/// is about; those without a package URL are problems, and so are entries that could not be read.
package enum SBOMInventory {
    /// - Parameter release: the distribution that packages of a system's own database come from (`Debian:12`), which no such
    ///   database says; without it they are problems.
    /// - Throws: `storage` where the file can't be read, `malformed` where it is no inventory, with every place.
    package static func read(file: String, release: Ecosystem? = nil) throws -> Inventory {
        let listed = ListedComponents(try document(file), release: release)
        return Inventory(source: file, components: listed.components, problems: listed.problems)
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
}
