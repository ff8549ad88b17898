import CivilTime
import Clearinghouse
import Hummingbird
import JSONText

/// Reporting without a token, and looking after a report with its claim code.
enum ReportPage {
    /// A claim code and its name.
    private static let maximumCodeByteCount = 1_024
    /// A report in a form: percent-encoding makes three bytes of one.
    private static let maximumByteCount = 3 * AnonymousReportLimits.maximumByteCount

    static func page(_ visit: Visit) async throws -> Page {
        Page(
            "Report a vulnerability", in: nil,
            body: """
                <h1>Report a vulnerability</h1>
                \(visit.rooms.anonymousReports.areTaken ? reportForm : notTaken)
                <h2>Look after a report</h2>
                <form class="box" method="post" action="/report/state">
                <label for="code">Claim code</label>
                <input id="code" name="code" type="password" required autocomplete="off" autocapitalize="none" spellcheck="false" \
                placeholder="bwr_…">
                <button class="action" type="submit">Look</button>
                </form>
                """)
    }

    @Sendable
    static func submit(_ visit: Visit) async throws -> Response {
        let fields = try await visit.ownForm(maximumByteCount: maximumByteCount)
        let code = try await visit.rooms.anonymousReports.submit(document(fields).bytes())
        return Answer.unstored(
            Page(
                "Reported", in: nil, status: 201,
                body: """
                    <h1>Reported</h1>
                    <p>This is the claim code of your report. It is shown once, and nobody can find it again for you:</p>
                    <pre>\(code.text)</pre>
                    <p>With it you see what became of the report, read our answers, add to it, claim credit or take it back: on \
                    <a href="/report">this page</a>, with <code>breakwater report</code>, or over the API.</p>
                    """
            ).response(for: visit.visitor))
    }

    @Sendable
    static func state(_ visit: Visit) async throws -> Response {
        let fields = try await visit.ownForm(maximumByteCount: maximumCodeByteCount)
        // A code that was copied brings blanks along.
        let code = try ClaimCode(String((fields["code"] ?? "").filter { !$0.isWhitespace }))
        return Answer.unstored(
            page(of: try await visit.rooms.anonymousReports.report(with: code)).response(for: visit.visitor))
    }

    private static func page(of report: AnonymousReport) -> Page {
        var facts = Facts()
        facts.add("State", "\(report.state.rawValue)")
        facts.add("Received", "\(report.received)")
        facts.add(said: "Credit", report.credited)
        for advisory in report.advisories {
            facts.add("Advisory", "<a href=\"/advisories/\(segment: advisory)\">\(advisory)</a>")
        }
        return Page(
            "Report", in: nil,
            body: """
                <h1>Your report</h1>
                <p class="meta">Report <code>\(report.identifier)</code></p>
                \(facts.markup)
                \(ReportMessages.markup(report.messages, reporter: "You"))
                """)
    }

    private static let notTaken: HTML = "<p>This clearinghouse takes no reports without a token. A coordinator issues tokens.</p>"

    private static let reportForm: HTML = """
        <p>Without a name and without a token. You get a code to follow the report with.</p>
        <form class="box" method="post" action="/report">
        <label for="title">What is wrong, in a line</label>
        <input id="title" name="title" required>
        <label for="package">The package, as a package URL (or name the repository)</label>
        <input id="package" name="package" spellcheck="false" placeholder="pkg:npm/left-pad@1.3.0">
        <label for="repository">The repository</label>
        <input id="repository" name="repository" spellcheck="false" placeholder="https://example.org/project">
        <label for="weakness">The weakness, if you know it</label>
        <input id="weakness" name="weakness" spellcheck="false" placeholder="CWE-122">
        <label for="description">How it shows</label>
        <textarea id="description" name="description" rows="10"></textarea>
        <button class="action" type="submit">Report</button>
        </form>
        """

    /// The form as the document it stands for; fields left empty are left out.
    private static func document(_ fields: FormFields) -> JSONValue {
        let names = ["title", "package", "repository", "weakness", "description"]
        return .object(
            JSONObject(
                names.compactMap { name in
                    fields[name].flatMap { $0.isEmpty ? nil : (name, JSONValue.string($0)) }
                }
            )
        )
    }
}
