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
        try inventory(
            of: WholeFile.bytes(file), name: file, format: format, release: release, concernedBy: index, linkedBy: vex)
    }

    /// The same from bytes at hand.
    /// - Parameter file: the name of the file that they are of, which may tell the format.
    package static func inventory(
        of bytes: [UInt8], name file: String, format: InventoryFormat? = nil, release: Ecosystem? = nil,
        concernedBy index: AdvisoryIndex? = nil, linkedBy vex: VEXCollection = .none
    ) throws -> Inventory {
        do {
            let document = try PackedDocument.unpacked(bytes, name: file)
            return try InventoryContent.with(document, fileName: PackedDocument.unpackedName(file), format: format) { content in
                let listed = ListedComponents(
                    content, release: release, concernedBy: index, linkedBy: vex.references(into:))
                return Inventory(source: file, listed, invalidity: content.invalidity(of: document))
            }
        } catch {
            let isUnknown = (error as? FormatRefusal)?.isOfUnknownInventory ?? false
            throw AgentError(isUnknown ? .unknownFormat : .malformed, "\(file): \(error)")
        }
    }
}

extension InventoryContent {
    /// That a CycloneDX document breaks the schema of its version, with the first place and how many more there are; nil where it keeps
    /// to it. What it lists was read in full all the same.
    fileprivate func invalidity(of bytes: [UInt8]) -> String? {
        let violations = violations(in: bytes)
        guard let first = violations.first else { return nil }
        let isEveryOne = violations.count < Self.maximumViolationCount
        let more = violations.count == 1 ? "" : " (and \(isEveryOne ? "" : "at least ")\(violations.count - 1) more)"
        let place = first.pointer.isEmpty ? "/" : first.pointer
        return "not valid CycloneDX \(specVersion ?? "") at \(place): \(first.reason)\(more)".oneLine
    }
}
