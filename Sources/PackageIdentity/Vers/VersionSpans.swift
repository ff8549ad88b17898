/// A set of versions as sorted runs that neither overlap nor touch: the algebra behind ranges.
///
/// An end of a run is a cut right before or right after a version. Cuts are totally ordered, which makes union and
/// intersection a merge of two sorted lists whatever the comparators were.
struct VersionSpans {
    /// A place between versions.
    struct Cut {
        let key: VersionKey
        /// Whether the version itself lies before the cut.
        let isAfter: Bool
        /// How the version is written.
        let version: String
        /// How people are told of it: without what a tool adds to mean the place before its pre-releases.
        let shown: String

        init(key: VersionKey, isAfter: Bool, version: String, shown: String? = nil) {
            self.key = key
            self.isAfter = isAfter
            self.version = version
            self.shown = shown ?? version
        }

        static func < (left: Cut, right: Cut) -> Bool {
            left.key == right.key ? !left.isAfter && right.isAfter : left.key < right.key
        }
    }

    /// A run of versions; a nil end is open.
    struct Span {
        var lower: Cut?
        var upper: Cut?

        /// Whether there is a place between the ends.
        var isInhabited: Bool {
            guard let lower, let upper else { return true }
            return lower < upper
        }
    }

    private(set) var spans: [Span]

    static let everything = VersionSpans(spans: [Span(lower: nil, upper: nil)])

    private init(spans: [Span]) { self.spans = spans }

    /// The versions that satisfy one comparator.
    init(_ comparator: VersConstraint.Comparator, _ version: String, _ key: VersionKey) {
        let before = Cut(key: key, isAfter: false, version: version)
        self.init(comparator, from: before, to: Cut(key: key, isAfter: true, version: version))
    }

    /// The versions that satisfy one comparator with a version that many count as: all between two cuts.
    init(_ comparator: VersConstraint.Comparator, from before: Cut, to after: Cut) {
        switch comparator {
        case .less: spans = [Span(lower: nil, upper: before)]
        case .lessOrEqual: spans = [Span(lower: nil, upper: after)]
        case .equal: spans = [Span(lower: before, upper: after)]
        case .notEqual: spans = [Span(lower: nil, upper: before), Span(lower: after, upper: nil)]
        case .greaterOrEqual: spans = [Span(lower: before, upper: nil)]
        case .greater: spans = [Span(lower: after, upper: nil)]
        }
    }

    /// The union of runs in any order.
    init(union all: [Span]) {
        var merged: [Span] = []
        for span in all.sorted(by: Self.beginsBefore) {
            guard let last = merged.last, Self.reaches(last.upper, span.lower) else {
                merged.append(span)
                continue
            }
            if Self.endsBefore(last.upper, span.upper) { merged[merged.count - 1].upper = span.upper }
        }
        spans = merged
    }

    /// Everything but single versions, which come sorted.
    init(allBut points: [(version: String, key: VersionKey)]) {
        spans = []
        var lower: Cut?
        for point in points {
            if let lower, !(lower.key < point.key) { continue }
            spans.append(Span(lower: lower, upper: Cut(key: point.key, isAfter: false, version: point.version)))
            lower = Cut(key: point.key, isAfter: true, version: point.version)
        }
        spans.append(Span(lower: lower, upper: nil))
    }

    /// Every version that does not lie in these runs.
    init(complementOf other: VersionSpans) {
        spans = []
        var lower: Cut?
        for span in other.spans {
            if let upper = span.lower { spans.append(Span(lower: lower, upper: upper)) }
            guard let upper = span.upper else { return }
            lower = upper
        }
        spans.append(Span(lower: lower, upper: nil))
    }

    /// What lies in both. Of two equal ends the one of `other` is kept, as it is written there.
    func intersection(_ other: VersionSpans) -> VersionSpans {
        var result: [Span] = []
        var (left, right) = (0, 0)
        while left < spans.count, right < other.spans.count {
            let (a, b) = (spans[left], other.spans[right])
            let span = Span(
                lower: Self.lowerPrecedes(b.lower, a.lower) ? a.lower : b.lower,
                upper: Self.endsBefore(a.upper, b.upper) ? a.upper : b.upper
            )
            if span.isInhabited { result.append(span) }
            if Self.endsBefore(a.upper, b.upper) { left += 1 } else { right += 1 }
        }
        return VersionSpans(spans: result)
    }

    private static func beginsBefore(_ left: Span, _ right: Span) -> Bool { lowerPrecedes(left.lower, right.lower) }

    private static func lowerPrecedes(_ left: Cut?, _ right: Cut?) -> Bool {
        guard let right else { return false }
        guard let left else { return true }
        return left < right
    }

    private static func endsBefore(_ left: Cut?, _ right: Cut?) -> Bool {
        guard let left else { return false }
        guard let right else { return true }
        return left < right
    }

    /// Whether a run that ends at `upper` overlaps or touches one that begins at `lower`.
    private static func reaches(_ upper: Cut?, _ lower: Cut?) -> Bool {
        guard let upper, let lower else { return true }
        return !(upper < lower)
    }
}

extension VersionSpans {
    var intervals: [VersionInterval] {
        spans.map { span in
            let lower = span.lower.map { $0.isAfter ? VersionInterval.Bound.excluded($0.key) : .included($0.key) }
            let upper = span.upper.map { $0.isAfter ? VersionInterval.Bound.included($0.key) : .excluded($0.key) }
            return VersionInterval(lower: lower ?? .unbounded, upper: upper ?? .unbounded)
        }
    }

    /// The canonical constraints for the set; none for everything. A single version missing between two runs is a `!=`.
    ///
    /// The empty set has no constraints either: a caller asks `spans.isEmpty` first.
    var constraints: [VersConstraint] {
        var result: [VersConstraint] = []
        for (index, span) in spans.enumerated() {
            let isAfterHole = index > 0 && Self.isHole(spans[index - 1], span)
            let isBeforeHole = index + 1 < spans.count && Self.isHole(span, spans[index + 1])
            if let lower = span.lower, let upper = span.upper, lower.key == upper.key {
                result.append(VersConstraint(.equal, lower.version))
                continue
            }
            if let lower = span.lower, !isAfterHole {
                result.append(VersConstraint(lower.isAfter ? .greater : .greaterOrEqual, lower.version))
            }
            if let upper = span.upper {
                result.append(
                    isBeforeHole
                        ? VersConstraint(.notEqual, upper.version)
                        : VersConstraint(upper.isAfter ? .lessOrEqual : .less, upper.version))
            }
        }
        return result
    }

    private static func isHole(_ left: Span, _ right: Span) -> Bool {
        guard let upper = left.upper, let lower = right.lower else { return false }
        return upper.key == lower.key
    }
}
