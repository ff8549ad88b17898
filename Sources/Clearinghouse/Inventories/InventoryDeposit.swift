import AdvisoryFormats
import Journal
package import Matching
import PackageIdentity

/// A document that somebody wants to deposit, read and ready to be recorded.
package struct InventoryDeposit: Sendable {
    /// What its owner calls it; a later deposit of the same name takes its place.
    package let name: String
    /// As `InventoryFormat` names it.
    package let format: String
    /// What the document lists and cannot be asked about, in words.
    package let problems: [String]
    package let componentCount: Int
    let document: Content
    let components: Content

    /// Components of one deposit: twice the largest lock files and images we know. One append holds the only writer for as long as
    /// its rows take.
    package static let maximumComponentCount = 100_000
    private static let maximumNameByteCount = 200

    /// Reads an inventory in any format that is known.
    /// - Parameter fileName: tells lock files and package databases apart, as `InventoryDocument` has it; empty where the content
    ///   tells enough.
    /// - Parameter release: the distribution of a system's package database, such as `Debian:12`.
    /// - Throws: `malformed` with the place in the document; `tooLarge`.
    package init(_ bytes: [UInt8], named name: String, fileName: String = "", release: String? = nil) throws(Refusal) {
        let read: InventoryDocument
        do throws(FormatRefusal) {
            read = try InventoryDocument(parsing: bytes, fileName: fileName)
        } catch {
            throw Refusal(error)
        }
        let release = release.map { Ecosystem($0) }
        if let release, !release.isDistribution {
            throw Refusal(
                .malformed, "\(release) is no distribution that is known, such as Debian:12", place: "query parameter release")
        }
        let listed = ListedComponents(.document(read), release: release)
        // In the place of an earlier one it would say that nothing is affected any more.
        guard !listed.components.isEmpty else {
            let reason = listed.problems.first.map { ": " + $0 } ?? ""
            throw Refusal(.malformed, "the inventory lists nothing that advisories can be asked about\(reason)")
        }
        try self.init(
            listed.components, named: name, document: bytes, format: read.format.description, problems: listed.problems
        )
    }

    /// Components that were read already.
    /// - Throws: `malformed` for a name that is none, `tooLarge`.
    package init(
        _ components: [Component], named name: String, document: [UInt8], format: String, problems: [String] = []
    ) throws(Refusal) {
        guard (1...Self.maximumNameByteCount).contains(name.utf8.count), name.canNameStream else {
            throw Refusal(
                .malformed, "an inventory's name has 1 to \(Self.maximumNameByteCount) bytes and no control characters",
                place: "query parameter name"
            )
        }
        let all = DepositedComponents(components)
        let kept = DepositedComponents(all.components.filter { ComponentRow($0).isStorable })
        guard kept.components.count <= Self.maximumComponentCount else {
            throw Refusal(.tooLarge, "the inventory has more than \(Self.maximumComponentCount) components")
        }
        let excess = all.components.count - kept.components.count
        self.name = name
        self.format = format
        self.problems =
            problems
            + (excess == 0 ? [] : ["\(excess) have a name or version that is too long to be kept, or control characters in it"])
        componentCount = kept.components.count
        self.document = Content(document)
        self.components = Content(kept.bytes, derived: kept)
    }
}
