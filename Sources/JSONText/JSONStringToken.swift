/// The name of an object member, as it stands in the bytes.
public typealias JSONKey = JSONStringToken

/// A string as it stands in the bytes: checked, not yet decoded, free to make and to compare.
///
/// It points into the reader's bytes: do not keep it beyond the closure it was given to; make a `String` of it.
public struct JSONStringToken {
    /// First byte after the opening quotation mark.
    @usableFromInline let start: UnsafePointer<UInt8>
    /// Bytes between the quotation marks.
    @usableFromInline let length: Int
    /// Whether any byte is a backslash, so that the decoded text differs from the bytes.
    @usableFromInline let hasEscapes: Bool
    /// Offset of the opening quotation mark in the document.
    public let byteOffset: Int

    @usableFromInline
    init(start: UnsafePointer<UInt8>, length: Int, hasEscapes: Bool, byteOffset: Int) {
        self.start = start
        self.length = length
        self.hasEscapes = hasEscapes
        self.byteOffset = byteOffset
    }

    /// The decoded text.
    public var string: String { String(self) }

    /// The text for an error message: at most 64 characters on one line, so that hostile text cannot forge or flood a log.
    public var excerpt: String {
        var text = ""
        let scalars = string.unicodeScalars
        for scalar in scalars.prefix(Self.excerptLength) {
            switch scalar.properties.generalCategory {
            // Characters that end a line, change its direction or show nothing.
            case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
                text += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return scalars.count > Self.excerptLength ? text + "…" : text
    }

    private static let excerptLength = 64

    /// Whether the decoded text is exactly these code points (bytes are compared, no Unicode equivalence).
    @inlinable
    public static func == (token: JSONStringToken, text: StaticString) -> Bool {
        guard !token.hasEscapes else { return token.equalsDecoded(text) }
        return token.length == text.utf8CodeUnitCount
            && equalBytes(token.start, text.utf8Start, token.length)
    }

    /// The opposite of `==`.
    @inlinable
    public static func != (token: JSONStringToken, text: StaticString) -> Bool { !(token == text) }

    /// Lets a `switch` over a token use string literals as patterns.
    @inlinable
    public static func ~= (text: StaticString, token: JSONStringToken) -> Bool { token == text }

    /// The bytes of the text where they stand in the document; nil where an escape is among them. Valid as long as the token.
    @inlinable
    public var plainBytes: UnsafeBufferPointer<UInt8>? {
        hasEscapes ? nil : UnsafeBufferPointer(start: start, count: length)
    }

    /// Calls `body` with the decoded UTF-8 bytes; without escapes these are the document's own bytes, not a copy.
    @inlinable
    public func withDecodedBytes<Result, Failure: Error>(
        _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        guard hasEscapes else { return try body(UnsafeBufferPointer(start: start, count: length)) }
        return try decodedBytes().withUnsafeBufferPointer(body)
    }

    @usableFromInline
    func equalsDecoded(_ text: StaticString) -> Bool {
        let decoded = decodedBytes()
        return decoded.count == text.utf8CodeUnitCount
            && decoded.withUnsafeBufferPointer { bytes in
                bytes.elementsEqual(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
            }
    }

    @usableFromInline
    func decodedBytes() -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(length)
        StringEscapes.decode(UnsafeBufferPointer(start: start, count: length), into: &output)
        return output
    }
}

extension String {
    /// The decoded text of a token.
    public init(_ token: JSONStringToken) {
        guard token.hasEscapes else {
            self = String(validUTF8: UnsafeBufferPointer(start: token.start, count: token.length))
            return
        }
        self = token.decodedBytes().withUnsafeBufferPointer { String(validUTF8: $0) }
    }

    /// Copies bytes that are known to be well-formed UTF-8, without checking them again.
    init(validUTF8 bytes: UnsafeBufferPointer<UInt8>) {
        self.init(copying: UTF8Span(unchecked: bytes.span))
    }
}

/// Whether two runs of `count` bytes are equal; short runs, like member names, take one or two loads.
@inlinable
@inline(__always)
func equalBytes(_ a: UnsafePointer<UInt8>, _ b: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    let left = UnsafeRawPointer(a)
    let right = UnsafeRawPointer(b)
    var offset = 0
    while offset + 8 <= count {
        if left.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            != right.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        {
            return false
        }
        offset += 8
    }
    if offset == count { return true }
    if count >= 8 {
        return left.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
            == right.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
    }
    while offset < count {
        if a[offset] != b[offset] { return false }
        offset += 1
    }
    return true
}
