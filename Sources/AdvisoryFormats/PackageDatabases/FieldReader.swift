/// Reads `Name: value` lines, as deb822(5) and the core metadata of Python packages have them.
///
/// A line that begins with a space or a tab continues the field before it and is skipped; blank lines end a paragraph.
struct FieldReader {
    enum Element {
        /// The name and the value without surrounding blanks, as places in the bytes.
        case field(name: Range<Int>, value: Range<Int>)
        case endOfParagraph
        /// A line that is no field.
        case stray(Int)
    }

    let bytes: UnsafeBufferPointer<UInt8>
    private(set) var offset = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    /// The next element, or nil at the end of the bytes.
    mutating func next() -> Element? {
        while offset < bytes.count {
            let start = offset
            let end = endOfLine(start)
            offset = min(end + 1, bytes.count)
            let line = trimmed(start..<end)
            if line.isEmpty { return .endOfParagraph }
            if isBlank(bytes[start]) { continue }
            guard let colon = index(of: UInt8(ascii: ":"), in: line), colon > line.lowerBound else { return .stray(start) }
            return .field(name: trimmed(line.lowerBound..<colon), value: trimmed(colon + 1..<line.upperBound))
        }
        return nil
    }

    func isName(_ name: Range<Int>, _ expected: StaticString) -> Bool {
        if name.count != expected.utf8CodeUnitCount { return false }
        for index in 0..<name.count where lowercased(bytes[name.lowerBound + index]) != lowercased(expected.utf8Start[index]) {
            return false
        }
        return true
    }

    /// The text at a place, or nil when it is not UTF-8.
    func text(_ place: Range<Int>) -> String? {
        let span = UnsafeBufferPointer(rebasing: bytes[place]).span
        guard let text = try? UTF8Span(validating: span) else { return nil }
        return String(copying: text)
    }

    func index(of byte: UInt8, in range: Range<Int>) -> Int? {
        var index = range.lowerBound
        while index < range.upperBound {
            if bytes[index] == byte { return index }
            index += 1
        }
        return nil
    }

    func trimmed(_ range: Range<Int>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, isBlank(bytes[start]) { start += 1 }
        while end > start, isBlank(bytes[end - 1]) { end -= 1 }
        return start..<end
    }

    private func endOfLine(_ start: Int) -> Int { index(of: UInt8(ascii: "\n"), in: start..<bytes.count) ?? bytes.count }
    private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
    private func lowercased(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }
}
