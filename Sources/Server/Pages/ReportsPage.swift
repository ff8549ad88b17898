import Clearinghouse
import Hummingbird

/// Anonymous reports, for the desk: what waits for an answer, and the answering.
enum ReportsPage {
    /// A message in a form: percent-encoding makes three bytes of one.
    private static let maximumByteCount = 3 * AnonymousReportLimits.maximumMessageByteCount + 64

    static func page(_ visit: Visit) async throws -> Page {
        let reports = try await visit.rooms.anonymousReports.reports(
            before: visit.before, limit: Visit.pageSize, for: try visit.visitor.member())
        let list: HTML = "<ul class=\"list\">\n\(reports.map(item))</ul>"
        return Page(
            "Anonymous reports", in: .findings,
            body: """
                <h1>Anonymous reports</h1>
                <p class="quiet">All of them, latest first. Whoever sent one reads your answer with its claim code.</p>
                \(reports.isEmpty ? "<p>There is nothing here yet.</p>" : list)
                \(OlderLink.markup("/reports?", reports.map(\.sequence)))
                """)
    }

    private static func item(_ report: ReportSummary) -> HTML {
        let waits: HTML = report.awaitsAnswer ? ", waits for an answer" : ""
        return """
            <li><a class="name" href="/reports/\(segment: report.identifier)">\(said: report.title)</a>
            <p class="meta">\(report.received), \(report.messageCount) messages\(waits)</p></li>

            """
    }

    static func report(_ visit: Visit) async throws -> Page {
        page(
            of: try await visit.rooms.anonymousReports.report(
                try visit.parameter("report"), for: try visit.visitor.member()))
    }

    @Sendable
    static func answer(_ visit: Visit) async throws -> Response {
        let principal = try visit.visitor.member()
        let fields = try await visit.ownForm(maximumByteCount: maximumByteCount)
        let report = try await visit.rooms.anonymousReports.answer(
            try visit.parameter("report"), fields["text"] ?? "", by: principal)
        return page(of: report).response(for: visit.visitor)
    }

    private static func page(of report: AnonymousReport) -> Page {
        var facts = Facts()
        facts.add("State", "\(report.state.rawValue)")
        facts.add("Received", "\(report.received)")
        facts.add("Finding", "<a href=\"/findings/\(segment: report.finding)\">\(report.finding)</a>")
        facts.add(said: "Credit", report.credited)
        return Page(
            "Report", in: .findings,
            body: """
                <h1>Anonymous report</h1>
                <p class="meta">Report <code>\(report.identifier)</code></p>
                \(facts.markup)
                \(ReportMessages.markup(report.messages, reporter: "The reporter"))
                <form class="box" method="post" action="/reports/\(segment: report.identifier)">
                <label for="text">Answer</label>
                <textarea id="text" name="text" rows="6" required></textarea>
                <button class="action" type="submit">Send</button>
                </form>
                """)
    }
}

/// What a reporter and the clearinghouse wrote to each other.
enum ReportMessages {
    static func markup(_ messages: [AnonymousReport.Message], reporter: HTML) -> HTML {
        let items = messages.map { message -> HTML in
            """
            <li><p class="meta">\(message.isReporters ? reporter : "The clearinghouse"), \(message.sent)</p>
            <div class="said">\(said: message.text)</div></li>

            """
        }
        return messages.isEmpty ? "" : "<h2>Messages</h2>\n<ul class=\"list\">\n\(items)</ul>"
    }
}
