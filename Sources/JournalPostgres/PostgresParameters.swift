import CPostgreSQL
import Journal

/// Values on their way into one statement, in the binary formats of PostgreSQL: int8 as eight bytes, most significant first;
/// text and bytea as their bytes.
///
/// The buffers are kept from statement to statement, so that binding allocates nothing once they have grown.
struct PostgresParameters {
    private var bytes: [UInt8] = []
    /// Where each value lies in `bytes`; nil for NULL.
    private var starts: [Int?] = []
    private var lengths: [Int32] = []
    private var formats: [Int32] = []
    private var pointers: [UnsafePointer<CChar>?] = []

    /// - Throws: `storage` for text with U+0000, which PostgreSQL's TEXT can't hold, and for more bytes than its protocol can
    ///   say. Nothing was sent then.
    mutating func encode(_ values: [SQLValue]) throws {
        bytes.removeAll(keepingCapacity: true)
        starts.removeAll(keepingCapacity: true)
        lengths.removeAll(keepingCapacity: true)
        for value in values {
            let start = bytes.count
            switch value {
            case .null: break
            case .integer(let number): withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
            case .text(let text):
                bytes.append(contentsOf: text.utf8)
                guard !bytes[start...].contains(0) else {
                    throw JournalError(.storage, "PostgreSQL can't store text that contains U+0000")
                }
            case .blob(let blob): bytes.append(contentsOf: blob)
            }
            guard let length = Int32(exactly: bytes.count - start) else {
                throw JournalError(.storage, "PostgreSQL can't store a value of \(bytes.count - start) bytes")
            }
            starts.append(value == .null ? nil : start)
            lengths.append(length)
        }
        // libpq takes a null pointer for NULL, so the empty text of an otherwise empty buffer needs an address too.
        bytes.append(0)
    }

    /// The arguments libpq takes for the values last encoded; the pointers are valid inside `body` only.
    mutating func withArguments<Result>(
        _ body: (
            _ count: Int32, _ values: UnsafePointer<UnsafePointer<CChar>?>, _ lengths: UnsafePointer<Int32>,
            _ formats: UnsafePointer<Int32>
        ) -> Result
    ) -> Result {
        while formats.count < starts.count { formats.append(PostgresType.binaryFormat) }
        pointers.removeAll(keepingCapacity: true)
        return bytes.withUnsafeBytes { raw in
            let base = raw.baseAddress?.assumingMemoryBound(to: CChar.self)
            for start in starts { pointers.append(start.flatMap { base?.advanced(by: $0) }) }
            return body(Int32(starts.count), pointers, lengths, formats)
        }
    }
}
