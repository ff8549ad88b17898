/// Whether a version lies in a range.
public enum VersContainment: Hashable, Sendable {
    /// The version lies in the range.
    case contained
    /// The version lies outside.
    case notContained
    /// It cannot be said without a guess.
    case unknown(VersUnknown)
}

/// Why it cannot be said whether a version lies in a range.
public struct VersUnknown: Hashable, Sendable {
    /// What has no place in the order.
    public enum Subject: Hashable, Sendable {
        /// The order of the type is not known.
        case type
        /// The version that was asked about.
        case version
        /// The version of the constraint with this index.
        case bound(Int)
    }

    /// What has no place in the order.
    public let subject: Subject
    /// One sentence for a log or an explanation; it never repeats the input.
    public let reason: String

    init(_ error: VersionError, in subject: Subject) {
        self.subject = error.code == .scheme ? .type : subject
        reason = error.reason
    }
}

extension VersRange {
    /// Whether a version lies in the range, by the order of the range's type.
    ///
    /// `*` holds every version, even one that has no place in the order. A version that is spelled like one that a constraint
    /// includes (`=`, `<=`, `>=`) lies in the range, one spelled like that of a `!=` does not, in any type.
    ///
    /// A range that was read in a native syntax (`init(native:in:)`) holds what the tool of that syntax says, which can be more or
    /// less than its VERS text says.
    public func containment(of version: String) -> VersContainment {
        if type == VersType.none { return .notContained }
        if isStar { return .contained }
        switch VersPlace(of: version, in: versionScheme) {
        case .key(let key):
            if let meaning, meaning.excludesSpelling(version, key) { return .notContained }
            return containment(of: key) { spelled(version) }
        case .unknown(let error): return spelled(version) ?? .unknown(VersUnknown(error, in: .version))
        }
    }

    /// Whether the version with this key, made by `versionScheme`, lies in the range, in one spelling at least.
    public func containment(of key: VersionKey) -> VersContainment { containment(of: key) { nil } }

    private func containment(of key: VersionKey, spelled: () -> VersContainment?) -> VersContainment {
        switch order {
        case .intervals(let intervals): return Self.contains(intervals, key) ? .contained : .notContained
        case .atLeast(let intervals, let unknown):
            return Self.contains(intervals, key) ? .contained : spelled() ?? .unknown(unknown)
        case .unknown(let unknown): return spelled() ?? .unknown(unknown)
        }
    }

    /// What follows from the same spelling alone.
    private func spelled(_ version: String) -> VersContainment? {
        let same = constraints.filter { $0.version == version }
        if same.contains(where: \.comparator.includesVersion) { return .contained }
        return same.contains { $0.comparator == .notEqual } ? .notContained : nil
    }

    private static func contains(_ intervals: [VersionInterval], _ key: VersionKey) -> Bool {
        var (low, high) = (0, intervals.count)
        while low < high {
            let middle = (low + high) / 2
            if intervals[middle].isBelow(key) { low = middle + 1 } else { high = middle }
        }
        return low < intervals.count && !intervals[low].isAbove(key)
    }
}
