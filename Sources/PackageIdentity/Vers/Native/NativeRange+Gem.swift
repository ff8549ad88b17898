extension NativeRange {
    /// RubyGems (https://guides.rubygems.org/patterns/#pessimistic-version-constraint): requirements joined by commas, of
    /// which `~>` lets only the last number grow. `rubysec` writes its ranges so.
    ///
    /// `~> 1.2` ends before the pre-releases of 2, as `Gem::Requirement` has it; in VERS, as its project writes it, the end is 2.
    static func gem(_ text: NativeText) throws(NativeRangeError) -> NativeRange {
        var terms: [Term] = []
        for part in text.parts(separatedBy: ",") {
            var rest = part
            // The list of a gemspec has each requirement in quotes.
            if let quote = rest.first, quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\""), rest.count > 1,
                rest.last == quote
            {
                rest = rest.dropFirst().dropLast().trimmed
            }
            if rest.skip("~>") {
                let version = rest.trimmed
                terms.append(Term(.greaterOrEqual, version.string, at: version.startIndex))
                terms.append(Term(.less, try bumped(version), at: version.startIndex, reach: .preReleases))
            } else {
                let grammar = ComparatorGrammar(comparators: ComparatorGrammar.usual)
                let single = try grammar.terms(rest)
                if single.count > 1 {
                    throw NativeRangeError(.malformed, at: single[1].offset, "A comma stands between two requirements.")
                }
                terms += single
            }
        }
        return NativeRange([terms])
    }

    /// `Gem::Version#bump`: the numbers before the first letter, without the last of several, and then the last plus one.
    private static func bumped(_ version: NativeText) throws(NativeRangeError) -> String {
        var numbers: [String] = []
        for part in version.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false) {
            let digits = part.prefix(while: \.isASCIIDigit)
            if !digits.isEmpty {
                let significant = digits.drop { $0 == UInt8(ascii: "0") }
                numbers.append(significant.isEmpty ? "0" : significant.string)
            }
            if digits.count < part.count || part.isEmpty { break }
        }
        if numbers.count > 1 { numbers.removeLast() }
        guard let last = numbers.popLast() else {
            throw NativeRangeError(.malformed, at: version.startIndex, "A version begins with a number.")
        }
        return (numbers + [PartialVersion.increment(last)]).joined(separator: ".")
    }
}
