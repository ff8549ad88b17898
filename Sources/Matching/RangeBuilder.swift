package import PackageIdentity

/// One event of an OSV range: at this version something begins or ends.
package struct RangeEvent: Hashable, Sendable {
    /// The kinds of https://ossf.github.io/osv-schema/#affectedrangesevents-fields.
    package enum Kind: String, Hashable, Sendable { case introduced, fixed, lastAffected = "last_affected", limit }

    package var kind: Kind
    package var version: String

    package init(_ kind: Kind, _ version: String) {
        self.kind = kind
        self.version = version
    }
}

/// Turns the events of one OSV range into runs of affected versions, by the rules of
/// https://ossf.github.io/osv-schema/#evaluation.
///
/// Events are sorted by version, those at the same version keep the order of the advisory: `fixed 2.0, introduced 2.0` goes
/// on, `introduced 2.0, fixed 2.0` is nothing. `introduced: "0"` is before every version, `limit: "*"` is no limit, and of
/// several limits the greatest counts.
///
/// An event whose version has no place in the order could stand anywhere, so at every version it may be the last one that
/// happened. Hence, exactly: an unplaceable `fixed` or `last_affected` puts every affected version in doubt, an unplaceable
/// `introduced` every other one, and an unplaceable `limit` what lies behind the placeable ones. No end is ever invented.
package struct RangeBuilder {
    /// The two OSV range types that have versions; `GIT` has commits.
    package enum Kind: String, Sendable { case semver = "SEMVER", ecosystem = "ECOSYSTEM" }

    package let scheme: VersionScheme

    package init(scheme: VersionScheme) { self.scheme = scheme }

    /// The builder for a range of this type in an ecosystem: `SEMVER` is SemVer everywhere, read with the prefixes that the
    /// ecosystem's own versions may have. Julia's order is SemVer and the builds beyond it, which fixes of its libraries are: `4.4.4+1`.
    package init(_ kind: Kind, in ecosystem: Ecosystem) {
        let own = ecosystem.versionScheme
        scheme = kind == .semver && !own.isSemVer && own != .julia ? .semver : own
    }

    /// The runs of affected versions, sorted and apart from each other, those in doubt among them.
    package func ranges(for events: [RangeEvent]) -> [VersionRange] {
        var boundaries: [Boundary] = []
        var doubts = Doubts()
        for event in events where !(event.kind == .limit && event.version == "*") {
            switch boundary(of: event) {
            case .success(let boundary): boundaries.append(boundary)
            case .failure(let failure): doubts.note(event, failure.reason)
            }
        }
        var ranges = sweep(boundaries.filter { $0.event.kind != .limit })
        if let doubt = doubts.ofEnd { ranges = ranges.map { doubted($0, doubt) } }
        if let doubt = doubts.ofIntroduction { ranges += gaps(between: ranges).map { range(in: $0, doubt) } }
        ranges.sort { $0.lower < $1.lower }
        let hasNoLimit = events.contains { $0.kind == .limit && $0.version == "*" }
        return hasNoLimit ? ranges : cut(ranges, at: boundaries.filter { $0.event.kind == .limit }, doubts.ofLimit)
    }
}

// MARK: boundaries
extension RangeBuilder {
    private struct Boundary {
        let event: RangeEvent
        let key: VersionKey
        /// Where the state changes: right after a version that is still affected.
        var position: VersionKey { event.kind == .lastAffected ? key.successor : key }
    }

    private struct Unplaceable: Error { let reason: String }

    /// An event that has no place in the order, and why.
    private struct Doubt {
        let event: RangeEvent
        let reason: String
        var text: String {
            "The advisory's boundary '\(event.kind.rawValue) \(event.version)' has no place in the order of versions: \(reason)"
        }
    }

    /// The first event of each kind that has no place; one is enough for doubt.
    private struct Doubts {
        var ofIntroduction, ofEnd, ofLimit: Doubt?

