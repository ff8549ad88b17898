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
        let code = try await Self.report(house)
        let finding = try await house.anonymousReports.report(code.report, for: House.desk).finding
        let vulnerability = try await house.discovery.finding(finding, for: House.desk).summary.vulnerability
        _ = try await house.coordination.open(
            CaseOpening(
                vulnerability: vulnerability, vendor: "vendor-v", title: "x", embargoUntil: house.now.advanced(byDays: 90)),
            by: House.desk)
        #expect(try await house.anonymousReports.report(with: code).state == .received)
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
        try await house.expectRefusal(.notYet) { try await house.anonymousReports.withdraw(with: try #require(codes.last)) }
        try await house.expectRefusal(.notYet) { _ = try await Self.report(house, "One more") }
        house.wait(.seconds(1_799))
        try await house.expectRefusal(.notYet) { _ = try await Self.report(house, "One more") }
        house.wait(.seconds(1))
        _ = try await Self.report(house, "One more")
        try await house.expectRefusal(.notYet, "the first was alone in its hour") {
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
