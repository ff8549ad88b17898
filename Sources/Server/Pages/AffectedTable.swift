import AdvisoryFormats

/// The affected ranges of an advisory as a table.
enum AffectedTable {
    /// Rows shown at most; the OSV record has all. Some kernels' advisories list a thousand packages.
    private static let maximumRowCount = 200

    static func markup(_ record: OSVRecord) -> HTML {
        let rows = record.affected.flatMap(rows)
        guard !rows.isEmpty else { return "<p>The record names no affected versions.</p>" }
        let left = rows.count - maximumRowCount
        let more: HTML = left > 0 ? "<p class=\"quiet\">\(Int64(left)) more rows are in the OSV record.</p>" : ""
        return """
            <div class="wide" role="region" aria-label="Affected versions" tabindex="0"><table class="stack">
            <thead><tr><th scope="col">Package</th><th scope="col">Ecosystem</th><th scope="col">Affected from</th>\
            <th scope="col">Until</th></tr></thead>
            <tbody>
            \(Array(rows.prefix(maximumRowCount)))</tbody></table></div>
            \(more)
            """
    }

    private static func rows(_ affected: OSVAffected) -> [HTML] {
        let ranges = affected.ranges.flatMap { range in
            spans(range).map { row(name(affected, range), affected.package?.ecosystem ?? "Git", "\($0.from)", "\($0.until)") }
        }
        guard ranges.isEmpty, !affected.versions.isEmpty else { return ranges }
        return [row(name(affected, nil), affected.package?.ecosystem ?? "", "\(said: listed(affected.versions))", "")]
    }

    private static func row(_ name: String, _ ecosystem: String, _ from: HTML, _ until: HTML) -> HTML {
        """
        <tr><td data-name="Package">\(said: name)</td><td data-name="Ecosystem">\(said: ecosystem)</td>\
        <td data-name="Affected from">\(from)</td><td data-name="Until">\(until)</td></tr>

        """
    }

    private static func name(_ affected: OSVAffected, _ range: OSVRange?) -> String {
        affected.package?.name ?? range?.repository ?? ""
    }

    /// Events pair up in the order they are written: each introduction with the end that follows it.
    private static func spans(_ range: OSVRange) -> [(from: HTML, until: HTML)] {
        var spans: [(from: HTML, until: HTML)] = []
        var start: HTML?
        for event in range.events {
            switch event.kind {
            case .introduced:
                if let start { spans.append((start, "no fix known")) }
                start = event.version == "0" ? "the first version" : "<code>\(event.version)</code>"
            case .fixed: spans.append((start ?? "", "fixed in <code>\(event.version)</code>"))
            case .lastAffected: spans.append((start ?? "", "<code>\(event.version)</code>, the last affected"))
            case .limit: spans.append((start ?? "", "before <code>\(event.version)</code>"))
            }
            if event.kind != .introduced { start = nil }
        }
        if let start { spans.append((start, "no fix known")) }
        return spans
    }

    private static func listed(_ versions: [String]) -> String {
        let shown = versions.prefix(20).joined(separator: ", ")
        return versions.count > 20 ? "\(shown) and \(versions.count - 20) more" : shown
    }
}
