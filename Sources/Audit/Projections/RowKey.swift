import Journal

/// The values of a primary key, or of its beginning, as one byte string: each with its type and, where it has one, its length,
/// so that different keys give different bytes and a prefix of values is a prefix of bytes.
struct RowKey: Hashable {
    private(set) var bytes: [UInt8] = []

    init() {}

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private static let null: UInt8 = 0
    private static let integer: UInt8 = 1
    private static let text: UInt8 = 2
    private static let blob: UInt8 = 3

    mutating func appendNull() {
        bytes.append(RowKey.null)
    }

    mutating func append(_ number: Int64) {
        bytes.append(RowKey.integer)
        appendFixed(UInt64(bitPattern: number))
    }

    mutating func append(text: UnsafeRawBufferPointer) {
        append(RowKey.text, text)
    }

    mutating func append(blob: UnsafeRawBufferPointer) {
        append(RowKey.blob, blob)
    }

    private mutating func append(_ tag: UInt8, _ value: UnsafeRawBufferPointer) {
        bytes.reserveCapacity(bytes.count + 9 + value.count)
        bytes.append(tag)
        appendFixed(UInt64(value.count))
        bytes.append(contentsOf: value)
    }

    private mutating func appendFixed(_ number: UInt64) {
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
    }

    func begins(with prefix: RowKey) -> Bool {
        bytes.starts(with: prefix.bytes)
    }

    /// The key's first value alone.
    var first: RowKey {
        guard let tag = bytes.first, tag != RowKey.null else { return RowKey(bytes: Array(bytes.prefix(1))) }
        let number = bytes[1..<9].reduce(0) { $0 << 8 | Int($1) }
        return RowKey(bytes: Array(bytes.prefix(tag == RowKey.integer ? 9 : 9 + number)))
    }

    static func == (left: RowKey, right: RowKey) -> Bool {
        left.bytes == right.bytes
    }

    func hash(into hasher: inout Hasher) {
        bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
    }
}

extension RowKey: CustomStringConvertible {
    /// The values, separated by commas: identifiers as text, blobs as their length.
    var description: String {
        var rest = bytes[...]
        var values: [String] = []
        while let tag = rest.popFirst() {
            guard tag != RowKey.null else {
                values.append("null")
                continue
            }
            let number = rest.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            rest = rest.dropFirst(8)
            if tag == RowKey.integer {
                values.append(String(Int64(bitPattern: number)))
                continue
            }
            let value = rest.prefix(Int(number))
            rest = rest.dropFirst(Int(number))
            values.append(tag == RowKey.text ? String(decoding: value, as: UTF8.self) : "blob of \(value.count) bytes")
        }
        return values.joined(separator: ",")
    }
}

extension SQLValue {
    func append(to key: inout RowKey) {
        switch self {
        case .null: key.appendNull()
        case .integer(let number): key.append(number)
        case .text(var text): text.withUTF8 { key.append(text: UnsafeRawBufferPointer($0)) }
        case .blob(let bytes): bytes.withUnsafeBytes { key.append(blob: $0) }
        }
    }

    var cell: Cell {
        switch self {
        case .null: .null
        case .integer(let number): Cell(number)
        case .text(var text): text.withUTF8 { Cell(text: UnsafeRawBufferPointer($0)) }
        case .blob(let bytes): bytes.withUnsafeBytes { Cell(blob: $0) }
        }
    }
}
