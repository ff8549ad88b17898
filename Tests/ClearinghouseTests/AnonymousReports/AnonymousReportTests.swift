import AdvisoryFormats
import CivilTime
import Foundation
import Journal
import Sealing
import TestKit
import Testing

@testable import Clearinghouse

@Suite struct AnonymousReportTests {
    private static func document(_ title: String = "A hidden flaw", description: String = "") -> [UInt8] {
        Array(
            """
            {"title":"\(title)","package":"\(Sample.package)","weakness":"CWE-122","description":"\(description)",\
            "location":{"file":"src/tide.c","function":"tide_expand_levels","startLine":64}}
            """.utf8)
    }

    private static func report(_ house: House, _ title: String = "A hidden flaw") async throws -> ClaimCode {
        try await house.anonymousReports.submit(document(title))
    }

    @Test func `enters as a finding like everybody's, joins by the same rules, and counts as nobody's independent find`()
        async throws
    {
        let house = try House()
        let lab = try await house.enrol("lab-a", as: .finder)
        let known = try await house.submit(Sample.report("Lab A's words"), by: lab)
        let code = try await Self.report(house)
        let report = try await house.anonymousReports.report(code.report, for: House.desk)
        let detail = try await house.discovery.finding(report.finding, for: House.desk)
        #expect(detail.summary.vulnerability == known.vulnerability && detail.summary.title == "A hidden flaw")
        let vulnerability = try await house.discovery.vulnerability(known.vulnerability, for: House.desk)
        #expect(vulnerability.findings.count == 2 && vulnerability.finderCount == 1)
        try await house.expectProvable()
    }

    @Test func `shortens no embargo: it may be a finder that is counted already`() async throws {
        let house = try House()
        let lab = try await house.enrol("lab-a", as: .finder)
        _ = try await house.enrol("vendor-v", as: .vendor)
        let known = try await house.submit(Sample.report("Lab A's words"), by: lab)
        let identifier = try await house.coordination.open(
            CaseOpening(vulnerability: known.vulnerability, vendor: "vendor-v", title: "t"), by: House.desk)
        _ = try await Self.report(house)
        let seen = try await house.coordination.caseSummary(identifier, for: House.desk)
        #expect(seen.suggestion == nil && seen.finderCount == 1)
    }

    @Test func `no question meets it, and taken back, no finding is compared with it`() async throws {
        let house = try House()
        let code = try await Self.report(house)
        _ = try await house.questions.rotate(by: House.desk)
        while try await house.questions.maintain() {}
        func tagged() async throws -> [String] {
            try await house.journal.read { try $0.rows("SELECT finding FROM question_tags").map { try $0.text(0) } }
        }
        #expect(try await tagged() == [], "a stranger's words would be in everybody's list")
        try await house.anonymousReports.withdraw(with: code)
        let events = try await FindingPage(from: 0, upTo: 1_000, in: house.journal).events
        guard case .left(let member)? = events.last else {
            Issue.record("the correlator is not told")
            return
        }
        #expect(member == AnonymousReportRecords.reporter(of: code.report))
        try await house.expectProvable()
    }

