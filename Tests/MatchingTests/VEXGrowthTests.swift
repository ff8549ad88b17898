import AdvisoryFormats
import PackageIdentity
import Testing

@testable import Matching

/// OpenVEX 0.0.1 names the parts of all products of a statement once.
@Suite struct `Statements of many products and parts` {
    private func statements(_ count: Int) throws -> VEXStatements {
        let products = (0..<count).map { "\"pkg:oci/image-\($0)\"" }.joined(separator: ",")
        let parts = (0..<count).map { "\"pkg:npm/part-\($0)@1.0.0\"" }.joined(separator: ",")
        let text = """
            {"@context":"https://openvex.dev/ns","@id":"https://example.org/vex","author":"A","timestamp":"2026-01-01T00:00:00Z",
            "version":"1","statements":[{"vulnerability":"CVE-2026-1","products":[\(products)],"subcomponents":[\(parts)],
            "status":"not_affected","justification":"vulnerable_code_not_present"}]}
            """
        return VEXSample.collected([try VEXDocument(parsing: Array(text.utf8))])
    }

    private func size(_ statements: VEXStatements) -> Int {
        statements.entries.values.reduce(0) { $0 + $1.count } + statements.wholes.reduce(0) { $0 + $1.count }
    }

    @Test func `grow with both numbers and not with one times the other`() throws {
        let (small, large) = (try statements(100), try statements(2_000))
        #expect(size(large) <= 20 * size(small) && size(large) <= 4 * 2_000 * 2)
    }

    @Test func `hold for every part in every product, and in no other`() throws {
        let statements = try statements(50)
        let match = try VEXSample.match()
        func isSuppressed(_ part: String, in image: String) throws -> Bool {
            statements.statement(
                about: match, names: VEXSample.names, in: try Component(purl: part), of: [VEXTarget(product: image)]
            ) != nil
        }
        for number in [0, 7, 49] {
            #expect(try isSuppressed("pkg:npm/part-\(49 - number)@1.0.0", in: "pkg:oci/image-\(number)"))
            #expect(try !isSuppressed("pkg:npm/part-\(number)@1.0.0", in: "pkg:oci/image-50"))
            #expect(try !isSuppressed("pkg:npm/part-50@1.0.0", in: "pkg:oci/image-\(number)"))
        }
    }
}
