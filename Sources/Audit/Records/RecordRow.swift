/// A row of `record` as the database holds it. Texts are kept as bytes, so that what is compared is what is stored.
struct RecordRow {
    let sequence: Int64
    let stream: [UInt8]
    let version: Int64
    let kind: [UInt8]
    let actor: [UInt8]
    let label: [UInt8]
    let time: Int64
    /// Nil for a payload in the clear.
    let contentKey: String?
    let payload: [UInt8]
    let salt: [UInt8]
    let commitment: [UInt8]

    static let query = """
        SELECT sequence, stream, version, kind, actor, label, time, content_key, payload, salt, commitment
        FROM record ORDER BY sequence
        """

    var place: String { "record \(sequence)" }
}

extension RecordRow {
    init(_ row: Statement) {
        sequence = row.integer(0)
        stream = row.bytes(1)
        version = row.integer(2)
        kind = row.bytes(3)
        actor = row.bytes(4)
        label = row.bytes(5)
        time = row.integer(6)
        contentKey = row.isNull(7) ? nil : row.text(7)
        payload = row.bytes(8)
        salt = row.bytes(9)
        commitment = row.bytes(10)
    }
}
