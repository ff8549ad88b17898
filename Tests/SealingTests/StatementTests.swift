import JSONText
import Sealing
import Testing

@Suite struct StatementTests {
    private func statement() throws -> InTotoStatement {
        try InTotoStatement(
            subjects: [.init(name: "a.tar.gz", sha256: Digest(hashing: "a")), .init(name: nil, sha256: Digest(hashing: "b"))],
            predicateType: "https://example.org/verdict/v1", predicate: JSONObject([("ok", .bool(true))]))
    }

    @Test func `prints canonical JSON and reads it back`() throws {
        let text = String(decoding: try statement().jsonBytes(), as: UTF8.self)
        #expect(
            text == #"{"_type":"https://in-toto.io/Statement/v1","predicate":{"ok":true},"#
                + #""predicateType":"https://example.org/verdict/v1","subject":["#
                + #"{"digest":{"sha256":"\#(Digest(hashing: "a").hex)"},"name":"a.tar.gz"},"#
                + #"{"digest":{"sha256":"\#(Digest(hashing: "b").hex)"}}]}"#)
        #expect(try InTotoStatement(parsing: Array(text.utf8)) == statement())
    }

    @Test func `travels in an envelope of its own type only`() throws {
        let key = try SigningKey(seed: [UInt8](repeating: 1, count: 32))
        func verified(_ type: String) throws -> VerifiedEnvelope {
            let envelope = try DSSEEnvelope(payloadType: type, payload: statement().jsonBytes(), signedBy: [key])
            return try UnverifiedEnvelope(parsing: envelope.jsonBytes()).verified(by: [key.verificationKey], threshold: 1)
        }
        #expect(try InTotoStatement(verified(InTotoStatement.payloadType)) == statement())
        let error = #expect(throws: SealingError.self) { try InTotoStatement(verified("application/json")) }
        #expect(error?.code == .unexpectedPayloadType)
    }

    @Test func `ignores what it does not know, and takes an absent predicate for an empty one`() throws {
        let hex = Digest(hashing: "a").hex
        let text = #"""
            {"_type":"https://in-toto.io/Statement/v1","subject":[{"uri":"x","digest":{"sha512":"00","sha256":"\#(hex)"}}],
             "predicateType":"p","later":1}
            """#
        let parsed = try InTotoStatement(parsing: Array(text.utf8))
        #expect(parsed.subjects == [.init(name: nil, sha256: Digest(hashing: "a"))])
        #expect(parsed.predicate.isEmpty)
    }

    @Test func `refuses what is not a Statement v1, and says where`() throws {
        let good = String(decoding: try statement().jsonBytes(), as: UTF8.self)
        for (old, new, path) in [
            ("Statement/v1", "Statement/v0.1", "/_type"), ("\"_type\"", "\"type\"", "/_type"),
            ("\"https://example.org/verdict/v1\"", "\"\"", "/predicateType"), ("predicateType", "x", "/predicateType"),
            (#"{"ok":true}"#, "[]", "/predicate"), (#"{"ok":true}"#, "null", "/predicate"),
            ("\"name\":\"a.tar.gz\"", "\"name\":1", "/subject/0/name"), ("\"subject\"", "\"s\"", "/subject"),
            (Digest(hashing: "b").hex, "00", "/subject/1/digest/sha256"), ("sha256", "sha384", "/subject/0/digest/sha256")
        ] {
            let text = good.replacing(old, with: new)
            #expect(text != good)
            let error = #expect(throws: SealingError.self, "\(old)") { try InTotoStatement(parsing: Array(text.utf8)) }
            #expect(error?.code == .malformedStatement, "\(old)")
            #expect(error?.path == path, "\(old)")
        }
        let none = #"{"_type":"https://in-toto.io/Statement/v1","subject":[],"predicateType":"p"}"#
        #expect(throws: SealingError.self) { try InTotoStatement(parsing: Array(none.utf8)) }
        #expect(throws: SealingError.self) { try InTotoStatement(parsing: []) }
    }
}
