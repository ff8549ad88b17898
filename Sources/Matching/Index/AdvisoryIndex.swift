import PackageIdentity

/// All advisories, arranged by the package they are about: one large segment, and small ones for what changed since.
///
/// An advisory counts as the newest segment has it; older segments' entries of it are dead. So one changed advisory costs a
/// segment of one advisory, and no other part is built again (`IndexDirectory` merges them now and then).
///
/// Immutable, read by any number of tasks. Asking allocates nothing for a component that no advisory concerns.
package struct AdvisoryIndex: Sendable {
    /// Oldest first.
    let segments: [IndexSegment]
    /// For each segment, which of its advisories a newer segment replaced or retracted; empty where none is.
    let dead: [DeadAdvisories]

    /// - Parameter segments: oldest first.
    package init(_ segments: [IndexSegment]) {
        self.segments = segments
        dead = segments.indices.map { DeadAdvisories(of: segments[$0], after: segments[($0 + 1)...]) }
    }

    /// An index of these advisories in memory.
    /// - Throws: `structure` where they are too many for one segment.
    package init(of advisories: some Sequence<IndexedAdvisory>) throws(IndexError) {
        var builder = SegmentBuilder()
        for advisory in advisories { builder.add(advisory) }
        self.init([try IndexSegment(builder.bytes())])
    }

    /// The segments' sizes in bytes, oldest first.
    package var segmentSizes: [Int] { segments.map(\.byteCount) }

    /// The number of advisories that stand.
    package var advisoryCount: Int {
        segments.indices.reduce(0) { $0 + segments[$1].advisoryCount - dead[$1].count }
    }

    /// The number of advisories that stand or were withdrawn.
    package var knownAdvisoryCount: Int {
        advisoryCount + Set(segments.flatMap { segment in segment.retracted.map { segment.text($0) } }).count
    }

    /// The number of bytes of all segments.
    package var byteCount: Int { segments.reduce(0) { $0 + $1.byteCount } }

    /// When the advisory that stands under this identifier last changed, in seconds since 1970; nil where none stands.
    package func modified(_ id: String) -> Int64? {
        for (segment, dead) in zip(segments, dead) {
            if let number = segment.advisory(identified: id), !dead.contains(number) {
                return segment.advisories[Int(number)].modified
            }
        }
        return nil
    }

    /// All identifiers of the vulnerability that has this one: those of every advisory that names it, of those that name these,
    /// and so on, without an end that was chosen; sorted, with `id` itself. `GCVE-0-…` and `CVE-…` are one name.
    package func aliasGroup(of id: String) -> [String] {
        var group: Set<String> = []
        var open = [id, GCVEIdentifier.preferred(id)]
        while let name = open.popLast() {
            guard group.insert(name).inserted else { continue }
            open += names(beside: name)
            if let counterpart = GCVEIdentifier.counterpart(of: name) { open += names(beside: counterpart) }
        }
        return group.sorted()
    }

    /// All names of the advisories that have this one.
    private func names(beside name: String) -> [String] {
        zip(segments, dead).flatMap { segment, dead in
            segment.advisories(named: name).filter { !dead.contains($0) }.flatMap { advisory in
                (segment.aliases(ofAdvisory: advisory) + [segment.identifier(ofAdvisory: advisory)])
                    .flatMap { [$0, GCVEIdentifier.preferred($0)] }
            }
        }
    }
}

/// Which advisories of a segment no longer stand, as bits.
struct DeadAdvisories: Sendable {
    private var words: [UInt64] = []
    private(set) var count = 0

    init(of segment: IndexSegment, after newer: ArraySlice<IndexSegment>) {
        for other in newer {
            for number in 0..<UInt32(other.advisoryCount) {
                mark(other.identifier(ofAdvisory: number), in: segment)
            }
            for number in other.retracted { mark(other.text(number), in: segment) }
        }
    }

    private mutating func mark(_ id: String, in segment: IndexSegment) {
        guard let advisory = segment.advisory(identified: id), !contains(advisory) else { return }
        if words.isEmpty { words = Array(repeating: 0, count: segment.advisoryCount / 64 + 1) }
        words[Int(advisory >> 6)] |= 1 << UInt64(advisory & 63)
        count += 1
    }

    @inline(__always)
    func contains(_ advisory: UInt32) -> Bool {
        !words.isEmpty && words[Int(advisory >> 6)] >> UInt64(advisory & 63) & 1 == 1
    }
}
