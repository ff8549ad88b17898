import Clearinghouse

/// The runs the visitor may see, latest first.
enum RunsPage {
    static func page(_ visit: Visit) async throws -> Page {
        let runs = try await visit.rooms.scanning.runs(
            before: visit.before, limit: Visit.pageSize, for: try visit.visitor.member())
        let items = runs.map(item)
        let list: HTML = "<ul class=\"list\">\n\(items)</ul>"
        let names = visit.rooms.scanning.toolNames
        let tools: HTML = names.isEmpty ? "No runner is on here." : "On here: \(names.joined(separator: ", "))."
        return Page(
            "Runs", in: .runs,
            body: """
                <h1>Runs</h1>
                <p class="quiet">\(tools)</p>
                \(runs.isEmpty ? "<p>Nothing of yours has been looked at.</p>" : list)
                \(OlderLink.markup("/runs?", runs.map(\.sequence)))
                """)
    }

    private static func item(_ run: RunSummary) -> HTML {
        """
        <li><a class="name" href="/runs/\(segment: run.identifier)">\(run.tool) on \(said: run.targetName)</a>
        <p class="meta">\(run.badge.markup) \(run.progressWords), asked for by \(run.member) at \(run.requested)</p></li>

        """
    }
}

/// One run: how far it is, by whose word, and what came of it.
enum RunPage {
    static func page(_ visit: Visit) async throws -> Page {
        let run = try await visit.rooms.scanning.summary(try visit.parameter("run"), for: try visit.visitor.member())
        var facts = Facts()
        facts.add("Progress", "\(run.badge.markup) \(run.progressWords)")
        facts.add(said: "Reason", run.reason)
        facts.add(said: "Repository", run.repository)
        facts.add(said: "Commit", run.commit)
        facts.add(said: "Package", run.package)
        facts.add("SHA-256 of the source", "<code>\(run.source)</code>")
        facts.add("Asked for", "\(run.requested) by \(run.member)")
        facts.add("Authorised by", "\(run.authoriser), until \(run.authorisedUntil)")
        facts.add(said: "Tool's version", run.toolVersion)
        facts.add("Ended", run.finished.map { "\($0)" })
        facts.add("Findings", run.findings.map { "\($0)" })
        return Page(
            "\(run.tool) on \(run.targetName)", in: .runs,
            body: """
                \(Heading.markup("\(run.tool) on \(run.targetName)"))
                <p class="meta">Run <code>\(run.identifier)</code></p>
                \(run.progressBar)
                \(facts.markup)
                """)
    }
}

extension RunSummary {
    fileprivate var targetName: String { package ?? repository ?? "" }

    fileprivate var badge: Badge {
        switch ending {
        case nil: Badge(word: total == nil ? "waiting" : "running", tone: .plain)
        case .completed: Badge(word: "completed", tone: .good)
        case .failed: Badge(word: "failed", tone: .bad)
        case .cancelled: Badge(word: "cancelled", tone: .warn)
        }
    }

    fileprivate var progressWords: String {
        (total.map { "\(done) of \($0) files" } ?? "not begun") + (heldUntil.map { ", held until \($0)" } ?? "")
    }

    fileprivate var progressBar: HTML {
        total.map { "<progress max=\"\(max($0, 1))\" value=\"\($0 == 0 ? 1 : done)\"></progress>" } ?? ""
    }
}
