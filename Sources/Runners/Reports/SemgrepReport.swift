import JSONText

/// Reads semgrep's JSON (`semgrep scan --json`, 1.x).
enum SemgrepReport {
    /// - Throws: `badRules` where it could not use one of its rules, `toolFailed` for every other bad ending.
    static func read(_ output: ProgramOutput, rulesName: String) throws(RunnerError) -> UnitResult {
        let report = try output.json("report")
        let errors = report["errors"]?.array ?? []
        if let error = errors.first(where: isOfRules) {
            throw RunnerError(.badRules, "\(rulesName) can't be used: \(SemgrepReport.words(of: error))")
        }
        let code = String(decoding: try output.file("code"), as: UTF8.self)
        guard code == "0" else {
            throw RunnerError(
                .toolFailed, "semgrep ended with \(code): \(errors.first.map(SemgrepReport.words) ?? "it does not say why")")
        }
        guard let results = report["results"]?.array, let scanned = report["paths"]?["scanned"]?.array else {
            throw RunnerError(.toolFailed, "semgrep's report has no results or no paths")
        }
        var result = UnitResult(version: report["version"]?.string, findings: results.compactMap(finding))
        result.notices = errors.map { error in
            RunnerNotice(words(of: error), path: error["path"]?.string.map(ProgramOutput.sourcePath))
        }
        result.notices += output.notices(
            unless: Set(scanned.compactMap { $0.string.map(ProgramOutput.sourcePath) }), because: "semgrep did not scan it")
        return result
    }

    /// Codes of `semgrep/error.py`: a pattern (4) or a file (5) that can't be read, no usable rule (7), a language that is none
    /// (8), and of the engine a rule that it can't parse.
    private static func isOfRules(_ error: JSONValue) -> Bool {
        guard error["path"] == nil || error["path"]?.isNull == true, error["level"]?.string == "error" else { return false }
        return error["code"]?.integer.map { [4, 5, 7, 8].contains($0) } == true || error["type"]?.string == "Rule parse error"
    }

    /// In one line, without the places of the sandbox.
    private static func words(of error: JSONValue) -> String {
        let span = error["spans"]?.array?.first?["start"]?["line"]?.integer.map { "line \($0): " } ?? ""
        let long = [error["short_msg"]?.string, error["long_msg"]?.string].compactMap(\.self).joined(separator: ": ")
        let words = error["message"]?.string ?? (long.isEmpty ? nil : long) ?? error["type"]?.string ?? "an error without words"
        let line = (span + words).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return String(line.replacing(Unpacking.root, with: "").replacing(" ../rules.yaml", with: "").prefix(500))
    }

    private static func finding(_ entry: JSONValue) -> RunnerFinding? {
        guard
            let rule = entry["check_id"]?.string, let path = entry["path"]?.string,
            let message = entry["extra"]?["message"]?.string
        else { return nil }
        let metadata = entry["extra"]?["metadata"]?["cwe"]
        let names = metadata?.array?.compactMap(\.string) ?? metadata?.string.map { [$0] } ?? []
        return RunnerFinding(
            rule: rule, level: level(entry["extra"]?["severity"]?.string), message: message,
            path: ProgramOutput.sourcePath(path), line: entry["start"]?["line"]?.integer.map { Int(clamping: $0) },
            column: entry["start"]?["col"]?.integer.map { Int(clamping: $0) },
            weaknesses: names.compactMap { WeaknessNumber.parse($0) })
    }

    private static func level(_ severity: String?) -> RunnerFinding.Level {
        switch severity {
        case "ERROR", "CRITICAL", "HIGH": .error
        case "WARNING", "MEDIUM": .warning
        default: .note
        }
    }
}