    @Test func `the code is kept nowhere but as a digest, and only the whole code opens the report`() async throws {
        let house = try House()
        let code = try await Self.report(house)
        let other = try await Self.report(house, "Another")
        let secret = try #require(code.text.split(separator: "_").last)
        for file in try house.files() { #expect(Data(file).range(of: Data(secret.utf8)) == nil) }
        #expect(try await house.anonymousReports.report(with: ClaimCode(code.text)).state == .received)
        let swapped = "bwr_\(code.report)_\(try #require(other.text.split(separator: "_").last))"
        let wrong = ["", "bwr", "bwr__", "bwr_x_y", "bw_\(code.report)_\(secret)", String(code.text.dropLast()), swapped]
        for text in wrong {
            try await house.expectRefusal(.notFound, at: "claim code", "\(text)") {
                _ = try await house.anonymousReports.report(with: ClaimCode(text))
            }
        }
    }

    @Test func `tells its reporter nothing of what others found or of a case, until an advisory is out`() async throws {
        let house = try House()
        _ = try await house.enrol("vendor-v", as: .vendor)
        func told(_ code: ClaimCode) async throws -> String {
            let report = try await house.anonymousReports.report(with: code)
            return "\(report.state) \(report.received) \(report.credited ?? "") \(report.messages) \(report.advisories)"
        }
        let known = try await house.submit(Sample.report(), by: try await house.enrol("lab-a", as: .finder))
        _ = try await house.coordination.open(
            CaseOpening(vulnerability: known.vulnerability, vendor: "vendor-v", title: "x"), by: House.desk)
        let guessed = try await Self.report(house)
        let unheard = try await house.anonymousReports.submit(
            Array(#"{"title":"Unheard of","package":"pkg:npm/nobody-knows"}"#.utf8))
        let joined = try await house.anonymousReports.report(guessed.report, for: House.desk).finding
        #expect(try await house.discovery.finding(joined, for: House.desk).summary.vulnerability == known.vulnerability)
        #expect(try await told(guessed) == told(unheard), "whether it was known can't be told apart")
    }

    @Test func `reporter and clearinghouse write to each other, within limits`() async throws {
        let house = try House()
        let code = try await Self.report(house)
        for number in 0..<AnonymousReportLimits.maximumMessageCount {
            _ = try await house.anonymousReports.add("message \(number)", with: code)
        }
        try await house.expectRefusal(.tooLarge) { _ = try await house.anonymousReports.add("more", with: code) }
        let answered = try await house.anonymousReports.answer(code.report, "Thank you.", by: House.desk)
        let read = try await house.anonymousReports.report(with: code)
        #expect(answered.state == .answered && read.state == .answered && read.messages.last?.text == "Thank you.")
        #expect(read.messages.count == 101 && read.messages.count { !$0.isReporters } == 1)
        let lab = try await house.enrol("lab-a", as: .finder)
        try await house.expectRefusal(.forbidden) {
            _ = try await house.anonymousReports.answer(code.report, "x", by: lab)
        }
        for text in ["", String(repeating: "x", count: AnonymousReportLimits.maximumMessageByteCount + 1)] {
            try await house.expectRefusal(.malformed, at: "/text") {
                _ = try await house.anonymousReports.add(text, with: code)
            }
        }
        try await house.expectProvable()
    }

    @Test func `gives the credit to one member, whom the reporter names`() async throws {
        let house = try House()
        let (first, second) = (try await house.enrol("lab-a", as: .finder), try await house.enrol("lab-b", as: .finder))
        let code = try await Self.report(house)
        #expect(try await house.anonymousReports.credit(first, with: code).credited == "lab-a")
        let count = try await house.recordCount()
        _ = try await house.anonymousReports.credit(first, with: code)
        #expect(try await house.recordCount() == count)
        try await house.expectRefusal(.conflict) { _ = try await house.anonymousReports.credit(second, with: code) }
        #expect(try await house.anonymousReports.report(with: code).credited == "lab-a")
        try await house.expectProvable()
    }

    @Test
    func `an advisory names the member that claimed the credit, none for who stayed unknown, and tells both that it is out`()
        async throws
    {
        let scene = try await PublicationTests.Scene()
        let late = try await scene.house.enrol("lab-c", as: .finder)
        let codes = [try await Self.report(scene.house), try await Self.report(scene.house, "Unknown for good")]
        _ = try await scene.house.anonymousReports.credit(late, with: codes[0])
        scene.house.wait(.seconds(86_400))
        let advisory = try await scene.publish()
        let osv = try OSVRecord(parsing: try await scene.house.distribution.osv(advisory))
        #expect(osv.credits.map(\.name) == ["The lab-a", "The lab-b", "The lab-c"])
        for code in codes {
            let report = try await scene.house.anonymousReports.report(with: code)
            #expect(report.state == .published && report.advisories == [advisory])
        }
    }

    @Test func `taken back, by code or by the clearinghouse, nothing of it can be read, and others' findings stay`()
        async throws
    {
        let house = try House()
        let lab = try await house.enrol("lab-a", as: .finder)
        try await house.submit(Sample.report("Lab A's words"), by: lab)
        let codes = [try await Self.report(house, "A hidden flaw"), try await Self.report(house, "A hidden flaw too")]
        for code in codes { _ = try await house.anonymousReports.add("a hidden word", with: code) }
        try await house.anonymousReports.withdraw(with: codes[0])
        try await house.expectProvable()
        #expect(try await house.anonymousReports.forget() == 1)
        try await house.expectRefusal(.malformed, at: "/reason") {
            try await house.anonymousReports.destroy(codes[1].report, reason: "", by: House.desk)
        }
        try await house.anonymousReports.destroy(codes[1].report, reason: "a name in it", by: House.desk)
        for line in try await house.tables() { #expect(!line.contains("hidden"), "\(line)") }
        for code in codes {
            let sealed = try await house.records()
                .filter { $0.contentKey == AnonymousReportRecords.contentKey(of: code.report) }
            #expect(sealed.count == 4 && sealed.allSatisfy { $0.payload == nil })
            try await house.expectRefusal(.notFound) { _ = try await house.anonymousReports.report(with: code) }
            try await house.expectRefusal(.notFound) { try await house.anonymousReports.withdraw(with: code) }
        }
        #expect(try await house.discovery.findings(before: .max, limit: 10, for: House.desk).map(\.member) == ["lab-a"])
        try await house.expectProvable()
    }

    @Test func `taken back, a report is gone at once, and strangers make every table be derived anew once a day at most`()
        async throws
    {
        let house = try House()
        let lab = try await house.enrol("lab-a", as: .finder)
        let codes = [try await Self.report(house, "A hidden flaw"), try await Self.report(house, "A hidden flaw too")]
        let alone = try await house.anonymousReports.submit(
            Array(#"{"title":"A hidden rest","package":"pkg:npm/hidden"}"#.utf8))
        try await house.submit(Sample.report("Lab A's words"), by: lab)
        func keysEnded() async throws -> Int {
            try await house.records().count { $0.kind == AnonymousReportRecords.opened && $0.payload == nil }
        }
        try await house.anonymousReports.withdraw(with: codes[0])
        #expect(try await keysEnded() == 0)
        #expect(try await house.anonymousReports.forget() == 1)
        #expect(try await keysEnded() == 1)
        for code in [codes[1], alone] { try await house.anonymousReports.withdraw(with: code) }
        #expect(try await house.discovery.findings(before: .max, limit: 10, for: House.desk).map(\.member) == ["lab-a"])
        for code in [codes[1], alone] {
            try await house.expectRefusal(.notFound) { _ = try await house.anonymousReports.report(with: code) }
        }
        for line in try await house.tables() { #expect(!line.contains("hidden rest"), "\(line)") }
        try await house.expectProvable()
        house.wait(AnonymousReportLimits.forgettingInterval - .milliseconds(1))
        #expect(try await house.anonymousReports.forget() == 0)
        house.wait(.milliseconds(1))
        #expect(try await house.anonymousReports.forget() == 2)
        #expect(try await keysEnded() == 3)
        #expect(try await house.anonymousReports.forget() == 0)
        for line in try await house.tables() { #expect(!line.contains("hidden"), "\(line)") }
        try await house.expectProvable()
    }

    @Test func `takes so many in any hour, also where they were taken back, and so many are taken back`() async throws {
        let house = try House()
        var codes: [ClaimCode] = []
        for number in 0..<AnonymousReportLimits.maximumCountPerHour {
            if number == 1 { house.wait(.seconds(1_800)) }
            codes.append(try await Self.report(house, "Flaw \(number)"))
        }
        for code in codes.prefix(Int(AnonymousReportLimits.maximumWithdrawalCountPerHour)) {
            try await house.anonymousReports.withdraw(with: code)
        }
        try await house.expectRefusal(.budgetSpent) { try await house.anonymousReports.withdraw(with: try #require(codes.last)) }
        try await house.expectRefusal(.budgetSpent) { _ = try await Self.report(house, "One more") }
        house.wait(.seconds(1_799))
        try await house.expectRefusal(.budgetSpent) { _ = try await Self.report(house, "One more") }
        house.wait(.seconds(1))
        _ = try await Self.report(house, "One more")
        try await house.expectRefusal(.budgetSpent, "the first was alone in its hour") {
            _ = try await Self.report(house, "Two more")
        }
        house.wait(.seconds(1_800))
        try await house.anonymousReports.withdraw(with: try #require(codes.last))
    }

    @Test func `takes none unless somebody decided so, none that is too long, and none that is no finding`() async throws {
        let house = try House()
        let closed = AnonymousReports(journal: house.journal, environment: house.environment)
        try await house.expectRefusal(.forbidden) { _ = try await closed.submit(Self.document()) }
        let long = Self.document(
            description: String(repeating: "x", count: AnonymousReportLimits.maximumByteCount))
        try await house.expectRefusal(.tooLarge, at: "byte 65536") { _ = try await house.anonymousReports.submit(long) }
        for text in ["", "{", "[]", #"{"title":""}"#, #"{"title":"x"}"#, #"{"title":"x","package":"no purl"}"#] {
            try await house.expectRefusal(.malformed, "\(text)") {
                _ = try await house.anonymousReports.submit(Array(text.utf8))
            }
        }
    }
}
