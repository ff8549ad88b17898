import JSONText

/// Reads bandit's JSON. Since 1.7.3 it tells a CWE; for earlier ones what its tests look for is listed here.
enum BanditReport {
    @Sendable static func read(_ output: ProgramOutput) throws -> UnitResult {
        let report = try output.json("report")
        guard let results = report["results"]?.array else { throw RunnerError(.toolFailed, "bandit's report has no results") }
        var result = UnitResult(version: version(try output.file("version")), findings: results.compactMap(finding))
        // A file that could not be read has metrics, too.
        let seen = (report["metrics"]?.object?.keys ?? []).map(ProgramOutput.sourcePath)
        for error in report["errors"]?.array ?? [] {
            result.notices.append(
                .miss(
                    error["filename"]?.string.map(ProgramOutput.sourcePath),
                    because: error["reason"]?.string ?? "bandit does not say why"))
        }
        result.notices += output.notices(unless: Set(seen), because: "bandit did not name it")
        return result
    }

    private static func version(_ bytes: [UInt8]) -> String? {
        let words = String(decoding: bytes.prefix(300), as: UTF8.self).split { $0 == " " || $0 == "\n" }
        return words.count > 1 && words[0] == "bandit" ? String(words[1]) : nil
    }

    private static func finding(_ entry: JSONValue) -> RunnerFinding? {
        guard
            let rule = entry["test_id"]?.string, let message = entry["issue_text"]?.string,
            let path = entry["filename"]?.string
        else { return nil }
        let told = WeaknessNumber.valid(entry["issue_cwe"]?["id"]?.integer.map { Int(clamping: $0) })
        return RunnerFinding(
            rule: rule, level: level(entry["issue_severity"]?.string), message: message,
            path: ProgramOutput.sourcePath(path), line: entry["line_number"]?.integer.map { Int(clamping: $0) },
            // Columns are counted from 0 there.
            column: entry["col_offset"]?.integer.flatMap { 0..<Int64(Int32.max) ~= $0 ? Int($0) + 1 : nil },
            weaknesses: (told ?? weaknesses[rule]).map { [$0] } ?? [])
    }

    private static func level(_ severity: String?) -> RunnerFinding.Level {
        switch severity {
        case "HIGH": .error
        case "MEDIUM": .warning
        default: .note
        }
    }

    private static let weaknesses: [String: Int] = [
        "B102": 78, "B103": 732, "B104": 605, "B105": 259, "B106": 259, "B107": 259, "B108": 377, "B110": 703, "B112": 703,
        "B201": 94, "B301": 502, "B302": 502, "B303": 327, "B304": 327, "B305": 327, "B306": 377, "B307": 78, "B308": 79,
        "B310": 22, "B311": 330, "B312": 319, "B321": 319, "B323": 295, "B324": 327, "B403": 502, "B404": 78, "B501": 295,
        "B502": 327, "B503": 327, "B504": 327, "B505": 326, "B506": 20, "B507": 295, "B601": 78, "B602": 78, "B603": 78,
        "B604": 78, "B605": 78, "B606": 78, "B607": 78, "B608": 89, "B609": 78, "B610": 89, "B611": 89, "B701": 94, "B702": 79
    ]
}
