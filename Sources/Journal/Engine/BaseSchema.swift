/// The tables of the journal itself, which no replay touches.
package enum BaseSchema {
    /// The facts.
    package static let record = TableSchema(
        "record",
        columns: [
            .integer("sequence"), .text("stream"), .integer("version"), .text("kind"), .text("actor"), .text("label"),
            .integer("time"), .text("content_key").optional, .blob("payload"), .blob("salt"), .blob("commitment")
        ],
        primaryKey: ["sequence"],
        uniqueIndexes: [["stream", "version"]],
        holdsLargeRows: true
    )

    /// The bytes records refer to. `sealed_under` is the empty text for bytes in the clear, so that the same bytes arriving
    /// under two keys are two rows and one key's destruction does not take the other's.
    package static let content = TableSchema(
        "content",
        columns: [.blob("digest"), .text("sealed_under"), .blob("bytes")],
        primaryKey: ["digest", "sealed_under"],
        holdsLargeRows: true
    )

    /// Content keys, wrapped by the master key; `wrapped` is null once destroyed.
    package static let contentKey = TableSchema(
        "content_key",
        columns: [.text("name"), .blob("wrapped").optional],
        primaryKey: ["name"]
    )

    /// The hash tiles of the log (C2SP tlog-tiles); the last of each level may be partial.
    package static let tile = TableSchema(
        "tile",
        columns: [.integer("level"), .integer("position"), .blob("hashes")],
        primaryKey: ["level", "position"],
        holdsLargeRows: true
    )

    /// Every checkpoint ever signed.
    package static let checkpoint = TableSchema(
        "checkpoint",
        columns: [.integer("size"), .blob("root"), .text("note"), .integer("time")],
        primaryKey: ["size"]
    )

    /// Who works on which job until when.
    package static let jobLease = TableSchema(
        "job_lease",
        columns: [.text("job"), .text("token"), .integer("until"), .integer("attempts")],
        primaryKey: ["job"]
    )

    /// One row per setting of this database: whose it is (`JournalOwnership`).
    package static let setting = TableSchema(
        "setting", columns: [.text("name"), .text("value")], primaryKey: ["name"]
    )

    package static let tables = [record, content, contentKey, tile, checkpoint, jobLease, setting]
}
