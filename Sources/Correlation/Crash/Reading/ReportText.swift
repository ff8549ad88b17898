/// A piece of a report, read byte by byte: reports are whatever a hostile program printed, so nothing is assumed about
/// their encoding.
typealias ReportText = ArraySlice<UInt8>

extension ArraySlice where Element == UInt8 {
    func hasPrefix(_ words: StaticString) -> Bool {
        let length = words.utf8CodeUnitCount
        guard count >= length else { return false }
        return withUnsafeBufferPointer { bytes in
            words.withUTF8Buffer { bytes.holds($0, at: 0) }
        }
    }

    func hasSuffix(_ words: StaticString) -> Bool { suffix(words.utf8CodeUnitCount).hasPrefix(words) }

    func equals(_ words: StaticString) -> Bool { count == words.utf8CodeUnitCount && hasPrefix(words) }

    /// Where the words first occur.
    func range(of words: StaticString) -> Range<Int>? {
        let length = words.utf8CodeUnitCount
        guard length > 0, count >= length else { return nil }
        return withUnsafeBufferPointer { bytes in
            words.withUTF8Buffer { words in
                var at = 0
                while at <= bytes.count - length {
                    if bytes[at] == words[0], bytes.holds(words, at: at) {
                        return (startIndex + at)..<(startIndex + at + length)
                    }
                    at += 1
                }
                return nil
            }
        }
    }

    /// Every place where the words occur, without overlaps.
    func ranges(of words: StaticString) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var rest = self
        while let range = rest.range(of: words) {
            found.append(range)
            rest = rest[range.upperBound...]
        }
        return found
    }

    func contains(_ words: StaticString) -> Bool { range(of: words) != nil }

    /// Where the words last occur.
    func lastRange(of words: StaticString) -> Range<Int>? {
        let length = words.utf8CodeUnitCount
        guard length > 0, count >= length else { return nil }
        return withUnsafeBufferPointer { bytes in
            words.withUTF8Buffer { words in
                var at = bytes.count - length
                while at >= 0 {
                    if bytes[at] == words[0], bytes.holds(words, at: at) {
                        return (startIndex + at)..<(startIndex + at + length)
                    }
                    at -= 1
                }
                return nil
            }
        }
    }

    /// What stands behind the last occurrence of the words.
    func text(afterLast words: StaticString) -> ReportText? { lastRange(of: words).map { self[$0.upperBound...] } }

    /// What stands behind the words with which the text begins.
    func text(afterPrefix words: StaticString) -> ReportText? {
        hasPrefix(words) ? dropFirst(words.utf8CodeUnitCount) : nil
    }

    /// What stands behind the first occurrence of the words.
    func text(after words: StaticString) -> ReportText? { range(of: words).map { self[$0.upperBound...] } }

    /// What stands before the first occurrence of the words, or everything.
    func text(before words: StaticString) -> ReportText { range(of: words).map { self[..<$0.lowerBound] } ?? self }

    /// Without spaces and tabs at both ends.
    var trimmed: ReportText {
        var piece = withoutIndent
        while let byte = piece.last, byte == .space || byte == .tab { piece = piece.dropLast() }
        return piece
    }

    /// Without spaces and tabs at the beginning.
    var withoutIndent: ReportText { drop { $0 == .space || $0 == .tab } }

    /// The last byte before the index that is no space or tab. Looks only as far back as there are such.
    func lastByte(before index: Int) -> UInt8? {
        self[..<index].last { $0 != .space && $0 != .tab }
    }

    /// Without any of these bytes at both ends.
    func trimming(_ bytes: StaticString) -> ReportText {
        bytes.withUTF8Buffer { bytes in
            var piece = self
            while let byte = piece.first, bytes.contains(byte) { piece = piece.dropFirst() }
            while let byte = piece.last, bytes.contains(byte) { piece = piece.dropLast() }
            return piece
        }
    }

    /// The letters A to Z made small; the indices stay the same.
    var lowercased: ReportText {
        var copy = self
        for index in copy.indices where copy[index] >= UInt8(ascii: "A") && copy[index] <= UInt8(ascii: "Z") {
            copy[index] |= 0x20
        }
        return copy
    }

    /// The last part of a path of any system.
    var lastPathComponent: ReportText {
        lastIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }.map { self[($0 + 1)...] } ?? self
    }

    /// The characters of a number as tools print it, with or without `0x`.
    var leadingNumberWord: ReportText { prefix { $0.hexadecimalValue != nil || $0 | 0x20 == UInt8(ascii: "x") } }

    /// The decimal number at the beginning; nil without a digit or when it doesn't fit.
    var leadingDecimal: Int? {
        var value = 0
        var digits = 0
        for byte in self {
            guard byte.isDigit else { break }
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(Int(byte - UInt8(ascii: "0")))
            if overflow || carry { return nil }
            (value, digits) = (sum, digits + 1)
        }
        return digits == 0 ? nil : value
    }

    /// The number after `0x` at the beginning; nil without one or when it doesn't fit in 64 bits.
    var leadingHexadecimal: UInt64? {
        guard hasPrefix("0x") || hasPrefix("0X") else { return nil }
        var value: UInt64 = 0
        var digits = 0
        for byte in dropFirst(2) {
            guard let digit = byte.hexadecimalValue else { break }
            guard value >> 60 == 0 else { return nil }
            (value, digits) = (value << 4 | UInt64(digit), digits + 1)
        }
        return digits == 0 ? nil : value
    }

    var string: String { String(decoding: self, as: UTF8.self) }
}

