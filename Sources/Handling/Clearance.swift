/// What a principal is to a compartment, in the terms by which TLP 2.0 (section 4) limits disclosure.
public enum Standing: Sendable, Hashable, CaseIterable {
    /// Someone of the community that the compartment is, or that its organisations belong to.
    case communityMember
    /// Someone of an organisation that is a client of a recipient organisation, and needs to know.
    case client
    /// Someone of a recipient organisation who needs to know.
    case organizationMember
    /// An individual to whom the information was given.
    case recipient

    /// The strictest label that may still be shown to someone of this standing.
    public var ceiling: TLPLabel {
        switch self {
        case .communityMember: .green
        case .client: .amber
        case .organizationMember: .amberStrict
        case .recipient: .red
        }
    }
}

/// What a principal may read: up to which TLP label at all, and up to which in each compartment they are in.
///
/// The floors above work it out, for one principal and one moment, from memberships and cases; it is never sent by the
/// principal.
public struct Clearance: Sendable, Hashable {
    /// The strictest TLP label that may be read at all.
    public let maximumTLP: TLPLabel
    /// Up to which label in each compartment: a recipient in one case may be a mere client in another.
    public let ceilings: [Compartment: TLPLabel]

    /// The compartments the principal is in.
    public var compartments: Set<Compartment> { Set(ceilings.keys) }

    /// A clearance that goes up to the same label in all compartments.
    public init(upTo maximumTLP: TLPLabel, compartments: Set<Compartment> = []) {
        self.maximumTLP = maximumTLP
        self.ceilings = Dictionary(uniqueKeysWithValues: compartments.map { ($0, maximumTLP) })
    }

    /// A clearance by what the principal is to each compartment. Content without compartments is readable up to the given
    /// label, and nothing is above it.
    public init(upTo maximumTLP: TLPLabel, standings: [Compartment: Standing]) {
        self.maximumTLP = maximumTLP
        self.ceilings = standings.mapValues { min($0.ceiling, maximumTLP) }
    }

    /// Someone who did not say who they are, such as a visitor of the public pages.
    public static let anonymous = Clearance(upTo: .clear)

    /// Whether something with this label may be read: the label is not above the clearance, and every compartment it names is
    /// one the principal is in, with a ceiling that reaches the label.
    ///
    /// Whoever may read under a label may read under every label that it dominates: all conditions are joined by "and".
    public func permits(_ label: HandlingLabel) -> Bool {
        guard label.tlp <= maximumTLP else { return false }
        return label.compartments.allSatisfy { compartment in
            ceilings[compartment].map { $0 >= label.tlp } ?? false
        }
    }
}
