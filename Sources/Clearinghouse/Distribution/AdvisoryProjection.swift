import JSONText
import Journal
import Matching
import PackageIdentity
import Sealing

/// Advisories and the index over what they affect, as tables.
enum AdvisoryProjection {
    static let advisory = TableSchema(
        "advisory",
        columns: [
            .text("id"), .text("source"), .integer("modified"), .integer("published").optional,
            .integer("withdrawn").optional, .text("summary"), .text("osv"), .text("csaf").optional,
            .text("statement").optional, .text("case_file").optional, .integer("sequence")
        ],
        primaryKey: ["id"],
        indexes: [["sequence"]]
    )

    static let alias = TableSchema(
        "advisory_alias", columns: [.text("advisory"), .text("alias")], primaryKey: ["advisory", "alias"],
        indexes: [["alias"]]
    )

    /// One row a range: `lower` and `upper` are version keys, so "does this version lie in it" is a comparison of bytes that
    /// the database's own index answers.
    static let affectedRange = TableSchema(
        "affected_range",
        columns: [
            .text("advisory"), .integer("ordinal"), .text("ecosystem"), .text("name"), .blob("lower").optional,
            .blob("upper").optional, .integer("upper_included"), .text("evidence")
        ],
        primaryKey: ["advisory", "ordinal"],
        // The name first: a question for all releases of a distribution is then one run of the index.
        indexes: [["name", "ecosystem"]]
    )

    /// The commits that an advisory names as affected; which others lie between them only the repository knows.
    static let affectedCommit = TableSchema(
        "affected_commit", columns: [.text("advisory"), .text("hash")], primaryKey: ["advisory", "hash"], indexes: [["hash"]]
    )

    static let projection = Projection(
        "advisories", revision: VersionKey.encodingRevision << 8 | AffectedPackage.readingRevision,
        tables: [advisory, alias, affectedRange, affectedCommit]
    ) { record, contents in
        switch record.kind {
        case DistributionRecords.imported, DistributionRecords.published: changes(record, contents)
        default: []
        }
    }

    private static func changes(_ record: JournalRecord, _ contents: ContentLookup) -> [RowChange] {
        guard
            let payload = record.payload, let identifier = payload["advisory"]?.string,
            let digest = payload["osv"]?.string.flatMap(Digest.init(hex:)),
            let osv = contents.derived(digest, AdvisoryRows.init(parsing:))
        else { return [] }
        let key = SQLValue.text(identifier)
        var changes: [RowChange] = [
            .put(
                advisory,
                [
                    key, .text(payload["source"]?.string ?? ""), .integer(osv.modified), .optional(osv.published),
                    .optional(osv.withdrawn), .text(osv.summary), .text(digest.hex),
                    .optional(payload["csaf"]?.string), .optional(payload["statement"]?.string),
                    .optional(payload["case"]?.string), .integer(record.sequence)
                ]
            )
        ]
        // A first version has no rows of an earlier one to take away.
        if record.version > 1 {
            changes.append(.delete(alias, keyPrefix: [key]))
            changes.append(.delete(affectedRange, keyPrefix: [key]))
            changes.append(.delete(affectedCommit, keyPrefix: [key]))
        }
        return changes + osv.insertions
    }
}
