extension NativeRange {
    /// Debian (https://www.debian.org/doc/debian-policy/ch-relationships.html): `(>= 1.0)`, `pkg (<< 2)`, joined by commas,
    /// alternatives by `|`. The forms `<` and `>` are obsolete and mean `<=` and `>=`, as the policy and dpkg have it.
    static func deb(_ text: NativeText) throws(NativeRangeError) -> NativeRange {
        let grammar = ComparatorGrammar(
            comparators: [
                ("<<", .less), (">>", .greater), ("<=", .lessOrEqual), (">=", .greaterOrEqual), ("=", .equal),
                ("<", .lessOrEqual), (">", .greaterOrEqual)
            ], bare: nil)
        // Either all parts are joined by commas or all by pipes: that is all that ranges of one package need.
        let alternatives = text.parts(separatedBy: "|")
        if alternatives.count == 1 { return NativeRange([try relations(text, grammar)]) }
        var range = NativeRange([])
        for part in alternatives { range.alternatives.append(try relations(part, grammar)) }
        return range
    }

    private static func relations(_ text: NativeText, _ grammar: ComparatorGrammar) throws(NativeRangeError) -> [Term] {
        var terms: [Term] = []
        var package: NativeText?
        for part in text.parts(separatedBy: ",") {
            var rest = part
            if let open = rest.firstIndex(of: UInt8(ascii: "(")), rest.last == UInt8(ascii: ")") {
                try same(&package, rest[..<open].trimmed)
                rest = rest[(open + 1)...].dropLast().trimmed
            }
            terms += try single(rest, grammar)
        }
        return terms
    }

    /// rpm (https://rpm-software-management.github.io/rpm/manual/dependencies.html): `>= 1:1.0-2`, `pkg < 2`, joined by commas.
    static func rpm(_ text: NativeText) throws(NativeRangeError) -> NativeRange {
        try NativeRange([named(text.parts(separatedBy: ","), ComparatorGrammar(comparators: ComparatorGrammar.usual))])
    }

    /// pacman (https://wiki.archlinux.org/title/PKGBUILD#Dependencies): `pkg>=1.0-1`, `<2`, joined by spaces or commas.
    static func alpm(_ text: NativeText) throws(NativeRangeError) -> NativeRange {
        try NativeRange([named(joined(text), ComparatorGrammar(comparators: ComparatorGrammar.usual))])
    }

    /// apk (https://wiki.alpinelinux.org/wiki/Alpine_Package_Keeper#Package_pinning_and_holding): `pkg>=1.0-r1`, `<2`, and
    /// `~1.2`, everything that begins with 1.2; joined by spaces or commas.
    static func apk(_ text: NativeText) throws(NativeRangeError) -> NativeRange {
        let grammar = ComparatorGrammar(comparators: ComparatorGrammar.usual)
        var terms: [Term] = []
        for part in joined(text) {
            if let tilde = part.firstIndex(of: UInt8(ascii: "~")), !part.contains(where: { "<>".utf8.contains($0) }) {
                var version = part[(tilde + 1)...]
                _ = version.skip("=")
                terms += try beginning(with: version.trimmed)
            } else {
                terms += try named([part], grammar)
            }
        }
        return NativeRange([terms])
    }

    /// Gentoo (https://projects.gentoo.org/pms/8/pms.html#package-dependency-specifications): `<1.2-r3`, `>=cat/pkg-1.0`,
    /// `=1.2*`, which is everything that begins with 1.2, and `~1.2`, which is 1.2 in any revision; joined by spaces or commas.
    static func gentoo(_ text: NativeText) throws(NativeRangeError) -> NativeRange {
        let grammar = ComparatorGrammar(comparators: ComparatorGrammar.usual)
        var terms: [Term] = []
        for part in joined(text) {
            var rest = part
            let mark = rest.read { !"<>=~!".utf8.contains($0) }
            let version = atomVersion(rest.trimmed)
            if mark.elementsEqual("~".utf8) {
                // Behind every revision of a version comes the same version with a patch level.
                terms.append(Term(.greaterOrEqual, version.string, at: version.startIndex))
                terms.append(Term(.less, version.string + "_p", at: version.startIndex))
            } else if mark.elementsEqual("=".utf8), version.last == UInt8(ascii: "*") {
                terms += try beginning(with: version.dropLast())
            } else {
                let term = try single(mark + version, grammar)
                terms += term.map { Term($0.comparator, $0.version, at: version.startIndex) }
            }
        }
        return NativeRange([terms])
    }

    /// The version of `category/package-1.2-r1`: what follows the first hyphen before a digit; the text if it has no category.
    private static func atomVersion(_ text: NativeText) -> NativeText {
        guard let slash = text.lastIndex(of: UInt8(ascii: "/")) else { return text }
        var index = slash + 1
        while index + 1 < text.endIndex {
            if text[index] == UInt8(ascii: "-"), text[index + 1].isASCIIDigit { return text[(index + 1)...] }
            index += 1
        }
        return text
    }

    /// Everything that begins with these numbers, in Alpine's and Gentoo's order: from the first alpha on, the least of all
    /// suffixes, to before that of the next number.
    private static func beginning(with numbers: NativeText) throws(NativeRangeError) -> [Term] {
        let parts = numbers.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard let last = parts.last, parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isASCIIDigit) }) else {
            throw NativeRangeError(.malformed, at: numbers.startIndex, "Only numbers can be the beginning of versions.")
        }
        let next = (parts.dropLast().map(\.string) + [PartialVersion.increment(last.string)]).joined(separator: ".")
        return [
            Term(.greaterOrEqual, numbers.string + "_alpha", at: numbers.startIndex),
            Term(.less, next + "_alpha", at: numbers.startIndex)
        ]
    }
}

// MARK: relations with package names
extension NativeRange {
    /// Terms that may have the name of the package in front, which must be the same everywhere.
    private static func named(_ parts: [NativeText], _ grammar: ComparatorGrammar) throws(NativeRangeError) -> [Term] {
        var terms: [Term] = []
        var package: NativeText?
        for part in parts {
            guard let mark = part.firstIndex(where: { "<>=!".utf8.contains($0) }) else {
                terms += try single(part, grammar)
                continue
            }
            try same(&package, part[..<mark].trimmed)
            terms += try single(part[mark...], grammar)
        }
        return terms
    }

    private static func single(_ text: NativeText, _ grammar: ComparatorGrammar) throws(NativeRangeError) -> [Term] {
        let terms = try grammar.terms(text)
        if terms.count > 1 { throw NativeRangeError(.malformed, at: terms[1].offset, "One relation has one version.") }
        return terms
    }

    private static func same(_ package: inout NativeText?, _ name: NativeText) throws(NativeRangeError) {
        if let package, !package.elementsEqual(name) {
            throw NativeRangeError(.malformed, at: name.startIndex, "A range is about one package.")
        }
        package = name
    }

    /// The relations between spaces or commas; a comparator that stands alone belongs to the next word.
    private static func joined(_ text: NativeText) -> [NativeText] {
        var result: [NativeText] = []
        for word in text.split(whereSeparator: { NativeText.isSpace($0) || $0 == UInt8(ascii: ",") }) {
            if let last = result.last, let mark = last.last, "<>=~!".utf8.contains(mark) {
                result[result.count - 1] = text[last.startIndex..<word.endIndex]
            } else {
                result.append(word)
            }
        }
        return result.isEmpty ? [text] : result
    }
}
