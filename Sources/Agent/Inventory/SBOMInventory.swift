package import AdvisoryFormats
import Archive
import Foundation
package import Matching
package import PackageIdentity

/// Components of an SBOM, lock file, package database or list of packages in any format that is read, compressed or not, and what it
/// is about; those without a package URL or a CPE name are problems, and so are entries that could not be read.
package enum SBOMInventory {
    /// - Parameters:
    ///   - format: the format, where the file's name and its content don't tell it.
    ///   - release: the distribution that packages of a system's own database come from (`Debian:12`), which no such database
    ///     says; without it they are problems.
    ///   - index: where it is given, components that none of its advisories concerns are counted and not kept.
    ///   - vex: the statements whose BOM-Links are followed into the inventory.
    /// - Throws: `storage` where the file can't be read, `unknownFormat` where nothing tells its format, `malformed` where it is no
    ///   inventory, with every place.
    package static func read(
        file: String, format: InventoryFormat? = nil, release: Ecosystem? = nil, concernedBy index: AdvisoryIndex? = nil,
        linkedBy vex: VEXCollection = .none
    ) throws -> Inventory {
        let bytes = try WholeFile.bytes(file)
        do {
            let document = try PackedDocument.unpacked(bytes, name: file)
            let listed = try InventoryContent.with(document, fileName: PackedDocument.unpackedName(file), format: format) {
                ListedComponents($0, release: release, concernedBy: index, linkedBy: vex.references(into:))
            }
            return Inventory(source: file, listed)
        } catch {
            let isUnknown = (error as? FormatRefusal)?.isOfUnknownInventory ?? false
            throw AgentError(isUnknown ? .unknownFormat : .malformed, "\(file): \(error)")
        }
    }
}
