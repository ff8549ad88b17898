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

        init(_ comparator: VersConstraint.Comparator, _ version: String, at offset: Int) {
            self.comparator = comparator
            self.version = version
            self.offset = offset
        }
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
        let spans = try range.spans(type: syntax.type)
        guard let canonical = VersRange(type: syntax.type, spans: spans) else {
            throw NativeRangeError(.contradiction, at: 0, "No version can satisfy all constraints.")
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
        case .gemRequirement: try gem(text, endsBeforePreReleases: true)
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

    fileprivate func spans(type: String) throws(NativeRangeError) -> VersionSpans {
        let scheme = VersType.scheme(named: type)
        var all: [VersionSpans.Span] = []
        for terms in alternatives {
            if !terms.isEmpty, !scheme.isOrdered {
                throw NativeRangeError(.order, at: terms[0].offset, "The order of this type of versions is not known.")
            }
            if terms.count > Self.maximumTerms {
                throw NativeRangeError(.length, at: terms[Self.maximumTerms].offset, "There are more terms than a range has.")
            }
            let isEnumeration = terms.count > 1 && terms.allSatisfy { $0.comparator == .equal }
            var alternative = VersionSpans.everything
            for term in terms {
                let single = try Self.spans(term, type: type, scheme)
                if isEnumeration { all += single.spans } else { alternative = alternative.intersection(single) }
            }
            if !isEnumeration { all += alternative.spans }
        }
        return VersionSpans(union: all)
    }

    private static func spans(
        _ term: Term, type: String, _ scheme: VersionScheme
    ) throws(NativeRangeError) -> VersionSpans {
        let version = NativeSpelling.spell(term.version, type: type, in: scheme)
        guard case .key(let key) = VersPlace(of: version, in: scheme) else {
            throw NativeRangeError(.version, at: term.offset, "The version has no place in the order of its type.")
        }
        let spans = VersionSpans(term.comparator, version, key)
        if term.orElse.isEmpty { return spans }
        var all = spans.spans
        for other in term.orElse { all += try Self.spans(other, type: type, scheme).spans }
        return VersionSpans(union: all)
    }
}
