import AdvisoryFormats
import Archive
import CivilTime
package import Matching

/// What people are told of a run and of what was taken before.
extension IntakeSummary {
    /// Refusals that are printed; a source of another format refuses every line.
    private static let shownCount = 20

    /// What was refused, left out and read, in lines.
    package var text: String {
        var lines = Self.list(refused, of: refusedCount) { "  refused \($0.name): \($0.reason)" }
        if let nextTry {
            lines.append("\(refusedBeforeCount) refused before, next try \(nextTry) (--retry: now):")
            lines += Self.list(refusedBefore, of: refusedBeforeCount) { "  \($0.name): \($0.reason)" }
        }
        lines += Self.list(faults, of: faults.count) { "  left out \($0)" }
        for (source, count) in foreign.sorted(by: { $0.key < $1.key }) {
            lines.append("  skipped \(count) documents of \(source): not advisories")
        }
        let formats = formats.sorted { $0.key.rawValue < $1.key.rawValue }.map { "\($0.value) \($0.key.rawValue)" }
        if !formats.isEmpty { lines.append("read \(formats.joined(separator: ", "))") }
        lines += signals
        if emptyCount > 0 { lines.append("\(emptyCount) advisories name no package, product or version that can be matched") }
        if unchangedCount > 0 { lines.append("\(unchangedCount) files did not change since they were taken") }
        return lines.joined(separator: "\n")
    }

    /// `5 advisories taken, 2 known in a later revision, 1 refused`
    package var sums: String {
        let older = olderCount > 0 ? "\(olderCount) known in a later revision, " : ""
        return "\(takenCount) advisories taken, \(older)\(refusedCount) refused"
    }

    fileprivate static func list<Element>(_ elements: [Element], of count: Int, _ line: (Element) -> String) -> [String] {
        let shown = elements.prefix(shownCount)
        return shown.map(line) + (count > shown.count ? ["  and \(count - shown.count) more"] : [])
    }
}

extension SourceLedger {
    /// The files that were taken, and what of them was refused, with the time of the next try.
    package var lines: [String] {
        let sources = records.sorted { $0.key < $1.key }
        let finished = sources.count { $0.value.isFinished }
        let sum = sources.isEmpty ? [] : ["\(sources.count) sources, \(finished) read to the end:"]
        let listed = IntakeSummary.list(sources, of: sources.count) { path, record in
            let refused = record.refusedCount == 0 ? "" : ", \(record.refusedCount) refused"
            let place = record.isFinished ? "" : "; read up to document \(record.place.documentCount)"
            return "  \(path): \(record.takenCount) documents taken\(refused)\(place)"
        }
        return sum + listed + refusals(sources.map { ($0.key, $0.value) })
    }

    private func refusals(_ sources: [(String, SourceRecord)]) -> [String] {
        let listed = sources.flatMap { path, record in
            record.refused.map { ($0.name, $0.refusal) } + [record.failure].compactMap { $0 }.map { (path, $0) }
        }
        let count = sources.reduce(0) { $0 + $1.1.refusedCount }
        let lines = IntakeSummary.list(listed, of: count) { name, refusal in
            "  \(name): \(refusal.reason); tried \(refusal.tries) times, next try \(refusal.nextTry)"
        }
        return count == 0 ? [] : ["\(count) refused:"] + lines
    }
}

extension Signals {
    /// `KEV of 2026-01-31: 1404 vulnerabilities`, one line for each that is there.
    package var lines: [String] {
        let exploited = exploited.map { "KEV of \($0.edition): \($0.count) vulnerabilities, \($0.byteCount) bytes" }
        let epss = epss.map { "EPSS of \($0.edition): \($0.count) vulnerabilities, \($0.byteCount) bytes" }
        return [exploited, epss].compactMap { $0 }
    }
}
