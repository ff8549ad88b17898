import Clearinghouse

/// The findings the visitor may see, latest first.
enum FindingsPage {
    static func page(_ visit: Visit) async throws -> Page {
        let principal = try visit.visitor.member()
        let findings = try await visit.rooms.discovery.findings(
            before: visit.before, limit: Visit.pageSize, where: try FindingFilter { visit.query($0) }, for: principal)
        let whose: HTML =
            principal.seesEverything ? "All findings, latest first." : "The findings of \(principal.member), latest first."
        let reports: HTML =
            principal.scopes.contains(.coordinate)
            ? "<p>From people without a token: <a href=\"/reports\">anonymous reports</a>.</p>" : ""
        return Page(
            "Findings", in: .findings,
            body: """
                <h1>Findings</h1>
                <p class="quiet">\(whose)</p>
                <p>Is it already known? <a href="/questions">Blinded questions and blind cases</a>.</p>
                \(reports)
                \(form(visit))
                \(relations(principal))
                \(list(findings))
                \(OlderLink.markup("/findings?\(filters(visit))", findings.map(\.sequence)))
                """)
    }

    /// The names of the filters, as the API has them, and what they are called.
    private static let texts = [("model", "Model"), ("harness", "Harness")]
    private static let choices = [("needsReview", "To be read by a person"), ("humanReviewed", "Reviewed by its finder")]

    private static func form(_ visit: Visit) -> HTML {
        let fields = texts.map { name, title -> HTML in
            """
            <label for="\(name)">\(title)</label>
            <input id="\(name)" name="\(name)" value="\(visit.query(name) ?? "")">

            """
        }
        let selections = choices.map { name, title -> HTML in
            let options = [("", "either"), ("true", "yes"), ("false", "no")].map { value, word -> HTML in
                let mark: HTML = value == visit.query(name) ?? "" ? " selected" : ""
                return "<option value=\"\(value)\"\(mark)>\(word)</option>"
            }
            return """
                <label for="\(name)">\(title)</label>
                <select id="\(name)" name="\(name)">\(options)</select>

                """
        }
        return """
            <form class="box" method="get" action="/findings">
            \(fields)\(selections)<button class="action" type="submit">Show</button>
            </form>
            """
    }

    /// The filters in force, for the address of the next page.
    private static func filters(_ visit: Visit) -> HTML {
        (texts + choices).reduce(HTML()) { sum, filter in
            guard let value = visit.query(filter.0), !value.isEmpty else { return sum }
            return sum + "\(filter.0)=\(segment: value)&amp;"
        }
    }

    private static func relations(_ principal: Principal) -> HTML {
        guard principal.scopes.contains(.correlate) else { return "" }
        return "<p>Are two of them one? <a href=\"/relations\">Relations that wait for a person</a>.</p>"
    }

    static func list(_ findings: [FindingSummary]) -> HTML {
        guard !findings.isEmpty else { return "<p>There is nothing here yet.</p>" }
        return "<ul class=\"list\">\n\(findings.map(item))</ul>"
    }

    private static func item(_ finding: FindingSummary) -> HTML {
        """
        <li><a class="name" href="/findings/\(segment: finding.identifier)">\(said: finding.title)</a>
        <p class="meta">\(facts(finding))</p>
        <p class="meta">\(finding.received) by \(finding.member), \
        <a href="/vulnerabilities/\(segment: finding.vulnerability)">\(finding.vulnerability)</a>\(collisions(finding))\(review(finding))</p></li>

        """
    }

    private static func collisions(_ finding: FindingSummary) -> HTML {
        finding.finderCount > 1 ? ", found by \(Int64(finding.finderCount)) independently" : ""
    }

    private static func review(_ finding: FindingSummary) -> HTML {
        finding.needsReview ? ", to be read by a person" : ""
    }

    private static func facts(_ finding: FindingSummary) -> HTML {
        let said = FindingPlace.words(finding) + [finding.weakness, finding.severity].compactMap(\.self)
        return said.enumerated().reduce(HTML()) { sum, part in
            let comma: HTML = part.offset == 0 ? "" : ", "
            return sum + comma + "\(said: part.element)"
        }
    }
}
