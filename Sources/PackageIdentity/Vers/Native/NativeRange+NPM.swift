extension NativeRange {
    /// npm (https://github.com/npm/node-semver#ranges): comparators, `^`, `~`, x-ranges, hyphen ranges, `||`.
    ///
    /// Advisories are about all versions, so pre-releases are versions like all others, where a resolver leaves them out unless the
    /// same version is asked for with one. The ranges hold what node-semver says with `includePrerelease` and `loose`, as
    /// `npm audit` asks it (https://github.com/npm/metavuln-calculator, `lib/advisory.js`): a version with missing numbers stands
    /// for all that begin with it, their pre-releases too (`<=2.1` is `<2.2.0-0`, `2.1` is `>=2.1.0-0 <2.2.0-0`), and what is
    /// before the next version is before its pre-releases (`^1.2.3` is `>=1.2.3 <2.0.0-0`).
    ///
    /// In VERS, as its project writes them, missing numbers are zeros (`2.1` is `2.1.0`) and the end is the plain next version.
    static func npm(_ text: NativeText) throws(NativeRangeError) -> NativeRange {
        if text.isEmpty { return everything }
        var range = NativeRange([])
        for part in text.parts(separatedBy: "||") {
            // A stray `||` in an advisory is a slip of the pen, not "every version".
            if !part.isEmpty { range.alternatives.append(try npmComparators(part)) }
        }
        if range.alternatives.isEmpty { throw NativeRangeError(.empty, at: text.startIndex, "There is no constraint.") }
        return range
    }

    private static func npmComparators(_ text: NativeText) throws(NativeRangeError) -> [Term] {
        let words = text.words
        if words.count == 3, words[1].elementsEqual([UInt8(ascii: "-")]) {
            return hyphen(try PartialVersion(words[0]), try PartialVersion(words[2]), Self.semverPreRelease)
        }
        var rest = text
        var terms: [Term] = []
        while !rest.isEmpty {
            let mark = rest.read { !"<>=^~".utf8.contains($0) }
            rest.skipSpaces()
            let word = rest.read { NativeText.isSpace($0) || "<>=^~|,".utf8.contains($0) }
            rest.skipSpaces()
            if word.isEmpty { throw NativeRangeError(.malformed, at: rest.startIndex, "Here a version is missing.") }
            terms += try npmTerms(mark, try PartialVersion(word))
        }
        return terms
    }

    private static func npmTerms(_ mark: NativeText, _ version: PartialVersion) throws(NativeRangeError) -> [Term] {
        let pre = Self.semverPreRelease
        let offset = version.offset
        let isPartial = version.isPartial && !version.numbers.isEmpty
        func term(_ comparator: VersConstraint.Comparator, partly meaning: [Term]) -> [Term] {
            let term = Term(comparator, version.floor, at: offset)
            return [isPartial ? term.meaning(meaning) : term]
        }
        let (first, next) = (
            from(version, pre), isPartial ? before(version.next(at: version.numbers.count - 1), pre, at: offset) : nil
        )
        switch mark.string {
        case "", "=", "==":
            return wildcards(version, pre, lowest: pre) ?? term(.equal, partly: [first] + (next.map { [$0] } ?? []))
        case "^":
            // node-semver lets pre-releases in where nothing but the first number that is not zero may change.
            let isOpen = version.isPartial || version.numbers.first == "0" && version.suffix.isEmpty
            return caret(version, pre, lowest: isOpen ? pre : nil)
        case "~", "~>", "~=": return tilde(version, reach: 1, pre)
        case "<" where version.numbers.isEmpty: return [Term(.less, "0.0.0-0", at: offset)]
        case ">=" where version.numbers.isEmpty: return []
        case "<": return term(.less, partly: [before(version.filled, pre, at: offset)])
        case ">=": return term(.greaterOrEqual, partly: [first])
        case ">", "<=":
            let isGreater = mark.string == ">"
            if version.numbers.isEmpty { return isGreater ? [Term(.less, "0.0.0-0", at: offset)] : [] }
            guard isPartial, let next else { return [Term(isGreater ? .greater : .lessOrEqual, version.floor, at: offset)] }
            if version.hasWildcard, !isGreater { return [next] }
            let upper = version.next(at: version.numbers.count - 1)
            let above = Term(.greaterOrEqual, upper + pre, at: offset)
            if version.hasWildcard { return [Term(.greaterOrEqual, upper, at: offset).meaning([above])] }
            return term(isGreater ? .greater : .lessOrEqual, partly: [isGreater ? above : next])
        default: throw NativeRangeError(.malformed, at: mark.startIndex, "There is no such comparator here.")
        }
    }

    /// What follows a version in the SemVer family to name the place before all its pre-releases.
    static let semverPreRelease = "-0"
}

// MARK: what npm, Cargo, Composer and others share
extension NativeRange {
    /// From the version, or with `lowest` from before its pre-releases.
    static func from(_ version: PartialVersion, _ lowest: String?) -> Term {
        let term = Term(.greaterOrEqual, version.floor, at: version.offset)
        guard let lowest else { return term }
        // Nothing can follow build metadata, which says nothing.
        let text = version.suffix.utf8.first == UInt8(ascii: "+") ? version.filled : version.floor
        return term.meaning([Term(.greaterOrEqual, text + lowest, at: version.offset)])
    }

    /// Before a version and all its pre-releases.
    static func before(_ version: String, _ lowest: String, at offset: Int) -> Term {
        Term(.less, version, at: offset).meaning([Term(.less, version + lowest, at: offset)])
    }

    /// `1.2.x`: from the first to before the next of its last number; nil when there is no wildcard.
    static func wildcards(_ version: PartialVersion, _ pre: String, lowest: String?) -> [Term]? {
        if !version.hasWildcard { return nil }
        if version.numbers.isEmpty { return [] }
        return between(version, version.next(at: version.numbers.count - 1), pre, lowest: lowest)
    }

    /// `^1.2.3`: everything that leaves the number at the index of the caret as it is.
    static func caret(_ version: PartialVersion, _ pre: String, lowest: String? = nil) -> [Term] {
        if version.numbers.isEmpty { return [] }
        return between(version, version.next(at: version.caretIndex), pre, lowest: lowest)
    }

    /// `~1.2.3`: everything that leaves the number at index `reach`, or the last that is there, as it is.
    static func tilde(_ version: PartialVersion, reach: Int, _ pre: String, lowest: String? = nil) -> [Term] {
        if version.numbers.isEmpty { return [] }
        return between(version, version.next(at: min(reach, version.numbers.count - 1)), pre, lowest: lowest)
    }

    /// `1.2 - 2.3`: where numbers are missing in the upper end, everything that begins with it.
    static func hyphen(_ first: PartialVersion, _ last: PartialVersion, _ pre: String) -> [Term] {
        let lower = first.numbers.isEmpty ? [] : [from(first, first.suffix.isEmpty ? pre : nil)]
        if last.numbers.isEmpty { return lower }
        if last.numbers.count > 2 || !last.suffix.isEmpty { return lower + [Term(.lessOrEqual, last.floor, at: last.offset)] }
        return lower + [before(last.next(at: last.numbers.count - 1), pre, at: last.offset)]
    }

    /// - Parameters:
    ///   - pre: what names the place before the pre-releases of `upper`.
    ///   - lowest: the same for the lower end, where it belongs to the range with its pre-releases.
    static func between(_ version: PartialVersion, _ upper: String, _ pre: String, lowest: String?) -> [Term] {
        [from(version, lowest), before(upper, pre, at: version.offset)]
    }
}
