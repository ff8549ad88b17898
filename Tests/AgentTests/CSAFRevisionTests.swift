import Agent
import Foundation
import Matching
import PackageIdentity
import Testing

/// Revisions of one CSAF document, whose vulnerabilities are advisories of their own in an index.
@Suite struct `Revisions of a CSAF document` {
    private func revision(
        _ day: Int, _ vulnerabilities: [Int], category: String = "csaf_security_advisory", id: String = "EX-1",
        status: String = "final"
    ) -> String {
        let tree = """
            ,"product_tree":{"full_product_names":[{"product_id":"P","name":"P","product_identification_helper":
            {"purl":"pkg:npm/left-pad@1.2.0"}}]},"vulnerabilities":[\(vulnerabilities.map {
                #"{"cve":"CVE-2026-\#($0)","product_status":{"known_affected":["P"]}}"#
            }.joined(separator: ","))]
            """
        return """
            {"document":{"category":"\(category)","csaf_version":"2.0","title":"T","publisher":{"category":"vendor","name":"E",
            "namespace":"https://example.org/"},"tracking":{"id":"\(id)","version":"\(day)","status":"\(status)",
            "initial_release_date":"2026-01-01T00:00:00Z","current_release_date":"2026-01-0\(day)T00:00:00Z","revision_history":[
            {"number":"1","date":"2026-01-01T00:00:00Z","summary":"x"}]}}\(vulnerabilities.isEmpty ? "" : tree)}
            """.replacing("\n", with: "")
    }

    private func names(_ desk: IntakeDesk) throws -> [String] {
        var matcher = Matcher(try desk.index.open())
        let component = Component(ecosystem: Ecosystem(name: "npm"), name: "left-pad", version: "1.2.0")
        return matcher.matches(component).map { String($0.advisory.suffix(10)) }
    }

    /// In every order of arrival, run by run and all in one run.
    private func check(_ revisions: [String], _ expected: [String]) throws {
        for order in permutations(revisions) {
            let (steps, whole) = (try IntakeDesk(), try IntakeDesk())
            defer { for desk in [steps, whole] { desk.close() } }
            for (number, text) in order.enumerated() {
                try steps.write(text, "\(number).json")
                try steps.intake("\(number).json")
                try whole.write(text, "\(number).json")
            }
            try whole.intake()
            #expect(try names(steps) == expected && names(whole) == expected, "\(order.map { $0.prefix(60) })")
        }
    }

    private func permutations(_ list: [String]) -> [[String]] {
        list.isEmpty
            ? [[]]
            : list.indices.flatMap { index in
                var rest = list
                let first = rest.remove(at: index)
                return permutations(rest).map { [first] + $0 }
            }
    }

    @Test(arguments: ["draft", "Draft"])
    func `take nothing back by a draft, which counts where there is nothing else`(status: String) throws {
        try check([revision(1, [1001]), revision(2, [], status: status)], ["-2026-1001"])
        try check([revision(1, [1001]), revision(2, [1002], status: status)], ["-2026-1001"])
        try check([revision(2, [1002], status: status)], ["-2026-1002"])
    }

    @Test func `take back what the newest has no more`() throws {
        try check([revision(1, [1001, 1002]), revision(2, [1002])], ["-2026-1002"])
        try check([revision(1, [1001, 1002]), revision(2, [1002]), revision(3, [1001])], ["-2026-1001"])
    }

    @Test(arguments: ["csaf_withdrawn", "csaf_superseded"])
    func `take everything back where the newest is withdrawn, until a newer one`(category: String) throws {
        try check([revision(1, [1001, 1002]), revision(2, [], category: category)], [])
        try check([revision(1, [1001, 1002]), revision(2, [1001], category: category)], [])
        try check([revision(1, [1001]), revision(2, [], category: category), revision(3, [1002])], ["-2026-1002"])
    }

    /// An identifier of another system, in the place of the CVE.
    private func renamed(_ revision: String, _ names: [(Int, String)]) -> String {
        names.reduce(revision) { text, name in
            text.replacing(
                #""cve":"CVE-2026-\#(name.0)""#, with: #""ids":[{"system_name":"s","text":"\#(name.1)"}]"#)
        }
    }

    @Test func `take back a vulnerability whose name has a slash`() throws {
        let names = [(1001, "PROJ/ABC-1001"), (1002, "PROJ/CVE-2026-1002")]
        try check([renamed(revision(1, [1001, 1002]), names), renamed(revision(2, [1002]), names)], ["-2026-1002"])
    }

    @Test func `are no others' where one document is named like a vulnerability of another`() throws {
        let first = renamed(revision(1, [1001]), [(1001, "A-2026-1001")])
        try check(
            [first, revision(2, [], category: "csaf_withdrawn", id: "EX-1/A-2026-1001"), revision(3, [1003], id: "EX-10")],
            ["-2026-1001", "-2026-1003"])
    }

    @Test func `leave other documents alone, whatever their identifiers begin with`() throws {
        try check(
            [revision(1, [1001]), revision(2, [1002], id: "EX-1/A"), revision(3, [1003], id: "EX-10")],
            ["-2026-1002", "-2026-1001", "-2026-1003"])
    }
}
