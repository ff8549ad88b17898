import AdvisoryFormats
import Journal
import Matching

/// What the tables keep of one OSV record: a function of its bytes alone.
struct AdvisoryRows: Sendable {
    let identifier: String
    let modified: Int64
    let published: Int64?
    let withdrawn: Int64?
    let summary: String
    /// Its rows in `advisory_alias`, `affected_range` and `affected_commit`. A withdrawn record has none in the last two: it
    /// affects nothing.
    let insertions: [RowChange]

    init(_ record: OSVRecord) {
        identifier = record.id
        modified = record.modified.milliseconds
        published = record.published?.milliseconds
        withdrawn = record.withdrawn?.milliseconds
        summary = record.summary ?? record.details?.firstLine ?? ""
        let key = SQLValue.text(record.id)
        let aliases = Set(record.aliases).sorted().map { RowChange.insert(AdvisoryProjection.alias, [key, .text($0)]) }
        let ranges = record.withdrawn == nil ? AffectedRangeRow.rows(of: record) : []
        let commits = record.withdrawn == nil ? Set(AffectedPackage.commits(of: record)).sorted() : []
        insertions =
            aliases
            + ranges.enumerated().map { ordinal, range in
                .insert(AdvisoryProjection.affectedRange, [key, .integer(Int64(ordinal))] + range.values)
            }
            + commits.map { .insert(AdvisoryProjection.affectedCommit, [key, .text($0)]) }
    }

    /// Nil where the bytes are not a valid record.
    init?(parsing bytes: [UInt8]) {
        guard let record = try? OSVRecord(parsing: bytes) else { return nil }
        self.init(record)
    }
}

extension WrittenTimestamp {
    var milliseconds: Int64 { secondsSince1970 * 1_000 + Int64(nanoseconds) / 1_000_000 }
}

extension String {
    /// Up to the first line break, and no longer than a table cell needs.
    var firstLine: String {
        String(prefix { $0 != "\n" }.prefix(200))
    }
}
