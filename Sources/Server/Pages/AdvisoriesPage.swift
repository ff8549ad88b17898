import Clearinghouse
import Journal

/// All advisories, latest first, or those of one source.
enum AdvisoriesPage {
    static func page(_ visit: Visit) async throws -> Page {
        let source = visit.query("source").flatMap { $0.isEmpty ? nil : $0 }
        let found = try await visit.rooms.distribution.advisories(before: visit.before, limit: Visit.pageSize, source: source)
        let sources = try await AdvisorySources(visit.rooms.journal)
        let address: HTML = source.map { "/advisories?source=\(segment: $0)&amp;" } ?? "/advisories?"
        return Page(
            "Advisories", in: .advisories,
            body: """
                <h1>Advisories</h1>
                <p class="quiet">Published here and imported from public sources, latest first. For machines: \
                <a href="/v1/feed">the whole feed</a>, verifiable line by line.</p>
                \(filter(sources.names, chosen: source))
                \(list(found))
                \(OlderLink.markup(address, found.map(\.sequence)))
                """)
    }

    private static func filter(_ names: [String], chosen: String?) -> HTML {
        let options = names.map { name -> HTML in
            let marker: HTML = name == chosen ? " selected" : ""
            return "<option value=\"\(name)\"\(marker)>\(name)</option>\n"
        }
        return """
            <form class="inline" method="get" action="/advisories">
            <label>Source <select name="source">
            <option value="">All sources</option>
            \(options)</select></label>
            <button class="action" type="submit">Show</button>
            </form>
            """
    }

    private static func list(_ advisories: [AdvisorySummary]) -> HTML {
        guard !advisories.isEmpty else { return "<p>There is nothing here yet.</p>" }
        let items = advisories.map { advisory -> HTML in
            let withdrawn: HTML = advisory.isWithdrawn ? " \(Badge(word: "withdrawn", tone: .warn).markup)" : ""
            let summary: HTML = advisory.summary.isEmpty ? "" : "<p class=\"meta\">\(said: advisory.summary)</p>\n"
            return """
                <li><a class="name" href="/advisories/\(segment: advisory.identifier)">\(advisory.identifier)</a>\(withdrawn)
                \(summary)<p class="meta">modified \(advisory.modified), from \(said: advisory.source)</p></li>

                """
        }
        return "<ul class=\"list\">\n\(items)</ul>"
    }
}

/// The names of all sources that were read, and of this clearinghouse.
///
/// Every source has a stream of its own, so its first record names it; counting the advisories themselves would read them all.
struct AdvisorySources: Sendable {
    let names: [String]

    init(_ journal: any Journal) async throws {
        let streams = try await journal.read { snapshot in
            try snapshot.rows(
                "SELECT stream FROM record WHERE stream >= 'source/' AND stream < 'source0' AND version = 1 ORDER BY stream"
            ).map { StreamName(text: try $0.text(0)) }
        }
        names = ["breakwater"] + streams.map(\.identifier).filter { $0 != "breakwater" }
    }
}
