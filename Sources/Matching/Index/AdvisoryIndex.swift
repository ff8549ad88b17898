import PackageIdentity

/// All advisories, arranged by the package they are about: one large segment, and small ones for what changed since.
///
/// An advisory counts as its newest revision has it, in whatever order revisions came, and of two of the same time as the newer
/// segment has it; all other entries of it are dead. A withdrawal is a revision like any other. So one changed advisory costs a
/// segment of one advisory, and no other part is built again (`IndexDirectory` merges them now and then).
///
/// Immutable, read by any number of tasks. Asking allocates nothing for a component that no advisory concerns.
package struct AdvisoryIndex: Sendable {
    /// Oldest first.
    let segments: [IndexSegment]
    /// For each segment, which of its advisories another segment replaced or retracted; empty where none is.
    let dead: [DeadAdvisories]

    /// - Parameters:
    ///   - segments: oldest first.
    ///   - givingBackPages: whether the index is to take no memory but for what it is asked (`releasePages`).
    package init(_ segments: [IndexSegment], givingBackPages: Bool = false) {
        self.segments = segments
        dead = DeadAdvisories.all(of: segments, givingBackPages: givingBackPages)
    }

    /// An index of these advisories in memory.
    /// - Throws: `structure` where they are too many for one segment.
    package init(of advisories: some Sequence<IndexedAdvisory>) throws(IndexError) {
        var builder = SegmentBuilder()
        for advisory in advisories { builder.add(advisory) }
        self.init([try IndexSegment(builder.bytes())])
    }

    /// Gives back the memory that mapped files take; what is asked for afterwards is read from them again.
    package func releasePages() { for segment in segments { segment.releasePages() } }

    /// The segments' sizes in bytes, oldest first.
    package var segmentSizes: [Int] { segments.map(\.byteCount) }

    /// The number of advisories that stand.
    package var advisoryCount: Int {
        segments.indices.reduce(0) { $0 + segments[$1].advisoryCount - dead[$1].count }
    }

    /// The number of advisories that stand or were withdrawn.
    package var knownAdvisoryCount: Int {
        let retracted = Set(segments.flatMap { segment in segment.retracted.map { segment.text($0.identifier) } })
        return advisoryCount + retracted.count { !stands($0) }
    }

    /// The number of bytes of all segments.
    package var byteCount: Int { segments.reduce(0) { $0 + $1.byteCount } }

    /// When the advisory under this identifier last changed or was withdrawn, in seconds since 1970; nil where none is known.
    package func modified(_ id: String) -> Int64? {
        segments.compactMap { segment in
            segment.advisory(identified: id).map { segment.advisories[Int($0)].modified } ?? segment.retraction(of: id)
        }.max()
    }

    private func stands(_ id: String) -> Bool {
        zip(segments, dead).contains { segment, dead in segment.advisory(identified: id).map { !dead.contains($0) } ?? false }
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
