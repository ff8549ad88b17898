/// Which advisories of a segment no longer stand, as bits.
struct DeadAdvisories: Sendable {
    private var words: [UInt64] = []
    private(set) var count = 0

    /// One a segment: of every two segments that know an advisory, the one with the older revision counts no more, or where both
    /// have the same time the older segment.
    /// - Parameters:
    ///   - segments: oldest first.
    ///   - givingBackPages: whether no more than two of them are to be in memory at a time, and none in the end.
    static func all(of segments: [IndexSegment], givingBackPages: Bool = false) -> [DeadAdvisories] {
        var dead = segments.map { _ in DeadAdvisories() }
        for newer in segments.indices {
            for older in 0..<newer {
                let outdated = dead[older].outdate(by: segments[newer], in: segments[older])
                for number in outdated { dead[newer].mark(number, in: segments[newer]) }
                if givingBackPages { segments[older].releasePages() }
            }
            if givingBackPages { segments[newer].releasePages() }
        }
        return dead
    }

    /// Marks what a newer segment replaces or retracts in an older one, whose marks these are.
    /// - Returns: the advisories of the newer one of which the older one has a later revision.
    private mutating func outdate(by newer: IndexSegment, in older: IndexSegment) -> [UInt32] {
        let outdated = (0..<UInt32(newer.advisoryCount)).filter { number in
            let advisory = newer.advisories[Int(number)]
            return take(newer.bytes(advisory.identifier), advisory.modified, in: older)
        }
        for retraction in newer.retracted { _ = take(newer.bytes(retraction.identifier), retraction.modified, in: older) }
        return outdated
    }

    /// Takes notice of a revision in a newer segment, where its identifier lies.
    /// - Returns: whether this segment has a later revision, or a later retraction.
    private mutating func take(_ id: UnsafeRawBufferPointer, _ modified: Int64, in segment: IndexSegment) -> Bool {
        guard let advisory = segment.advisory(identified: id) else {
            return segment.retraction(of: id).map { $0 > modified } ?? false
        }
        if segment.advisories[Int(advisory)].modified > modified { return true }
        mark(advisory, in: segment)
        return false
    }

    private mutating func mark(_ advisory: UInt32, in segment: IndexSegment) {
        if contains(advisory) { return }
        if words.isEmpty { words = Array(repeating: 0, count: segment.advisoryCount / 64 + 1) }
        words[Int(advisory >> 6)] |= 1 << UInt64(advisory & 63)
        count += 1
    }

    @inline(__always)
    func contains(_ advisory: UInt32) -> Bool {
        !words.isEmpty && words[Int(advisory >> 6)] >> UInt64(advisory & 63) & 1 == 1
    }
}
