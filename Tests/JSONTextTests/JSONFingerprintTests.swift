import JSONText
import TestSupport
import Testing

@Suite struct JSONFingerprintTests {
    private func fingerprint(_ text: String) throws -> UInt64? {
        try JSONReader.read(Array(text.utf8)) { (reader) throws(JSONError) in
            let range = try reader.skipValue()
            return reader.valueFingerprint(of: range)
        }
    }

    @Test func `equal values have the same fingerprint`() throws {
        for (a, b) in [
            (#"{"a":1,"b":"x"}"#, #"{ "b" : "x", "a" : 1.0 }"#), ("[1e2, true]", "[100,true]"), (#""""#, #" "" "#),
            (#"{"long name of a member":["value"]}"#, #"{"long name of a member": [ "value" ]}"#)
        ] {
            #expect(try fingerprint(a) == fingerprint(b) && fingerprint(a) != nil, "\(a) \(b)")
        }
    }

    @Test func `values that differ in a text differ in the fingerprint`() throws {
        for (a, b) in [
            (#""a""#, #""b""#), (#"{"a":"b"}"#, #"{"a":"c"}"#), ("[true]", "[false]"), (#"["12345678x"]"#, #"["12345678y"]"#),
            ("{}", "[]"),
            (#"["https://example.org/1"]"#, #"["https://example.org/2"]"#)
        ] {
            #expect(try fingerprint(a) != fingerprint(b), "\(a) \(b)")
        }
    }

    @Test func `texts with escapes have none, and ranges outside the document neither`() throws {
        #expect(try fingerprint(#"["\u0061"]"#) == nil)
        let outside = try JSONReader.read(Array("[1]".utf8)) { (reader) throws(JSONError) in reader.valueFingerprint(of: 0..<9) }
        #expect(outside == nil)
    }

    @Test func `random values that are equal never differ`() throws {
        let seed: UInt64 = 99
        var random = RandomJSON(generator: SeededGenerator(seed: seed))
        for round in 0..<500 {
            let value = random.value()
            // Escapes give none in one form and in the other.
            let compact = try fingerprint(String(decoding: value.bytes(), as: UTF8.self))
            let pretty = try fingerprint(String(decoding: value.bytes(pretty: true), as: UTF8.self))
            #expect(compact == pretty, "seed \(seed), round \(round)")
        }
    }
}
