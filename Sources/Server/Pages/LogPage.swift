import Clearinghouse
import Journal
import Sealing

/// The transparency log: its latest checkpoint, and the latest entries as the log shows them to anybody.
enum LogPage {
    /// Entries shown: enough to see that it moves.
    private static let entryCount: Int64 = 20

    private struct View: Sendable {
        let checkpoint: StoredCheckpoint?
        let recordCount: Int64
        let entries: [(index: Int64, commitment: String)]
    }

    static func page(_ visit: Visit) async throws -> Page {
        let view = try await visit.rooms.journal.read(read)
        return Page(
            "Log", in: .log,
            body: """
                <h1>Transparency log</h1>
                <p class="lead">Every record of the journal is committed to here, in order and for good. An entry is a salted commitment: \
                it fixes what was recorded and says nothing about it until it is published.</p>
                \(checkpoint(view, visit))
                <h2>Keys</h2>
                \(OverviewPage.keys(visit.rooms))
                <p>The tiles are served as <a href="https://c2sp.org/tlog-tiles">C2SP tlog-tiles</a> under <code>/log/tile/</code>.</p>
                \(view.entries.isEmpty ? "" : table(view.entries))
                """)
    }

    private static func read(_ snapshot: JournalSnapshot) throws -> View {
        let checkpoint = try snapshot.latestCheckpoint()
        let size = checkpoint?.size ?? 0
        let rows = try snapshot.rows(
            "SELECT sequence, commitment FROM record WHERE sequence >= $1 AND sequence < $2 ORDER BY sequence DESC",
            [.integer(size - entryCount), .integer(size)]
        )
        return View(
            checkpoint: checkpoint, recordCount: try snapshot.recordCount(),
            entries: try rows.map { (try $0.integer(0), Hexadecimal.encode(try $0.blob(1))) }
        )
    }

    private static func checkpoint(_ view: View, _ visit: Visit) -> HTML {
        guard let checkpoint = view.checkpoint else { return "<p>The log is empty: nothing has been recorded yet.</p>" }
        return """
            <dl class="figures">
            <div><dt>Entries</dt><dd>\(checkpoint.size)</dd></div>
            <div><dt>Records waiting</dt><dd>\(view.recordCount - checkpoint.size)</dd></div>
            </dl>
            <h2>Latest checkpoint</h2>
            <p>Signed \(checkpoint.time), \(TimeWords.span(from: checkpoint.time, to: visit.visitor.now)) ago. \
            <a href="/log/checkpoint">Raw</a></p>
            <pre>\(checkpoint.note)</pre>
            """
    }

    private static func table(_ entries: [(index: Int64, commitment: String)]) -> HTML {
        let rows = entries.map { entry -> HTML in
            "<tr><td class=\"number\">\(entry.index)</td><td><code>\(entry.commitment)</code></td></tr>\n"
        }
        return """
            <h2>Latest entries</h2>
            <div class="wide"><table class="long">
            <thead><tr><th scope="col" class="number">Index</th><th scope="col">Commitment</th></tr></thead>
            <tbody>
            \(rows)</tbody></table></div>
            """
    }
}
