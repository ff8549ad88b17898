import AdvisoryFormats

extension VEXStatement {
    /// Who says so and when: `Example Company, 2026-01-02T00:00:00Z`.
    var source: String {
        [author ?? "author unknown", timestamp?.text].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: ", ")
    }

    /// Why nothing is to be done, or what is, in one line.
    var reason: String {
        let notes = statusNotes.map { [$0] } ?? []
        let parts: [String] =
            switch status {
            case .notAffected: [justification?.words, impactStatement].compactMap { $0 } + notes
            case .fixed: ["fixed in this version"] + notes
            case .affected: [actionStatement].compactMap { $0 } + notes
            case .underInvestigation: notes
            }
        return parts.map(\.oneLine).filter { !$0.isEmpty }.joined(separator: "; ")
    }

    /// The statement about a match that stands all the same: `VEX: affected, update (Example Company, 2026-01-02T00:00:00Z)`.
    var remark: String {
        let status = status == .affected ? "affected" : "under investigation"
        return "VEX: \(([status, reason].filter { !$0.isEmpty }).joined(separator: ", ")) (\(source.oneLine))"
    }
}

extension VEXJustification {
    /// The reason for people; with CycloneDX's own word where that is finer.
    fileprivate var words: String {
        let words =
            switch reason {
            case .componentNotPresent: "the component is not present"
            case .vulnerableCodeNotPresent: "the vulnerable code is not present"
            case .vulnerableCodeNotInExecutePath: "the vulnerable code is not in the execute path"
            case .vulnerableCodeCannotBeControlledByAdversary: "the vulnerable code cannot be controlled by an adversary"
            case .inlineMitigationsAlreadyExist: "inline mitigations already exist"
            }
        return written == reason.rawValue ? words : "\(words) (\(written))"
    }
}
