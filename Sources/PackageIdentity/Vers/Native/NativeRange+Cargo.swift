extension NativeRange {
    /// Cargo (https://doc.rust-lang.org/cargo/reference/specifying-dependencies.html): requirements joined by commas, where a
    /// version without an operator means `^`. RustSec writes its ranges so.
    ///
    /// A version with missing numbers means everything that begins with it, as the crate `semver` has it: `=1.2` is `1.2.*`,
    /// `>1.2` is `>=1.3.0`, `<=1.2` is `<1.3.0`.
    static func cargo(_ text: NativeText) throws(NativeRangeError) -> NativeRange {
        var terms: [Term] = []
        for part in text.parts(separatedBy: ",") {
            var rest = part
            let mark = rest.read { !"<>=^~".utf8.contains($0) }
            let word = rest.trimmed
            if word.isEmpty { throw NativeRangeError(.empty, at: rest.startIndex, "Here a version is missing.") }
            if word.contains(where: NativeText.isSpace) {
                throw NativeRangeError(.malformed, at: word.startIndex, "A comma stands between two requirements.")
            }
            terms += try cargoTerms(mark, try PartialVersion(word))
        }
        return NativeRange([terms])
    }

    private static func cargoTerms(_ mark: NativeText, _ version: PartialVersion) throws(NativeRangeError) -> [Term] {
        let isPartial = version.hasWildcard || version.numbers.count < 3
        let last = version.numbers.count - 1
        func term(_ comparator: VersConstraint.Comparator, _ text: String) -> [Term] {
            [Term(comparator, text, at: version.offset)]
        }
        if last < 0 {
            if !mark.isEmpty { throw NativeRangeError(.malformed, at: mark.startIndex, "A '*' has no operator.") }
            return []
        }
        switch mark.string {
        case "": return wildcards(version) ?? caret(version)
        case "^": return caret(version)
        case "~": return tilde(version, reach: 1)
        case "=":
            if !isPartial { return term(.equal, version.floor) }
            return term(.greaterOrEqual, version.floor) + term(.less, version.next(at: last))
        case ">=": return term(.greaterOrEqual, version.floor)
        case "<": return term(.less, version.floor)
        case ">": return isPartial ? term(.greaterOrEqual, version.next(at: last)) : term(.greater, version.floor)
        case "<=": return isPartial ? term(.less, version.next(at: last)) : term(.lessOrEqual, version.floor)
        default: throw NativeRangeError(.malformed, at: mark.startIndex, "There is no such operator here.")
        }
    }
}
