/// Runs of one kind of byte, which is what versions are made of.
extension UnsafeBufferPointer<UInt8> {
    /// The first position from `start` on that holds no ASCII digit.
    @inline(__always)
    func endOfDigits(from start: Int) -> Int {
        var index = start
        while index < count, self[index].isASCIIDigit { index += 1 }
        return index
    }

    /// The first position from `start` on that holds no ASCII letter.
    @inline(__always)
    func endOfLetters(from start: Int) -> Int {
        var index = start
        while index < count, self[index].isASCIILetter { index += 1 }
        return index
    }

    /// Whether `byte` stands at `position`; false beyond the end.
    @inline(__always)
    func has(_ byte: UInt8, at position: Int) -> Bool { position < count && self[position] == byte }

    /// Whether an ASCII digit stands at `position`; false beyond the end.
    @inline(__always)
    func hasDigit(at position: Int) -> Bool { position < count && self[position].isASCIIDigit }

    /// Whether the digits from `start` to before `end` have the value 0.
    @inline(__always)
    func isZero(_ start: Int, _ end: Int) -> Bool {
        var index = start
        while index < end, self[index] == UInt8(ascii: "0") { index += 1 }
        return index == end
    }

    /// Whether exactly the bytes from `start` to before `end` are the word, which is in lowercase.
    @inline(__always)
    func isWord(_ word: StaticString, _ start: Int, _ end: Int, ignoringCase: Bool = false) -> Bool {
        if end - start != word.utf8CodeUnitCount { return false }
        for offset in 0..<word.utf8CodeUnitCount {
            let byte = self[start + offset]
            if (ignoringCase ? byte.asciiLowercased : byte) != word.utf8Start[offset] { return false }
        }
        return true
    }
}
