package import PackageIdentity

/// An unbroken run of version keys, half-open: what a table ordered by keys is asked for.
package struct KeySpan: Hashable, Sendable {
    package let lower: VersionKey
    /// The first key behind it; nil for an open end.
    package let end: VersionKey?

    /// Every key there is, and what has none.
    package static let everything = KeySpan(lower: .lowest, end: nil)
    /// What has no place in an order: it stands at `VersionKey.lowest`, below the key of every version.
    package static let unplaced = KeySpan(lower: .lowest, end: VersionKey.lowest.successor)

    /// The same keys in as few spans as possible, in order.
    package static func merged(_ spans: [KeySpan]) -> [KeySpan] {
        var result: [KeySpan] = []
        for span in spans.sorted(by: { $0.lower < $1.lower }) {
            guard let last = result.last, last.end.map({ span.lower <= $0 }) ?? true else {
                result.append(span)
                continue
            }
            result[result.count - 1] = KeySpan(lower: last.lower, end: Self.later(last.end, span.end))
        }
        return result
    }

    private static func later(_ left: VersionKey?, _ right: VersionKey?) -> VersionKey? {
        left.flatMap { left in right.map { max(left, $0) } }
    }
}

extension AffectedPackage {
    /// Where components lie that this entry may concern, in a table ordered by `Component.placeKey` whose keys belong to `scheme`.
    ///
    /// A superset: `Matcher` finds no match outside of these spans, and decides about what lies inside. Components without a
    /// place are always among them, because a version that nobody can place may lie in every range. Where the entry speaks in
    /// another scheme than the table (a `SEMVER` range in an ecosystem that does not order so), it is everything.
    package func candidateSpans(in scheme: VersionScheme) -> [KeySpan] {
        let hasList = !explicitVersions.isEmpty || !explicitKeys.isEmpty
        guard hasList || !ranges.isEmpty else { return [] }
        guard ranges.allSatisfy({ $0.scheme == scheme }), !hasList || ecosystem.versionScheme == scheme else {
            return [.everything]
        }
        // A listed version without a key is found among the components without one.
        let listed = explicitVersions.compactMap { try? VersionKey(encoding: $0, in: scheme) } + explicitKeys
        return KeySpan.merged(
            [.unplaced] + ranges.map { KeySpan(lower: $0.lower, end: $0.upper.firstOutside) }
                + listed.map { KeySpan(lower: $0, end: $0.successor) }
        )
    }
}

extension Component {
    /// The place of the version in the order of the ecosystem; `VersionKey.lowest` where the version has none that its author
    /// promised, where its epoch is open, or there is no version.
    package var placeKey: VersionKey {
        guard doubt != .openEpoch, let version = comparedVersion else { return .lowest }
        return PackageName.withBytes(of: version) { version in
            var place = VersionPlace(version.assumingMemoryBound(to: UInt8.self))
            return place.resolve(in: ecosystem.versionScheme) ? place.key ?? .lowest : .lowest
        }
    }
}
