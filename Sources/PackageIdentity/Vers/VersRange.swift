/// A version range in the one notation for all ecosystems: `vers:npm/>=1.2.0|<1.4.1`.
///
/// Implements the Version Range Specifier (https://github.com/package-url/vers-spec). The constraints are signposts on the
/// time line of a package, sorted by version; what lies between two of them follows from both (`intervals`).
///
/// Whether a version is inside is answered with three values (`containment(of:)`): a version or a bound that the type's own
/// order cannot place is never guessed at.
///
///     let range = try VersRange(parsing: "vers:pypi/>=1.0|<1.4.2|2.0rc1")
///     range.containment(of: "1.4.1")   // contained
///     range.containment(of: "banana")  // unknown
///
/// Limits: a text of at most `VersRange.maximumLength` bytes; a type that is not known is accepted, and its order is unknown.
public struct VersRange: Hashable, Sendable {
    /// The longest text that is parsed, in bytes: an advisory that enumerates ten thousand versions stays below.
    public static let maximumLength = 1_048_576

    /// The lowercase type, for example `npm`: it says how versions are written and ordered.
    public let type: String
    /// The constraints sorted by version, or none for `*`. Where the order is unknown they stand as they were written.
    public let constraints: [VersConstraint]
    /// What the range says in keys.
    let order: VersOrder
    /// What a range that was read in a native syntax says where it says more than its constraints can; nil for all others.
    let meaning: NativeMeaning?

    /// Builds a range from decoded constraints in any order.
    ///
    /// No constraints stand for `*`, which for the type `none` holds no version and for all others every one.
    ///
    /// - Throws: `VersError` with code `type`, `version`, `star`, `duplicate` or `sequence` and offset 0.
    public init(type: String, constraints: [VersConstraint]) throws(VersError) {
        let scheme = VersType.scheme(named: try Self.checkedType(type))
        for constraint in constraints {
            if VersType.permitsOnlyStar(type) { throw VersError(.star, at: 0, "This type permits only '*'.") }
            if constraint.version.isEmpty { throw VersError(.version, at: 0, "A constraint has no version.") }
            if !VersType.permits(version: constraint.version.utf8, of: type) {
                throw VersError(.version, at: 0, "A version has a form that this type does not permit.")
            }
        }
        let placed = Self.sorted(constraints.map { PlacedConstraint($0, at: 0, in: scheme) })
        if let finding = Self.findings(in: placed).first { throw VersError(finding.code, at: 0, finding.reason) }
        self.init(type: type, placed: placed)
    }

    init(type: String, placed: [PlacedConstraint], meaning: NativeMeaning? = nil) {
        self.type = type
        self.meaning = meaning
        constraints = placed.map(\.constraint)
        order = meaning.map { .intervals($0.spans.intervals) } ?? VersOrder(placed, type: type)
    }

    /// Whether the range is `*`.
    public var isStar: Bool { constraints.isEmpty && meaning == nil }

    /// The order that the type gives its versions.
    public var versionScheme: VersionScheme { VersType.scheme(named: type) }

    /// Whether both are written alike and hold the same versions.
    public static func == (left: VersRange, right: VersRange) -> Bool {
        if left.type != right.type || left.constraints != right.constraints { return false }
        let (one, other) = (left.meaning?.spellings ?? [], right.meaning?.spellings ?? [])
        return (left.meaning == nil && right.meaning == nil || left.intervals == right.intervals)
            && one.map(\.text) == other.map(\.text)
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(type)
        hasher.combine(constraints)
    }

    /// Sorts by version and then by comparator; a list with a version that has no place stays as it is.
    static func sorted(_ placed: [PlacedConstraint]) -> [PlacedConstraint] {
        if placed.contains(where: { $0.key == nil }) { return placed }
        return placed.sorted { left, right in
            guard let a = left.key, let b = right.key else { return false }
            return a == b ? left.comparator.rank < right.comparator.rank : a < b
        }
    }
}

extension VersRange: CustomStringConvertible {
    /// The VERS text; the canonical one unless `findings` says otherwise.
    public var description: String {
        var output = Array("vers:\(type)/".utf8)
        if constraints.isEmpty { output.append(UInt8(ascii: "*")) }
        for (index, constraint) in constraints.enumerated() {
            if index > 0 { output.append(UInt8(ascii: "|")) }
            if constraint.comparator != .equal { output.append(contentsOf: constraint.comparator.rawValue.utf8) }
            VersEncoding.append(constraint.version, to: &output)
        }
        return String(decoding: output, as: UTF8.self)
    }
}
