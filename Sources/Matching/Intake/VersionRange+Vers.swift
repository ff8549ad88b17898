package import PackageIdentity

extension VersionRange {
    /// The runs of a VERS range; where it can't be placed, every version in doubt.
    /// - Parameters:
    ///   - doubt: why the versions may or may not be affected, or nil where they are.
    ///   - end: what an exclusive upper end is, by its version: the fix, or a mere limit.
    package static func all(
        of range: VersRange, doubt: String? = nil, end: (_ version: String) -> End = { .fixed($0) }
    ) -> [VersionRange] {
        guard let runs = range.runs else {
            return [.everything(in: range.versionScheme, doubt: doubt ?? "The place of a boundary of \(range) is not known.")]
        }
        return runs.map { VersionRange($0, in: range.versionScheme, doubt: doubt, end: end) }
    }

    /// Every version there is.
    package static func everything(in scheme: VersionScheme, doubt: String? = nil) -> VersionRange {
        VersionRange(scheme: scheme, lower: .lowest, upper: .open, introducedText: "0", end: .none, doubt: doubt)
    }

    private init(_ run: VersionRun, in scheme: VersionScheme, doubt: String?, end: (String) -> End) {
        let introduced = run.lower ?? "0"
        let isAfter = if case .excluded = run.interval.lower { true } else { false }
        let upper = run.upper ?? ""
        let (bound, ending): (UpperBound, End) =
            switch run.interval.upper {
            case .unbounded: (.open, .none)
            case .included(let key): (.inclusive(key), .lastAffected(upper))
            case .excluded(let key): (.exclusive(key), end(upper))
            }
        self.init(
            scheme: scheme, lower: run.interval.start, upper: bound, introducedText: isAfter ? "after " + introduced : introduced,
            end: ending, doubt: doubt
        )
    }
}
