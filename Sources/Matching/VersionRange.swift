package import PackageIdentity

/// One unbroken run of affected versions: what an advisory says, as keys.
///
/// The keys belong to `scheme`; the texts are the advisory's own, kept for the evidence that a match shows.
package struct VersionRange: Hashable, Sendable {
    /// Where a range ends.
    package enum UpperBound: Hashable, Sendable {
        /// The first version that is not affected: OSV `fixed` or `limit`.
        case exclusive(VersionKey)
        /// The last version that is affected: OSV `last_affected`.
        case inclusive(VersionKey)
        /// No version ends it.
        case open
    }

    /// The event that ended a range, with the version as the advisory wrote it.
    package enum End: Hashable, Sendable {
        case fixed(String)
        case lastAffected(String)
        case limit(String)
        case none
    }

    package var scheme: VersionScheme
    /// The first affected version; `VersionKey.lowest` for `introduced: "0"`.
    package var lower: VersionKey
    package var upper: UpperBound
    package var introducedText: String
    package var end: End
    /// Why versions in this range may or may not be affected; nil when they are. An advisory with a boundary that nobody can
    /// place gives such ranges: they make a verdict `unknown`, never `affected`, never silence.
    package var doubt: String?

    package init(
        scheme: VersionScheme, lower: VersionKey, upper: UpperBound, introducedText: String, end: End, doubt: String? = nil
    ) {
        self.scheme = scheme
        self.lower = lower
        self.upper = upper
        self.introducedText = introducedText
        self.end = end
        self.doubt = doubt
    }

    /// Whether the range holds this version; the key must belong to `scheme`.
    package func contains(_ version: VersionKey) -> Bool {
        switch upper {
        case .exclusive(let upper): version.isWithin(lower, to: upper)
        case .inclusive(let last): version.isWithin(lower, through: last)
        case .open: version.isWithin(lower, to: nil)
        }
    }

    /// The range in the words of the advisory, for people: `introduced 1.0, fixed 1.2.3`.
    package var text: String { Self.words(introduced: introducedText, end: end) }

    static func words(introduced: String, end: End) -> String {
        let start = "introduced " + introduced
        return switch end {
        case .fixed(let version): start + ", fixed " + version
        case .lastAffected(let version): start + ", last affected " + version
        case .limit(let version): start + ", limit " + version
        case .none: start
        }
    }
}

extension VersionRange.End {
    /// The version that repairs what the range describes, where the advisory names one.
    package var fixedText: String? {
        if case .fixed(let text) = self { return text }
        return nil
    }
}

extension VersionRange.UpperBound {
    /// The first key that is not in the range, or nil: the same bound, half-open.
    var firstOutside: VersionKey? {
        switch self {
        case .exclusive(let key): key
        case .inclusive(let key): key.successor
        case .open: nil
        }
    }
}
