import AdvisoryFormats
import Foundation
import TestSupport
import Testing

@Suite struct VEXCorpusTests {
    @Test(.enabled(if: SharedSuite.has("openvex"), "the OpenVEX samples lie beside the project"))
    func `reads every sample of OpenVEX as what it is`() throws {
        var counts: [String: Int] = [:]
        for path in try SharedSuite.files(below: "openvex/pkg", suffix: ".json") {
            do {
                let document = try VEXDocument(parsing: SharedSuite.bytes(path))
                let isCSAF = path.contains("csaf.json") || path.contains("rhsa")
                #expect(document.format == (isCSAF ? .csaf : .openVEX), "\(path)")
                #expect(!document.statements.isEmpty && document.statements.allSatisfy { !$0.products.isEmpty }, "\(path)")
                if path.hasSuffix("v0.2.0.json") {
                    #expect(document.statements.map(\.status) == [.fixed, .fixed, .fixed, .notAffected, .notAffected])
                }
                let name = path.split(separator: "/").suffix(3).joined(separator: "/")
                counts[name] = document.statements.reduce(0) { $0 + $1.products.count }
            } catch {
                Issue.record("\(path): \(error)")
            }
        }
        print("openvex: \(counts.sorted { $0.key < $1.key })")
        #expect(counts.count == 11)
        #expect(counts["vex/testdata/v0.2.0.json"] == 5 && counts["vex/testdata/v0.0.1.json"] == 2)
    }

    /// What the CSAF sample says, in OpenVEX: the same statement but for what only one of the formats has.
    @Test(.enabled(if: SharedSuite.has("openvex"), "the OpenVEX samples lie beside the project"))
    func `gives the same statement from CSAF and from OpenVEX`() throws {
        let csaf = try VEXDocument(parsing: SharedSuite.bytes("openvex/pkg/vex/testdata/csaf.json"))
        let text = #"""
            {"@context":"https://openvex.dev/ns/v0.2.0","@id":"2022-EVD-UC-01-NA-001","author":"Example Company","version":1,
             "timestamp":"2022-03-03T11:00:00.000Z","statements":[{"vulnerability":{"name":"CVE-2009-4487"},
             "products":[{"@id":"pkg:golang/github.com/go-homedir@v1.2.0"}],"status":"not_affected",
             "impact_statement":"Class with vulnerable code was removed before shipping."}]}
            """#
        let openVEX = try VEXDocument(parsing: Array(text.utf8))
        func withoutNames(_ statements: [VEXStatement]) -> [VEXStatement] {
            statements.map { statement in
                var copy = statement
                copy.products = statement.products.map { product in
                    var bare = VEXProduct(id: "")
                    bare.purls = product.purls
                    return bare
                }
                return copy
            }
        }
        #expect(withoutNames(csaf.statements) == withoutNames(openVEX.statements) && csaf.statements.count == 1)
    }

    private static func status(ofState state: String) -> VEXStatement.Status {
        switch state {
        case "exploitable": .affected
        case "in_triage": .underInvestigation
        case "resolved", "resolved_with_pedigree": .fixed
        default: .notAffected
        }
    }

    @Test(.enabled(if: SharedSuite.has("cyclonedx"), "the CycloneDX documents lie beside the project"))
    func `reads the vulnerabilities of the CycloneDX documents`() throws {
        var read = 0
        for path in try SharedSuite.files(below: "cyclonedx/tools/src/test/resources", suffix: ".json")
        where path.contains("/valid-") {
            do {
                let document = try VEXDocument(parsing: SharedSuite.bytes(path))
                let root = try SharedSuite.json(path) as? [String: Any]
                let reported = root?["vulnerabilities"] as? [[String: Any]] ?? []
                let states = reported.compactMap { ($0["analysis"] as? [String: Any])?["state"] as? String }
                #expect(document.format == .cycloneDX && document.statements.map(\.status) == states.map(Self.status), "\(path)")
                read += document.statements.count
            } catch {
                Issue.record("\(path): \(error)")
            }
        }
        print("cyclonedx: \(read) statements")
        #expect(read > 0)
    }

    /// The suite has most of its documents in both syntaxes.
    @Test(.enabled(if: SharedSuite.has("cyclonedx"), "the CycloneDX documents lie beside the project"))
    func `reads the vulnerabilities of the CycloneDX documents as XML as it does as JSON`() throws {
        var (read, twins) = (0, 0)
        for path in try SharedSuite.files(below: "cyclonedx/tools/src/test/resources", suffix: ".xml")
        where path.contains("/valid-") {
            do {
                let document = try VEXDocument(parsing: SharedSuite.bytes(path))
                read += document.statements.count
                let twin = path.dropLast(4) + ".json"
                if document.statements.isEmpty { continue }
                let json = try VEXDocument(parsing: SharedSuite.bytes(String(twin)))
                // As XML some of them have the same reference twice.
                func withoutRepetition(_ statements: [VEXStatement]) -> [VEXStatement] {
                    statements.map { statement in
                        var copy = statement
                        copy.aliases = Set(statement.aliases).sorted()
                        return copy
                    }
                }
                #expect(withoutRepetition(document.statements) == withoutRepetition(json.statements), "\(path)")
                twins += 1
            } catch {
                Issue.record("\(path): \(error)")
            }
        }
        print("cyclonedx as XML: \(read) statements, \(twins) documents with a twin")
        #expect(read > 0 && twins > 0)
    }
}
