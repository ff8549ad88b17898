import Foundation
import TestSupport
import Testing

@testable import Scoring

@Suite struct CVSSVectorTests {
    /// One line of an oracle: a vector with base, temporal and environmental score.
    private struct Line: Decodable {
        let vector: String
        let scores: [Double?]
    }

    @Test(
        .enabled(if: SharedSuite.has("cvss/oracle-v3.1.jsonl"), "the CVSS suite lies beside the project"),
        arguments: ["v2", "v3.0", "v3.1"])
    func `gives the base score of the reference for every vector`(version: String) throws {
        let lines = try SharedSuite.lines("cvss/oracle-\(version).jsonl")
        #expect(lines.count > 1_000)
        for (number, text) in lines.enumerated() {
            let line = try JSONDecoder().decode(Line.self, from: Data(text.utf8))
            let expected = try #require(line.scores.first ?? nil, "line \(number + 1)")
            do {
                let vector = try CVSSVector(line.vector)
                #expect(vector.baseScoreInTenths == Int((expected * 10).rounded()), "line \(number + 1): \(line.vector)")
                #expect("v" + vector.version.rawValue == (version == "v2" ? "v2.0" : version), "line \(number + 1)")
            } catch {
                Issue.record("line \(number + 1): \(line.vector): \(error)")
            }
        }
    }

    /// A published pair, with what the reference calculates; some publishers state a temporal score as the base score.
    private struct PublishedPair: Decodable {
        let vector: String
        let referenceBase: Double?

        private enum CodingKeys: String, CodingKey {
            case vector
            case referenceBase = "reference_base"
        }
    }

    @Test(.enabled(if: SharedSuite.has("cvss/real-world-pairs.jsonl"), "the CVSS suite lies beside the project"))
    func `scores published vectors as the reference does`() throws {
        var count = 0
        for text in try SharedSuite.lines("cvss/real-world-pairs.jsonl") {
            let pair = try JSONDecoder().decode(PublishedPair.self, from: Data(text.utf8))
            guard !pair.vector.hasPrefix("CVSS:4"), let expected = pair.referenceBase else { continue }
            count += 1
            #expect(try CVSSVector(pair.vector).baseScoreInTenths == Int((expected * 10).rounded()), "\(pair.vector)")
        }
        #expect(count > 1_000)
    }

    private static let validatorTests = "csaf-tc/csaf_2.0/test/validator/data"

    /// Test 6.1.9 of CSAF 2.0: a base score that is not the vector's.
    @Test(.enabled(if: SharedSuite.has(validatorTests + "/testcases.json"), "the CSAF suite lies beside the project"))
    func `tells the scores of CSAF documents that are the vector's from those that are not`() throws {
        struct Cases: Decodable {
            struct Case: Decodable {
                struct File: Decodable { let name: String }
                let id: String
                let failures: [File]
                let valid: [File]?
            }
            let tests: [Case]
        }
        struct Document: Decodable {
            struct Vulnerability: Decodable { let scores: [[String: Score]]? }
            struct Score: Decodable {
                let vectorString: String?
                let baseScore: Double?
                init(from decoder: any Decoder) throws {
                    let members = try? decoder.container(keyedBy: Key.self)
                    vectorString = try members?.decodeIfPresent(String.self, forKey: .vectorString)
                    baseScore = try members?.decodeIfPresent(Double.self, forKey: .baseScore)
                }
                enum Key: String, CodingKey { case vectorString, baseScore }
            }
            let vulnerabilities: [Vulnerability]
        }
        func agrees(_ file: String) throws -> Bool {
            let document = try JSONDecoder().decode(
                Document.self, from: Data(SharedSuite.bytes("\(Self.validatorTests)/\(file)")))
            let scores = document.vulnerabilities.flatMap { $0.scores ?? [] }.flatMap(\.values).filter { $0.vectorString != nil }
            #expect(!scores.isEmpty, "\(file)")
            return try scores.allSatisfy { try CVSSVector($0.vectorString ?? "").baseScore == $0.baseScore }
        }
        let cases = try JSONDecoder().decode(Cases.self, from: Data(SharedSuite.bytes(Self.validatorTests + "/testcases.json")))
        let test = try #require(cases.tests.first { $0.id == "6.1.9" })
        for file in test.failures { #expect(try !agrees(file.name), "\(file.name)") }
        for file in test.valid ?? [] { #expect(try agrees(file.name), "\(file.name)") }
    }

    @Test func `rounds up as each version says`() throws {
        // 3.0 rounds 4.02 up, 3.1 only what five decimals show; appendix A of 3.1 gives the example.
        for (score, nearest, next, nextOfFive) in [
            (4.0, 40, 40, 40), (4.02, 40, 41, 41), (4.000_001, 40, 41, 40), (4.05, 41, 41, 41), (0, 0, 0, 0), (10, 100, 100, 100)
        ] {
            let fine = FineScore(score)
            #expect(fine.nearestTenth == nearest && fine.nextTenth == next, "\(score)")
            #expect(fine.nextTenthOfFiveDecimals == nextOfFive, "\(score)")
        }
        #expect(FineScore(0.1 + 0.2).nextTenth == 3, "the noise of binary fractions rounds nothing up")
    }

    @Test func `takes metrics in any order, and the others beside the base metrics`() throws {
        let vector = try CVSSVector("CVSS:3.1/A:H/I:H/C:H/S:C/UI:N/PR:N/AC:L/AV:N/E:P/MS:X")
        #expect(vector.baseScore == 10 && vector.version == .v31)
        #expect(try CVSSVector("AV:N/AC:L/Au:N/C:N/I:N/A:N").baseScore == 0)
    }

    @Test func `refuses what is no vector of a version it scores`() {
        let refused: [(String, CVSSError.Code)] = [
            ("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", .version), ("CVSS:3.2/AV:N", .version),
            ("", .malformed), ("CVSS:3.1/", .malformed), ("CVSS:3.1/AV:N/", .malformed), ("CVSS:3.1/AV:X", .malformed),
            ("CVSS:3.1/AV:N:N", .malformed), ("CVSS:3.1/av:N", .malformed), ("CVSS:3.1/Au:N", .malformed),
            ("(AV:N/AC:L/Au:N/C:N/I:N/A:N)", .malformed), ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H", .incomplete),
            ("AV:N/AC:L/Au:N/C:N/I:N", .incomplete), ("CVSS:3.0/AV:N/AV:N", .repeated),
            ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:P/E:P", .repeated)
        ]
        for (text, code) in refused {
            let error = #expect(throws: CVSSError.self) { try CVSSVector(text) }
            #expect(error?.code == code, "\(text)")
        }
    }
}
