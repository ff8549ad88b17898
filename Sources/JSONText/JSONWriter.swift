/// Writes JSON into a growing array of bytes, without building a tree.
///
/// Commas and colons are placed by the writer. The caller opens and closes containers in pairs and writes a key before
/// every member; a text made otherwise is not JSON, and `finish` stops the program in debug builds.
public struct JSONWriter: Sendable {
    /// What was written so far.
    public private(set) var bytes: [UInt8] = []

    private let isPretty: Bool
    private var needsComma = false
    private var followsKey = false
    private var depth = 0

    /// Creates a writer; `pretty` puts members and elements on lines of their own, indented by two spaces.
    public init(pretty: Bool = false, reservingCapacity capacity: Int = 0) {
        isPretty = pretty
        if capacity > 0 { bytes.reserveCapacity(capacity) }
    }

    /// The finished text.
    public consuming func finish() -> [UInt8] {
        assert(depth == 0 && !followsKey, "a container is still open or a key has no value")
        return bytes
    }

    /// Hands over what was written so far and forgets it; the same text goes on. So a long text needs little memory.
    public mutating func flush(_ take: ([UInt8]) throws -> Void) rethrows {
        try take(bytes)
        bytes.removeAll(keepingCapacity: true)
    }

    /// Forgets the text and keeps the memory, to write the next one.
    public mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        needsComma = false
        followsKey = false
        depth = 0
    }

    /// Opens an object.
    public mutating func beginObject() { open(UInt8(ascii: "{")) }

    /// Closes the innermost container, which must be an object.
    public mutating func endObject() { close(UInt8(ascii: "}")) }

    /// Opens an array.
    public mutating func beginArray() { open(UInt8(ascii: "[")) }

    /// Closes the innermost container, which must be an array.
    public mutating func endArray() { close(UInt8(ascii: "]")) }

    /// Writes a member's name.
    public mutating func key(_ name: String) {
        separate()
        appendQuoted(name)
        endKey()
    }

    /// Writes a string.
    public mutating func string(_ text: String) {
        separate()
        appendQuoted(text)
    }

    /// Writes an integer.
    public mutating func integer(_ value: some BinaryInteger & SignedInteger & FixedWidthInteger) {
        separate()
        appendInteger(Int64(value))
    }

    /// Writes a number as it was read.
    public mutating func number(_ value: JSONNumber) {
        separate()
        bytes.append(contentsOf: value.text.utf8)
    }

    /// Writes `true` or `false`.
    public mutating func bool(_ value: Bool) {
        separate()
        appendLiteral(value ? "true" : "false")
    }

    /// Writes `null`.
    public mutating func null() {
        separate()
        appendLiteral("null")
    }

    /// Writes bytes that are a complete JSON value already, unchecked.
    public mutating func raw(_ value: some Sequence<UInt8>) {
        separate()
        bytes.append(contentsOf: value)
    }

    private mutating func appendLiteral(_ text: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    private mutating func appendQuoted(_ text: String) {
        var copy = text
        copy.withUTF8 { StringEscapes.appendQuoted($0, to: &bytes) }
    }

    private mutating func appendInteger(_ value: Int64) {
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        var magnitude = value.magnitude
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
            var index = 20
            repeat {
                index -= 1
                digits[index] = UInt8(magnitude % 10) + 0x30
                magnitude /= 10
            } while magnitude > 0
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: digits[index...]))
        }
    }

    @inline(__always)
    private mutating func separate() {
        if followsKey {
            followsKey = false
            needsComma = true
            return
        }
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        if isPretty, depth > 0 { newLine() }
        needsComma = true
    }

    private mutating func endKey() {
        bytes.append(UInt8(ascii: ":"))
        if isPretty { bytes.append(UInt8(ascii: " ")) }
        followsKey = true
    }

    private mutating func open(_ bracket: UInt8) {
        separate()
        bytes.append(bracket)
        needsComma = false
        depth += 1
    }

    private mutating func close(_ bracket: UInt8) {
        depth -= 1
        if isPretty, needsComma { newLine() }
        bytes.append(bracket)
        needsComma = true
    }

    private mutating func newLine() {
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * depth))
    }
}
