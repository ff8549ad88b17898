/// An interval of entries that is a subtree of every tree that contains it.
///
/// Section 4.1 of draft-ietf-plants-merkle-tree-certs: `start` is a multiple of the smallest power of two that is not
/// less than the number of entries. The whole tree is the subtree that starts at 0. The empty interval is allowed;
/// proofs say what they make of it.
public struct Subtree: Sendable, Hashable {
    /// The index of the first entry.
    public let start: UInt64
    /// The index after that of the last entry.
    public let end: UInt64

    /// How many entries.
    public var count: UInt64 { end - start }

    /// A subtree.
    ///
    /// - Throws: `invalidSubtree` if `end` lies before `start`, or `start` is not a place where so many may start.
    public init(start: UInt64, end: UInt64) throws(TransparencyLogError) {
        guard start <= end, Subtree.isAligned(start, count: end - start) else {
            throw TransparencyLogError(.invalidSubtree, "[\(start), \(end)) is not a subtree")
        }
        self.start = start
        self.end = end
    }

    init(wholeTreeOf size: UInt64) {
        self.start = 0
        self.end = size
    }

    init(leaf index: UInt64) {
        self.start = index
        self.end = index + 1
    }

    private static func isAligned(_ start: UInt64, count: UInt64) -> Bool {
        guard count > 1 else { return true }
        let exponent = 64 - (count - 1).leadingZeroBitCount
        // Above 2^63 entries the power of two is 2^64, of which 0 is the only multiple.
        return exponent == 64 ? start == 0 : start & (1 << UInt64(exponent) - 1) == 0
    }
}
