/// A stretch of a text; its indices are byte offsets in the whole text.
typealias TextSlice = ArraySlice<UInt8>

/// The lines of a text without what ends them (LF or CR LF); a byte order mark is passed.
struct TextLines: Sequence, IteratorProtocol {
    private let bytes: [UInt8]
    private var position: Int

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    mutating func next() -> TextSlice? {
        guard position < bytes.count else { return nil }
        let end = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
        defer { position = end + 1 }
        return end > position && bytes[end - 1] == UInt8(ascii: "\r") ? bytes[position..<end - 1] : bytes[position..<end]
    }
}

extension ArraySlice<UInt8> {
    /// The text; bytes were checked to be UTF-8.
    var text: String { String(decoding: self, as: UTF8.self) }

    /// The number of spaces before the first other byte.
    var indentation: Int { prefix { $0 == UInt8(ascii: " ") }.count }

    /// Without blanks (space, tab, CR) at both ends.
    func trimmed() -> TextSlice {
        var (start, end) = (startIndex, endIndex)
        while start < end, Self.isBlank(self[start]) { start += 1 }
        while end > start, Self.isBlank(self[end - 1]) { end -= 1 }
        return self[start..<end]
    }

    /// The stretches between blanks.
    func words() -> [TextSlice] { split(whereSeparator: Self.isBlank) }

    func hasPrefix(_ text: StaticString) -> Bool {
        count >= text.utf8CodeUnitCount && text.withUTF8Buffer { elementsEqual($0, in: startIndex) }
    }

    func hasSuffix(_ text: StaticString) -> Bool {
        count >= text.utf8CodeUnitCount && text.withUTF8Buffer { elementsEqual($0, in: endIndex - $0.count) }
    }

    func equals(_ text: StaticString) -> Bool { count == text.utf8CodeUnitCount && hasPrefix(text) }

    /// Where the text stands first, or nil.
    func index(of text: StaticString) -> Int? {
        text.withUTF8Buffer { text in
            var index = startIndex
            while index + text.count <= endIndex {
                if elementsEqual(text, in: index) { return index }
                index += 1
            }
            return nil
        }
    }

    /// What stands before and behind the first place of the text, or nil where it does not occur.
    func divided(by text: StaticString) -> (before: TextSlice, after: TextSlice)? {
        guard let place = index(of: text) else { return nil }
        return (self[startIndex..<place], self[place + text.utf8CodeUnitCount..<endIndex])
    }

    private func elementsEqual(_ text: UnsafeBufferPointer<UInt8>, in start: Int) -> Bool {
        for offset in 0..<text.count where self[start + offset] != text[offset] { return false }
        return true
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
}
