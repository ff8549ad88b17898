import Clearinghouse

/// Replays and their verdicts.
enum ValidationList {
    static func markup(_ validations: [ValidationSummary]) -> HTML {
        validations.isEmpty ? "" : "<ul class=\"list\">\n\(validations.map(item))</ul>"
    }

    private static func item(_ validation: ValidationSummary) -> HTML {
        let crash: HTML = validation.crashType.map { "<p class=\"meta\">\(said: $0)</p>\n" } ?? ""
        let frames: HTML = validation.crashState.map { $0.isEmpty ? "" : "<pre>\(said: $0)</pre>\n" } ?? ""
        let verdict: HTML =
            validation.envelope.map {
                "<details><summary>Signed verdict (DSSE)</summary><pre>\($0)</pre></details>\n"
            } ?? ""
        return """
            <li><p class="meta">\(VerdictBadge.badge(outcome: validation.outcome, onFix: validation.fix != nil).markup) \
            \(build(validation)), validation <code>\(validation.identifier)</code></p>
            \(explanation(validation))\(crash)\(frames)\(verdict)</li>

            """
    }

    private static func build(_ validation: ValidationSummary) -> HTML {
        validation.fix.map { "on the build with fix <code>\($0)</code>" } ?? "on the build as shipped"
    }

    private static func explanation(_ validation: ValidationSummary) -> HTML {
        validation.explanation.map { "<p>\(said: $0)</p>\n" } ?? ""
    }
}

/// A verdict in a word. On a fixed build a crash is the bad news, on the shipped one it is what was to be shown.
enum VerdictBadge {
    static func badge(outcome: String?, onFix isFixed: Bool) -> Badge {
        switch outcome {
        case nil: Badge(word: "waiting", tone: .plain)
        case "reproduced": Badge(word: isFixed ? "still crashes" : "reproduced", tone: isFixed ? .bad : .good)
        case "flaky": Badge(word: isFixed ? "sometimes crashes" : "flaky", tone: isFixed ? .bad : .warn)
        case "not-reproduced": Badge(word: isFixed ? "held" : "not reproduced", tone: isFixed ? .good : .warn)
        case "not-built": Badge(word: "not built", tone: .warn)
        case "not-run": Badge(word: "not run", tone: .warn)
        case let other?: Badge(word: other, tone: .warn)
        }
    }
}
