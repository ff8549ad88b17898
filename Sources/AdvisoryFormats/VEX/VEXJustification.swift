/// Why a product is not affected: one of the five reasons that OpenVEX and CSAF know, with the word it was written with.
public struct VEXJustification: Sendable, Hashable {
    /// The five status justifications (CISA, VEX Status Justifications, 2022).
    public enum Reason: String, Sendable, CaseIterable {
        case componentNotPresent = "component_not_present"
        case vulnerableCodeNotPresent = "vulnerable_code_not_present"
        case vulnerableCodeNotInExecutePath = "vulnerable_code_not_in_execute_path"
        case vulnerableCodeCannotBeControlledByAdversary = "vulnerable_code_cannot_be_controlled_by_adversary"
        case inlineMitigationsAlreadyExist = "inline_mitigations_already_exist"
    }

    /// The reason.
    public let reason: Reason
    /// The word of the document; CycloneDX has nine finer ones.
    public let written: String

    /// A justification of OpenVEX or CSAF by its word.
    public init?(_ written: String) {
        guard let reason = Reason(rawValue: written) else { return nil }
        self.init(reason: reason, written: written)
    }

    private init(reason: Reason, written: String) {
        self.reason = reason
        self.written = written
    }

    /// A justification of CycloneDX (ECMA-424, `impactAnalysisJustification`) by its word.
    public init?(cycloneDX written: String) {
        let reason: Reason
        switch written {
        case "code_not_present": reason = .vulnerableCodeNotPresent
        case "code_not_reachable": reason = .vulnerableCodeNotInExecutePath
        case "requires_configuration", "requires_dependency", "requires_environment":
            reason = .vulnerableCodeCannotBeControlledByAdversary
        case "protected_by_compiler", "protected_at_runtime", "protected_at_perimeter", "protected_by_mitigating_control":
            reason = .inlineMitigationsAlreadyExist
        default: return nil
        }
        self.init(reason: reason, written: written)
    }

    /// The word for CycloneDX: the document's own where it is one, else the nearest. CycloneDX has none for a component that is not
    /// there but that its code is not, and none for an adversary without control but that something else must be given first.
    public var cycloneDXWord: String {
        if VEXJustification(cycloneDX: written) != nil { return written }
        return switch reason {
        case .componentNotPresent, .vulnerableCodeNotPresent: "code_not_present"
        case .vulnerableCodeNotInExecutePath: "code_not_reachable"
        case .vulnerableCodeCannotBeControlledByAdversary: "requires_environment"
        case .inlineMitigationsAlreadyExist: "protected_by_mitigating_control"
        }
    }
}
