extension NativeRange {
    /// npm (https://github.com/npm/node-semver#ranges): comparators, `^`, `~`, x-ranges, hyphen ranges, `||`.
    ///
    /// Three things are read as VERS and advisories have them, not as a resolver would:
    /// a version with missing numbers but no `x` is filled up with zeros (`2.1` is `2.1.0`, `<=2.1` is `<=2.1.0`, where
    /// node-semver takes `2.1.x`); the upper end of a caret, tilde or x-range is the plain next version (`<2.0.0`, where
    /// node-semver writes `<2.0.0-0`), so that its pre-releases lie in the range; and pre-releases are versions like all
    /// others, where a resolver leaves them out unless asked.
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
            return hyphen(try PartialVersion(words[0]), try PartialVersion(words[2]))
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
        let offset = version.offset
        switch mark.string {
        case "": return wildcards(version) ?? [Term(.equal, version.floor, at: offset)]
        case "=", "==": return wildcards(version) ?? [Term(.equal, version.floor, at: offset)]
        case "^": return caret(version)
        case "~", "~>", "~=": return tilde(version, reach: 1)
        case "<", ">=": return [Term(mark.string == "<" ? .less : .greaterOrEqual, version.floor, at: offset)]
        case ">", "<=":
            let isGreater = mark.string == ">"
            if !version.hasWildcard { return [Term(isGreater ? .greater : .lessOrEqual, version.floor, at: offset)] }
            if version.numbers.isEmpty { return isGreater ? [Term(.less, "0.0.0-0", at: offset)] : [] }
            let next = version.next(at: version.numbers.count - 1)
            return [Term(isGreater ? .greaterOrEqual : .less, next, at: offset)]
        default: throw NativeRangeError(.malformed, at: mark.startIndex, "There is no such comparator here.")
        }
    }
}

// MARK: what npm, Cargo, Composer and others share
extension NativeRange {
    /// `1.2.x`: from the version with zeros up to the next of its last number; nil when there is no wildcard.
    static func wildcards(_ version: PartialVersion) -> [Term]? {
        if !version.hasWildcard { return nil }
        if version.numbers.isEmpty { return [] }
        return between(version, version.next(at: version.numbers.count - 1))
    }

    /// `^1.2.3`: everything that leaves the first number that is not zero as it is.
    static func caret(_ version: PartialVersion) -> [Term] {
        version.numbers.isEmpty ? [] : between(version, version.next(at: version.caretIndex))
    }

    /// `~1.2.3`: everything that leaves the number at index `reach`, or the last that is there, as it is.
    static func tilde(_ version: PartialVersion, reach: Int) -> [Term] {
        version.numbers.isEmpty ? [] : between(version, version.next(at: min(reach, version.numbers.count - 1)))
    }

    /// `1.2 - 2.3`: where numbers are missing in the upper end, everything that begins with it.
    static func hyphen(_ first: PartialVersion, _ last: PartialVersion) -> [Term] {
        let lower = first.numbers.isEmpty ? [] : [Term(.greaterOrEqual, first.floor, at: first.offset)]
        if last.numbers.isEmpty { return lower }
        if last.numbers.count > 2 { return lower + [Term(.lessOrEqual, last.floor, at: last.offset)] }
        return lower + [Term(.less, last.next(at: last.numbers.count - 1), at: last.offset)]
    }

    private static func between(_ version: PartialVersion, _ upper: String) -> [Term] {
        [Term(.greaterOrEqual, version.floor, at: version.offset), Term(.less, upper, at: version.offset)]
    }
}
