import CivilTime
import Clearinghouse

/// The cases the visitor may see, latest first.
enum CasesPage {
    static func page(_ visit: Visit) async throws -> Page {
        let cases = try await visit.rooms.coordination.cases(
            before: visit.before, limit: Visit.pageSize, for: try visit.visitor.member()
        )
        let items = cases.map { item($0, now: visit.visitor.now) }
        let list: HTML = "<ul class=\"list\">\n\(items)</ul>"
        return Page(
            "Cases", in: .cases,
            body: """
                <h1>Cases</h1>
                \(cases.isEmpty ? "<p>There is no case you take part in.</p>" : list)
                \(OlderLink.markup("/cases?", cases.map(\.sequence)))
                """)
    }

    private static func item(_ file: CaseSummary, now: Timestamp) -> HTML {
        let clock: HTML =
            file.advisory.map { "published as <a href=\"/advisories/\(segment: $0)\">\($0)</a>" }
            ?? "embargo until \(file.embargoUntil), \(TimeWords.remaining(until: file.embargoUntil, now: now))"
        return """
            <li><a class="name" href="/cases/\(segment: file.identifier)">\(said: file.title)</a>
            <p class="meta">\(file.identifier), vendor \(file.vendor), found by \(Int64(file.finderCount)) independently</p>
            <p class="meta">\(clock)</p></li>

            """
    }
}
