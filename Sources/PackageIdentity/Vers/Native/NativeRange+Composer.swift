extension NativeRange {
    /// Composer (https://getcomposer.org/doc/articles/versions.md): comparators, `^`, `~`, `.*`, hyphen ranges; terms joined by
    /// spaces or commas, alternatives by `||` or `|`.
    ///
    /// The ranges hold what Composer says (`VersionParser::parseConstraint` of https://github.com/composer/semver): missing numbers
    /// are zeros, a range begins and ends before all pre-releases of its ends (`<2.0` holds no `2.0.0-beta1`, `>=2.0` does) unless
    /// an end names one, and a stability flag says how stable the ends are (`>1.0@beta` is `>1.0.0-beta`). In VERS, as its project
    /// writes it, the ends are the plain versions. Branches have no place among versions and are refused.
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
        func isSeparator(_ byte: UInt8) -> Bool { NativeText.isSpace(byte) || byte == UInt8(ascii: ",") }
        var rest = text.drop(while: isSeparator)
        var terms: [Term] = []
        while !rest.isEmpty {
            let mark = rest.read { !"<>=!^~".utf8.contains($0) }
            rest.skipSpaces()
            var word = rest.read { isSeparator($0) || "<>=!^".utf8.contains($0) }
            rest = rest.drop(while: isSeparator)
            if mark.isEmpty, rest.first == UInt8(ascii: "-"), rest.dropFirst().first.map(NativeText.isSpace) == true {
                rest = rest.dropFirst().drop(while: NativeText.isSpace)
                let last = rest.read(until: isSeparator)
                rest = rest.drop(while: isSeparator)
                terms += hyphen(try PartialVersion(word), try PartialVersion(last), composerPreRelease)
                continue
            }
            var flag: NativeText = []
            if let at = word.firstIndex(of: UInt8(ascii: "@")), at > word.startIndex {
                (word, flag) = (word[..<at], word[(at + 1)...])
            }
            if word.isEmpty { throw NativeRangeError(.malformed, at: rest.startIndex, "Here a version is missing.") }
            terms += try composerTerms(mark, word, flag.string.lowercased())
        }
        return terms
    }

    private static func composerTerms(
        _ mark: NativeText, _ word: NativeText, _ flag: String
    ) throws(NativeRangeError) -> [Term] {
        let pre = composerPreRelease
        for (spelling, comparator) in ComparatorGrammar.usual where mark.elementsEqual(spelling.utf8) {
            if comparator == .equal, let terms = wildcards(try PartialVersion(word), pre, lowest: pre) { return terms }
            return [composerTerm(Term(comparator, word.string, at: word.startIndex), flag)]
        }
        let version = try PartialVersion(word)
        let lowest = ComposerStability(word).isNamed ? nil : pre
        switch mark.string {
        case "": return wildcards(version, pre, lowest: pre) ?? [Term(.equal, word.string, at: word.startIndex)]
        case "^":
            let index = min(version.caretIndex, 2)
            return version.numbers.isEmpty ? [] : between(version, version.next(at: index), pre, lowest: lowest)
        // "The last digit specified goes up": `~1.2` leaves the 1 as it is, `~1.2.3` the 2.
        case "~": return tilde(version, reach: max(0, version.numbers.count - 2), pre, lowest: lowest)
        default: throw NativeRangeError(.malformed, at: mark.startIndex, "There is no such operator here.")
        }
    }

    /// What follows a version to name the place before all its pre-releases.
    private static let composerPreRelease = "-dev"

    /// A comparison as Composer reads it.
    static func composerTerm(_ term: Term, _ flag: String = "") -> Term {
        let stability = ComposerStability(Array(term.version.utf8)[...])
        let version = stability.versionToGoOn
        func meaning(_ suffix: String) -> Term { term.meaning([Term(term.comparator, version + suffix, at: term.offset)]) }
        if ["dev", "alpha", "beta", "rc"].contains(flag), term.comparator != .equal, !stability.isUnstable {
            return meaning("-" + flag)
        }
        let isEnd = term.comparator == .less || term.comparator == .greaterOrEqual
        return isEnd && !stability.isEnd ? meaning(composerPreRelease) : term
    }
}

/// What the text of a version says about its stability, as Composer's constraints ask it.
private struct ComposerStability {
    /// Whether it names any stability.
    private(set) var isNamed = false
    /// Whether it names one before `stable`.
    private(set) var isUnstable = false
    /// Whether it ends in a stability behind a hyphen, or a hyphen. Candidates are none: Composer looks for `RC` in lowercase.
    private(set) var isEnd = false

    /// The version without build metadata and without `stable`, which say nothing: another stability can follow it.
    private(set) var versionToGoOn: String

    init(_ word: NativeText) {
        let text = word.prefix { $0 != UInt8(ascii: "+") }
        let core = PartialVersion.endOfNumbers(text)
        versionToGoOn = text.string
        // A branch by its number ends so too (`1.x-dev`).
        isNamed = versionToGoOn.lowercased().hasSuffix("dev")
        isUnstable = isNamed
        ComposerModifier.read(text, from: core) { modifier in
            isNamed = modifier.saysStability
            isUnstable = modifier.isDevelopment || modifier.isPreRelease
            if modifier.isStable { versionToGoOn = text[..<core].string }
        }
        for index in text.indices where text[index] == UInt8(ascii: "-") {
            ComposerModifier.read(text, from: index + 1) { isEnd = isEnd || $0.stability != ComposerModifier.candidate }
        }
    }
}
