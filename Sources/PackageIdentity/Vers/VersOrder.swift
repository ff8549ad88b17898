/// What the constraints of a range say in keys, as far as their versions have a place.
enum VersOrder: Sendable {
    /// Exactly these versions, sorted.
    case intervals([VersionInterval])
    /// At least these versions; of single versions without a place nobody can say what equals them.
    case atLeast([VersionInterval], VersUnknown)
    /// Nothing can be said.
    case unknown(VersUnknown)

    init(_ placed: [PlacedConstraint], type: String) {
        if type == VersType.none {
            self = .intervals([])
            return
        }
        guard let index = placed.firstIndex(where: { $0.key == nil }), case .unknown(let error) = placed[index].place else {
            self = .intervals(Self.spans(placed).intervals)
            return
        }
        let unknown = VersUnknown(error, in: .bound(index))
        let rest = placed.filter { $0.key != nil }
        let areOthersSingle = placed.allSatisfy { $0.key != nil || $0.comparator == .equal }
        let saysSomething = rest.contains { $0.comparator != .notEqual }
        self = areOthersSingle && saysSomething ? .atLeast(Self.spans(rest).intervals, unknown) : .unknown(unknown)
    }

    /// The versions that sorted constraints stand for, all of which have a place.
    ///
    /// Redundant constraints are dropped as "Constraints simplification" prescribes. Then a `>` opens a run that the next `<`
    /// closes, and each `!=` makes a hole, unless another constraint includes that version ("Checking if a version is
    /// contained within a range" asks for equality first). Nothing but `!=` is everything else.
    static func spans(_ placed: [PlacedConstraint]) -> VersionSpans {
        var kept: [PlacedConstraint] = []
        var holes: [(version: String, key: VersionKey)] = []
        for constraint in placed {
            if constraint.comparator == .notEqual {
                if let key = constraint.key { holes.append((constraint.constraint.version, key)) }
                continue
            }
            let comparator = constraint.comparator
            while let last = kept.last?.comparator, comparator.isLess, VersRange.isRedundant(last, before: comparator) {
                kept.removeLast()
            }
            if let last = kept.last?.comparator, VersRange.isRedundant(last, before: comparator) { continue }
            kept.append(constraint)
        }
        if kept.isEmpty { return VersionSpans(allBut: holes) }
        let included = Set(placed.filter { $0.comparator.includesVersion }.compactMap(\.key))
        holes.removeAll { included.contains($0.key) }
        return runs(kept).intersection(VersionSpans(allBut: holes))
    }

    private static func runs(_ kept: [PlacedConstraint]) -> VersionSpans {
        var spans: [VersionSpans.Span] = []
        var opened: VersionSpans.Cut?
        for constraint in kept {
            guard let key = constraint.key else { continue }
            let span = VersionSpans(constraint.comparator, constraint.constraint.version, key).spans[0]
            if constraint.comparator.isGreater {
                opened = span.lower
                continue
            }
            spans.append(constraint.comparator.isLess ? VersionSpans.Span(lower: opened, upper: span.upper) : span)
            opened = nil
        }
        if let opened { spans.append(VersionSpans.Span(lower: opened, upper: nil)) }
        return VersionSpans(union: spans.filter(\.isInhabited))
    }
}
