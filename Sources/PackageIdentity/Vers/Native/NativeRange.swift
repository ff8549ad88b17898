/// A range as a native text says it: alternatives, each a list of terms that all hold. A list without terms is every version.
struct NativeRange: Sendable {
    /// A comparator and a version as it is written, or as the syntax computes it.
    struct Term: Sendable {
        let comparator: VersConstraint.Comparator
        let version: String
        /// The byte of the text at which the version stands or was computed from.
        let offset: Int
        /// Terms of which one may hold instead of this one.
        var orElse: [Term] = []
        /// What counts as the version.
        var reach = Reach.version
        /// The terms that all hold instead of this one by the rules of the tool, where VERS writes it as this one.
        var meaning: [Term]?

        init(_ comparator: VersConstraint.Comparator, _ version: String, at offset: Int, reach: Reach = .version) {
            self.comparator = comparator
            self.version = version
            self.offset = offset
            self.reach = reach
        }

        /// The same term, which the tool reads as others.
        func meaning(_ terms: [Term]) -> Term {
            var term = self
            term.meaning = terms
            return term
        }

        /// Whether the tool's rules give other versions than VERS does.
        var isFiner: Bool { meaning != nil || reach != .version }
    }

    /// Which versions count as the one that a term names.
    enum Reach: Sendable {
        case version
        /// All its spellings but this one are other versions (PEP 440).
        case spelling
        /// The version and its local versions (PEP 440).
        case localVersions
        /// The version, its local versions and its post-releases (PEP 440).
        case postReleases
        /// Its pre-releases, and the version (RubyGems).
        case preReleases
    }

    /// The most terms that one alternative has: intersecting them takes their number squared, and real ones have a dozen.
    static let maximumTerms = 4_096

    var alternatives: [[Term]]
    /// Whether the text says that no version is meant.
    var isNone = false

    init(_ alternatives: [[Term]]) { self.alternatives = alternatives }

    static let everything = NativeRange([[]])
}

extension VersRange {
    /// Reads a range in a native syntax.
    ///
    /// The result is canonical: the set of versions that the text describes, whatever the order and overlap of its parts.
    /// Versions are printed in the usual spelling of their type (`NativeSpelling`). A list of nothing but exact versions is
    /// an enumeration even where the syntax joins its terms by "and": advisories write them so, and no version is two.
    ///
    /// The constraints are those that the VERS project writes. What the range holds is what the tool of the syntax says, which
    /// the files of the syntaxes document: `^1.2.9` holds no pre-release of 2.0.0, though its VERS text does.
    ///
    ///     try VersRange(native: "^1.2.9 || >=3", in: NativeSyntax(type: "npm")!)   // vers:npm/>=1.2.9|<2.0.0|>=3.0.0
    ///
    /// - Throws: `NativeRangeError`; the offset is the byte of `text` at which the fault was noticed.
    public init(native text: String, in syntax: NativeSyntax) throws(NativeRangeError) {
        if text.utf8.count > NativeSyntax.maximumLength {
            throw NativeRangeError(.length, at: NativeSyntax.maximumLength, "The text is longer than a range is.")
        }
        let range = try NativeRange.read(Array(text.utf8)[...].trimmed, syntax)
        if range.isNone {
            self.init(type: VersType.none, placed: [])
            return
        }
        let written = try range.spans(type: syntax.type, isMeaning: false)
        let meaning = try range.meaning(type: syntax.type)
        // Where VERS itself would leave nothing, its constraints are the places that the tool means, as far as they have a text.
        let printed = written.spans.isEmpty ? meaning?.spans ?? written : written
        guard meaning?.spans.spans.isEmpty != true,
            let canonical = VersRange(type: syntax.type, spans: printed, meaning: meaning)
        else { throw NativeRangeError(.contradiction, at: 0, "No version can satisfy all constraints.") }
        if written.spans.isEmpty, !canonical.findings.isEmpty {
            throw NativeRangeError(.malformed, at: 0, "No VERS says what the tool of this syntax means.")
        }
        self = canonical
    }
}

