/// One signpost of a VERS range: a comparator and a version.
public struct VersConstraint: Hashable, Sendable {
    /// How versions are compared with the one of the constraint. The order of the cases is the order of constraints that
    /// have the same version: what ends there, what is there, what begins there.
    public enum Comparator: String, Hashable, Sendable, CaseIterable {
        /// Everything before the version.
        case less = "<"
        /// The version and everything before it.
        case lessOrEqual = "<="
        /// The version; a VERS text writes this comparator as nothing.
        case equal = "="
        /// Not the version.
        case notEqual = "!="
        /// The version and everything after it.
        case greaterOrEqual = ">="
        /// Everything after the version.
        case greater = ">"

        var isLess: Bool { self == .less || self == .lessOrEqual }
        var isGreater: Bool { self == .greater || self == .greaterOrEqual }
        /// Whether a version that equals the one of the constraint satisfies it.
        var includesVersion: Bool { self == .equal || self == .lessOrEqual || self == .greaterOrEqual }

        var rank: Int {
            switch self {
            case .less: 0
            case .lessOrEqual: 1
            case .equal: 2
            case .notEqual: 3
            case .greaterOrEqual: 4
            case .greater: 5
            }
        }
    }

    /// The comparator.
    public let comparator: Comparator
    /// The decoded version, as it is written; never empty.
    public let version: String

    /// A constraint; `VersRange` checks it.
    public init(_ comparator: Comparator, _ version: String) {
        self.comparator = comparator
        self.version = version
    }
}

/// A constraint with the place of its version.
struct PlacedConstraint {
    let constraint: VersConstraint
    /// The byte of the parsed text at which the constraint begins, or 0.
    let offset: Int
    /// The key of the version, or why there is none.
    let place: VersPlace

    init(_ constraint: VersConstraint, at offset: Int, in scheme: VersionScheme) {
        self.constraint = constraint
        self.offset = offset
        place = VersPlace(of: VersType.meant(byBound: constraint.version, in: scheme), in: scheme)
    }

    var comparator: VersConstraint.Comparator { constraint.comparator }
    var key: VersionKey? { if case .key(let key) = place { key } else { nil } }
}

/// Where a version stands in the order of its scheme, if it can be said without a guess.
enum VersPlace {
    case key(VersionKey)
    case unknown(VersionError)

    /// A version that is not PEP 440 has only the order that setuptools once gave it: a convention, so it counts as none.
    init(of version: String, in scheme: VersionScheme) {
        do {
            let key = try VersionKey(encoding: version, in: scheme)
            if scheme == .pep440, key.isLegacyPEP440 {
                self = .unknown(VersionError(.malformed, at: 0, "The version is not PEP 440."))
            } else {
                self = .key(key)
            }
        } catch {
            self = .unknown(error)
        }
    }
}
