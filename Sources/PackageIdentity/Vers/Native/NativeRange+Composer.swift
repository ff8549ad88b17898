extension NativeRange {
    /// Composer (https://getcomposer.org/doc/articles/versions.md): comparators, `^`, `~`, `.*`, hyphen ranges; terms joined by
    /// spaces or commas, alternatives by `||` or `|`.
    ///
    /// A stability flag (`@dev`) does not change which versions are meant and is dropped. As for npm, the end of a range is
    /// the plain next version, where Composer writes `<2.0.0.0-dev`, and a version with missing numbers has zeros there.
    static func composer(_ text: NativeText) throws(NativeRangeError) -> NativeRange {
        var range = NativeRange([])
        // An alternative between `||` that contains no `|` is split no further; an empty one comes only from the `||`.
        for part in text.parts(separatedBy: "||").flatMap({ $0.parts(separatedBy: "|") }) where !part.isEmpty {
            range.alternatives.append(try composerTerms(part))
        }
        if range.alternatives.isEmpty { throw NativeRangeError(.empty, at: text.startIndex, "There is no constraint.") }
        return range
    }

    private static func composerTerms(_ text: NativeText) throws(NativeRangeError) -> [Term] {
        let words = text.words
        if words.count == 3, words[1].elementsEqual([UInt8(ascii: "-")]) {
            return hyphen(try PartialVersion(words[0]), try PartialVersion(words[2]))
        }
        func isSeparator(_ byte: UInt8) -> Bool { NativeText.isSpace(byte) || byte == UInt8(ascii: ",") }
        var rest = text.drop(while: isSeparator)
        var terms: [Term] = []
        while !rest.isEmpty {
            let mark = rest.read { !"<>=!^~".utf8.contains($0) }
            rest.skipSpaces()
            var word = rest.read { isSeparator($0) || "<>=!^".utf8.contains($0) }
            rest = rest.drop(while: isSeparator)
            if let at = word.firstIndex(of: UInt8(ascii: "@")), at > word.startIndex { word = word[..<at] }
            if word.isEmpty { throw NativeRangeError(.malformed, at: rest.startIndex, "Here a version is missing.") }
            terms += try composerTerms(mark, word)
        }
        return terms
    }

    private static func composerTerms(_ mark: NativeText, _ word: NativeText) throws(NativeRangeError) -> [Term] {
        for (spelling, comparator) in ComparatorGrammar.usual where mark.elementsEqual(spelling.utf8) {
            if comparator == .equal, let terms = wildcards(try PartialVersion(word)) { return terms }
            return [Term(comparator, word.string, at: word.startIndex)]
        }
        let version = try PartialVersion(word)
        switch mark.string {
        case "": return wildcards(version) ?? [Term(.equal, word.string, at: word.startIndex)]
        case "^": return caret(version)
        // "The last digit specified goes up": `~1.2` leaves the 1 as it is, `~1.2.3` the 2.
        case "~": return tilde(version, reach: max(0, version.numbers.count - 2))
        default: throw NativeRangeError(.malformed, at: mark.startIndex, "There is no such operator here.")
        }
    }
}
