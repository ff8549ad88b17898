import AdvisoryFormats
import Foundation
import Matching
import TestSupport
import Testing

/// Documents that others wrote, asked about the components they are about.
@Suite struct VEXCorpusMatchingTests {
    private static let samples = "openvex/pkg/vex/testdata/"

    private func statement(
        _ document: VEXDocument, on vulnerability: String, in purl: String, of subjects: [String] = []
    ) throws -> VEXStatement? {
        VEXSample.collected([document]).statement(
            about: try VEXSample.match(vulnerability, aliases: []), names: [vulnerability], in: try Component(purl: purl),
            of: subjects.map { VEXTarget(product: $0) }
        )
    }

    @Test(.enabled(if: SharedSuite.has("openvex"), "the OpenVEX samples lie beside the project"))
    func `the sample of OpenVEX suppresses two packages of its image, and nothing of another one`() throws {
        let document = try VEXDocument(parsing: SharedSuite.bytes(Self.samples + "v0.2.0.json"))
        let image = "pkg:oci/alpine@sha256%3A124c7d2707904eea7431fffe91522a01e5a861a624ee31d03372cc1d138a3126"
        let package = "pkg:apk/alpine/libssl3@3.0.8-r3?arch=x86_64&distro=alpine-3.18.0&upstream=openssl"
        let found = try statement(document, on: "CVE-2023-3446", in: package, of: [image])
        #expect(found?.status == .notAffected && found?.justification?.reason == .vulnerableCodeNotPresent)
        #expect(found?.impactStatement == "affected functions were removed before packaging")
        #expect(found?.author == "The OpenVEX Project <openvex@openssf.org>")
        let fixed = try statement(document, on: "CVE-2023-1255", in: package, of: [image])
        #expect(fixed?.status == .fixed)
        for (vulnerability, package, subjects) in [
            ("CVE-2023-3446", package, []), ("CVE-2023-3446", package, [image.replacing("124c", with: "124d")]),
            ("CVE-2023-3446", package.replacing("3.0.8", with: "3.0.9"), [image]), ("CVE-2023-3447", package, [image]),
            ("CVE-2023-3446", "pkg:apk/alpine/libssl1.1@3.0.8-r3", [image])
        ] {
            let found = try statement(document, on: vulnerability, in: package, of: subjects)
            #expect(found == nil, "\(vulnerability) in \(package) of \(subjects)")
        }
    }

    @Test(.enabled(if: SharedSuite.has("openvex"), "the OpenVEX samples lie beside the project"))
    func `the CSAF sample suppresses its product in its version`() throws {
        let document = try VEXDocument(parsing: SharedSuite.bytes(Self.samples + "csaf.json"))
        let found = try statement(document, on: "CVE-2009-4487", in: "pkg:golang/github.com/go-homedir@v1.2.0")
        #expect(found?.impactStatement == "Class with vulnerable code was removed before shipping.")
        let other = try statement(document, on: "CVE-2009-4487", in: "pkg:golang/github.com/go-homedir@v1.2.1")
        #expect(other == nil && found?.status == .notAffected)
    }

    /// The sample of the schema calls all versions affected and the component not affected, and has ranges that are no VERS.
    @Test(.enabled(if: SharedSuite.has("cyclonedx"), "the CycloneDX documents lie beside the project"))
    func `the CycloneDX sample suppresses where its versions do not contradict its analysis`() throws {
        let bytes = try SharedSuite.bytes("cyclonedx/tools/src/test/resources/1.7/valid-vulnerability-1.7.json")
        let text = String(decoding: bytes, as: UTF8.self)
        let package = "pkg:maven/com.fasterxml.jackson.core/jackson-databind@2.9.4"
        func found(_ text: String, in package: String) throws -> VEXStatement? {
            try statement(VEXDocument(parsing: Array(text.utf8)), on: "CVE-2018-7489", in: package)
        }
        let contradiction = try found(text, in: package)
        let agreed = text.replacing("vers:semver/2.9.0|", with: "vers:semver/>=2.9.0|").replacing(
            "\"status\": \"affected\"", with: "\"status\": \"unaffected\"")
        let (same, other) = try (found(agreed, in: package), found(agreed, in: package.replacing("2.9.4", with: "2.9.5")))
        #expect(contradiction == nil && other == nil)
        #expect(same?.status == .notAffected && same?.justification?.written == "code_not_reachable")
    }

    /// Each statement of a document, asked about its own product, is found; with what is next to it, it is not.
    @Test(.enabled(if: SharedSuite.has("csaf-other/csaf-other-corpus.tar.zst"), "the CSAF documents lie beside the project"))
    func `every real statement about a package counts for this package`() throws {
        let folder = try SharedSuite.unpackedArchive("csaf-other/csaf-other-corpus.tar.zst")
        defer { try? FileManager.default.removeItem(at: folder) }
        var (documents, asked, problems) = (0, 0, 0)
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted() where path.hasSuffix(".json") {
            let data = [UInt8](try Data(contentsOf: folder.appending(path: path)))
            guard let document = try? VEXDocument(parsing: data) else { continue }
            documents += 1
            var statements = VEXStatements()
            problems += statements.add(document).count
            for statement in document.statements where statement.status != .notAffected || statement.justification != nil {
                let match = try VEXSample.match(statement.vulnerability, aliases: [])
                for product in statement.products.prefix(20) {
                    guard let (part, subjects) = Self.question(product), let component = try? Component(inventoryPurl: part)
                    else { continue }
                    asked += 1
                    let found = statements.statement(
                        about: match, names: [statement.vulnerability], in: component, of: subjects.map { VEXTarget(product: $0) }
                    )
                    #expect(found != nil, "\(path): \(statement.status) \(statement.vulnerability) \(part) \(subjects)")
                }
            }
        }
        print("csaf-other: \(documents) documents, \(asked) products asked about, \(problems) problems")
        #expect(documents > 70 && asked > 1_000)
    }

    /// The package URL of a product, or of its outermost part with the product; nil where it has none with a version.
    private static func question(_ product: VEXProduct) -> (part: String, subjects: [String])? {
        func purl(_ product: VEXProduct) -> String? { product.purls.first { $0.contains("@") } }
        guard let part = product.subcomponents.first else { return purl(product).map { ($0, []) } }
        let whole = purl(product) ?? product.cpes.first { $0.split(separator: ":").count > 4 }
        return purl(part).flatMap { part in whole.map { (part, [$0]) } }
    }
}
