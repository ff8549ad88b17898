import Handling

/// The labels records carry: who may know of them before anything is published.
enum Labels {
    /// What a member told the clearinghouse, or the clearinghouse a member.
    static func member(_ identifier: String) throws -> HandlingLabel {
        try red("member:\(identifier)")
    }

    /// What the participants of a case know.
    static func caseRoom(_ identifier: String) throws -> HandlingLabel {
        try red("case:\(identifier)")
    }

    /// What the clearinghouse's own people know: which findings are one vulnerability, what replays showed.
    static func desk() throws -> HandlingLabel {
        try red("organisation:clearinghouse")
    }

    /// What anybody may know.
    static func everybody() -> HandlingLabel { HandlingLabel(.clear) }

    private static func red(_ name: String) throws -> HandlingLabel {
        guard let compartment = Compartment(name) else {
            throw Refusal(.malformed, "\(name) is no name of a compartment")
        }
        return HandlingLabel(.red, compartments: [compartment])
    }
}