extension NativeRange {
    static func read(_ text: NativeText, _ syntax: NativeSyntax) throws(NativeRangeError) -> NativeRange {
        switch syntax.form {
        case .alpm: try alpm(text)
        case .apk: try apk(text)
        case .cargo: try cargo(text)
        case .composer: try composer(text)
        case .conan: try conan(text)
        case .deb: try deb(text)
        case .gem: try gem(text)
        case .gemnasium: try gemnasium(text, type: syntax.type)
        case .gentoo: try gentoo(text)
        case .github: try github(text)
        case .golang: try golang(text)
        case .hex: try hex(text)
        case .maven: try maven(text)
        case .nginx: try nginx(text)
        case .npm: try npm(text)
        case .nuget: try nuget(text)
        case .openssl: try openssl(text)
        case .pypi: try pypi(text)
        case .rpm: try rpm(text)
        }
    }

    /// What the range says by the rules of its tool; nil where VERS says the same.
    fileprivate func meaning(type: String) throws(NativeRangeError) -> NativeMeaning? {
        guard alternatives.contains(where: { $0.contains { $0.isFiner } }) else { return nil }
        let scheme = VersType.scheme(named: type)
        let spellings = alternatives.joined().filter { $0.reach == .spelling }.compactMap { term in
            (try? VersionKey(encoding: term.version, in: scheme)).map { (term.version.lowercased(), $0) }
        }
        return NativeMeaning(spans: try spans(type: type, isMeaning: true), spellings: spellings)
    }

    fileprivate func spans(type: String, isMeaning: Bool) throws(NativeRangeError) -> VersionSpans {
        let reader = TermReader(type: type, isMeaning: isMeaning)
        var all: [VersionSpans.Span] = []
        for terms in alternatives {
            if !terms.isEmpty, !reader.scheme.isOrdered {
                throw NativeRangeError(.order, at: terms[0].offset, "The order of this type of versions is not known.")
            }
            if terms.count > Self.maximumTerms {
                throw NativeRangeError(.length, at: terms[Self.maximumTerms].offset, "There are more terms than a range has.")
            }
            let isEnumeration = terms.count > 1 && terms.allSatisfy { $0.comparator == .equal }
            var alternative = VersionSpans.everything
            for term in terms {
                let single = try reader.spans(term)
                if isEnumeration { all += single.spans } else { alternative = alternative.intersection(single) }
            }
            if !isEnumeration { all += alternative.spans }
        }
        return VersionSpans(union: all)
    }
}

/// Turns terms into runs of versions: as VERS writes them, or as the tool means them.
private struct TermReader {
    let type: String
    let isMeaning: Bool
    let scheme: VersionScheme

    init(type: String, isMeaning: Bool) {
        self.type = type
        self.isMeaning = isMeaning
        scheme = VersType.scheme(named: type)
    }

    func spans(_ term: NativeRange.Term) throws(NativeRangeError) -> VersionSpans {
        if isMeaning, let meaning = term.meaning {
            return try all(of: meaning, shown: NativeSpelling.spell(term.version, type: type, in: scheme))
        }
        let spans = try single(term, shown: nil)
        if term.orElse.isEmpty { return spans }
        var all = spans.spans
        for other in term.orElse { all += try self.spans(other).spans }
        return VersionSpans(union: all)
    }

    /// What all terms of a meaning hold, one of which may mean others again.
    private func all(of meaning: [NativeRange.Term], shown: String) throws(NativeRangeError) -> VersionSpans {
        var spans = VersionSpans.everything
        for term in meaning {
            let meant = if let inner = term.meaning { try all(of: inner, shown: shown) } else { try single(term, shown: shown) }
            spans = spans.intersection(meant)
        }
        return spans
    }

    private func single(_ term: NativeRange.Term, shown: String?) throws(NativeRangeError) -> VersionSpans {
        let version = shown == nil ? NativeSpelling.spell(term.version, type: type, in: scheme) : term.version
        let place = VersPlace(of: VersType.meant(byBound: version, in: scheme), in: scheme)
        guard case .key(let key) = place else {
            throw NativeRangeError(.version, at: term.offset, "The version has no place in the order of its type.")
        }
        let reach = isMeaning ? term.reach : .version
        let isBelow = reach == .preReleases
        return VersionSpans(
            term.comparator,
            from: VersionSpans.Cut(
                key: isBelow ? key.beforePreReleasesOfGem : key, isAfter: false, version: version, shown: shown),
            to: VersionSpans.Cut(key: Self.last(key, reach), isAfter: true, version: version, shown: shown)
        )
    }

    private static func last(_ key: VersionKey, _ reach: NativeRange.Reach) -> VersionKey {
        switch reach {
        case .version, .spelling, .preReleases: key
        case .localVersions: key.behindLocalVersions
        case .postReleases: key.behindPostReleases
        }
    }
}
