/// The Traffic Light Protocol, version 2.0 (FIRST, https://www.first.org/tlp/): how far its recipient may pass something on.
///
/// The meanings are those of section 4 of the standard, of August 2022. Ordered from the widest audience to the narrowest,
/// so that `max` of two labels is the one that protects both. `WHITE` of TLP 1.0 is not a label of 2.0 and is not read as
/// one: whoever imports old markings must decide what they mean.
public enum TLPLabel: Int, Sendable, Hashable, CaseIterable {
    /// `TLP:CLEAR`. The world: there is no limit on disclosure.
    case clear
    /// `TLP:GREEN`. The recipient's community, not public channels. If the community is not defined, it is that of
    /// cybersecurity.
    case green
    /// `TLP:AMBER`. The recipient's organisation and its clients, need to know.
    case amber
    /// `TLP:AMBER+STRICT`. The recipient's organisation only, need to know.
    case amberStrict
    /// `TLP:RED`. The individual recipients only, who may not pass it on to anyone.
    case red

    /// The label that the text is, exactly: `TLP:RED` is one, `tlp:red`, `TLP: RED` and `RED` are not.
    public init?(_ text: String) {
        let match = TLPLabel.allCases.first { $0.description.utf8.elementsEqual(text.utf8) }
        guard let match else { return nil }
        self = match
    }

    /// The label without its prefix, as CSAF and others write it.
    public var name: String {
        switch self {
        case .clear: "CLEAR"
        case .green: "GREEN"
        case .amber: "AMBER"
        case .amberStrict: "AMBER+STRICT"
        case .red: "RED"
        }
    }
}

extension TLPLabel: Comparable {
    /// Whether the left label lets information go further than the right one.
    public static func < (left: TLPLabel, right: TLPLabel) -> Bool {
        left.rawValue < right.rawValue
    }
}

extension TLPLabel: CustomStringConvertible {
    /// The label as section 3 asks for it: in capitals, with the prefix, without spaces.
    public var description: String { "TLP:" + name }
}
