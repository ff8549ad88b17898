import Clearinghouse

/// Whether the clearinghouse works, for people.
enum HealthPage {
    static func page(_ visit: Visit) async throws -> Page {
        let figures = try await Figures(visit.rooms.journal)
        let behind = figures.recordCount - figures.loggedCount
        let state = behind == 0 ? Badge(word: "up to date", tone: .good) : Badge(word: "catching up", tone: .warn)
        return Page(
            "Health", in: .health,
            body: """
                <h1>Health</h1>
                <p>The journal answers. The log is \(state.markup)</p>
                <dl class="figures">
                <div><dt>Records</dt><dd>\(figures.recordCount)</dd></div>
                <div><dt>Log entries</dt><dd>\(figures.loggedCount)</dd></div>
                <div><dt>Log behind by</dt><dd>\(behind)</dd></div>
                <div><dt>Jobs waiting</dt><dd>\(figures.waitingJobCount)</dd></div>
                <div><dt>Advisories</dt><dd>\(figures.advisoryCount)</dd></div>
                </dl>
                <p class="quiet">As of \(visit.visitor.now). For machines: <a href="/v1/health">/v1/health</a>.</p>
                """)
    }
}
