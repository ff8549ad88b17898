/// A part of a native range. Its indices are those of the whole text, so that an error can say where it is.
typealias NativeText = ArraySlice<UInt8>

extension NativeText {
    var string: String { String(decoding: self, as: UTF8.self) }

    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte >= 0x09 && byte <= 0x0D }

    /// Without the whitespace around it.
    var trimmed: NativeText {
        var text = self
        while let first = text.first, Self.isSpace(first) { text.removeFirst() }
        while let last = text.last, Self.isSpace(last) { text.removeLast() }
        return text
    }

    mutating func skipSpaces() { while let first, Self.isSpace(first) { removeFirst() } }

    /// Removes the prefix if it is there.
    mutating func skip(_ prefix: String) -> Bool {
        guard starts(with: prefix.utf8) else { return false }
        removeFirst(prefix.utf8.count)
        return true
    }

    /// Removes and returns everything before the first byte that satisfies `isEnd`.
    mutating func read(until isEnd: (UInt8) -> Bool) -> NativeText {
        let word = prefix { !isEnd($0) }
        removeFirst(word.count)
        return word
    }

    /// The parts between a separator, trimmed; empty ones too.
    func parts(separatedBy separator: String) -> [NativeText] {
        let mark = Array(separator.utf8)
        var result: [NativeText] = []
        var start = startIndex
        var index = startIndex
        while index < endIndex {
            if self[index...].starts(with: mark) {
                result.append(self[start..<index].trimmed)
                index += mark.count
                start = index
            } else {
                index += 1
            }
        }
        result.append(self[start...].trimmed)
        return result
    }

    /// The words between whitespace.
    var words: [NativeText] { split(whereSeparator: Self.isSpace) }
}
