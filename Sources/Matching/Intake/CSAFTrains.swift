import PackageIdentity

/// What `first_affected` and `last_affected` leave open of a package: they bound a train of releases (CSAF 2.0 and 2.1, 3.2.3.9), and which
/// versions belong to that train the document does not say.
///
/// Below the last of a train, down to the nearest first one, and above the first of one, up to the nearest last one or fix, every version
/// may be affected. Versions that the document calls fixed or not affected are not among them.
struct CSAFTrains {
    let scheme: VersionScheme
    /// A version as the document has it, by its place.
    private let texts: [VersionKey: String]
    private let first: [VersionKey]
    private let last: [VersionKey]
    /// What is certainly not affected.
    private let sound: [VersionKey]

    /// - Parameters:
    ///   - first: versions that are the first affected of a train; those without a place in the order bound none.
    ///   - last: likewise the last ones.
    ///   - sound: versions that are fixed or not affected.
    init(first: [String], last: [String], sound: [String], in scheme: VersionScheme) {
        self.scheme = scheme
        var texts: [VersionKey: String] = [:]
        func keys(_ versions: [String]) -> [VersionKey] {
            let keys = versions.compactMap { version -> VersionKey? in
                guard let key = try? VersionKey(encoding: version, in: scheme) else { return nil }
                texts[key] = texts[key] ?? version
                return key
            }
            return Set(keys).sorted()
        }
        (self.first, self.last, self.sound) = (keys(first), keys(last), keys(sound))
        self.texts = texts
    }

    /// The versions in doubt, in their order.
    var ranges: [VersionRange] {
        let spans: [(start: VersionKey?, end: VersionKey?)] =
            last.map { (start(below: $0), $0) } + first.map { ($0, end(above: $0)) }
        var seen: Set<VersionRange> = []
        return spans.flatMap { pieces(from: $0.start, to: $0.end) }.filter { seen.insert($0).inserted }
    }

    /// Where a train begins that ends with a version, or nil where nothing says so.
    private func start(below end: VersionKey) -> VersionKey? { first.last { $0 <= end } }

    /// Where a train ends that begins at a version, or nil where nothing says so.
    private func end(above start: VersionKey) -> VersionKey? {
        [last.first { $0 >= start }, sound.first { $0 > start }].compactMap(\.self).min()
    }

    /// The span without the versions that are sound. Both of its ends have a status of their own, and are not in doubt for being in here.
    private func pieces(from start: VersionKey?, to end: VersionKey?) -> [VersionRange] {
        let between = sound.filter { key in start.map { $0 <= key } ?? true && end.map { key < $0 } ?? true }
        let starts = [start] + between
        return zip(starts, between + [end]).compactMap { lower, upper in
            if let lower, lower == upper { return nil }
            return VersionRange(
                scheme: scheme, lower: lower?.successor ?? .lowest, upper: upper.map { .exclusive($0) } ?? .open,
                introducedText: lower.flatMap { texts[$0] }.map { "after " + $0 } ?? "0",
                end: upper.flatMap { texts[$0] }.map { .limit($0) } ?? .none, doubt: Self.doubt
            )
        }
    }

    private static let doubt =
        "The document names only the first or the last affected version of a train of releases, and not which versions are in it."
}
