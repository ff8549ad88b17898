/// One token of a Maven version: a run of digits, a run of others, or nothing between two separators.
struct MavenToken {
    /// The ranks of `alpha`, `beta`, `milestone`, `rc` and `snapshot` are 0 to 4.
    static let emptyQualifier: UInt8 = 5
    static let unknownQualifier: UInt8 = 7
    private static let servicePack: UInt8 = 6

    let start: Int
    let end: Int
    /// Whether a hyphen stands in front, or the change between digits and others.
    let isAfterHyphen: Bool
    /// Whether the token is digits or nothing, which means 0.
    let isNumber: Bool
    /// The place of a qualifier among qualifiers; 0 for a number.
    let rank: UInt8
    /// Whether the token is 0 or the empty qualifier.
    let isNull: Bool

    @inline(__always)
    init(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int, isAfterHyphen: Bool) {
        self.start = start
        self.isAfterHyphen = isAfterHyphen
        var index = bytes.endOfDigits(from: start)
        isNumber = index > start || start == bytes.count || Self.isSeparator(bytes[start])
        if isNumber {
            end = index
            rank = 0
            isNull = bytes.isZero(start, index)
        } else {
            while index < bytes.count, !bytes[index].isASCIIDigit, !Self.isSeparator(bytes[index]) { index += 1 }
            end = index
            rank = Self.rank(bytes, start, index)
            isNull = rank == Self.emptyQualifier
        }
    }

    /// Whether the token, as the first after equal ones, makes its version come before one that ends there.
    @inline(__always)
    var isBelowEnd: Bool { !isNumber && rank < Self.emptyQualifier }

    /// The following token; nil behind the last.
    @inline(__always)
    func next(_ bytes: UnsafeBufferPointer<UInt8>) -> MavenToken? {
        if end == bytes.count { return nil }
        if !Self.isSeparator(bytes[end]) { return MavenToken(bytes, at: end, isAfterHyphen: true) }
        return MavenToken(bytes, at: end + 1, isAfterHyphen: bytes[end] == UInt8(ascii: "-"))
    }

    @inline(__always)
    private static func isSeparator(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") }

    private static func rank(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> UInt8 {
        func isWord(_ word: StaticString) -> Bool { bytes.isWord(word, start, end, ignoringCase: true) }
        switch bytes[start] | 0x20 {
        case UInt8(ascii: "a"): return isWord("alpha") || isShort(bytes, start, end) ? 0 : unknownQualifier
        case UInt8(ascii: "b"): return isWord("beta") || isShort(bytes, start, end) ? 1 : unknownQualifier
        case UInt8(ascii: "m"): return isWord("milestone") || isShort(bytes, start, end) ? 2 : unknownQualifier
        case UInt8(ascii: "c"): return isWord("cr") ? 3 : unknownQualifier
        case UInt8(ascii: "r"): return isWord("rc") ? 3 : isWord("release") ? emptyQualifier : unknownQualifier
        case UInt8(ascii: "s"): return isWord("snapshot") ? 4 : isWord("sp") ? servicePack : unknownQualifier
        case UInt8(ascii: "f"): return isWord("final") ? emptyQualifier : unknownQualifier
        case UInt8(ascii: "g"): return isWord("ga") ? emptyQualifier : unknownQualifier
        default: return unknownQualifier
        }
    }

    /// A single letter right before a digit.
    @inline(__always)
    private static func isShort(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
        end == start + 1 && bytes[start].isASCIILetter && bytes.hasDigit(at: end)
    }
}
