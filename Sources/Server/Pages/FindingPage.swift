import Clearinghouse
import JSONText
import Journal

/// One finding: what was reported, by whom, and what replaying it showed.
enum FindingPage {
    static func page(_ visit: Visit) async throws -> Page {
        let principal = try visit.visitor.member()
        let finding = try await visit.rooms.discovery.finding(try visit.parameter("finding"), for: principal)
        let detail = try await FindingDetail(of: finding.identifier, in: visit.rooms.journal)
        var validations: [ValidationSummary] = []
        for identifier in detail.validations {
            // Who may see a replay is decided there; a replay of one's own finding always is.
            validations.append(try await visit.rooms.validation.summary(identifier, for: principal))
        }
        return Page(
            finding.title, in: .findings,
            body: """
                \(Heading.markup(finding.title))
                <p class="meta">Finding <code>\(finding.identifier)</code></p>
                \(facts(finding, detail))
                \(description(finding, detail))
                <h2>Reproducer</h2>
                \(reproducer(detail))
                \(ValidationList.markup(validations))
                """)
    }

    private static func facts(_ finding: FindingSummary, _ detail: FindingDetail) -> HTML {
        var facts = Facts()
        facts.add("Vulnerability", "<a href=\"/vulnerabilities/\(segment: finding.vulnerability)\">\(finding.vulnerability)</a>")
        facts.add("Reported by", "\(finding.member)")
        facts.add("Received", "\(finding.received)")
        facts.add(said: "Package", finding.package)
        facts.add(said: "Weakness", finding.weakness)
        facts.add(said: "Severity", finding.severity)
        facts.add(said: "File", finding.file)
        facts.add(said: "Function", finding.function)
        for (name, value) in detail.provenance { facts.add(said: name, value) }
        facts.add("SHA-256 of what arrived", "<code>\(detail.original)</code>")
        return facts.markup
    }

    /// A tool that has one text only gives it as both.
    private static func description(_ finding: FindingSummary, _ detail: FindingDetail) -> HTML {
        guard !detail.text.isEmpty, detail.text != finding.title else { return "" }
        return "<h2>Description</h2>\n<div class=\"said\">\(said: detail.text)</div>"
    }

    private static func reproducer(_ detail: FindingDetail) -> HTML {
        detail.hasReproducer
            ? "<p>A reproducer is attached.</p>" : "<p>None is attached, so the finding has not been replayed.</p>"
    }
}

/// What the lists leave out of a finding. The caller has checked that the visitor may see the finding.
struct FindingDetail: Sendable {
    let text: String
    let original: String
    let provenance: [(String, String)]
    let hasReproducer: Bool
    let validations: [String]

    init(of finding: String, in journal: any Journal) async throws {
        self = try await journal.read { try FindingDetail(of: finding, in: $0) }
    }

    private init(of finding: String, in snapshot: JournalSnapshot) throws {
        // Nil where the member withdrew: its content can't be read by anybody any more.
        let payload = try snapshot.records(of: StreamName("finding", finding)).first?.payload
        let report = payload?["report"]
        text = report?["detail"]?.string ?? ""
        original = payload?["original"]?.string ?? ""
        provenance = FindingDetail.provenance(report)
        hasReproducer = try snapshot.firstRow("SELECT 1 FROM reproducer WHERE finding = $1", [.text(finding)]) != nil
        validations = try snapshot.rows(
            "SELECT id FROM validation WHERE finding = $1 ORDER BY requested, id", [.text(finding)]
        ).map { try $0.text(0) }
    }

    private static func provenance(_ report: JSONValue?) -> [(String, String)] {
        let names = [
            ("model", "Model"), ("version", "Model version"), ("harness", "Harness"), ("promptPolicyHash", "Prompt policy")
        ]
        let provenance = report?["provenance"]
        let texts = names.compactMap { member, name in provenance?[member]?.string.map { (name, $0) } }
        guard let reviewed = provenance?["humanReviewed"]?.bool else { return texts }
        return texts + [("Read by a person", reviewed ? "yes" : "no")]
    }
}
