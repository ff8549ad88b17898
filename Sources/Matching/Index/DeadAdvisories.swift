/// Which advisories of a segment no longer stand, as bits.
struct DeadAdvisories: Sendable {
    private var words: [UInt64] = []
    private(set) var count = 0

    /// One a segment: of every two segments that know an advisory, the one with the older revision counts no more, or where both
    /// have the same time the older segment.
    /// - Parameter segments: oldest first.
    static func all(of segments: [IndexSegment]) -> [DeadAdvisories] {
        var dead = segments.map { _ in DeadAdvisories() }
        // Before the first there is none to outdate.
        for newer in segments.indices.dropFirst() {
            let segment = segments[newer]
            for number in 0..<UInt32(segment.advisoryCount) {
                let advisory = segment.advisories[Int(number)]
                let id = segment.bytes(advisory.identifier)
                let isOutdated = (0..<newer).reduce(false) { dead[$1].take(id, advisory.modified, in: segments[$1]) || $0 }
                if isOutdated { dead[newer].mark(number, in: segment) }
            }
            for retraction in segment.retracted {
                let id = segment.bytes(retraction.identifier)
                for older in 0..<newer { _ = dead[older].take(id, retraction.modified, in: segments[older]) }
            }
        }
        return dead
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
