import Matching

extension MatchReport {
    /// The report for people: one line for a component and a vulnerability, however many advisories describe it, then what can't
    /// be decided, what VEX statements suppress and why, what was not compared, and the sums.
    package var table: String {
        var lines = sources.filter { $0.failure == nil }.map { source in
            let problems = source.problems.isEmpty ? "" : ", \(source.problems.count) entries not comparable"
            return "\(source.name.oneLine): \(source.componentCount) components\(problems)"
        }
        lines += statementLines
        let (rows, open) = (rows(of: affected), rows(of: undecided))
        if !rows.isEmpty {
            lines.append("")
            let signals = hasSignals ? ["SIGNALS"] : []
            lines += Self.columns([["PACKAGE", "INSTALLED", "FIXED IN", "VULNERABILITY"] + signals + ["WHY"]] + rows)
        }
        if !open.isEmpty {
            lines += ["", "Can't be decided:"]
            lines += Self.columns(open)
        }
        let suppressed = suppressedRows
        if !suppressed.isEmpty {
            lines += ["", "Not affected, by VEX:"]
            lines += Self.columns(suppressed)
        }
        let notCompared = NotCompared(sources, unknownToIndex: unknownToIndex, vex: vex).lines
        if !notCompared.isEmpty { lines += [""] + notCompared }
        return (lines + ["", sums(rows.count, open.count, suppressed.count)]).joined(separator: "\n")
    }

    /// Directories of documents, which may be thousands, are one line.
    private var statementLines: [String] {
        func line(_ name: String, _ sources: some Collection<VEXCollection.Source>) -> String {
            let problems = sources.reduce(0) { $0 + $1.problems.count }
            let statements = sources.reduce(0) { $0 + $1.statementCount }
            return "\(name): \(statements) VEX statements" + (problems == 0 ? "" : ", \(problems) problems")
        }
        let sources = vex.sources.filter { $0.failure == nil }
        if sources.count > Self.namedDocumentCount { return [line("\(sources.count) documents", sources)] }
        return sources.map { line($0.name, CollectionOfOne($0)) }
    }

    /// Documents that are named one by one in the table.
    private static let namedDocumentCount = 10

    private func sums(_ affected: Int, _ undecided: Int, _ suppressed: Int) -> String {
        let components = Set(self.affected.map(\.component)).count
        let found =
            affected == 0
            ? "Nothing \(isWithoutComparison ? "could be compared" : "is known to be affected")"
            : "\(components) component\(components == 1 ? "" : "s") affected, \(affected) in all"
        let byVEX = vex.sources.isEmpty ? "" : " \(suppressed) not affected by VEX;"
        return "\(found); \(undecided) can't be decided;\(byVEX) \(advisoryCount) advisories asked."
    }

    /// Whether there are inventories, and the index knows the ecosystem of no component of them.
    private var isWithoutComparison: Bool {
        let known = sources.reduce(0) { $0 + $1.comparability.ecosystems.values.reduce(0, +) }
        return !sources.isEmpty && known == unknownToIndex.reduce(0) { $0 + $1.count }
    }

    private func rows(of entries: [Entry]) -> [[String]] {
        let hasSignals = hasSignals
        return Self.rows(entries).map { entry, names in
            let why = entry.match.reason ?? entry.match.evidence.text
            let signals = hasSignals ? [entry.signals.mark.isEmpty ? "-" : entry.signals.mark] : []
            return [
                names, entry.component.version ?? "?", entry.match.fixedVersion ?? "-", Self.shortest(entry)
            ] + signals + [[why, entry.statement?.remark].compactMap { $0 }.joined(separator: "; ")]
        }
    }

    /// Whether the tables have a column for what is known of how vulnerabilities are exploited.
    private var hasSignals: Bool { entries.contains { !$0.isSuppressed && !$0.signals.isEmpty } }

    private var suppressedRows: [[String]] {
        Self.rows(suppressed).compactMap { entry, names in
            entry.statement.map { statement in
                [
                    names, entry.component.version ?? "?", Self.shortest(entry),
                    "\(statement.reason) (\(statement.source.oneLine))"
                ]
            }
        }
    }

    /// One for what is known as one package to advisories, with the names of all components that are it: those that were built from
    /// one source have a name of their own each.
    private static func rows(_ entries: [Entry]) -> [(entry: Entry, names: String)] {
        var places: [[String]: Int] = [:]
        var rows: [(entry: Entry, names: [String])] = []
        var seen: Set<[String]> = []
        for entry in entries {
            let name = entry.component.displayName
            let key = ["\(entry.source)", entry.component.name, entry.component.version ?? ""] + entry.names
            if let place = places[key] {
                if seen.insert([name] + key).inserted { rows[place].names.append(name) }
            } else {
                places[key] = rows.count
                seen.insert([name] + key)
                rows.append((entry, [name]))
            }
        }
        return rows.map { ($0.entry, $0.names.joined(separator: ", ")) }
    }

    /// The name that most people know, and the advisory that was matched where it is another one.
    private static func shortest(_ entry: Entry) -> String {
        guard let cve = entry.names.first(where: { $0.hasPrefix("CVE-") }), cve != entry.match.advisory else {
            return entry.match.advisory
        }
        return "\(cve) (\(entry.match.advisory))"
    }

    /// Text in columns; the last one is as long as it is.
    private static func columns(_ rows: [[String]]) -> [String] {
        let rows = rows.map { $0.map(\.oneLine) }
        let count = (rows.map(\.count).max() ?? 1) - 1
        let widths = (0..<count).map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let padded = widths.indices.map { column in
                row[column] + String(repeating: " ", count: widths[column] - row[column].count)
            }
            return (padded + row.suffix(1)).joined(separator: "  ")
        }
    }
}
