import AdvisoryFormats

extension Refusal {
    /// A document that is not written as its format is, or means more than is taken: the first violation, with its place in the document.
    init(_ refused: FormatRefusal) {
        guard let first = refused.violations.first else {
            self.init(.malformed, "not a valid \(refused.format) document")
            return
        }
        if first.code == .tooLarge {
            self.init(.tooLarge, first.reason, place: first.pointer)
            return
        }
        let more = refused.violations.count > 1 ? " (and \(refused.violations.count - 1) more)" : ""
        self.init(.malformed, first.reason + more, place: Self.place(of: first))
        guard refused.violations.count > 1 else { return }
        violations = refused.violations.prefix(Self.mostViolations).map {
            Violation(reason: $0.reason, place: Self.place(of: $0))
        }
    }

    /// More than that nobody mends in one go.
    private static let mostViolations = 20

    private static func place(of violation: FormatViolation) -> String {
        (violation.pointer.isEmpty ? "" : violation.pointer + ", ") + "byte \(violation.byteOffset)"
    }
}
