import AdvisoryFormats
import PackageIdentity
import Testing

/// An advisory that uses everything the model has.
struct SampleAdvisory {
    static func make() throws -> AdvisoryDocument {
        var publisher = AdvisoryPublisher(category: .coordinator, name: "Example House", namespace: "https://example.org")
        publisher.contactDetails = "security@example.org"
        publisher.issuingAuthority = "None."
        var tracking = AdvisoryTracking(
            id: "EX-2026:0001", status: .final,
            revisions: [
                AdvisoryRevision(date: try date("2026-01-31T12:00:00Z"), summary: "Initial release."),
                AdvisoryRevision(date: try date("2026-02-01T12:00:00+01:00"), summary: "Fix added.")
            ])
        tracking.aliases = ["EX-1"]
        tracking.generatorName = "Breakwater"
        tracking.generatorVersion = "0.1.0"
        var advisory = AdvisoryDocument(
            category: .securityAdvisory, title: "Heap overflow in \"left-pad\"", publisher: publisher, tracking: tracking,
            tlp: .clear
        )
        advisory.aggregateSeverity = "Critical"
        advisory.notes = [AdvisoryNote(.summary, title: "Summary", text: "A heap overflow.")]
        advisory.references = [
            AdvisoryReference(.selfReference, summary: "This advisory", url: "https://example.org/ex-2026_0001.json")
        ]
        advisory.acknowledgments = [AdvisoryAcknowledgment(names: ["A. Finder"], organization: "Finders", summary: "Found it.")]
        advisory.products = [
            AdvisoryProduct(
                id: "P1", vendor: "Example", name: "left-pad", version: .range("vers:npm/>=1.0.0|<1.3.1"),
                purl: try Purl(parsing: "pkg:npm/left-pad")
            ),
            AdvisoryProduct(
                id: "P2", vendor: "Example", name: "left-pad", version: .exact("1.3.1"),
                purl: try Purl(parsing: "pkg:npm/left-pad@1.3.1")
            ),
            AdvisoryProduct(id: "P3", vendor: "Other", name: "Appliance", version: .any)
        ]
        advisory.vulnerabilities = [try vulnerability()]
        return advisory
    }

    static func date(_ text: String) throws -> WrittenTimestamp { try #require(WrittenTimestamp(text)) }

    private static func vulnerability() throws -> AdvisoryVulnerability {
        var vulnerability = AdvisoryVulnerability(
            cve: CVEID("CVE-2026-12345"), ids: [.init(system: "Example Tracker", text: "#7")])
        vulnerability.title = "Heap overflow"
        vulnerability.weakness = WeaknessID("CWE-122")
        vulnerability.weaknessName = "Heap-based Buffer Overflow"
        vulnerability.notes = [AdvisoryNote(.description, text: "A long string overflows the heap.")]
        vulnerability.status = AdvisoryProductStatus(knownAffected: ["P1"], fixed: ["P2"])
        vulnerability.status.knownNotAffected = ["P3"]
        vulnerability.scores = [
            AdvisoryScore(vector: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", baseScore: 9.8, products: ["P1"])
        ]
        vulnerability.remediations = [
            AdvisoryRemediation(
                .vendorFix, details: "Update to 1.3.1.", url: "https://example.org/1.3.1", date: try date("2026-02-01T00:00:00Z"),
                products: ["P1"]
            )
        ]
        vulnerability.justifications = [AdvisoryJustification(.vulnerableCodeNotPresent, products: ["P3"])]
        vulnerability.threats = [AdvisoryThreat(.exploitStatus, details: "None known.", products: ["P1"])]
        vulnerability.references = [AdvisoryReference(summary: "Fix", url: "https://example.org/commit")]
        vulnerability.acknowledgments = [AdvisoryAcknowledgment(names: ["A. Finder"])]
        vulnerability.discoveryDate = try date("2026-01-01T00:00:00Z")
        vulnerability.releaseDate = try date("2026-01-31T12:00:00Z")
        return vulnerability
    }
}
