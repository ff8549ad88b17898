/// Which products a vulnerability is about, in CPE: a name, and the versions if the name does not say them.
///
/// This is deliberately narrower than the name matching of NIST IR 7696, because a match here is a finding:
///
/// - vendor and product are named by both sides, without wildcards, and equal; a product name alone matches nothing;
/// - a version ANY applies only together with an explicit range, and `vers:…/*` is one;
/// - what the inventory leaves open (ANY) while the vulnerability restricts it is unknown, never a match.
///
/// What is disjoint in any attribute does not apply, whatever else is unknown.
public struct CPEApplicability: Hashable, Sendable {
    /// The products.
    public let name: CPE
    /// The versions, where `name` leaves them open.
    public let versions: VersRange?

    /// The products of a name, in the versions of a range where the name leaves them open.
    public init(_ name: CPE, versions: VersRange? = nil) {
        self.name = name
        self.versions = versions
    }

    /// Whether a vulnerability applies to an installed product.
    public enum Verdict: Hashable, Sendable {
        /// The product is one of those that the vulnerability is about.
        case applies
        /// It is none of them.
        case doesNotApply
        /// It cannot be said; the attribute is the first that leaves it open.
        case unknown(CPE.Attribute, reason: String)
    }

    /// Whether the vulnerability applies to an installed product.
    public func verdict(for installed: CPE) -> Verdict {
        var unknown: Verdict?
        for attribute in CPE.Attribute.allCases {
            switch verdict(on: attribute, installed) {
            case .applies: continue
            case .doesNotApply: return .doesNotApply
            case .unknown(let attribute, let reason): unknown = unknown ?? .unknown(attribute, reason: reason)
            }
        }
        return unknown ?? .applies
    }

    private func verdict(on attribute: CPE.Attribute, _ installed: CPE) -> Verdict {
        let wanted = name[attribute]
        let found = installed[attribute]
        switch attribute {
        case .part, .vendor, .product:
            guard let wanted = wanted.literal else { return .unknown(attribute, reason: "The vulnerability does not name it.") }
            guard let found = found.literal else { return .unknown(attribute, reason: "The inventory does not name it.") }
            return wanted.lowercased() == found.lowercased() ? .applies : .doesNotApply
        case .version where wanted == .any: return versionVerdict(installed)
        default:
            switch wanted.relation(to: found) {
            case .equal, .superset: return .applies
            case .disjoint: return .doesNotApply
            case .subset: return .unknown(attribute, reason: "The vulnerability restricts it, the inventory does not say it.")
            case .undefined: return .unknown(attribute, reason: "The inventory names it by a pattern.")
            }
        }
    }

    private func versionVerdict(_ installed: CPE) -> Verdict {
        guard let versions else {
            return .unknown(.version, reason: "The vulnerability names neither a version nor a range of versions.")
        }
        if versions.isStar { return versions.type == VersType.none ? .doesNotApply : .applies }
        guard let version = installed[.version].literal else {
            return .unknown(.version, reason: "The inventory does not say the version.")
        }
        // An update is part of where a version stands: `1.0` in update `rc1` comes before the bound `1.0` or after it.
        if installed[.update].literal != nil, versions.hasBound(equalTo: version) {
            return .unknown(.update, reason: "The range ends at this version, and its update may lie on either side.")
        }
        switch versions.containment(of: version) {
        case .contained: return .applies
        case .notContained: return .doesNotApply
        case .unknown(let unknown): return .unknown(.version, reason: unknown.reason)
        }
    }
}

extension VersRange {
    /// Whether the version is one at which a run of the range begins or ends.
    fileprivate func hasBound(equalTo version: String) -> Bool {
        guard case .key(let key) = VersPlace(of: version, in: versionScheme) else { return false }
        return (intervals ?? []).contains { interval in
            [interval.lower, interval.upper].contains { $0 == .included(key) || $0 == .excluded(key) }
        }
    }
}
