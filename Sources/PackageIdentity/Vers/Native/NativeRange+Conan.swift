extension NativeRange {
    /// Conan (https://docs.conan.io/2/tutorial/versioning/version_ranges.html): comparators, `^`, `~`, `*`, alternatives by
    /// `||`, and options behind a comma.
    ///
    /// The end of a caret or tilde is `2-`, the place before all pre-releases of 2, as Conan has it. A `-` behind an
    /// expression and the option `include_prerelease` only tell Conan's resolver to consider pre-releases: they change no
    /// bound, and are dropped.
    static func conan(_ text: NativeText) throws(NativeRangeError) -> NativeRange {
        var text = text
        if text.first == UInt8(ascii: "["), text.last == UInt8(ascii: "]") { text = text.dropFirst().dropLast().trimmed }
        let pieces = text.parts(separatedBy: ",")
        for option in pieces.dropFirst() where !option.starts(with: "include_prerelease".utf8) && !option.isEmpty {
            throw NativeRangeError(.malformed, at: option.startIndex, "There is no such option of a version range.")
        }
        var range = NativeRange([])
        for part in pieces[0].parts(separatedBy: "||") {
            if part.isEmpty { throw NativeRangeError(.empty, at: part.startIndex, "There is no constraint.") }
            range.alternatives.append(try conanTerms(part))
        }
        return range
    }

    private static func conanTerms(_ text: NativeText) throws(NativeRangeError) -> [Term] {
        var rest = text
        var terms: [Term] = []
        while !rest.isEmpty {
            let mark = rest.read { !"<>=^~".utf8.contains($0) }
            rest.skipSpaces()
            var word = rest.read { NativeText.isSpace($0) || "<>=^~|".utf8.contains($0) }
            rest.skipSpaces()
            if word.last == UInt8(ascii: "-") { word.removeLast() }
            if word.isEmpty { throw NativeRangeError(.malformed, at: rest.startIndex, "Here a version is missing.") }
            terms += try conanTerms(mark, word)
        }
        return terms
    }

    private static func conanTerms(_ mark: NativeText, _ word: NativeText) throws(NativeRangeError) -> [Term] {
        let offset = word.startIndex
        if word.elementsEqual([UInt8(ascii: "*")]) { return [Term(.greaterOrEqual, "0.0.0", at: offset)] }
        if mark.isEmpty { return [Term(.equal, word.string, at: offset)] }
        for (spelling, comparator) in ComparatorGrammar.usual where mark.elementsEqual(spelling.utf8) {
            return [Term(comparator, word.string, at: offset)]
        }
        let version = try PartialVersion(word)
        let index: Int
        switch mark.string {
        case "^": index = version.caretIndex
        case "~": index = min(1, version.numbers.count - 1)
        default: throw NativeRangeError(.malformed, at: mark.startIndex, "There is no such operator here.")
        }
        if version.numbers.isEmpty { throw NativeRangeError(.malformed, at: offset, "A version begins with a number.") }
        let upper = version.raised(at: index).joined(separator: ".") + "-"
        return [Term(.greaterOrEqual, word.string, at: offset), Term(.less, upper, at: offset)]
    }
}
