import JSONText
import Journal
import Testing

@testable import Clearinghouse

@Suite struct FindingIntakeTests {
    @Test func `answers a repeat as it answered the first time, and records nothing`() async throws {
        let house = try House()
        let lab = try await house.enrol("lab-a", as: .finder)
        let first = try await house.submit(Sample.report(), key: "k1", by: lab)
        #expect(!first.isRepeat && !first.joinedExisting)
        let before = try await house.recordCount()
        for _ in 0..<3 {
            let again = try await house.submit(Sample.report(), key: "k1", by: lab)
            #expect(again == first.asRepeat)
        }
        #expect(try await house.recordCount() == before)
        try await house.expectProvable()
    }

    @Test func `a repeat after a move still answers as the first time`() async throws {
        let house = try House()
        let lab = try await house.enrol("lab-a", as: .finder)
        let first = try await house.submit(Sample.report(), key: "k1", by: lab)
        let moved = try await house.discovery.reassign(first.finding, to: nil, reason: "another bug", by: House.desk)
        #expect(moved != first.vulnerability)
        #expect(try await house.submit(Sample.report(), key: "k1", by: lab) == first.asRepeat)
        let finding = try await house.discovery.finding(first.finding, for: lab).summary
        #expect(finding.vulnerability == moved, "the finding itself stays where it was moved")
    }

