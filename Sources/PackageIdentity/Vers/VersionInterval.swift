/// A run of versions between two bounds, in keys of one scheme.
public struct VersionInterval: Hashable, Sendable {
    /// An end of an interval.
    public enum Bound: Hashable, Sendable {
        /// There is no end on this side.
        case unbounded
        /// The end belongs to the interval.
        case included(VersionKey)
        /// The end does not belong to the interval.
        case excluded(VersionKey)
    }

    /// Where the interval begins.
    public let lower: Bound
    /// Where the interval ends.
    public let upper: Bound

    /// The first key of the half-open interval `[start, end)` that holds the same versions; `VersionKey.lowest` when there
    /// is no lower bound. With it a test is two comparisons of bytes, in memory or in a database.
    public var start: VersionKey {
        switch lower {
        case .unbounded: .lowest
        case .included(let key): key
        case .excluded(let key): key.successor
        }
    }

    /// The key at which the half-open interval ends, or nil when it has no end.
    public var end: VersionKey? {
        switch upper {
        case .unbounded: nil
        case .included(let key): key.successor
        case .excluded(let key): key
        }
    }

    /// Whether the key of a version lies in the interval.
    public func contains(_ key: VersionKey) -> Bool { !isAbove(key) && !isBelow(key) }

    /// Whether the whole interval lies above the key.
    func isAbove(_ key: VersionKey) -> Bool {
        switch lower {
        case .unbounded: false
        case .included(let bound): key < bound
        case .excluded(let bound): !(bound < key)
        }
    }

    /// Whether the whole interval lies below the key.
    func isBelow(_ key: VersionKey) -> Bool {
        switch upper {
        case .unbounded: false
        case .included(let bound): bound < key
        case .excluded(let bound): !(key < bound)
        }
    }
}
