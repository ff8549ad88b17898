/// A piece of a report, read byte by byte: reports are whatever a hostile program printed, so nothing is assumed about
/// their encoding.
typealias ReportText = ArraySlice<UInt8>

extension ArraySlice where Element == UInt8 {
    func hasPrefix(_ words: StaticString) -> Bool {
        let length = words.utf8CodeUnitCount
        guard count >= length else { return false }
        return withUnsafeBufferPointer { bytes in
            words.withUTF8Buffer { $0.elementsEqual(bytes.prefix(length)) }
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
                    if bytes[at] == words[0], bytes[at..<(at + length)].elementsEqual(words) {
                        return (startIndex + at)..<(startIndex + at + length)
                    }
                    at += 1
                }
                return nil
            }
        }
    }

    func contains(_ words: StaticString) -> Bool { range(of: words) != nil }

    /// What stands behind the first occurrence of the words.
    func text(after words: StaticString) -> ReportText? { range(of: words).map { self[$0.upperBound...] } }

    /// What stands before the first occurrence of the words, or everything.
    func text(before words: StaticString) -> ReportText { range(of: words).map { self[..<$0.lowerBound] } ?? self }

    /// Without spaces and tabs at both ends.
    var trimmed: ReportText {
        var piece = self
        while let byte = piece.first, byte == .space || byte == .tab { piece = piece.dropFirst() }
        while let byte = piece.last, byte == .space || byte == .tab { piece = piece.dropLast() }
        return piece
    }

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

extension UInt8 {
    static let space = UInt8(ascii: " ")
    static let tab = UInt8(ascii: "\t")
    static let newline = UInt8(ascii: "\n")

    var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
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

/// Splits what a program printed into lines without their ends and without terminal colours.
struct ReportLines: Sequence, IteratorProtocol {
    private var rest: ReportText

    init(_ bytes: [UInt8]) { rest = bytes[...] }

    mutating func next() -> ReportText? {
        guard !rest.isEmpty else { return nil }
        let end = rest.firstIndex(of: .newline) ?? rest.endIndex
        var line = rest[rest.startIndex..<end]
        rest = end == rest.endIndex ? [] : rest[(end + 1)...]
        if line.last == UInt8(ascii: "\r") { line = line.dropLast() }
        return line.contains(Self.escape) ? Self.withoutColours(line) : line
    }

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