    @Test func `refuses a key used before for other bytes, also within one batch`() async throws {
        let house = try House()
        let lab = try await house.enrol("lab-a", as: .finder)
        try await house.submit(Sample.report(), key: "k1", by: lab)
        let before = try await house.recordCount()
        await #expect(throws: Refusal.self) {
            try await house.submit(Sample.report("Other words"), key: "k1", by: lab)
        }
        #expect(try await house.recordCount() == before)
        let answers = try await house.discovery.submit(
            [
                Sample.submission(Sample.report("A", function: "f"), key: "k2"),
                Sample.submission(Sample.report("B", function: "g"), key: "k2"),
                Sample.submission(Sample.report("C", function: "h"), key: "k3")
            ],
            by: lab
        )
        #expect(try answers[0].get().isRepeat == false && answers[2].get().isRepeat == false)
        guard case .failure(let refusal) = answers[1] else {
            Issue.record("the second use of the key was taken")
            return
        }
        #expect(refusal.code == .idempotencyKeyReused)
        #expect(try await house.recordCount() == before + 4, "one refusal does not touch the others")
        try await house.expectProvable()
    }

    @Test func `a finding too large for a record is refused alone`() async throws {
        let house = try House()
        let lab = try await house.enrol("lab-a", as: .finder)
        var huge = Sample.report("Huge", function: "f")
        huge.detail = String(repeating: "x", count: JournalLimits.maximumPayloadByteCount)
        // Two results of one log, which they share as their original.
        let log = Content(Array("a log of two results".utf8))
        let answers = try await house.discovery.submit(
            [
                FindingSubmission(report: huge, original: log, idempotencyKey: "k1"),
                FindingSubmission(report: Sample.report("Small"), original: log, idempotencyKey: "k2")
            ],
            by: lab
        )
        guard case .failure(let refusal) = answers[0] else {
            Issue.record("the huge finding was taken")
            return
        }
        #expect(refusal.code == .tooLarge)
        #expect(try answers[1].get().joinedExisting == false)
        #expect(try await house.discovery.counts().findings == 1)
        let kept = try await house.journal.read {
            try $0.content(log.digest, sealedUnder: DiscoveryRecords.contentKey(of: "lab-a"))
        }
        #expect(kept == log.bytes, "the log is kept for the result that was taken")
    }

    @Test func `keys of two members never meet`() async throws {
        let house = try House()
        let (a, b) = (try await house.enrol("lab-a", as: .finder), try await house.enrol("lab-b", as: .finder))
        let first = try await house.submit(Sample.report(), key: "k1", by: a)
        let second = try await house.submit(Sample.report("In other words", line: 67), key: "k1", by: b)
        #expect(first.finding != second.finding && !second.isRepeat)
    }

    @Test func `two findings of one batch join, and a repeat within the batch is one finding`() async throws {
        let house = try House()
        let lab = try await house.enrol("lab-a", as: .finder)
        let (one, two) = (
            Sample.submission(Sample.report("One", line: 64), key: "k1"),
            Sample.submission(Sample.report("Two", line: 67), key: "k2")
        )
        let answers = try await house.discovery.submit([one, two, one], by: lab).map { try $0.get() }
        #expect(answers[0].vulnerability == answers[1].vulnerability && answers[0].finding != answers[1].finding)
        #expect(!answers[0].joinedExisting && answers[1].joinedExisting)
        #expect(answers[2] == answers[0].asRepeat)
        let counts = try await house.discovery.counts()
        #expect(counts.findings == 2 && counts.vulnerabilities == 1)
        // The same batch again, in another order and cut elsewhere, changes nothing.
        let before = try await house.recordCount()
        let again = try await house.discovery.submit([two, one], by: lab).map { try $0.get() }
        #expect(again == [answers[1].asRepeat, answers[0].asRepeat])
        #expect(try await house.recordCount() == before)
        try await house.expectProvable()
    }

    @Test func `the cuts of a stream into batches do not change what it means`() async throws {
        let reports = (0..<12).map { Sample.report("Finding \($0)", function: "f\($0 % 5)") }
        var dumps: [[String]] = []
        for size in [1, 5, 12] {
            let house = try House()
            let lab = try await house.enrol("lab-a", as: .finder)
            var rest = reports[...]
            while !rest.isEmpty {
                let batch = rest.prefix(size).map { Sample.submission($0, key: $0.title) }
                _ = try await house.discovery.submit(batch, by: lab)
                rest = rest.dropFirst(size)
            }
            dumps.append(try await house.tables())
        }
        #expect(dumps[0] == dumps[1] && dumps[1] == dumps[2])
    }

    @Test func `refuses who may not submit, and records nothing of an empty batch`() async throws {
        let house = try House()
        let vendor = try await house.enrol("vendor", as: .vendor)
        try await house.expectRefusal(.forbidden) { try await house.submit(Sample.report(), by: vendor) }
        let before = try await house.recordCount()
        #expect(try await house.discovery.submit([], by: House.desk).isEmpty)
        #expect(try await house.recordCount() == before)
    }

    @Test func `keeps the bytes of every finding as they arrived, sealed under the finder's key`() async throws {
        let house = try House()
        let lab = try await house.enrol("lab-a", as: .finder)
        let batch = ["A secret title", "Another"].map { Sample.submission(Sample.report($0), key: $0) }
        _ = try await house.discovery.submit(batch, by: lab)
        let key = DiscoveryRecords.contentKey(of: "lab-a")
        for original in batch.map(\.original) {
            let (opened, inTheClear) = try await house.journal.read { snapshot in
                (try snapshot.content(original.digest, sealedUnder: key), try snapshot.content(original.digest))
            }
            #expect(opened == original.bytes && inTheClear == nil)
        }
        for record in try await house.records() {
            #expect(!String(decoding: record.storedPayload, as: UTF8.self).contains("A secret title"), "\(record.kind)")
        }
    }

    @Test func `shows a finding to its finder and to coordinators only`() async throws {
        let house = try House()
        let (a, b) = (try await house.enrol("lab-a", as: .finder), try await house.enrol("lab-b", as: .finder))
        let receipt = try await house.submit(Sample.report(), by: a)
        #expect(try await house.discovery.finding(receipt.finding, for: a).summary.title == Sample.report().title)
        #expect(try await house.discovery.finding(receipt.finding, for: House.desk).summary.member == "lab-a")
        try await house.expectRefusal(.notFound) { _ = try await house.discovery.finding(receipt.finding, for: b) }
        try await house.expectRefusal(.notFound) { _ = try await house.discovery.vulnerability(receipt.vulnerability, for: b) }
        #expect(try await house.discovery.findings(before: .max, limit: 10, for: b).isEmpty)
        #expect(try await house.discovery.findings(before: .max, limit: 10, for: a).count == 1)
    }
}
