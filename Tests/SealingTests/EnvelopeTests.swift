import Sealing
import Testing

@Suite struct EnvelopeTests {
    private func key(_ filler: UInt8) throws -> SigningKey {
        try SigningKey(seed: [UInt8](repeating: filler, count: 32))
    }

    private func envelope(_ fillers: [UInt8], type: String = "t", payload: [UInt8] = [1, 2, 3]) throws -> [UInt8] {
        try DSSEEnvelope(payloadType: type, payload: payload, signedBy: fillers.map { try key($0) }).jsonBytes()
    }

    private func parse(_ text: String) throws -> UnverifiedEnvelope {
        try UnverifiedEnvelope(parsing: Array(text.utf8))
    }

    private func expectRefusal(
        _ code: SealingError.Code, _ comment: String = "", sourceLocation: SourceLocation = #_sourceLocation,
        _ body: () throws -> Void
    ) {
        let error = #expect(throws: SealingError.self, "\(comment)", sourceLocation: sourceLocation) { try body() }
        #expect(error?.code == code, "\(comment)", sourceLocation: sourceLocation)
    }

    /// protocol.md, "Test Vectors".
    @Test func `encodes the example of the DSSE protocol`() {
        let encoded = DSSE.preAuthenticationEncoding(
            payloadType: "http://example.com/HelloWorld", payload: Array("hello world".utf8))
        #expect(encoded == Array("DSSEv1 29 http://example.com/HelloWorld 11 hello world".utf8))
        #expect(DSSE.preAuthenticationEncoding(payloadType: "é", payload: []) == Array("DSSEv1 2 é 0 ".utf8))
    }

    @Test func `gives the payload to whoever trusts enough of the signers`() throws {
        let bytes = try envelope([1, 2])
        let keys = try [key(3).verificationKey, key(2).verificationKey, key(1).verificationKey]
        let verified = try UnverifiedEnvelope(parsing: bytes).verified(by: keys, threshold: 2)
        #expect(verified.payload == [1, 2, 3])
        #expect(verified.payloadType == "t")
        #expect(verified.signers == Array(keys[1...]))
        #expect(try verified.payload(ofType: "t") == [1, 2, 3])
        expectRefusal(.unexpectedPayloadType) { _ = try verified.payload(ofType: "T") }
    }

    @Test func `refuses when fewer distinct trusted keys signed than required`() throws {
        let envelope = try UnverifiedEnvelope(parsing: envelope([1, 1, 2]))
        let one = try key(1).verificationKey
        expectRefusal(.tooFewSignatures) { _ = try envelope.verified(by: [one], threshold: 2) }
        expectRefusal(.tooFewSignatures) { _ = try envelope.verified(by: [one, one], threshold: 2) }
        expectRefusal(.tooFewSignatures) { _ = try envelope.verified(by: [key(3).verificationKey], threshold: 1) }
        expectRefusal(.tooFewSignatures) { _ = try envelope.verified(by: [], threshold: 1) }
        expectRefusal(.tooFewSignatures) { _ = try envelope.verified(by: [one], threshold: 0) }
        expectRefusal(.tooFewSignatures) { _ = try envelope.verified(by: [one], threshold: -1) }
    }

