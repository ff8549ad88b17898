import PackageIdentity

/// What `first_affected` and `last_affected` leave open of a package: they bound a train of releases (CSAF 2.0 and 2.1, 3.2.3.9), and which
/// versions belong to that train the document does not say.
///
/// Below the last of a train, down to the nearest first one, and above the first of one, up to the nearest last one or fix, every version
/// may be affected. Versions that the document calls fixed or not affected are not among them.
struct CSAFTrains {
    /// What a product of the document is: one version, or a range of them.
    enum Bound {
        case version(String)
        case range([VersionRange])
    }

    /// A bound at its place.
    private struct Extent {
        let lower: VersionKey
        /// The first key behind it, or nil.
        let end: VersionKey?
    }

    let scheme: VersionScheme
    private var first: [Extent] = []
    private var last: [Extent] = []
    private var fixed: [VersionKey] = []
    /// What is certainly not affected: fixes, and versions that are called so.
    private var sound: [VersionKey] = []
    /// What ranges in doubt say at their ends, by the key there.
    private var texts: [VersionKey: String] = [:]
    /// Whether a bound has no place in the order: then every version may lie within its train.
    private var hasUnplaced = false

    /// - Parameters:
    ///   - first: products that are the first affected of a train.
    ///   - last: likewise the last ones.
    ///   - fixed: versions that are fixed, certainly of this package.
    ///   - notAffected: versions that are not affected, likewise.
    init(first: [Bound], last: [Bound], fixed: [String], notAffected: [String], in scheme: VersionScheme) {
        self.scheme = scheme
        self.first = first.compactMap { extent($0) }
        self.last = last.compactMap { extent($0) }
        self.fixed = fixed.compactMap { place($0) }.sorted()
        sound = Set(self.fixed + notAffected.compactMap { place($0) }).sorted()
    }

    private mutating func extent(_ bound: Bound) -> Extent? {
        switch bound {
        case .version(let version):
            if let key = place(version) { return Extent(lower: key, end: key.successor) }
        case .range(let ranges):
            if let lower = ranges.map(\.lower).min(), ranges.allSatisfy({ $0.doubt == nil }) {
                let ends = ranges.map(\.upper.firstOutside)
                for range in ranges { note(range) }
                return Extent(lower: lower, end: ends.contains(nil) ? nil : ends.compactMap(\.self).max())
            }
        }
        hasUnplaced = true
        return nil
    }

    private mutating func place(_ version: String) -> VersionKey? {
        // What PEP 440 can't read has a place among the others that nobody promised.
        guard let key = try? VersionKey(encoding: version, in: scheme), scheme != .pep440 || !key.isLegacyPEP440 else {
            return nil
        }
        if texts[key] == nil { (texts[key], texts[key.successor]) = (version, "after " + version) }
        return key
    }

    private mutating func note(_ range: VersionRange) {
        texts[range.lower] = texts[range.lower] ?? range.introducedText
        guard let end = range.upper.firstOutside else { return }
        switch range.end {
        case .fixed(let text), .limit(let text): texts[end] = texts[end] ?? text
        case .lastAffected(let text): texts[end] = texts[end] ?? "after " + text
        case .none: break
        }
    }

    /// The versions in doubt, in their order.
    var ranges: [VersionRange] {
        let spans = hasUnplaced ? [.everything] : last.map { below($0) } + first.compactMap { above($0) }
        let proper = spans.filter { span in span.end.map { span.lower < $0 } ?? true }
        return withoutSound(KeySpan.merged(proper)).map { span in
            VersionRange(
                scheme: scheme, lower: span.lower, upper: span.end.map { .exclusive($0) } ?? .open,
                introducedText: texts[span.lower] ?? "0", end: span.end.flatMap { texts[$0] }.map { .limit($0) } ?? .none,
                doubt: Self.doubt
            )
        }
    }

    /// From the nearest first one up to a last one; from the bottom where there is no first one.
    private func below(_ last: Extent) -> KeySpan {
        let start = first.filter { $0.lower <= last.lower }.max { $0.lower < $1.lower }
        return KeySpan(lower: start.map { $0.end ?? last.lower } ?? .lowest, end: last.lower)
    }

    /// From a first one up to the nearest last one or fix.
    private func above(_ first: Extent) -> KeySpan? {
        guard let start = first.end else { return nil }
        let ends = last.map(\.lower).filter { $0 >= first.lower } + fixed.filter { $0 > first.lower }
        return KeySpan(lower: start, end: ends.min())
    }

    /// - Parameter spans: apart from each other, in order.
    private func withoutSound(_ spans: [KeySpan]) -> [KeySpan] {
        var (pieces, rest): ([KeySpan], ArraySlice<VersionKey>) = ([], sound[...])
        for span in spans {
            var lower = span.lower
            rest = rest.drop { $0 < lower }
            while let key = rest.first, span.end.map({ key < $0 }) ?? true {
                if lower < key { pieces.append(KeySpan(lower: lower, end: key)) }
                lower = key.successor
                rest = rest.dropFirst()
            }
            if span.end.map({ lower < $0 }) ?? true { pieces.append(KeySpan(lower: lower, end: span.end)) }
        }
        return pieces
    }

    private static let doubt =
        "The document names only the first or the last affected version of a train of releases, and not which versions are in it."
}
