/// A pull reader over the bytes of one JSON document (RFC 8259).
///
/// It reads values in the order they stand, checks everything it passes (grammar, strings, numbers, depth, duplicate
/// names) and allocates only what the caller asks for. It is valid inside the closure of `read` only. After an error
/// the reader's position is undefined: give up the document.
public struct JSONReader: ~Copyable {
    let base: UnsafePointer<UInt8>
    let count: Int
    let maximumDepth: Int
    var position = 0
    var depth = 0
    var keys = KeyRegister()

    init(base: UnsafePointer<UInt8>, count: Int, maximumDepth: Int) {
        self.base = base
        self.count = count
        self.maximumDepth = maximumDepth
    }

    /// Reads one document: size, byte order mark and UTF-8 are checked first, then `body` pulls the value, then
    /// nothing but white space may follow. A value that `body` leaves unread is skipped and checked.
    ///
    /// - Throws: any code of `JSONError.Code`; nothing was kept of the document.
    public static func read<Result>(
        _ bytes: UnsafeBufferPointer<UInt8>,
        limits: JSONLimits = .standard,
        _ body: (inout JSONReader) throws(JSONError) -> Result
    ) throws(JSONError) -> Result {
        guard bytes.count <= limits.maximumBytes else {
            throw JSONError(
                code: .tooLarge, byteOffset: limits.maximumBytes,
                reason: "document of \(bytes.count) bytes exceeds the limit of \(limits.maximumBytes)"
            )
        }
        guard let base = bytes.baseAddress, bytes.count > 0 else {
            throw JSONError(code: .unexpectedEnd, byteOffset: 0, reason: "empty document")
        }
        try refuseByteOrderMark(bytes)
        if let offset = UTF8Check.firstInvalidOffset(in: bytes) {
            throw JSONError(code: .badUTF8, byteOffset: offset, reason: "invalid UTF-8")
        }
        var reader = JSONReader(base: base, count: bytes.count, maximumDepth: limits.maximumDepth)
        return try reader.readDocument(body)
    }

    /// Reads one document held in an array; see `read(_:limits:_:)` over a buffer.
    public static func read<Result>(
        _ bytes: [UInt8],
        limits: JSONLimits = .standard,
        _ body: (inout JSONReader) throws(JSONError) -> Result
    ) throws(JSONError) -> Result {
        try bytes.withUnsafeBufferPointer { (buffer) throws(JSONError) in
            try read(buffer, limits: limits, body)
        }
    }

    /// Reads one document held in a slice; offsets count from the start of the slice.
    public static func read<Result>(
        _ bytes: ArraySlice<UInt8>,
        limits: JSONLimits = .standard,
        _ body: (inout JSONReader) throws(JSONError) -> Result
    ) throws(JSONError) -> Result {
        try bytes.withUnsafeBufferPointer { (buffer) throws(JSONError) in
            try read(buffer, limits: limits, body)
        }
    }

    private static func refuseByteOrderMark(_ bytes: UnsafeBufferPointer<UInt8>) throws(JSONError) {
        if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF {
            throw JSONError(
                code: .unexpectedByte, byteOffset: 0,
                reason: "byte order mark, which RFC 8259 section 8.1 forbids"
            )
        }
    }

    private mutating func readDocument<Result>(
        _ body: (inout JSONReader) throws(JSONError) -> Result
    ) throws(JSONError) -> Result {
        skipWhitespace()
        let start = position
        let result = try body(&self)
        if position == start { _ = try skipValue() }
        skipWhitespace()
        if position < count {
            throw failure(.trailingBytes, "unexpected \(nameOfByte(at: position)) after the document")
        }
        return result
    }

    /// Offset of the next value's first byte, once white space before it is passed.
    public var offset: Int {
        mutating get {
            skipWhitespace()
            return position
        }
    }

    /// The kind of the next value, told by its first byte, without consuming it.
    ///
    /// - Throws: `.unexpectedEnd` or `.unexpectedByte` when no value starts here.
    public mutating func peek() throws(JSONError) -> JSONKind {
        skipWhitespace()
        guard position < count else { throw endOfDocument() }
        switch base[position] {
        case UInt8(ascii: "\""): return .string
        case UInt8(ascii: "{"): return .object
        case UInt8(ascii: "["): return .array
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
        case UInt8(ascii: "t"), UInt8(ascii: "f"): return .bool
        case UInt8(ascii: "n"): return .null
        default: throw failure(.unexpectedByte, "unexpected \(nameOfByte(at: position)) instead of a value")
        }
    }

    /// An error at the given offset, or at the next value; for refusals of the format being read.
    public mutating func failure(_ code: JSONError.Code, _ reason: String, at offset: Int? = nil) -> JSONError {
        JSONError(code: code, byteOffset: offset ?? position, reason: reason)
    }
}
