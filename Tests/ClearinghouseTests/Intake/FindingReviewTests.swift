import AdvisoryFormats
import Journal
import Testing

@testable import Clearinghouse

/// What is read from free text is believed when a person has read it.
@Suite struct FindingReviewTests {
    private static let text = """
        # Overflow in levels
        \(Sample.package) has a CWE-122.
        File: src/tide.c:64
        Function: tide_expand_levels
        Model: m-1
        """

    private struct Scene {
        let house: House
        let (lab, writer): (Principal, Principal)
        let known: FindingReceipt
        let finding: FindingReceipt

        init(textFirst: Bool = false) async throws {
            house = try House()
            lab = try await house.enrol("lab-a", as: .finder)
            writer = try await house.enrol("lab-b", as: .finder)
            let batch = try FindingReader.batch(in: Array(FindingReviewTests.text.utf8), as: .text)
            if textFirst {
                finding = try #require(try await house.discovery.submit(batch.submissions, by: writer).first).get()
                known = try await house.submit(Sample.report("In form"), by: lab)
            } else {
                known = try await house.submit(Sample.report("In form"), by: lab)
                finding = try #require(try await house.discovery.submit(batch.submissions, by: writer).first).get()
            }
        }

        func vulnerability(of finding: String) async throws -> String {
            try await house.discovery.finding(finding, for: House.desk).summary.vulnerability
        }
    }

    @Test func `joins nothing and counts as no finder before it, and does from then on`() async throws {
        let scene = try await Scene()
        #expect(scene.finding.vulnerability != scene.known.vulnerability)
        let before = try await scene.house.discovery.finding(scene.finding.finding, for: scene.writer)
        #expect(before.summary.needsReview && before.summary.finderCount == 0)
        let target = try await scene.house.discovery.review(scene.finding.finding, by: House.desk)
        #expect(target == scene.known.vulnerability)
        let after = try await scene.house.discovery.finding(scene.finding.finding, for: scene.writer)
        #expect(!after.summary.needsReview && after.summary.finderCount == 2 && after.report.doubts == before.report.doubts)
        #expect(after.summary.vulnerability == target)
        try await scene.house.expectProvable()
    }

    @Test func `leads nobody anywhere before it, and does from then on`() async throws {
        let scene = try await Scene(textFirst: true)
        #expect(scene.known.vulnerability != scene.finding.vulnerability && !scene.known.joinedExisting)
        let alone = try FindingReader.batch(in: Array(Self.text.replacing("levels", with: "waves").utf8), as: .text)
        let other = try #require(try await scene.house.discovery.submit(alone.submissions, by: scene.writer).first).get()
        #expect(try await scene.house.discovery.review(other.finding, by: House.desk) == other.vulnerability)
        let same = try await scene.house.submit(
            Sample.report("The same in form", function: "tide_expand_waves"), by: scene.lab)
        #expect(same.vulnerability == other.vulnerability)
        try await scene.house.expectProvable()
    }

    @Test func `is the desk's, is repeated without effect, and leaves a finding where a person put it`() async throws {
        let scene = try await Scene()
        try await scene.house.expectRefusal(.forbidden) {
            _ = try await scene.house.discovery.review(scene.finding.finding, by: scene.writer)
        }
        try await scene.house.expectRefusal(.notFound) { _ = try await scene.house.discovery.review("f0", by: House.desk) }
        let own = try await scene.house.discovery.reassign(
            scene.finding.finding, to: nil, reason: "another one", by: House.desk)
        #expect(try await scene.house.discovery.review(scene.finding.finding, by: House.desk) == own)
        let count = try await scene.house.recordCount()
        #expect(try await scene.house.discovery.review(scene.finding.finding, by: House.desk) == own)
        #expect(try await scene.house.recordCount() == count)
    }

    @Test func `an open case learns of the finder when its finding was reviewed`() async throws {
        let scene = try await Scene()
        let house = scene.house
        _ = try await house.enrol("vendor-v", as: .vendor)
        let identifier = try await house.coordination.open(
            CaseOpening(vulnerability: scene.known.vulnerability, vendor: "vendor-v", title: "t"), by: House.desk)
        #expect(try await house.coordination.caseSummary(identifier, for: House.desk).suggestion == nil)
        _ = try await house.discovery.review(scene.finding.finding, by: House.desk)
        #expect(try await house.coordination.caseSummary(identifier, for: House.desk).suggestion?.finders == 2)
    }

    @Test func `is compared with other findings only from then on`() async throws {
        let scene = try await Scene()
        func submitted() async throws -> [String] {
            try await FindingPage(from: 0, upTo: 1_000, in: scene.house.journal).events.compactMap {
                if case .submitted(let finding, _, _) = $0 { finding } else { nil }
            }
        }
        #expect(try await submitted() == [scene.known.finding])
        _ = try await scene.house.discovery.review(scene.finding.finding, by: House.desk)
        #expect(try await submitted() == [scene.known.finding, scene.finding.finding])
    }

    @Test func `a claim of another federation is not held by it before`() async throws {
        let house = try House()
        let lab = try await house.enrol("lab-a", as: .finder)
        let federation = try #require(Federation(salt: "s", contact: "desk@clearinghouse.example"))
        let claims = Claims(journal: house.journal, federation: federation)
        let text = "It crashes\nRepository: https://git.example/acme/lib\nFile: src/parse.go:4\n"
        let batch = try FindingReader.batch(in: Array(text.utf8), as: .text)
        let finding = try #require(try await house.discovery.submit(batch.submissions, by: lab).first).get().finding
        let hash = try #require(batch.submissions.first?.report.claimHash(salt: "s"))
        while try await claims.extend() {}
        #expect(try await claims.contact(for: hash) == nil)
        _ = try await house.discovery.review(finding, by: House.desk)
        #expect(try await claims.contact(for: hash) == federation.contact)
    }

    @Test func `lists are of those that wait for it, of a model, of a harness, or of what a person looked at`() async throws {
        let scene = try await Scene()
        func list(_ change: (inout FindingFilter) -> Void) async throws -> [String] {
            var filter = FindingFilter()
            change(&filter)
            return try await scene.house.discovery.findings(before: .max, limit: 10, where: filter, for: House.desk).map(
                \.identifier)
        }
        let (known, text) = (scene.known.finding, scene.finding.finding)
        #expect(try await list { _ in } == [text, known])
        #expect(try await list { $0.needsReview = true } == [text])
        #expect(try await list { $0.needsReview = false } == [known])
        #expect(try await list { $0.model = "m-1" } == [text])
        #expect(try await list { $0.harness = "m-1" } == [])
        #expect(try await list { $0.humanReviewed = true } == [])
        #expect(try await list { $0.humanReviewed = false } == [text, known])
    }
}
