import Clearinghouse
import JSONText

/// One finding: what was reported, by whom, and what replaying it showed.
enum FindingPage {
    static func page(_ visit: Visit) async throws -> Page {
        let principal = try visit.visitor.member()
        let detail = try await visit.rooms.discovery.finding(try visit.parameter("finding"), for: principal)
        let finding = detail.summary
        var validations: [ValidationSummary] = []
        for identifier in detail.validations {
            // Who may see a replay is decided there; a replay of one's own finding always is.
            validations.append(try await visit.rooms.validation.summary(identifier, for: principal))
        }
        let peers = try await visit.rooms.claims?.peers(ofFinding: finding.identifier, for: principal) ?? []
        let attachments = try await visit.rooms.attachments.attachments(of: finding.identifier, for: principal)
        return Page(
            finding.title, in: .findings,
            body: """
                \(Heading.markup(finding.title))
                <p class="meta">Finding <code>\(finding.identifier)</code></p>
                \(facts(finding, detail, peers))
                \(description(finding, detail))
                \(folded("Proposed fix", detail.report.patch))
                \(folded("Output of the crash", detail.report.crash))
                <h2>Reproducer</h2>
                \(reproducer(detail))
                \(ValidationList.markup(validations))
                \(AttachmentList.markup(attachments, at: visit.visitor.now))
                """)
    }

    private static func facts(_ finding: FindingSummary, _ detail: FindingDetail, _ peers: [Claims.Peer]) -> HTML {
        var facts = Facts()
        facts.add("Vulnerability", "<a href=\"/vulnerabilities/\(segment: finding.vulnerability)\">\(finding.vulnerability)</a>")
        facts.add("Case", detail.caseFile.map(caseFile))
        facts.add("Reported by", "\(finding.member)")
        facts.add("Received", "\(finding.received)")
        facts.add(said: "Package", finding.package)
        facts.add(said: "Weakness", finding.weakness)
        facts.add(said: "Severity", finding.severity)
        facts.add(said: "Repository", finding.repository)
        facts.add(said: "Commit", finding.commit)
        facts.add(said: "File", finding.file.map { file in file + (finding.startLine.map { ":\($0)" } ?? "") })
        facts.add(said: "Function", finding.function)
        facts.add(said: "Enters at", detail.report.entry)
        facts.add(said: "Does harm at", detail.report.sink)
        for rename in detail.report.renames { facts.add(said: "Renamed file", "\(rename.from) → \(rename.to)") }
        for doubt in detail.report.doubts { facts.add(said: detail.summary.needsReview ? "Needs review" : "Reviewed", doubt) }
        for reference in detail.report.references { facts.add(said: "Reference", reference) }
        for credit in detail.report.credits { facts.add(said: "Credit", credit) }
        for (name, value) in provenance(detail.report.provenance) { facts.add(said: name, value) }
        for peer in peers { facts.add("A peer holds this too", "\(said: peer.contact), said \(peer.received)") }
        facts.add("SHA-256 of what arrived", "<code>\(detail.originalDigest)</code>")
        return facts.markup
    }

    private static func caseFile(_ file: FindingCase) -> HTML {
        let name: HTML =
            file.isReadable ? "<a href=\"/cases/\(segment: file.identifier)\">\(file.identifier)</a>" : "\(file.identifier)"
        return name + ", \(file.phase)"
    }

    /// A tool that has one text only gives it as both.
    private static func description(_ finding: FindingSummary, _ detail: FindingDetail) -> HTML {
        let text = detail.report.detail
        guard !text.isEmpty, text != finding.title else { return "" }
        return "<h2>Description</h2>\n<div class=\"said\">\(said: text)</div>"
    }

    /// Long, and read by few.
    private static func folded(_ name: String, _ text: String?) -> HTML {
        guard let text else { return "" }
        return "<details><summary>\(name)</summary><div class=\"said\">\(said: text)</div></details>"
    }

    private static func reproducer(_ detail: FindingDetail) -> HTML {
        detail.hasReproducer
            ? "<p>A reproducer is attached.</p>" : "<p>None is attached, so the finding has not been replayed.</p>"
    }

    private static func provenance(_ provenance: JSONObject?) -> [(String, String)] {
        let names = [
            ("model", "Model"), ("version", "Model version"), ("harness", "Harness"), ("promptPolicyHash", "Prompt policy")
        ]
        let texts = names.compactMap { member, name in provenance?[member]?.string.map { (name, $0) } }
        guard let reviewed = provenance?["humanReviewed"]?.bool else { return texts }
        return texts + [("Read by a person", reviewed ? "yes" : "no")]
    }
}
