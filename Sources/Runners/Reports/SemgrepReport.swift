import JSONText

/// Reads semgrep's JSON (`semgrep scan --json`, 1.x).
enum SemgrepReport {
    @Sendable static func read(_ output: ProgramOutput) throws -> UnitResult {
        let report = try output.json("report")
        guard let results = report["results"]?.array, let scanned = report["paths"]?["scanned"]?.array else {
            throw RunnerError(.toolFailed, "semgrep's report has no results or no paths")
        }
        var result = UnitResult(version: report["version"]?.string, findings: results.compactMap(finding))
        result.notices = (report["errors"]?.array ?? []).map { error in
            let words = error["message"]?.string ?? error["type"]?.string ?? "an error without words"
            return RunnerNotice(
                String(words.replacing(Unpacking.root, with: "").prefix(500)),
                path: error["path"]?.string.map(ProgramOutput.sourcePath))
        }
        result.notices += output.notices(
            unless: Set(scanned.compactMap { $0.string.map(ProgramOutput.sourcePath) }), because: "semgrep did not scan it")
        return result
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
