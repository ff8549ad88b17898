import Journal
import Sealing
import Testing

@testable import Clearinghouse

@Suite struct FindingReaderTests {
    private let line = #"{"title": "T", "package": "pkg:npm/a@1", "weakness": "CWE-79", "location": {"file": "a.js"}}"#

    @Test func `takes the key beside a document before the document's own, and that before its digest`() throws {
        let plain = Array(line.utf8)
        let keyed = Array((line.dropLast() + #", "idempotencyKey": "own"}"#).utf8)
        #expect(try FindingReader.submission(in: keyed, idempotencyKey: "beside").idempotencyKey == "beside")
        #expect(try FindingReader.submission(in: keyed).idempotencyKey == "own")
        let submission = try FindingReader.submission(in: plain)
        #expect(submission.idempotencyKey == submission.original.digest.hex)
        #expect(submission.original.bytes == plain && submission.report.package == "pkg:npm/a@1")
    }

    @Test func `refuses what is no finding with the place of the first fault`() {
        for (text, place) in [
            ("", "byte 0"), ("{", "byte 1"), ("[]", "byte 0"), (#"{"package": "pkg:npm/a", "title": 1}"#, "/title")
        ] {
            do {
                _ = try FindingReader.submission(in: Array(text.utf8))
                Issue.record("\(text) was taken")
            } catch {
                #expect(error.code == .malformed && error.place?.hasPrefix(place) == true, "\(text): \(error)")
            }
        }
    }

    @Test func `a line sent twice is one finding, for finders who know of no keys`() async throws {
        let house = try House()
        let lab = try await house.enrol("lab-a", as: .finder)
        let submission = try FindingReader.submission(in: Array(line.utf8))
        let first = try #require(try await house.discovery.submit([submission], by: lab).first).get()
        #expect(
            try await house.discovery.submit([submission, submission], by: lab).map { try $0.get() } == [
                first.asRepeat, first.asRepeat
            ])
    }

    @Test func `refuses a package that is no package URL`() {
        #expect(throws: Refusal.self) {
            try FindingReader.submissions(inSARIF: Array(#"{"version": "2.1.0", "runs": []}"#.utf8), package: "libtide")
        }
    }
}
