import Clearinghouse

/// Replays and their verdicts.
enum ValidationTable {
    static func markup(_ validations: [ValidationSummary]) -> HTML {
        guard !validations.isEmpty else { return "" }
        return """
            <div class="wide" role="region" aria-label="Validations" tabindex="0"><table>
            <thead><tr><th scope="col">Validation</th><th scope="col">Build</th><th scope="col">Verdict</th>\
            <th scope="col">Runs</th><th scope="col">What it showed</th></tr></thead>
            <tbody>
            \(validations.map(row))</tbody></table></div>
            """
    }

    private static func row(_ validation: ValidationSummary) -> HTML {
        let build: HTML = validation.fix.map { "with fix <code>\($0)</code>" } ?? "as shipped"
        let runs: HTML = validation.outcome == nil ? "" : "\(validation.crashCount) of \(validation.runCount) crashed"
        return """
            <tr><td><code>\(validation.identifier)</code></td><td>\(build)</td>\
            <td>\(badge(validation).markup)</td><td>\(runs)</td><td>\(shown(validation))</td></tr>

            """
    }

    private static func badge(_ validation: ValidationSummary) -> Badge {
        let isFixed = validation.fix != nil
        return switch validation.outcome {
        case nil: Badge(word: "waiting", tone: .plain)
        case "reproduced": Badge(word: isFixed ? "still crashes" : "reproduced", tone: isFixed ? .bad : .good)
        case "flaky": Badge(word: isFixed ? "sometimes crashes" : "flaky", tone: isFixed ? .bad : .warn)
        case "not-reproduced": Badge(word: isFixed ? "held" : "not reproduced", tone: isFixed ? .good : .warn)
        case let other?: Badge(word: other == "not-built" ? "not built" : other, tone: .warn)
        }
    }

    private static func shown(_ validation: ValidationSummary) -> HTML {
        let crash: HTML = validation.crashType.map { "<p class=\"meta\">\(said: $0)</p>" } ?? ""
        let frames: HTML = validation.crashState.map { $0.isEmpty ? "" : "<pre>\(said: $0)</pre>" } ?? ""
        let verdict: HTML = validation.envelope.map { "<details><summary>Signed verdict (DSSE)</summary><pre>\($0)</pre></details>" } ?? ""
        return "\(said: validation.explanation ?? "")\(crash)\(frames)\(verdict)"
    }
}
