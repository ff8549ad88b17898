import Clearinghouse

/// Duplicates that wait for a person, latest first: for those who carry the scope to correlate.
enum RelationsPage {
    static func page(_ visit: Visit) async throws -> Page {
        let principal = try visit.visitor.member()
        let waiting = try await visit.rooms.discovery.relations(
            before: visit.before, limit: Visit.pageSize, waiting: true, for: principal)
        return Page(
            "Relations that wait", in: .findings,
            body: """
                <h1>Relations that wait</h1>
                <p class="quiet">Findings that look like one vulnerability, where something speaks against moving one of them. A person moves it \
                (<code>breakwater finding move</code>) or says that they are two (<code>breakwater relation undo</code>).</p>
                \(waiting.isEmpty ? "<p>Nothing waits.</p>" : RelationList.markup(waiting))
                \(OlderLink.markup("/relations?", waiting.map(\.sequence)))
                """)
    }
}
