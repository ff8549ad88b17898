import JSONText
import Journal
import Testing

@testable import Clearinghouse

@Suite struct FindingJoiningTests {
    @Test func `joins two organisations by exact fingerprint across lines, words and versions`() async throws {
        let house = try House()
        let (a, b) = (try await house.enrol("lab-a", as: .finder), try await house.enrol("lab-b", as: .finder))
        let first = try await house.submit(Sample.report("Heap overflow in run expansion", line: 64), by: a)
        let second = try await house.submit(
            Sample.report("unbounded write when unpacking", package: "pkg:generic/libtide@1.1.9", file: "./src/tide.c", line: 67),
            by: b
        )
        #expect(second.vulnerability == first.vulnerability && second.joinedExisting && !first.joinedExisting)
        #expect(second.reasons.contains { $0.contains("tide_expand_levels") })
        let view = try await house.discovery.vulnerability(first.vulnerability, for: House.desk)
        #expect(view.finderCount == 2 && view.findings.map(\.member) == ["lab-a", "lab-b"])
        #expect(view.title == "Heap overflow in run expansion", "the first finder's words name it")
        #expect(view.history.map(\.finding) == [first.finding, second.finding])
        #expect(view.history.allSatisfy { $0.joined && !$0.reasons.isEmpty })
        try await house.expectProvable()
    }

    @Test func `does not join on package and weakness alone`() async throws {
        let house = try House()
        let (a, b) = (try await house.enrol("lab-a", as: .finder), try await house.enrol("lab-b", as: .finder))
        let vague = Sample.report(file: nil, function: nil, line: nil)
        let receipts = [
            try await house.submit(Sample.report(), by: a), try await house.submit(vague, key: "a", by: a),
            try await house.submit(vague, key: "b", by: b),
            try await house.submit(Sample.report("T", function: "tide_decode"), by: b),
            try await house.submit(Sample.report("U", file: "src/wave.c"), by: b),
            try await house.submit(Sample.report("V", weakness: "CWE-787"), by: b)
        ]
        #expect(Set(receipts.map(\.vulnerability)).count == receipts.count)
        #expect(receipts.allSatisfy { !$0.joinedExisting })
    }

    @Test func `a finding between two vulnerabilities joins one and turns no fingerprint of the other`() async throws {
        let house = try House()
        let lab = try await house.enrol("lab-a", as: .finder)
        var tool = Sample.report("By its tool", function: "f")
        (tool.provenance, tool.toolFingerprints) = (JSONObject([("harness", "kelp")]), ["context/v1": "db81"])
        let byTool = try await house.submit(tool, by: lab)
        let byPlace = try await house.submit(Sample.report("By its place", function: "g"), by: lab)
        var torn = tool
        (torn.title, torn.function) = ("Torn", "g")
        let between = try await house.submit(torn, by: lab)
        #expect(between.vulnerability == byTool.vulnerability)
        #expect(between.reasons.contains { $0.contains(byPlace.vulnerability) }, "the other is named for who decides")
        let next = try await house.submit(Sample.report("Next", function: "g"), by: lab)
        #expect(next.vulnerability == byPlace.vulnerability)
    }

    @Test func `two results of one document join by their tool's identity only, whatever place they share`() async throws {
        let house = try House()
        let (a, b) = (try await house.enrol("lab-a", as: .finder), try await house.enrol("lab-b", as: .finder))
        func result(_ title: String, line: Int64, harness: String = "kelp", tool: [String: String] = [:]) -> FindingReport {
            var report = Sample.report(title, line: line)
            (report.provenance, report.toolFingerprints) = (JSONObject([("harness", .string(harness))]), tool)
            return report
        }
        let document = Content(Array("one log".utf8))
        let reports = [
            result("through user name", line: 5), result("through order id", line: 305),
            result("through user name", line: 5), result("by its tool", line: 7, tool: ["context/v1": "db81"]),
            result("by its tool again", line: 8, tool: ["context/v1": "db81"]),
            result("by another tool", line: 5, harness: "wrack")
        ]
        let submissions = reports.enumerated().map { place, report in
            FindingSubmission(report: report, original: document, idempotencyKey: "k\(place)")
        }
        // In two batches, so that the second is judged by what is recorded of the first.
        let first = try await house.discovery.submit(Array(submissions[..<2]), by: a)
        let receipts = try (first + (await house.discovery.submit(Array(submissions[2...]), by: a))).map { try $0.get() }
        let homes = receipts.map(\.vulnerability)
        #expect(homes[0] != homes[1] && homes[2] == homes[0], "the same line again is the same result")
        #expect(homes[3] != homes[0] && homes[3] != homes[1] && homes[4] == homes[3])
        #expect(homes[5] == homes[0], "two tools in one log are two finders")
        #expect(receipts[1].reasons.contains { $0.contains("lists another result") } && !receipts[1].joinedExisting)
        let other = try await house.submit(Sample.report("Told by another", line: 99), by: b)
        #expect(other.vulnerability == homes[0])
        try await house.expectProvable()
    }

