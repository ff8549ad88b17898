import Clearinghouse
import JSONText
import Sealing

/// What this clearinghouse is, how much it holds, and how to check it.
enum OverviewPage {
    static func page(_ visit: Visit) async throws -> Page {
        let figures = try await Figures(visit.rooms.journal)
        return Page(
            "Overview", in: .overview,
            body: """
                <h1>\(visit.visitor.origin)</h1>
                <p class="lead">An AI cybersecurity clearinghouse: it takes in what machines and people find, joins reports of one bug, \
                replays them in a sandbox, keeps one embargo per case, and publishes one signed advisory that operators can check \
                for themselves.</p>
                \(counts(figures))
                <h2>How it works</h2>
                <ol class="steps">
                <li>A finder hands in a finding. It is durable when it is answered, and handing it in again changes nothing.</li>
                <li>Exact fingerprints join it to the vulnerability others reported before, with the reasons kept.</li>
                <li>Its reproducer runs in a sandbox, on the shipped build and on the fixed one; each verdict is signed.</li>
                <li>A case keeps the embargo, to the minute, in UTC. When it ends, the advisory appears in every format at once.</li>
                <li>Operators fetch <a href="/advisories">all advisories</a>, match them at home, and report what they have done.</li>
                </ol>
                <h2>How to check it</h2>
                <p>You do not have to trust this site. Every record is committed to in a public, append-only \
                <a href="/log">transparency log</a> from the first day; what is under embargo shows there as a number that gives \
                nothing away.</p>
                \(keys(visit.rooms))
                <ol class="steps">
                <li>Pin the two keys above when you first connect. They are also at <a href="/v1/identity">/v1/identity</a>.</li>
                <li>Fetch the <a href="/log/checkpoint">checkpoint</a> and check its signature with the log key.</li>
                <li>Fetch the feed at <code>/v1/feed</code>. Every line carries a record and its salt: hash them to the entry of the log, and \
                prove the entry from the tiles under <code>/log/tile/</code> up to the checkpoint's root.</li>
                <li>Check the signature on the advisory's documents with the signing key.</li>
                </ol>
                """)
    }

    private static func counts(_ figures: Figures) -> HTML {
        """
        <dl class="figures">
        <div><dt>Findings</dt><dd>\(figures.findingCount)</dd></div>
        <div><dt>Vulnerabilities</dt><dd>\(figures.vulnerabilityCount)</dd></div>
        <div><dt>Cases</dt><dd>\(figures.caseCount)</dd></div>
        <div><dt>Advisories</dt><dd>\(figures.advisoryCount)</dd></div>
        <div><dt>Log entries</dt><dd>\(figures.loggedCount)</dd></div>
        </dl>
        """
    }

    static func keys(_ rooms: Rooms) -> HTML {
        """
        <dl class="facts">
        <dt>Log key</dt><dd><code>\(rooms.logKey)</code></dd>
        <dt>Signing key (Ed25519)</dt><dd><code>\(Hexadecimal.encode(rooms.environment.signingKey.verificationKey.bytes))</code></dd>
        </dl>
        """
    }
}
