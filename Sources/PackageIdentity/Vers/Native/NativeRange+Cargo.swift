extension NativeRange {
    /// Cargo (https://doc.rust-lang.org/cargo/reference/specifying-dependencies.html): requirements joined by commas, where a
    /// version without an operator means `^`. RustSec writes its ranges so.
    ///
    /// A version with missing numbers means everything that begins with it, as the crate `semver` has it: `=1.2` is `1.2.*`,
    /// `>1.2` is `>=1.3.0`, `<=1.2` is `<1.3.0`. What is before the next version is before its pre-releases, as RustSec reads its
    /// own advisories (https://github.com/rustsec/rustsec, `rustsec/src/osv/unaffected_range.rs`).
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
        let pre = semverPreRelease
        let next = before(version.next(at: last), pre, at: version.offset)
        switch mark.string {
        case "": return wildcards(version, pre, lowest: nil) ?? caret(version, pre)
        case "^": return caret(version, pre)
        case "~": return tilde(version, reach: 1, pre)
        case "=": return isPartial ? term(.greaterOrEqual, version.floor) + [next] : term(.equal, version.floor)
        case ">=": return term(.greaterOrEqual, version.floor)
        case "<": return term(.less, version.floor)
        case ">": return isPartial ? term(.greaterOrEqual, version.next(at: last)) : term(.greater, version.floor)
        case "<=": return isPartial ? [next] : term(.lessOrEqual, version.floor)
        default: throw NativeRangeError(.malformed, at: mark.startIndex, "There is no such operator here.")
        }
    }
}
