/// What a list of comparators and versions looks like in one syntax.
struct ComparatorGrammar {
    /// The spellings of the comparators; a longer one stands before its own beginning.
    let comparators: [(spelling: String, comparator: VersConstraint.Comparator)]
    /// What a version without a comparator means, or nil when it must have one.
    var bare: VersConstraint.Comparator? = .equal
    /// Whether a comma separates terms, besides whitespace.
    var hasCommas = false

    /// The spellings that most syntaxes share.
    static let usual: [(spelling: String, comparator: VersConstraint.Comparator)] = [
        ("==", .equal), ("!=", .notEqual), ("<>", .notEqual), ("<=", .lessOrEqual), (">=", .greaterOrEqual), ("=", .equal),
        ("<", .less), (">", .greater)
    ]

    /// Reads all terms; between a comparator and its version there may be whitespace.
    ///
    /// - Throws: `NativeRangeError` with code `malformed` or `empty`.
    func terms(_ text: NativeText) throws(NativeRangeError) -> [NativeRange.Term] {
        var rest = text
        var result: [NativeRange.Term] = []
        while true {
            rest = rest.drop { isSeparator($0) }
            if rest.isEmpty { break }
            let comparator = try comparator(&rest)
            rest.skipSpaces()
            let version = rest.read { isSeparator($0) || Self.isMark($0) }
            if version.isEmpty {
                throw NativeRangeError(.malformed, at: rest.startIndex, "A comparator is followed by a version.")
            }
            result.append(NativeRange.Term(comparator, version.string, at: version.startIndex))
        }
        if result.isEmpty { throw NativeRangeError(.empty, at: text.startIndex, "There is no constraint.") }
        return result
    }

    private func comparator(_ rest: inout NativeText) throws(NativeRangeError) -> VersConstraint.Comparator {
        for candidate in comparators where rest.skip(candidate.spelling) { return candidate.comparator }
        guard let bare, let first = rest.first, !Self.isMark(first) else {
            throw NativeRangeError(.malformed, at: rest.startIndex, "There is no such comparator here.")
        }
        return bare
    }

    private func isSeparator(_ byte: UInt8) -> Bool { NativeText.isSpace(byte) || hasCommas && byte == UInt8(ascii: ",") }

    private static func isMark(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "="), UInt8(ascii: "!"), UInt8(ascii: "|"), UInt8(ascii: "&"),
            UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: ";"):
            true
        default: false
        }
    }
}

extension NativeRange {
    /// Alternatives between `||`, each a list of comparators.
    ///
    /// - Parameter skipsEmpty: whether an alternative that says nothing is passed over; it is refused otherwise.
    static func alternatives(
        _ text: NativeText, _ grammar: ComparatorGrammar, skipsEmpty: Bool = false
    ) throws(NativeRangeError) -> NativeRange {
        var range = NativeRange([])
        for part in text.parts(separatedBy: "||") where !(skipsEmpty && part.isEmpty) {
            range.alternatives.append(try grammar.terms(part))
        }
        if range.alternatives.isEmpty { throw NativeRangeError(.empty, at: text.startIndex, "There is no constraint.") }
        return range
    }
}
