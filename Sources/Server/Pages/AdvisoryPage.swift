import AdvisoryFormats
import CivilTime
import Clearinghouse
import Journal

/// One advisory: what its OSV record says, what operators did about it, and how to check it.
enum AdvisoryPage {
    static func page(_ visit: Visit) async throws -> Page {
        let entry = try await AdvisoryEntry(named: try visit.parameter("advisory"), in: visit.rooms.journal)
        let record = try entry.record
        let certificates = try await certificates(record, entry, visit)
        let adoption = try await visit.rooms.adoption.summary(of: entry.identifier)
        return Page(
            record.summary ?? entry.identifier, in: .advisories,
            body: """
                \(Heading.markup(record.summary ?? entry.identifier))
                <p class="meta">\(entry.identifier)</p>
                \(facts(record, entry))
                \(details(record))
                <h2>Affected versions</h2>
                \(AffectedTable.markup(record))
                \(references(record))
                \(certificates)
                <h2>Adoption</h2>
                \(AdoptionCurve.markup(adoption))
                <h2>Documents</h2>
                \(documents(entry))
                <h2>How to check it</h2>
                \(LogInclusion.markup(entry))
                """)
    }

    private static func facts(_ record: OSVRecord, _ entry: AdvisoryEntry) -> HTML {
        var facts = Facts()
        facts.add("Withdrawn", record.withdrawn.map { "\(Badge(word: "withdrawn", tone: .warn).markup) \(moment($0))" })
        facts.add(said: "Source", entry.source)
        facts.add("Published", record.published.map(moment))
        facts.add("Modified", moment(record.modified))
        facts.add(said: "Aliases", record.aliases.joined(separator: ", "))
        facts.add(said: "Related", record.related.joined(separator: ", "))
        facts.add(said: "Upstream", record.upstream.joined(separator: ", "))
        for severity in record.severity { facts.add(name(severity.kind), "<code>\(severity.score)</code>") }
        facts.add(said: "Credits", record.credits.map(\.name).joined(separator: ", "))
        return facts.markup
    }

    /// What others say about the fix, for coordinators.
    private static func certificates(_ record: OSVRecord, _ entry: AdvisoryEntry, _ visit: Visit) async throws -> HTML {
        guard let principal = visit.visitor.principal else { return "" }
        let names = [entry.identifier] + record.aliases
        let found = try await visit.rooms.federation.certificates(about: names, for: principal)
        var facts = Facts()
        for statement in found {
            guard case .certificate(let target, _, let status, let commit, let audited) = statement.content else { continue }
            let at: HTML = commit.map { " at \(said: $0)" } ?? ""
            facts.add(status, "\(said: target)\(at), audited \(audited)")
        }
        return found.isEmpty ? "" : "<h2>Fixes that others audited</h2>\n\(facts.markup)"
    }

    private static func moment(_ written: WrittenTimestamp) -> HTML {
        Timestamp(rfc3339: written.text).map { "\($0)" } ?? "\(written.text)"
    }

    private static func name(_ kind: OSVSeverity.Kind) -> String {
        switch kind {
        case .cvss2: "CVSS 2"
        case .cvss3: "CVSS 3"
        case .cvss4: "CVSS 4"
        case .ubuntu: "Ubuntu priority"
        }
    }

    /// The description is CommonMark; it is shown as it was written, so that nothing in it is ever markup here.
    private static func details(_ record: OSVRecord) -> HTML {
        guard let details = record.details, !details.isEmpty else { return "" }
        return "<h2>Details</h2>\n<div class=\"said\">\(said: details)</div>"
    }

    private static func references(_ record: OSVRecord) -> HTML {
        guard !record.references.isEmpty else { return "" }
        let items = record.references.map { reference -> HTML in
            let kind = reference.kind.rawValue.lowercased()
            // Only what leads to a web page is a link; `javascript:` and its like stay text.
            guard reference.url.hasPrefix("https://") || reference.url.hasPrefix("http://") else {
                return "<li>\(said: reference.url) <span class=\"quiet\">\(kind)</span></li>\n"
            }
            return """
                <li><a href="\(reference.url)" rel="nofollow noopener noreferrer">\(said: reference.url)</a> \
                <span class="quiet">\(kind)</span></li>

                """
        }
        return "<h2>References</h2>\n<ul class=\"list\">\n\(items)</ul>"
    }

    private static func documents(_ entry: AdvisoryEntry) -> HTML {
        let path: HTML = "/v1/advisories/\(segment: entry.identifier)"
        let csaf: HTML = entry.hasCSAF ? "<li><a href=\"\(path)/csaf\">CSAF 2.0</a></li>\n" : ""
        let statement: HTML =
            entry.statement.map {
                "<details><summary>Signed statement over both documents (in-toto in DSSE)</summary><pre>\($0)</pre></details>"
            } ?? ""
        return """
            <ul>
            <li><a href="\(path)/osv">OSV</a>, byte for byte as it was recorded</li>
            \(csaf)<li><a href="\(path)/adoption">Adoption as JSON</a></li>
            </ul>
            \(statement)
            """
    }
}
