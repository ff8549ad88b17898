import BlindQuestion
import JSONText
import Journal
import Sealing
import TestKit
import Testing

@testable import Clearinghouse

/// A member's own tool, as `breakwater ask` works: what it keeps, and what it sends.
struct QuestionAsker {
    let principal: Principal
    let house: House
    let finding: [UInt8]
    let salt: CommitmentSalt
    let commitment: Commitment
    let question: BlindedQuestion

    /// - Parameter kept: the salt that it kept of an earlier start; a new one unless told.
    init(_ principal: Principal, about report: FindingReport, salt kept: CommitmentSalt? = nil, in house: House) throws {
        self.principal = principal
        self.house = house
        var document: [(String, JSONValue)] = [("title", .string(report.title)), ("description", .string(report.detail))]
        let texts = [
            ("package", report.package), ("repository", report.repository), ("weakness", report.weakness),
            ("patch", report.patch), ("crash", report.crash)
        ]
        for (name, value) in texts {
            if let value { document.append((name, .string(value))) }
        }
        if let file = report.file {
            var location: [(String, JSONValue)] = [("file", .string(file))]
            if let function = report.function { location.append(("function", .string(function))) }
            document.append(("location", .object(JSONObject(location))))
        }
        finding = JSONValue.object(JSONObject(document)).bytes()
        salt = try #require(kept ?? CommitmentSalt(bytes: house.random.bytes(CommitmentSalt.byteCount)))
        commitment = try #require(QuestionCommitment.commitment(to: finding, salt: salt))
        let read = try FindingReader.submission(in: finding).report
        question = try BlindedQuestion(#require(read.coarseKeys.first), random: { house.random.bytes($0) })
    }

    /// Lodges, asks, verifies and compares: the tags that are known.
    func matches() async throws -> [QuestionTag] {
        try await house.questions.lodge(commitment, by: principal)
        return try await compare()
    }

    func compare() async throws -> [QuestionTag] {
        let (epoch, _) = try await house.questions.epoch()
        let evaluations = try await house.questions.ask(
            question.elements, commitment: commitment, epoch: epoch.number, by: principal)
        let published = try await house.questions.tags(of: epoch.number, after: -1, for: principal)
        let list = try TagList(parsing: published.bytes)
        return try question.tags(from: evaluations, under: epoch.publicKey, epoch: epoch.number).filter(list.contains)
    }

    func opening(_ tag: QuestionTag, epoch: Int64 = 1) -> QuestionOpening {
        QuestionOpening(commitment: commitment, salt: salt, finding: finding, epoch: epoch, tag: tag)
    }
}

extension House {
    /// What the worker does until it has nothing to do.
    func buildSet() async throws {
        while try await questions.maintain() {}
    }

    /// A house with an epoch, and one finding of `lab-a` in its set.
    static func withKnownFinding() async throws -> (house: House, holder: Principal, asker: Principal) {
        let house = try House()
        let (holder, asker) = (try await house.enrol("lab-a", as: .finder), try await house.enrol("lab-b", as: .finder))
        try await house.submit(Sample.report(), by: holder)
        let first = try QuestionAsker(holder, about: Sample.report(package: "pkg:generic/unrelated"), in: house)
        try await house.questions.lodge(first.commitment, by: holder)
        try await house.buildSet()
        return (house, holder, asker)
    }
}
