import AdvisoryFormats

/// What the tables keep of one OSV record: a function of its bytes alone.
struct AdvisoryRows: Sendable {
    let identifier: String
    let modified: Int64
    let published: Int64?
    let withdrawn: Int64?
    let summary: String
    let aliases: [String]
    /// Empty for a withdrawn record: it affects nothing.
    let ranges: [AffectedRangeRow]

    init(_ record: OSVRecord) {
        identifier = record.id
        modified = record.modified.milliseconds
        published = record.published?.milliseconds
        withdrawn = record.withdrawn?.milliseconds
        summary = record.summary ?? record.details?.firstLine ?? ""
        aliases = Set(record.aliases).sorted()
        ranges = record.withdrawn == nil ? AffectedRangeRow.rows(of: record) : []
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
