import JSONText

/// Reads what a model reports about excerpts. Everything in it is a claim of something that read untrusted text: a finding counts
/// only where it names a line that was shown and a weakness by number, and its words are only ever words.
enum ModelReport {
    /// More findings than this in one answer are babble.
    static let maximumFindingCount = 50
    private static let maximumTitleBytes = 300
    private static let maximumExplanationBytes = 4_000

    /// Nil where this is no report.
    static func read(_ report: JSONValue, about excerpts: [SourceExcerpt]) -> (
        findings: [RunnerFinding], notices: [RunnerNotice]
    )? {
        guard let entries = report["findings"]?.array else { return nil }
        var (findings, notices): ([RunnerFinding], [RunnerNotice]) = ([], [])
        for (index, entry) in entries.enumerated() {
            guard index < maximumFindingCount else {
                notices.append(RunnerNotice("\(entries.count - index) more findings of one answer were dropped"))
                break
            }
            switch finding(entry, about: excerpts) {
            case .success(let finding): findings.append(finding)
            case .failure(let fault):
                notices.append(RunnerNotice("a finding of the model was dropped: \(fault.reason)", isLoss: false))
            }
        }
        return (findings, notices)
    }

    private struct Fault: Error {
        let reason: String
    }

    private static func finding(_ entry: JSONValue, about excerpts: [SourceExcerpt]) -> Result<RunnerFinding, Fault> {
        func fault(_ reason: String) -> Result<RunnerFinding, Fault> { .failure(Fault(reason: reason)) }
        guard let path = entry["file"]?.string, excerpts.contains(where: { $0.path == path }) else {
            return fault("it names a file that was not shown")
        }
        guard
            let line = entry["line"]?.integer.map({ Int(clamping: $0) }),
            excerpts.contains(where: { $0.path == path && $0.lineNumbers.contains(line) })
        else { return fault("it names a line of \(path) that was not shown") }
        guard let weakness = entry["weakness"]?.string, weakness.hasPrefix("CWE-"), let number = WeaknessNumber.parse(weakness)
        else {
            return fault("its weakness is no CWE number")
        }
        guard let title = entry["title"]?.string.map(plain), !title.isEmpty, title.utf8.count <= maximumTitleBytes else {
            return fault("it has no title, or a long one")
        }
        let explanation = entry["explanation"]?.string ?? ""
        guard explanation.utf8.count <= maximumExplanationBytes else { return fault("its explanation is too long") }
        guard let level = level(entry["severity"]?.string) else { return fault("its severity is none of high, medium and low") }
        let message = explanation.isEmpty ? title : "\(title)\n\n\(explanation)"
        return .success(
            RunnerFinding(rule: "CWE-\(number)", level: level, message: message, path: path, line: line, weaknesses: [number]))
    }

    private static func level(_ severity: String?) -> RunnerFinding.Level? {
        switch severity {
        case "high": .error
        case "medium": .warning
        case "low": .note
        default: nil
        }
    }

    private static func plain(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 ? " " : $0 }))
    }
}