        mutating func note(_ event: RangeEvent, _ reason: String) {
            let doubt = Doubt(event: event, reason: reason)
            switch event.kind {
            case .introduced: ofIntroduction = ofIntroduction ?? doubt
            case .fixed, .lastAffected: ofEnd = ofEnd ?? doubt
            case .limit: ofLimit = ofLimit ?? doubt
            }
        }
    }

    private func boundary(of event: RangeEvent) -> Result<Boundary, Unplaceable> {
        if event.kind == .introduced, event.version == "0" { return .success(Boundary(event: event, key: .lowest)) }
        do {
            let key = try VersionKey(encoding: event.version, in: scheme)
            if scheme == .pep440, key.isLegacyPEP440 { return .failure(Unplaceable(reason: "It is not a PEP 440 version.")) }
            return .success(Boundary(event: event, key: key))
        } catch {
            return .failure(Unplaceable(reason: error.reason))
        }
    }

    private func sweep(_ boundaries: [Boundary]) -> [VersionRange] {
        let sorted = boundaries.enumerated().map { (index: $0.offset, position: $0.element.position, boundary: $0.element) }
            .sorted { $0.position == $1.position ? $0.index < $1.index : $0.position < $1.position }
        var ranges: [VersionRange] = []
        var start: Boundary?
        for (_, position, boundary) in sorted {
            if boundary.event.kind == .introduced {
                start = start ?? boundary
            } else if let begun = start {
                start = nil
                if begun.key < position { ranges.append(range(from: begun, to: boundary)) }
            }
        }
        if let start { ranges.append(range(from: start, to: nil)) }
        return ranges
    }

    private func range(from start: Boundary, to end: Boundary?) -> VersionRange {
        var range = VersionRange(
            scheme: scheme, lower: start.key, upper: .open, introducedText: start.event.version, end: .none
        )
        guard let end else { return range }
        let isLast = end.event.kind == .lastAffected
        range.upper = isLast ? .inclusive(end.key) : .exclusive(end.key)
        range.end = isLast ? .lastAffected(end.event.version) : .fixed(end.event.version)
        return range
    }
}

// MARK: doubt and limits
extension RangeBuilder {
    private func doubted(_ range: VersionRange, _ doubt: Doubt) -> VersionRange {
        var range = range
        range.doubt = range.doubt ?? doubt.text
        return range
    }

    /// The versions between, before and behind the ranges; a nil upper end is open.
    private func gaps(between ranges: [VersionRange]) -> [(lower: VersionKey, upper: VersionKey?)] {
        var gaps: [(lower: VersionKey, upper: VersionKey?)] = []
        var start: VersionKey? = .lowest
        for range in ranges {
            if let start, start < range.lower { gaps.append((start, range.lower)) }
            start = range.upper.firstOutside
        }
        if let start { gaps.append((start, nil)) }
        return gaps
    }

    /// In a gap the advisory says nothing but that something was introduced, nobody knows where.
    private func range(in gap: (lower: VersionKey, upper: VersionKey?), _ doubt: Doubt) -> VersionRange {
        VersionRange(
            scheme: scheme, lower: gap.lower, upper: gap.upper.map { .exclusive($0) } ?? .open,
            introducedText: doubt.event.version, end: .none, doubt: doubt.text
        )
    }

    /// "A version is before the limits if it is before any of them": what lies behind the greatest is not affected, or in
    /// doubt where there is a limit that has no place.
    private func cut(_ ranges: [VersionRange], at limits: [Boundary], _ doubt: Doubt?) -> [VersionRange] {
        guard let limit = limits.max(by: { $0.key < $1.key }) else {
            return doubt.map { doubt in ranges.map { doubted($0, doubt) } } ?? ranges
        }
        return ranges.flatMap { range -> [VersionRange] in
            if let outside = range.upper.firstOutside, outside <= limit.key { return [range] }
            var (before, behind) = (range, range)
            before.upper = .exclusive(limit.key)
            before.end = .limit(limit.event.version)
            if range.lower < limit.key { behind.lower = limit.key }
            return (range.lower < limit.key ? [before] : []) + (doubt.map { [doubted(behind, $0)] } ?? [])
        }
    }
}
