import Sealing
import Testing

@Suite struct Base64Tests {
    /// RFC 4648 section 10.
    private static let samples = [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy")
    ]

    @Test func `writes and reads the samples of RFC 4648`() throws {
        for (plain, text) in Self.samples {
            let bytes = Array(plain.utf8)
            let bare = text.replacing("=", with: "")
            #expect(Base64.encode(bytes) == text)
            #expect(Base64.encode(bytes, alphabet: .url, padding: .absent) == bare)
            #expect(try Base64.decode(text) == bytes)
            #expect(try Base64.decode(bare, alphabet: .url, padding: .absent) == bytes)
            #expect(try Base64.decode(bare, alphabet: .url, padding: .optional) == bytes)
            #expect(try Base64.decode(text, alphabet: .url, padding: .optional) == bytes)
        }
    }

    @Test func `the alphabets differ in two characters, and neither reads the other's`() throws {
        let bytes: [UInt8] = [0xFB, 0xFF, 0xBE]
        #expect(Base64.encode(bytes) == "+/++")
        #expect(Base64.encode(bytes, alphabet: .url) == "-_--")
        #expect(try Base64.decode("+/++") == bytes)
        #expect(try Base64.decode("-_--", alphabet: .url) == bytes)
        for text in ["-AAA", "_AAA"] {
            #expect(throws: SealingError.self, "\(text)") { try Base64.decode(text) }
        }
        for text in ["+AAA", "/AAA"] {
            #expect(throws: SealingError.self, "\(text)") { try Base64.decode(text, alphabet: .url) }
        }
    }

    @Test func `refuses every text but the canonical one`() {
        for text in [
            "Zg", "Zg=", "Zg===", "Zm8", "Zm9v=", "Zm9v====", "Z", "Z===", "=", "==", "====", "Zg==Zg==", "Zm9v\n",
            " Zm9v", "Zm\n9v", "Zm9*", "Zh==", "Zm9=", "Z=g=", "Zé==", "Zm9v\0"
        ] {
            let error = #expect(throws: SealingError.self, "\(text.debugDescription)") { try Base64.decode(text) }
            #expect(error?.code == .malformedBase64, "\(text.debugDescription)")
        }
        for text in ["Zg==", "Zm8=", "Zh", "Zm9", "Z"] {
            #expect(throws: SealingError.self, "\(text)") {
                try Base64.decode(text, alphabet: .url, padding: .absent)
            }
        }
        for text in ["Zg=", "Zm8==", "Zm9v=", "Z"] {
            #expect(throws: SealingError.self, "\(text)") {
                try Base64.decode(text, alphabet: .url, padding: .optional)
            }
        }
    }

    @Test func `names the offending character`() {
        let error = #expect(throws: SealingError.self) { try Base64.decode("Zm9vZm*v") }
        #expect(error?.path == "byte 6")
    }

    @Test func `of all four-character texts, exactly those decode that encode something`() throws {
        var accepted = 0
        let characters = Array("ABCEIQgw/+=".utf8)
        for a in characters {
            for b in characters {
                for c in characters {
                    for d in characters {
                        let text = String(decoding: [a, b, c, d], as: UTF8.self)
                        guard let bytes = try? Base64.decode(text) else { continue }
                        #expect(Base64.encode(bytes) == text)
                        accepted += 1
                    }
                }
            }
        }
        // The values are 0, 1, 2, 4, 8, 16, 32, 48, 63 and 62, so that every bit stands alone. All 10^4 full groups; with
        // two bytes, a third character whose two low bits are zero (0, 4, 8, 16, 32, 48); with one byte, a second whose
        // four low bits are zero (0, 16, 32, 48).
        #expect(accepted == 10 * 10 * 10 * 10 + 10 * 10 * 6 + 10 * 4)
    }

    @Test func `all lengths and byte values read back`() throws {
        for count in 0..<300 {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ count) }
            for alphabet in [Base64.Alphabet.standard, .url] {
                for padding in [Base64.Padding.required, .absent, .optional] {
                    let text = Base64.encode(bytes, alphabet: alphabet, padding: padding)
                    #expect(try Base64.decode(text, alphabet: alphabet, padding: padding) == bytes, "\(count) bytes")
                }
            }
        }
    }
}
