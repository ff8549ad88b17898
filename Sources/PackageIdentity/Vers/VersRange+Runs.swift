/// A run of versions with its ends as the range writes them.
public struct VersionRun: Hashable, Sendable {
    /// The run in keys.
    public let interval: VersionInterval
    /// The version at which the run begins, or nil where it has no lower end.
    public let lower: String?
    /// The version at which the run ends, or nil where it has no upper end.
    public let upper: String?
}

extension VersRange {
    /// The range as `intervals`, with the versions that are their ends.
    ///
    /// - Returns: nil when the order of the type or the place of a bound is not known.
    public var runs: [VersionRun]? {
        guard let spans else { return nil }
        return zip(spans.spans, spans.intervals).map { span, interval in
            VersionRun(interval: interval, lower: span.lower?.shown, upper: span.upper?.shown)
        }
    }

    /// The versions of this range that lie in none of the others, which have the same type; `vers:none/*` when there are none.
    ///
    /// - Returns: nil when the order of the type or the place of a bound is not known.
    public func subtracting(_ others: [VersRange]) -> VersRange? {
        guard var rest = spans else { return nil }
        for other in others {
            guard let spans = other.spans else { return nil }
            rest = rest.intersection(VersionSpans(complementOf: spans))
        }
        let isFiner = meaning != nil || others.contains { $0.meaning != nil }
        return VersRange(type: type, spans: rest, meaning: isFiner ? NativeMeaning(spans: rest) : nil)
            ?? VersRange(type: VersType.none, placed: [])
    }

    private var spans: VersionSpans? {
        if let meaning { return meaning.spans }
        if isStar { return type == VersType.none ? VersionSpans(union: []) : .everything }
        let scheme = versionScheme
        let placed = constraints.map { PlacedConstraint($0, at: 0, in: scheme) }
        return placed.contains { $0.key == nil } ? nil : VersOrder.spans(placed)
    }
}
