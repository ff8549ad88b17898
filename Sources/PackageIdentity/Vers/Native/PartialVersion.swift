/// A version of which numbers may be missing or wildcards, as `^1.2`, `~1.2.3` and `1.x` have them.
///
/// Numbers are decimal digits of any length without leading zeros.
struct PartialVersion {
    /// The numbers before the first wildcard.
    var numbers: [String] = []
    /// Whether an `x`, `X` or `*` follows the numbers.
    var hasWildcard = false
    /// What follows the numbers, for example `-beta.1+build`.
    var suffix = ""
    /// The text as it stands, without a leading `v`.
    let written: String
    /// Where it stands.
    let offset: Int

    /// - Throws: `NativeRangeError` with code `malformed` when there is neither number nor wildcard in front, or something
    ///   other than wildcards follows one.
    init(_ text: NativeText) throws(NativeRangeError) {
        offset = text.startIndex
        var rest = text
        if let first = rest.first, first | 0x20 == UInt8(ascii: "v") { rest.removeFirst() }
        written = rest.string
        while let first = rest.first {
            if Self.isWildcard(first) {
                let next = rest.dropFirst().first
                guard next == nil || next == UInt8(ascii: ".") else { break }
                hasWildcard = true
                rest.removeFirst()
            } else if first.isASCIIDigit, !hasWildcard {
                let digits = rest.read { !$0.isASCIIDigit }.drop { $0 == UInt8(ascii: "0") }
                numbers.append(digits.isEmpty ? "0" : digits.string)
            } else {
                break
            }
            guard rest.first == UInt8(ascii: "."), let next = rest.dropFirst().first,
                next.isASCIIDigit || Self.isWildcard(next)
            else { break }
            rest.removeFirst()
        }
        suffix = rest.string
        if numbers.isEmpty && !hasWildcard || hasWildcard && !suffix.isEmpty {
            throw NativeRangeError(.malformed, at: offset, "A version begins with a number.")
        }
    }

    /// Where the numbers and dots end with which a version begins, behind a `v`.
    static func endOfNumbers(_ text: NativeText) -> Int {
        var index = text.startIndex
        if let first = text.first, first | 0x20 == UInt8(ascii: "v") { index += 1 }
        while index < text.endIndex, text[index].isASCIIDigit {
            index = text[index...].firstIndex { !$0.isASCIIDigit } ?? text.endIndex
            guard index + 1 < text.endIndex, text[index] == UInt8(ascii: "."), text[index + 1].isASCIIDigit else { break }
            index += 1
        }
        return index
    }

    private static func isWildcard(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "*") || byte | 0x20 == UInt8(ascii: "x") }

    /// The version itself, zeros for what is missing.
    var floor: String { hasWildcard ? filled : written }

    /// The numbers, with zeros for what is missing, and no suffix.
    var filled: String { Self.padded(numbers) }

    /// Whether numbers are missing, so that the version stands for all that begin with it.
    var isPartial: Bool { hasWildcard || numbers.count < 3 && suffix.isEmpty }

    /// The first version in which the number at `index` is one more; it has zeros behind it and no suffix.
    func next(at index: Int) -> String { Self.padded(raised(at: index)) }

    /// The numbers up to `index`, the last of them raised by one; 0 stands for a missing one.
    func raised(at index: Int) -> [String] {
        let kept = numbers.prefix(index + 1)
        let filled = kept + Array(repeating: "0", count: index + 1 - kept.count)
        return filled.dropLast() + [Self.increment(filled[index])]
    }

    /// The index of the number that a caret lets nobody touch: the first that is not zero, else the last that is there.
    var caretIndex: Int {
        if let index = numbers.firstIndex(where: { $0 != "0" }) { return index }
        return max(0, numbers.count - 1)
    }

    private static func padded(_ numbers: [String]) -> String {
        (numbers + Array(repeating: "0", count: max(0, 3 - numbers.count))).joined(separator: ".")
    }

    /// Adds one to a decimal number of any length.
    static func increment(_ number: String) -> String {
        var digits = Array(number.utf8)
        for index in digits.indices.reversed() {
            if digits[index] != UInt8(ascii: "9") {
                digits[index] += 1
                return String(decoding: digits, as: UTF8.self)
            }
            digits[index] = UInt8(ascii: "0")
        }
        return "1" + String(decoding: digits, as: UTF8.self)
    }
}
