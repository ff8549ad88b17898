extension NativeRange {
    /// GitLab's gemnasium database (https://gitlab.com/gitlab-org/advisories-community): `<1.3.4||>=2.0.0 <2.0.4||=3.1`.
    ///
    /// Terms are joined by whitespace or, in files for Python and PHP, by commas; both are read for every type. An empty
    /// alternative, as a stray `||` makes it, says nothing and is passed over. npm ranges may use npm's own operators. What
    /// Python's and PHP's ranges hold is what PEP 440 and Composer say, as GitLab's own matcher asks those
    /// (https://gitlab.com/gitlab-org/security-products/analyzers/gemnasium, `vrange`).
    static func gemnasium(_ text: NativeText, type: String) throws(NativeRangeError) -> NativeRange {
        if type == "npm" { return try npm(text) }
        if text.elementsEqual([UInt8(ascii: "*")]) { return everything }
        let grammar = ComparatorGrammar(comparators: ComparatorGrammar.usual, hasCommas: true)
        var range = try alternatives(text, grammar, skipsEmpty: true)
        switch type {
        case "composer": range.alternatives = range.alternatives.map { $0.map { composerTerm($0) } }
        case "pypi": range.alternatives = range.alternatives.map { $0.map { pythonTerm($0) } }
        default: break
        }
        return range
    }

    /// GitHub advisories (https://docs.github.com/en/graphql/reference/objects#securityvulnerability): `= 0.2.0`, `<= 1.0.8`,
    /// `>= 4.3.0, < 4.3.5`.
    static func github(_ text: NativeText) throws(NativeRangeError) -> NativeRange {
        let grammar = ComparatorGrammar(comparators: ComparatorGrammar.usual, bare: nil, hasCommas: true)
        return NativeRange([try grammar.terms(text)])
    }

    /// Go has no range syntax of its own; advisories compare versions, with or without the `v`, and join alternatives by `||`.
    static func golang(_ text: NativeText) throws(NativeRangeError) -> NativeRange {
        if text.elementsEqual([UInt8(ascii: "*")]) { return everything }
        return try alternatives(text, ComparatorGrammar(comparators: ComparatorGrammar.usual, hasCommas: true))
    }
}