extension UnsafeBufferPointer<UInt8> {
    /// Whether the words stand at the index, from which on there are as many bytes. Written out, because everything that
    /// is read passes here and the generic comparison of slices is many times slower without optimisation.
    func holds(_ words: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
        var at = 0
        while at < words.count {
            if self[index + at] != words[at] { return false }
            at += 1
        }
        return true
    }
}

extension UInt8 {
    static let space = UInt8(ascii: " ")
    static let tab = UInt8(ascii: "\t")
    static let newline = UInt8(ascii: "\n")

    var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
    var isWordByte: Bool { isLetter || isDigit || self == UInt8(ascii: "_") }
    var isLetter: Bool { (self | 0x20) >= UInt8(ascii: "a") && (self | 0x20) <= UInt8(ascii: "z") }

    var hexadecimalValue: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

/// Splits what a program printed into lines without their ends and without terminal colours. Besides line feed and
/// carriage return, vertical tab, form feed and the separators of ASCII end a line: a page of a log is one line less.
struct ReportLines: Sequence, IteratorProtocol {
    private var rest: ReportText

    init(_ bytes: ReportText) { rest = bytes }

    mutating func next() -> ReportText? {
        guard !rest.isEmpty else { return nil }
        let end = rest.firstIndex(where: Self.endsLine) ?? rest.endIndex
        let line = rest[rest.startIndex..<end]
        let isPair = end < rest.endIndex && rest[end] == UInt8(ascii: "\r") && rest[(end + 1)...].first == .newline
        rest = end == rest.endIndex ? [] : rest[(end + (isPair ? 2 : 1))...]
        return line.contains(Self.escape) ? Self.withoutColours(line) : line
    }

    private static func endsLine(_ byte: UInt8) -> Bool { (0x0A...0x0D).contains(byte) || (0x1C...0x1E).contains(byte) }

    private static let escape: UInt8 = 0x1B

    /// `ASAN_OPTIONS=color=always` surrounds words with ESC [ … m (ECMA-48, 8.3.117).
    private static func withoutColours(_ line: ReportText) -> ReportText {
        var result: [UInt8] = []
        var at = line.startIndex
        while at < line.endIndex {
            guard line[at] == escape, at + 1 < line.endIndex, line[at + 1] == UInt8(ascii: "[") else {
                result.append(line[at])
                at += 1
                continue
            }
            at += 2
            while at < line.endIndex, !line[at].isLetter { at += 1 }
            at += 1
        }
        return result[...]
    }
}
