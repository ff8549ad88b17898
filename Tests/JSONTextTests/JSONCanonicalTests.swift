import JSONText
import Testing

@Suite struct JSONCanonicalTests {
    private func canonical(_ text: String) throws -> String {
        String(decoding: try JSONValue(parsing: text).canonicalBytes(), as: UTF8.self)
    }

    @Test func `prints the example of RFC 8785 section 3.2`() throws {
        let text = #"""
            {"numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
             "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/", "literals": [null, true, false]}
            """#
        let expected =
            #"{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"#
            + #""string":"€$\u000f\nA'B\"\\\\\"/"}"#
        #expect(try canonical(text) == expected)
    }

    @Test func `sorts members by UTF-16 code units as in RFC 8785 section 3.2.3`() throws {
        let text = #"""
            {"\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh", "1": "One",
             "\ud83d\ude00": "Emoji: Grinning Face", "\u0080": "Control", "\u00f6": "Latin Small Letter O With Diaeresis"}
            """#
        let keys = try JSONValue(parsing: canonical(text)).object?.keys
        #expect(keys == ["\r", "1", "\u{80}", "ö", "€", "😀", "\u{fb33}"])
    }

    @Test func `prints doubles as ECMAScript does, from the samples of RFC 8785 appendix B`() throws {
        for (bits, text) in [
            (0x0000_0000_0000_0000 as UInt64, "0"), (0x8000_0000_0000_0000, "0"), (0x0000_0000_0000_0001, "5e-324"),
            (0x8000_0000_0000_0001, "-5e-324"), (0x7fef_ffff_ffff_ffff, "1.7976931348623157e+308"),
            (0xffef_ffff_ffff_ffff, "-1.7976931348623157e+308"), (0x4340_0000_0000_0000, "9007199254740992"),
            (0xc340_0000_0000_0000, "-9007199254740992"), (0x4430_0000_0000_0000, "295147905179352830000"),
            (0x44b5_2d02_c7e1_4af5, "9.999999999999997e+22"), (0x44b5_2d02_c7e1_4af6, "1e+23"),
            (0x44b5_2d02_c7e1_4af7, "1.0000000000000001e+23"), (0x444b_1ae4_d6e2_ef4e, "999999999999999700000"),
            (0x444b_1ae4_d6e2_ef4f, "999999999999999900000"), (0x444b_1ae4_d6e2_ef50, "1e+21"),
            (0x3eb0_c6f7_a0b5_ed8c, "9.999999999999997e-7"), (0x3eb0_c6f7_a0b5_ed8d, "0.000001"),
            (0x41b3_de43_5555_5553, "333333333.3333332"), (0x41b3_de43_5555_5554, "333333333.33333325"),
            (0x41b3_de43_5555_5555, "333333333.3333333"), (0x41b3_de43_5555_5556, "333333333.3333334"),
            (0x41b3_de43_5555_5557, "333333333.33333343")
        ] {
            let number = try #require(JSONNumber(Double(bitPattern: bits)))
            #expect(number.canonicalText == text)
            #expect(try canonical(number.text) == text)
        }
        #expect(JSONNumber(Double.infinity) == nil)
        #expect(JSONNumber(Double.nan) == nil)
    }

    @Test func `prints integers up to 53 bits as they are and larger ones as doubles`() throws {
        for (text, expected) in [
            ("9007199254740992", "9007199254740992"), ("-9007199254740991", "-9007199254740991"), ("-0", "0"),
            ("9007199254740993", "9007199254740992"), ("1152921504606846976", "1152921504606847000"),
            ("1e2", "100"), ("100.0", "100"), ("0.0e9", "0"), ("1e-400", "0"),
            ("123456789012345678901234", "1.2345678901234569e+23"),
            ("1e400", "1e+400"), ("-12.50e400", "-1.25e+401"), ("1000e400", "1e+403"), ("0.001e403", "1e+400")
        ] {
            let once = try canonical(text)
            let twice = try canonical(expected)
            #expect(once == expected)
            #expect(twice == expected, "not a fixed point")
        }
    }

    @Test func `escapes only what must be escaped, in lower case`() throws {
        let all = String(String.UnicodeScalarView((0...0x7F).compactMap { Unicode.Scalar($0 as UInt32) }))
        let expected =
            #""\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f\u0010\u0011\u0012\u0013"#
            + #"\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f !\"#
            + "\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\\\]^_`abcdefghijklmnopqrstuvwxyz{|}~\u{7F}\""
        #expect(String(decoding: JSONValue.string(all).canonicalBytes(), as: UTF8.self) == expected)
    }
}
