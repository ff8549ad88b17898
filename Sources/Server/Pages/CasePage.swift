import CivilTime
import Clearinghouse

/// One case: its embargo, fixes, validations, and what happened so far.
enum CasePage {
    static func page(_ visit: Visit) async throws -> Page {
        let principal = try visit.visitor.member()
        let file = try await visit.rooms.coordination.caseSummary(try visit.parameter("case"), for: principal)
        let findings = try await findings(of: file, visit, principal)
        let peers = try await visit.rooms.claims?.peers(ofVulnerability: file.vulnerability, for: principal) ?? []
        let timeline = try await CaseTimeline(of: file, for: principal, in: visit.rooms.journal)
        return Page(
            file.title, in: .cases,
            body: """
                \(Heading.markup(file.title))
                <p class="meta">Case \(file.identifier), vendor \(file.vendor), vulnerability \
                <a href="/vulnerabilities/\(segment: file.vulnerability)">\(file.vulnerability)</a>, \
                found by \(Int64(file.finderCount)) independently</p>
                \(clock(file, now: visit.visitor.now))
                \(suggestion(file))
                \(channels(file.channels))
                \(findings)
                \(CasePage.peers(peers))
                <h2>Fixes</h2>
                \(fixes(file.fixes))
                <h2>Validations</h2>
                \(file.validations.isEmpty ? "<p>Nothing has been replayed yet.</p>" : ValidationList.markup(file.validations))
                <h2>Timeline</h2>
                \(timeline.markup)
                """)
    }

    private static func clock(_ file: CaseSummary, now: Timestamp) -> HTML {
        if let advisory = file.advisory {
            return """
                <div class="panel over"><p class="when">Published as <a href="/advisories/\(segment: advisory)">\(advisory)</a></p>
                <p class="quiet">The embargo was set to end \(TimeWords.long(file.embargoUntil)).</p></div>
                """
        }
        let words: HTML = file.embargoUntil > now ? "Embargo ends" : "The embargo has ended:"
        return """
            <div class="panel"><p>\(words)</p>
            <p class="when"><time datetime="\(file.embargoUntil.description)">\(TimeWords.long(file.embargoUntil))</time></p>
            <p>\(TimeWords.remaining(until: file.embargoUntil, now: now))</p></div>
            """
    }

    /// What was found and where; nothing for a token that reads cases and no findings.
    private static func findings(of file: CaseSummary, _ visit: Visit, _ principal: Principal) async throws -> HTML {
        guard principal.scopes.contains(.readFindings) else { return "" }
        let found = try await visit.rooms.discovery.vulnerability(file.vulnerability, for: principal)
        let items = found.findings.prefix(shownFindings).map { finding -> HTML in
            """
            <li><a class="name" href="/findings/\(segment: finding.identifier)">\(said: finding.title)</a>
            \(FindingPlace.markup(finding))</li>

            """
        }
        return items.isEmpty ? "" : "<h2>Findings</h2>\n<ul class=\"list\">\n\(items)</ul>"
    }

    /// The first ones say where it is; the page of the vulnerability has all.
    private static let shownFindings = 20

    /// For coordinators, while the case is open: the embargo moves only when they move it.
    private static func suggestion(_ file: CaseSummary) -> HTML {
        guard file.advisory == nil, let suggestion = file.suggestion else { return "" }
        return """
            <div class="panel"><p>Found by \(suggestion.finders) independently since: the policy suggests an embargo until</p>
            <p class="when"><time datetime="\(suggestion.until.description)">\(TimeWords.long(suggestion.until))</time></p>
            <p><code>breakwater case embargo \(file.identifier) --until \(suggestion.until.description) --reason WHY</code></p></div>
            """
    }

    /// Who else of the federation says it holds one of the case's findings: to be asked before anything is reported.
    private static func peers(_ peers: [Claims.Peer]) -> HTML {
        var facts = Facts()
        for peer in peers { facts.add("A peer holds this too", "\(said: peer.contact), said \(peer.received)") }
        return peers.isEmpty ? "" : facts.markup
    }

    /// Where the maintainers want to hear of it.
    private static func channels(_ channels: [ReportChannel]) -> HTML {
        var facts = Facts()
        for channel in channels {
            let verified: HTML = channel.verified.map { ", verified \($0.date.description)" } ?? ", not verified"
            facts.add("Reports to", "\(said: channel.channel) (\(said: channel.target)\(verified))")
        }
        return facts.markup
    }

    private static func fixes(_ fixes: [FixSummary]) -> HTML {
        guard !fixes.isEmpty else { return "<p>No fix has been attached yet.</p>" }
        let rows = fixes.map { fix -> HTML in
            let tone: Badge.Tone = fix.state == "verified" ? .good : fix.state == "refuted" ? .bad : .plain
            return """
                <tr><td data-name="Fix"><code>\(fix.identifier)</code></td>\
                <td data-name="Fixed version">\(said: fix.fixedVersion)</td><td data-name="State">\(Badge(word: fix.state, tone: tone).markup)</td></tr>

                """
        }
        return """
            <div class="wide"><table class="stack">
            <thead><tr><th scope="col">Fix</th><th scope="col">Fixed version</th><th scope="col">State</th></tr></thead>
            <tbody>
            \(rows)</tbody></table></div>
            """
    }
}