    @Test func `moves a finding out and back, and keeps every reason`() async throws {
        let house = try House()
        let (a, b) = (try await house.enrol("lab-a", as: .finder), try await house.enrol("lab-b", as: .finder))
        let first = try await house.submit(Sample.report("One"), by: a)
        let second = try await house.submit(Sample.report("Two"), by: b)
        let home = first.vulnerability
        let alone = try await house.discovery.reassign(second.finding, to: nil, reason: "other allocation", by: House.desk)
        #expect(alone != home)
        #expect(try await house.discovery.finding(second.finding, for: b).summary.vulnerability == alone)
        #expect(try await house.discovery.vulnerability(home, for: House.desk).findings.map(\.identifier) == [first.finding])
        try await house.expectProvable("after moving out")

        #expect(try await house.discovery.reassign(second.finding, to: home, reason: "same after all", by: House.desk) == home)
        let view = try await house.discovery.vulnerability(home, for: House.desk)
        #expect(view.findings.count == 2)
        #expect(view.history.map(\.joined) == [true, true, false, true])
        #expect(view.history.suffix(2).map(\.reasons) == [["other allocation"], ["same after all"]])
        #expect(view.history.suffix(2).allSatisfy { $0.actor == "clearinghouse" })
        // Out a second time: the same vulnerability of its own, not a third one.
        #expect(try await house.discovery.reassign(second.finding, to: nil, reason: "no", by: House.desk) == alone)
        #expect(try await house.discovery.counts().vulnerabilities == 2)
        try await house.expectProvable("after moving back and out again")
    }

    @Test func `a move teaches the fingerprints nothing`() async throws {
        let house = try House()
        let lab = try await house.enrol("lab-a", as: .finder)
        let first = try await house.submit(Sample.report("One"), by: lab)
        _ = try await house.discovery.reassign(first.finding, to: nil, reason: "was wrong", by: House.desk)
        let next = try await house.submit(Sample.report("Two"), by: lab)
        #expect(next.vulnerability == first.vulnerability, "the next duplicate must not follow one wrong finding")
    }

    @Test func `refuses moves without reason, scope, finding or target`() async throws {
        let house = try House()
        let lab = try await house.enrol("lab-a", as: .finder)
        let receipt = try await house.submit(Sample.report(), by: lab)
        try await house.expectRefusal(.malformed, at: "/reason") {
            _ = try await house.discovery.reassign(receipt.finding, to: nil, reason: "", by: House.desk)
        }
        try await house.expectRefusal(.forbidden) {
            _ = try await house.discovery.reassign(receipt.finding, to: nil, reason: "mine", by: lab)
        }
        try await house.expectRefusal(.notFound) {
            _ = try await house.discovery.reassign("f0", to: nil, reason: "x", by: House.desk)
        }
        try await house.expectRefusal(.notFound, at: "/vulnerability") {
            _ = try await house.discovery.reassign(receipt.finding, to: "v0", reason: "x", by: House.desk)
        }
        try await house.expectRefusal(.conflict) {
            _ = try await house.discovery.reassign(receipt.finding, to: receipt.vulnerability, reason: "x", by: House.desk)
        }
    }
}