    @Test func `a signature over another type or payload does not count`() throws {
        let text = try String(decoding: envelope([1]), as: UTF8.self)
        let trusted = try [key(1).verificationKey]
        _ = try parse(text).verified(by: trusted, threshold: 1)
        for (old, new) in [(#""payloadType":"t""#, #""payloadType":"u""#), ("AQID", "AQIE")] {
            let changed = text.replacing(old, with: new)
            #expect(changed != text)
            expectRefusal(.tooFewSignatures, new) { _ = try parse(changed).verified(by: trusted, threshold: 1) }
        }
    }

    @Test func `signatures of other schemes and misleading hints are skipped over`() throws {
        let message = DSSE.preAuthenticationEncoding(payloadType: "t", payload: [])
        let signature = try Base64.encode(key(1).signature(for: message).bytes)
        let misleading = try key(2).verificationKey.keyID
        let text = #"""
            {"payloadType":"t","signatures":[{"keyid":"x","sig":"AAAA"},{"keyid":"\#(misleading)",
             "sig":"\#(signature)","extra":[]}],"payload":"","more":{}}
            """#
        let verified = try parse(text).verified(by: [key(2).verificationKey, key(1).verificationKey], threshold: 1)
        #expect(verified.signers == [try key(1).verificationKey])
    }

    @Test func `reads both alphabets, as a verifier must`() throws {
        let payload: [UInt8] = [0xFB, 0xFF, 0xBE, 0xFF]
        let text = try String(decoding: envelope([1], payload: payload), as: UTF8.self)
        #expect(text.contains("+/++/w=="))
        for other in ["-_--_w==", "-_--_w"] {
            let changed = text.replacing("+/++/w==", with: other)
            let verified = try parse(changed).verified(by: [key(1).verificationKey], threshold: 1)
            #expect(verified.payload == payload)
        }
    }

    @Test func `what it writes reads back`() throws {
        let payload = (0...255).map { UInt8($0) }
        let written = try DSSEEnvelope(payloadType: "a/b; c=\"d\"\n", payload: payload, signedBy: [key(1)])
        let verified = try UnverifiedEnvelope(parsing: written.jsonBytes())
            .verified(by: [key(1).verificationKey], threshold: 1)
        #expect(verified.payload == payload)
        #expect(verified.payloadType == written.payloadType)
        #expect(written.signatures.map(\.keyID) == [try key(1).verificationKey.keyID])
    }

    @Test func `refuses what is not an envelope`() throws {
        let signature = #"{"sig":"AAAA"}"#
        for text in [
            "", "[]", "{}", "null", #"{"payload":"","payloadType":"t","signatures":[]}"#,
            #"{"payload":"","payloadType":"","signatures":[\#(signature)]}"#,
            #"{"payload":"","signatures":[\#(signature)]}"#, #"{"payloadType":"t","signatures":[\#(signature)]}"#,
            #"{"payload":"","payloadType":"t"}"#, #"{"payload":"","payloadType":"t","signatures":[{}]}"#,
            #"{"payload":"","payloadType":"t","signatures":\#(signature)}"#,
            #"{"payload":1,"payloadType":"t","signatures":[\#(signature)]}"#,
            #"{"payload":"A","payloadType":"t","signatures":[\#(signature)]}"#,
            #"{"payload":"AB==","payloadType":"t","signatures":[\#(signature)]}"#,
            #"{"payload":"+_==","payloadType":"t","signatures":[\#(signature)]}"#,
            #"{"payload":"","payload":"","payloadType":"t","signatures":[\#(signature)]}"#,
            #"{"payload":"","payloadType":"t","signatures":[\#(signature)]} x"#
        ] {
            expectRefusal(.malformedEnvelope, text) { _ = try parse(text) }
        }
        func many(_ count: Int) -> String {
            let signatures = Array(repeating: signature, count: count).joined(separator: ",")
            return #"{"payload":"","payloadType":"t","signatures":[\#(signatures)]}"#
        }
        _ = try parse(many(UnverifiedEnvelope.maximumSignatureCount))
        expectRefusal(.malformedEnvelope) { _ = try parse(many(UnverifiedEnvelope.maximumSignatureCount + 1)) }
        expectRefusal(.malformedEnvelope) { _ = try DSSEEnvelope(payloadType: "t", payload: [], signedBy: []) }
        expectRefusal(.malformedEnvelope) { _ = try envelope([1], type: "") }
    }

    @Test func `says where an envelope is broken`() {
        let error = #expect(throws: SealingError.self) {
            try parse(#"{"payload":"","payloadType":"t","signatures":[{"sig":"AAAA"},{"sig":"?"}]}"#)
        }
        #expect(error?.path == "/signatures/1/sig")
    }
}
