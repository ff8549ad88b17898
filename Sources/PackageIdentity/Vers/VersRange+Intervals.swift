extension VersRange {
    /// The range as sorted intervals of keys that neither overlap nor touch.
    ///
    /// - Returns: nil when the order of the type or the place of a bound is not known. `vers:none/*` has no intervals, `*`
    ///   the one without ends.
    public var intervals: [VersionInterval]? {
        if case .intervals(let intervals) = order { intervals } else { nil }
    }

    /// The canonical range with the same versions: redundant constraints are gone, runs that touch are one.
    ///
    /// - Returns: nil when the order of the type or the place of a bound is not known, or no version can lie in the range.
    public var simplified: VersRange? {
        if isStar || meaning != nil { return self }
        let scheme = versionScheme
        let placed = constraints.map { PlacedConstraint($0, at: 0, in: scheme) }
        if placed.contains(where: { $0.key == nil }) { return nil }
        return VersRange(type: type, spans: VersOrder.spans(placed))
    }

    /// Nil for the empty set, which VERS can write only as `vers:none/*`.
    init?(type: String, spans: VersionSpans, meaning: NativeMeaning? = nil) {
        if spans.spans.isEmpty { return nil }
        let scheme = VersType.scheme(named: type)
        self.init(type: type, placed: spans.constraints.map { PlacedConstraint($0, at: 0, in: scheme) }, meaning: meaning)
    }
}
