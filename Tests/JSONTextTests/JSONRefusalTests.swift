import JSONText
import Testing

@Suite struct JSONRefusalTests {
    /// Text, code and offset of the offending byte.
    private static let refusals: [(String, JSONError.Code, Int)] = [
        ("", .unexpectedEnd, 0), ("   ", .unexpectedEnd, 3), ("\u{FEFF}{}", .unexpectedByte, 0),
        ("{}x", .trailingBytes, 2), ("1 2", .trailingBytes, 2), ("{}{}", .trailingBytes, 2), ("[],", .trailingBytes, 2),
        ("[1,]", .unexpectedByte, 3), ("[,1]", .unexpectedByte, 1), ("[1 2]", .unexpectedByte, 3),
        ("[1", .unexpectedEnd, 2), ("[", .unexpectedEnd, 1), ("]", .unexpectedByte, 0), ("[}", .unexpectedByte, 1),
        ("{\"a\":1,}", .unexpectedByte, 7), ("{a:1}", .unexpectedByte, 1), ("{'a':1}", .unexpectedByte, 1),
        ("{1:1}", .unexpectedByte, 1), ("{\"a\" 1}", .unexpectedByte, 5), ("{\"a\":}", .unexpectedByte, 5),
        ("{\"a\"", .unexpectedEnd, 4), ("{\"a\":1", .unexpectedEnd, 6), ("{\"a\":1]", .unexpectedByte, 6),
        ("{,}", .unexpectedByte, 1), ("{\"a\":1 \"b\":2}", .unexpectedByte, 7), ("[1:2]", .unexpectedByte, 2),
        ("tru", .unexpectedEnd, 3), ("trve", .unexpectedByte, 2), ("True", .unexpectedByte, 0), ("nul", .unexpectedEnd, 3),
        ("falsy", .unexpectedByte, 4), ("nulll", .trailingBytes, 4), ("NaN", .unexpectedByte, 0),
        ("Infinity", .unexpectedByte, 0), ("-Infinity", .badNumber, 1), ("undefined", .unexpectedByte, 0),
        ("01", .badNumber, 1), ("-01", .badNumber, 2), ("-", .unexpectedEnd, 1), ("+1", .unexpectedByte, 0),
        (".5", .unexpectedByte, 0), ("1.", .unexpectedEnd, 2), ("[1.]", .badNumber, 3), ("1e", .unexpectedEnd, 2),
        ("[1e]", .badNumber, 3), ("1e+", .unexpectedEnd, 3), ("[1e+]", .badNumber, 4), ("[1.e1]", .badNumber, 3),
        ("0x10", .trailingBytes, 1), ("[0x10]", .unexpectedByte, 2), ("1_000", .trailingBytes, 1), ("--1", .badNumber, 1),
        ("[-]", .badNumber, 2), ("[- 1]", .badNumber, 2), ("[1.2.3]", .unexpectedByte, 4), ("0e0.5", .trailingBytes, 3),
        ("\"", .unexpectedEnd, 1), ("\"abc", .unexpectedEnd, 4), ("\"abcdefghijk", .unexpectedEnd, 12),
        ("\"a\u{0}b\"", .badString, 2), ("\"a\nb\"", .badString, 2), ("\"a\tb\"", .badString, 2),
        ("\"1234567\u{1F}\"", .badString, 8), ("\"12345678\u{1}\"", .badString, 9),
        (#""\x41""#, .badString, 2), (#""\'""#, .badString, 2), (#""\U0041""#, .badString, 2), (#""\u004""#, .badString, 6),
        (#""\u00g1""#, .badString, 5), (#""\u"#, .unexpectedEnd, 3), (#""\"#, .unexpectedEnd, 2), (#""\""#, .unexpectedEnd, 3),
        (#""\ud800""#, .badString, 1), (#""\udc00""#, .badString, 1), (#""ab\ud800x""#, .badString, 3),
        (#""\ud800\u0041""#, .badString, 1), (#""\ud800\ud800""#, .badString, 1), (#""\udc00\ud800""#, .badString, 1),
        (#""\ud83d\n""#, .badString, 1), (#""\ud83d\ude00\ude00""#, .badString, 13),
        ("\u{A0}1", .unexpectedByte, 0), ("[1\u{0B}]", .unexpectedByte, 2), ("[1\u{0C}]", .unexpectedByte, 2),
        ("/* c */ 1", .unexpectedByte, 0), ("1 // c", .trailingBytes, 2), ("[1]\u{0}", .trailingBytes, 3),
        (#"{"a":1,"a":2}"#, .duplicateKey, 7), (#"{"a":1,"\u0061":2}"#, .duplicateKey, 7),
        (#"{"":1,"":2}"#, .duplicateKey, 6), (#"[{"x":{"k":0,"l":1,"k":2}}]"#, .duplicateKey, 19),
        (#"{"abcdefghij":1,"abcdefghij":2}"#, .duplicateKey, 16)
    ]

    private func skip(_ bytes: [UInt8], limits: JSONLimits = .standard) throws(JSONError) {
        _ = try JSONReader.read(bytes, limits: limits) { (reader) throws(JSONError) in try reader.skipValue() }
    }

    @Test func `refuses what RFC 8259 does not allow, at the offending byte, the same way when skipping and reading`() {
        for (text, code, offset) in Self.refusals {
            for readsTree in [false, true] {
                do throws(JSONError) {
                    if readsTree { _ = try JSONValue(parsing: text) } else { try skip(Array(text.utf8)) }
                    Issue.record("accepted \(text.debugDescription), tree: \(readsTree)")
                } catch {
                    #expect(error.code == code, "\(text.debugDescription) tree: \(readsTree): \(error)")
                    #expect(error.byteOffset == offset, "\(text.debugDescription) tree: \(readsTree): \(error)")
                }
            }
        }
    }

    @Test func `accepts what RFC 8259 allows`() throws {
        for text in [
            "0", "-0", "-0.0", "1e0", "1E+2", "1e-2", "0.1", "0e5", "123456789012345678901234567890", "1e400",
            "\"\"", "\"\\u0000\"", "\"\u{7F}\"", "\"\u{2028}\"", "\"\u{FEFF}\"", "\"\\uDBFF\\uDFFF\"", "\"\u{10FFFF}\"",
            "\"\\uFFFF\"", "true", "false", "null", "[]", "{}", "[[]]", " [ ] ", "\t{\r\n}\n", "{\"\":0}",
            "{\"a\":{\"a\":{\"a\":0}}}", "[{\"a\":1},{\"a\":1}]", "{\"e\u{301}\":1,\"\u{e9}\":2}", "{\"A\":1,\"a\":2}"
        ] {
            #expect(throws: Never.self, "\(text)") { try skip(Array(text.utf8)) }
            #expect(throws: Never.self, "\(text)") { try JSONValue(parsing: text) }
        }
    }

    @Test func `refuses a document cut anywhere`() {
        let text = Array(#"{"id":"GO-1\n\ud83d\ude00é","n":-1.5e+10,"list":[true,false,null,{"x":[]}],"z":""}"#.utf8)
        #expect(throws: Never.self) { try skip(text) }
        for length in 0..<text.count {
            #expect(throws: JSONError.self, "cut at \(length)") { try skip(Array(text[..<length])) }
            #expect(throws: JSONError.self, "cut at \(length)") { try JSONValue(parsing: Array(text[..<length])) }
        }
    }

    @Test func `names the first byte that is not UTF-8, wherever it stands`() {
        let bad: [[UInt8]] = [
            [0x80], [0xC3], [0xC0, 0xAF], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xFF], [0xF5],
            [0xF0, 0x80, 0x80, 0x80], [0xE0, 0x9F, 0xBF]
        ]
        for prefix in ["", String(repeating: "a", count: 70), String(repeating: "é", count: 40)] {
            for sequence in bad {
                for position in 0...prefix.utf8.count where Array(prefix.utf8)[..<position].isWhole {
                    let text = Array(prefix.utf8)
                    let bytes = [0x22] + text[..<position] + sequence + [0x41] + text[position...] + [0x22]
                    let error = #expect(throws: JSONError.self) { try skip(bytes) }
                    #expect(error?.code == .badUTF8, "\(sequence) at \(position)")
                    #expect(error?.byteOffset == position + 1, "\(sequence) at \(position)")
                }
            }
        }
    }

    @Test func `refuses one level more than the limit and no less`() throws {
        func nested(_ depth: Int) -> [UInt8] {
            [UInt8](repeating: UInt8(ascii: "["), count: depth) + [UInt8](repeating: UInt8(ascii: "]"), count: depth)
        }
        #expect(throws: Never.self) { try skip(nested(100)) }
        for read in [skipTwoHundred, parseTwoHundred] {
            let error = #expect(throws: JSONError.self) { try read(nested(200)) }
            #expect(error?.code == .tooDeep)
            #expect(error?.byteOffset == 100)
        }
        #expect(throws: Never.self) { try skip(nested(200), limits: JSONLimits(maximumDepth: 200)) }
        #expect(throws: JSONError.self) { try skip(nested(513), limits: JSONLimits(maximumDepth: .max)) }
        let objects = Array(String(repeating: "{\"a\":", count: 200).utf8)
        #expect(throws: JSONError.self) { try skip(objects) }
    }

    private func skipTwoHundred(_ bytes: [UInt8]) throws(JSONError) { try skip(bytes) }
    private func parseTwoHundred(_ bytes: [UInt8]) throws(JSONError) { _ = try JSONValue(parsing: bytes) }

    @Test func `refuses a document above the size limit before reading it`() {
        let error = #expect(throws: JSONError.self) {
            try skip(Array("[1,2,3]".utf8), limits: JSONLimits(maximumBytes: 6))
        }
        #expect(error?.code == .tooLarge)
        #expect(throws: Never.self) { try skip(Array("[1,2]".utf8), limits: JSONLimits(maximumBytes: 5)) }
    }

    @Test func `finds a duplicate among a hundred thousand names without slowing down`() throws {
        let names = (0..<100_000).map { "\"k\($0)\":0" }
        let clock = ContinuousClock()
        let text = Array("{\(names.joined(separator: ","))}".utf8)
        let elapsed = try clock.measure { try skip(text) }
        // Comparing all pairs would take 5e9 comparisons, minutes in a debug build.
        #expect(elapsed < .seconds(20))
        for duplicate in ["k0", "k16", "k17", "k99999", "\\u006b5"] {
            let broken = Array("{\(names.joined(separator: ",")),\"\(duplicate)\":1}".utf8)
            let error = #expect(throws: JSONError.self) { try skip(broken) }
            #expect(error?.code == .duplicateKey)
            #expect(error?.byteOffset == text.count, "\(duplicate)")
        }
    }

    @Test func `finds duplicates on both sides of the change from list to table`() {
        for count in 1...40 {
            for duplicate in 0..<count {
                let names = (0..<count).map { "\"name-\($0)\":{\"a\":0,\"b\":[{\"a\":1}]}" } + ["\"name-\(duplicate)\":0"]
                let error = #expect(throws: JSONError.self) { try skip(Array("{\(names.joined(separator: ","))}".utf8)) }
                #expect(error?.code == .duplicateKey, "\(duplicate) of \(count)")
            }
        }
    }
}

extension ArraySlice<UInt8> {
    /// Whether the slice ends between characters.
    fileprivate var isWhole: Bool { String(validating: self, as: UTF8.self) != nil }
}

extension JSONRefusalTests {
    @Test func `quotes hostile names on one short line`() throws {
        let long = String(repeating: "x", count: 500)
        for (name, shown) in [
            (#"a\nb"#, #"a\u{A}b"#), (#"\u202eevil"#, #"\u{202E}evil"#), ("é😀", "é😀"),
            (long, String(repeating: "x", count: 64) + "…")
        ] {
            let error = #expect(throws: JSONError.self) { try JSONValue(parsing: "{\"\(name)\":1,\"\(name)\":2}") }
            #expect(error?.reason == "duplicate key \"\(shown)\"")
        }
    }
}
