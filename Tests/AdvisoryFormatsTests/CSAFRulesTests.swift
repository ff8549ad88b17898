import JSONText
import PackageIdentity
import TestSupport
import Testing

@testable import AdvisoryFormats

@Suite struct CSAFRulesTests {
    private func refusal(_ change: (inout AdvisoryDocument) throws -> Void) throws -> [FormatViolation] {
        var advisory = try SampleAdvisory.make()
        try change(&advisory)
        do throws(FormatRefusal) {
            _ = try advisory.csaf()
            return []
        } catch {
            return error.violations
        }
    }

    /// One change per mandatory test; each must be refused for that test and no other reason.
    @Test func `refuses an advisory that fails a mandatory test, naming the test and place`() throws {
        let changes: [(String, String, (inout AdvisoryDocument) throws -> Void)] = [
            ("6.1.1", "/vulnerabilities/0", { $0.vulnerabilities[0].threats[0].products = ["P9"] }),
            ("6.1.2", "/product_tree", { $0.products.append($0.products[0]) }),
            ("6.1.6", "/vulnerabilities/0/product_status", { $0.vulnerabilities[0].status.underInvestigation = ["P1"] }),
            ("6.1.7", "/vulnerabilities/0/scores", { $0.vulnerabilities[0].scores.append($0.vulnerabilities[0].scores[0]) }),
            ("6.1.11", "/vulnerabilities/0", { $0.vulnerabilities[0].weaknessName = nil }),
            ("6.1.11", "/vulnerabilities/0/cwe/name", { $0.vulnerabilities[0].weaknessName = "Improper Input Validation" }),
            (
                "6.1.14", "/document/tracking/revision_history/1",
                { $0.tracking.revisions[1].date = try SampleAdvisory.date("2026-01-01T00:00:00Z") }
            ),
            ("6.1.15", "/document/publisher/category", { $0.publisher.category = .translator }),
            ("6.1.23", "/vulnerabilities/1/cve", { $0.vulnerabilities.append($0.vulnerabilities[0]) }),
            ("6.1.27.2", "/document", { $0.category = .securityIncidentResponse }),
            ("6.1.27.5", "/vulnerabilities/0", { $0.vulnerabilities[0].notes = [] }),
            (
                "6.1.27.6", "/vulnerabilities/0", { advisory in advisory.vulnerabilities[0].status = AdvisoryProductStatus() }
            ),
            (
                "6.1.27.8", "/vulnerabilities/0",
                { advisory in
                    advisory.category = .vex
                    advisory.vulnerabilities[0].cve = nil
                    advisory.vulnerabilities[0].ids = []
                }
            ),
            (
                "6.1.27.9", "/vulnerabilities/0",
                { advisory in
                    advisory.category = .vex
                    advisory.vulnerabilities[0].justifications = []
                }
            ),
            (
                "6.1.27.10", "/vulnerabilities/0",
                { advisory in
                    advisory.category = .vex
                    advisory.vulnerabilities[0].remediations = []
                }
            ),
            ("6.1.29", "/vulnerabilities/0/remediations/0", { $0.vulnerabilities[0].remediations[0].products = [] }),
            ("6.1.31", "/product_tree", { $0.products[1].version = .exact("1.3.1 and later") }),
            ("6.1.32", "/vulnerabilities/0/flags/0", { $0.vulnerabilities[0].justifications[0].products = [] }),
            (
                "6.1.33", "/vulnerabilities/0/flags/1",
                { $0.vulnerabilities[0].justifications.append(AdvisoryJustification(.componentNotPresent, products: ["P3"])) }
            )
        ]
        for (test, pointer, change) in changes {
            let violations = try refusal(change)
            #expect(
                violations.contains { $0.reason.hasSuffix("(test \(test))") && $0.pointer == pointer }, "\(test): \(violations)")
            #expect(violations.allSatisfy { $0.reason.hasSuffix("(test \(test))") }, "\(test): \(violations)")
        }
        #expect(try refusal { _ in }.isEmpty)
    }

    @Test func `asks a profile's own sections of an advisory`() throws {
        let empty = try refusal { advisory in
            advisory.products = []
            advisory.vulnerabilities = []
        }
        #expect(empty.count == 2)
        let informational = try refusal { advisory in
            advisory.category = .informationalAdvisory
            advisory.references.append(AdvisoryReference(summary: "More", url: "https://example.org/more"))
        }
        #expect(informational.map(\.reason) == ["the profile forbids vulnerabilities (test 6.1.27.3)"])
        #expect(try refusal { $0.category = .vex }.isEmpty)
        #expect(try refusal { $0.category = .base }.isEmpty)
    }

    @Test func `refuses what the schema forbids`() throws {
        let changes: [(String, (inout AdvisoryDocument) throws -> Void)] = [
            ("/document/title", { $0.title = "" }), ("/document/publisher/namespace", { $0.publisher.namespace = "example" }),
            ("/document/tracking/id", { $0.tracking.id = " x" }), ("/document/tracking", { $0.tracking.revisions = [] }),
            ("/document/lang", { $0.language = "english language" }),
            ("/document/references/0/url", { $0.references[0].url = "nowhere" }),
            ("/document/acknowledgments/0", { $0.acknowledgments = [AdvisoryAcknowledgment()] }),
            ("/document/tracking/aliases/1", { $0.tracking.aliases = ["a", "a"] }),
            ("/vulnerabilities/0/scores/0/cvss_v3/vectorString", { $0.vulnerabilities[0].scores[0].vector = "CVSS:3.1/AV:N/AC" }),
            ("/vulnerabilities/0/scores/0/cvss_v3/baseScore", { $0.vulnerabilities[0].scores[0].baseScore = 11 }),
            ("/vulnerabilities/0/scores/0/cvss_v3/baseScore", { $0.vulnerabilities[0].scores[0].baseScore = .nan }),
            ("/product_tree/branches/0/branches/0/branches/0/product/product_id", { advisory in advisory.products[0].id = "" })
        ]
        for (pointer, change) in changes {
            let violations = try refusal(change)
            #expect(violations.contains { $0.pointer == pointer }, "\(pointer): \(violations)")
        }
    }

    @Test(.enabled(if: SharedSuite.has("csaf-tc/csaf_2.0/test"), "the CSAF suite lies beside the project"))
    func `agrees with the CSAF schema on the committee's documents`() throws {
        let files =
            try SharedSuite.files(below: "csaf-tc/csaf_2.0/test/validator/data", suffix: ".json").filter {
                $0.contains("/data/") && $0.contains("6-")
            }
            + SharedSuite.files(below: "csaf-tc/csaf_2.0/examples/csaf", suffix: ".json")
        #expect(files.count > 200)
        for file in files {
            let bytes = try SharedSuite.bytes(file)
            let violations = bytes.withUnsafeBufferPointer { buffer in
                ShapeChecker.violations(in: buffer, of: CSAFSchema.schema, limits: .standard)
            }
            // Test 6.1.8 is the conformance of scores to their schemas; its negative documents break the whole schema.
            let isBroken = ["6-1-08-01", "6-1-08-02", "6-1-08-03"].contains { file.contains($0) }
            #expect(violations.isEmpty != isBroken, "\(file): \(violations)")
        }
    }

    @Test func `knows CPE names, language tags and versions as the schema's patterns do`() {
        func holds(_ rule: (UnsafeBufferPointer<UInt8>) -> Bool, _ text: String) -> Bool {
            var copy = text
            return copy.withUTF8(rule)
        }
        for (text, isCPE) in [
            ("cpe:2.3:a:microsoft:ie:8.0.6001:beta:*:*:*:*:*:*", true), ("cpe:2.3:a:a\\:b:c??:*d:-:en-US:*:*:*:*:*", true),
            ("cpe:2.3:a:a\\:b:c??:*d:-:*:en-US:*:*:*:*", true), ("cpe:2.3:x:a:b:c:*:*:*:*:*:*:*", false),
            ("cpe:2.3:a:a:b:c:*:*:*:*:*:*", false), ("cpe:2.3:a:a:b:c**:*:*:*:*:*:*:*", false), ("cpe:/a:microsoft:ie:8", true),
            ("cPe:/", true), ("cpe:/z:a", false), ("cpe:/a:1:2:3:4:5:6:7", false), ("Cpe:/a", false),
            ("cpe:2.3:a:\\é:b:*:*:*:*:*:*:*:*", false)
        ] {
            #expect(holds(CPESyntax.isCPE, text) == isCPE, "\(text)")
        }
        for (text, isLanguage) in [
            ("en", true), ("de-AT", true), ("zh-Hant-TW", true), ("x-private", true), ("i-default", true), ("I-MINGO", true),
            ("en-a-bcd-x-y", true), ("sl-rozaj-biske-1994", true), ("zh-yue-cmn-hak", true), ("e", false), ("english-x", false),
            ("en-", false), ("en-a", false), ("en_US", false), ("x", false), ("en-x", false), ("i-klingon", false),
            ("abcdefghi", false),
            ("en-US-DE", false), ("", false)
        ] {
            #expect(holds(CSAFSyntax.isLanguage, text) == isLanguage, "\(text)")
        }
        for (text, isVersion) in [
            ("0", true), ("12", true), ("01", false), ("1.0", false), ("1.0.0", true), ("1.0.0-rc.1+b.01", true),
            ("1.0.0-01", false),
            ("1.0.0-0a", true), ("1.0.0-", false), ("1.0.0+", false), ("1.02.3", false), ("v1", false), ("", false),
            ("1.0.0--1", true)
        ] {
            #expect(holds(CSAFSyntax.isVersion, text) == isVersion, "\(text)")
        }
    }
}
