/// How something must be handled: a TLP label and the compartments its reader must be in.
///
/// Labels form a lattice: `joined` is the least label that protects two things at once, and what is derived from several
/// things carries the join of their labels. Nothing here widens a label: declassifying is a decision somebody records, not
/// an operation on values.
///
/// **A TLP label without a compartment separates nobody of the same rank.** `TLP:RED` alone is for everyone who is cleared
/// up to red in anything; what belongs to a case or a member must also name its compartment. A compartment, in turn, holds
/// even what TLP does not limit: `TLP:CLEAR` in a case is a text that will be public once the embargo ends.
public struct HandlingLabel: Sendable, Hashable {
    /// The most compartments that a label read from text may have. Honest ones have a few.
    public static let maximumCompartmentCount = 64

    /// How far a reader may pass it on.
    public let tlp: TLPLabel
    /// Every compartment a reader must be in.
    public let compartments: Set<Compartment>

    /// A label.
    public init(_ tlp: TLPLabel, compartments: Set<Compartment> = []) {
        self.tlp = tlp
        self.compartments = compartments
    }

    /// For the world.
    public static let clear = HandlingLabel(.clear)
    /// For the community.
    public static let green = HandlingLabel(.green)
    /// For organisations with a need to know.
    public static let amber = HandlingLabel(.amber)
    /// For named recipients.
    public static let red = HandlingLabel(.red)

    /// The least label that protects both.
    public func joined(_ other: HandlingLabel) -> HandlingLabel {
        HandlingLabel(max(tlp, other.tlp), compartments: compartments.union(other.compartments))
    }

    /// Whether whatever this label protects is protected at least as well as `other` asks.
    public func dominates(_ other: HandlingLabel) -> Bool {
        tlp >= other.tlp && compartments.isSuperset(of: other.compartments)
    }
}

extension HandlingLabel: CustomStringConvertible {
    /// `TLP:RED case:BWC-2026-0001,member:lab-a`; compartments in byte order. This is the form in which records keep it.
    public var description: String {
        guard !compartments.isEmpty else { return tlp.description }
        return "\(tlp) " + compartments.sorted().map(\.name).joined(separator: ",")
    }

    /// Reads what `description` prints; nil for anything else.
    public init?(_ text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: " "), maxSplits: 1, omittingEmptySubsequences: false)
        guard let tlp = TLPLabel(String(Substring(parts[0]))) else { return nil }
        let names = parts.count < 2 ? [] : parts[1].split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        var compartments: Set<Compartment> = []
        for name in names {
            guard let compartment = Compartment(String(Substring(name))) else { return nil }
            compartments.insert(compartment)
        }
        self.init(tlp, compartments: compartments)
        guard compartments.count <= HandlingLabel.maximumCompartmentCount, description.utf8.elementsEqual(text.utf8)
        else { return nil }
    }
}
