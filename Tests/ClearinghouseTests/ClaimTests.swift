import AdvisoryFormats
import Foundation
import Sealing
import TestSupport
import Testing

@testable import Clearinghouse

@Suite struct ClaimTests {
    private struct Vectors: Decodable { let vectors: [Vector] }
    private struct Vector: Decodable {
        let name, salt, repo, subPath, location, cwe: String
        let expected, notExpected: String?
    }

    private static let path = "ai-findings/finding-hash-vectors.json"

    @Test(.enabled(if: SharedSuite.has(path))) func `finding hashes are equal and different as scrutineer has them`() throws {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let vectors = try decoder.decode(Vectors.self, from: Data(SharedSuite.bytes(Self.path))).vectors
        for vector in vectors {
            let hash = Digest(
                hashing: FindingHash.message(
                    salt: vector.salt, repository: vector.repo, subPath: vector.subPath, location: vector.location,
                    weaknesses: vector.cwe)
            ).hex
            if let expected = vector.expected { #expect(hash == expected, "\(vector.name)") }
            if let other = vector.notExpected { #expect(hash != other, "\(vector.name)") }
        }
        #expect(vectors.count == 25)
    }

    @Test func `a claim is held while its member is here`() async throws {
        let house = try House()
        let finder = try await house.enrol("lab-a", as: .finder)
        let federation = try #require(Federation(salt: "s", contact: "desk@clearinghouse.example"))
        let claims = Claims(journal: house.journal, federation: federation)
        let report = FindingReport(
            title: "x", repository: "https://git.example/ACME/Lib.git", weakness: "CWE-79", file: "src/Parse.go")
        func hash(_ location: String, salt: String = "s") -> Digest {
            Digest(
                hashing: FindingHash.message(
                    salt: salt, repository: "https://git.example/acme/lib", location: location, weaknesses: "cwe-79"))
        }
        try await house.expectRefusal(.unavailable, "until all was read once") {
            _ = try await claims.contact(for: hash("src/parse.go:42"))
        }
        while try await claims.extend() {}
        #expect(try await claims.contact(for: hash("src/parse.go:42")) == nil)
        try await house.submit(report, by: finder)
        try await house.submit(Sample.report("without a repository"), by: finder)
        while try await claims.extend() {}
        #expect(try await claims.contact(for: hash("src/parse.go:42")) == federation.contact)
        #expect(try await claims.contact(for: hash("src/other.go")) == nil)
        #expect(try await claims.contact(for: hash("src/parse.go", salt: "other")) == nil)
        try await house.membership.withdraw("lab-a", reason: "leaves", by: House.desk)
        #expect(try await claims.contact(for: hash("src/parse.go:42")) == nil)
        #expect(Federation(salt: "", contact: "x") == nil)
        #expect(Federation(salt: "x", contact: "") == nil)
    }
}
