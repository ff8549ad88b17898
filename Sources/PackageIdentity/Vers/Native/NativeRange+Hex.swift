extension NativeRange {
    /// Hex (https://hexdocs.pm/elixir/Version.html#module-requirements): comparators joined by `and`, alternatives by `or`,
    /// and `~>`, which lets only the last number that is written grow and ends before the pre-releases of the next version.
    static func hex(_ text: NativeText) throws(NativeRangeError) -> NativeRange {
        var range = NativeRange([[]])
        var expectsTerm = true
        var words = text.words[...]
        while let word = words.popFirst() {
            if !expectsTerm {
                switch word.string {
                case "and": break
                case "or": range.alternatives.append([])
                default: throw NativeRangeError(.malformed, at: word.startIndex, "Two requirements are joined by 'and' or 'or'.")
                }
                expectsTerm = true
                continue
            }
            var rest = word
            let mark = rest.read { !"<>=!~".utf8.contains($0) }
            guard let version = rest.isEmpty ? words.popFirst() : rest else {
                throw NativeRangeError(.malformed, at: rest.startIndex, "Here a version is missing.")
            }
            range.alternatives[range.alternatives.count - 1] += try hexTerms(mark, version)
            expectsTerm = false
        }
        if expectsTerm { throw NativeRangeError(.empty, at: text.endIndex, "Here a requirement is missing.") }
        return range
    }

    private static func hexTerms(_ mark: NativeText, _ word: NativeText) throws(NativeRangeError) -> [Term] {
        if mark.isEmpty { return [Term(.equal, word.string, at: word.startIndex)] }
        for (spelling, comparator) in ComparatorGrammar.usual where mark.elementsEqual(spelling.utf8) {
            return [Term(comparator, word.string, at: word.startIndex)]
        }
        let version = try PartialVersion(word)
        guard mark.elementsEqual("~>".utf8), !version.hasWildcard else {
            throw NativeRangeError(.malformed, at: mark.startIndex, "There is no such operator here.")
        }
        return tilde(version, reach: max(0, version.numbers.count - 2), semverPreRelease)
    }
}
