import JSONText
import Testing

@Suite struct JSONReaderTests {
    private func read<R>(
        _ text: String, _ body: (inout JSONReader) throws(JSONError) -> R
    ) throws(JSONError) -> R {
        try JSONReader.read(Array(text.utf8), body)
    }

    @Test func `reads members in order and hands over each value once`() throws {
        var seen: [String] = []
        try read(#" { "a" : 1 , "b":[true,null] , "c\n" : "x" } "#) { (reader) throws(JSONError) in
            try reader.readObject { (reader, key) throws(JSONError) in
                seen.append(String(key))
                switch key {
                case "a": seen.append("\(try reader.readInteger())")
                case "b": try reader.readArray { (reader) throws(JSONError) in seen.append("\(try reader.peek())") }
                case "c\n": seen.append(try reader.readString())
                default: break
                }
            }
        }
        #expect(seen == ["a", "1", "b", "bool", "null", "c\n", "x"])
    }

    @Test func `skips and still checks a value the caller leaves unread`() throws {
        var keys: [String] = []
        try read(#"{"a":{"deep":[1,2,{"x":"y"}]},"b":2}"#) { (reader) throws(JSONError) in
            try reader.readObject { (_, key) throws(JSONError) in keys.append(key.string) }
        }
        #expect(keys == ["a", "b"])
        let error = #expect(throws: JSONError.self) {
            try read(#"{"a":{"x":01}}"#) { (reader) throws(JSONError) in
                try reader.readObject { (_, _) throws(JSONError) in }
            }
        }
        #expect(error?.code == .badNumber)
        #expect(throws: JSONError.self) { try read("[1,]") { (_) throws(JSONError) in } }
    }

    @Test func `returns the byte range of a skipped value`() throws {
        let text = #"{"a": [1, "é"] ,"b":2}"#
        var ranges: [Range<Int>] = []
        try read(text) { (reader) throws(JSONError) in
            try reader.readObject { (reader, _) throws(JSONError) in ranges.append(try reader.skipValue()) }
        }
        let bytes = Array(text.utf8)
        #expect(ranges.map { String(decoding: bytes[$0], as: UTF8.self) } == [#"[1, "é"]"#, "2"])
    }

    @Test func `tells the kind of every value by its first byte`() throws {
        var kinds: [JSONKind] = []
        try read(#"[{},[],"",-1,0,true,false,null]"#) { (reader) throws(JSONError) in
            try reader.readArray { (reader) throws(JSONError) in kinds.append(try reader.peek()) }
        }
        #expect(kinds == [.object, .array, .string, .number, .number, .bool, .bool, .null])
    }

    @Test func `compares names decoded, by code points`() throws {
        var matches: [Bool] = []
        try read(#"{"\u0069d":1,"id2":2,"e\u0301":3,"":4}"#) { (reader) throws(JSONError) in
            try reader.readObject { (_, key) throws(JSONError) in
                matches += [key == "id", key == "id2", key == "\u{e9}", key == ""]
            }
        }
        #expect(matches.enumerated().filter(\.element).map(\.offset) == [0, 5, 15])
    }

    @Test func `decodes every escape and surrogate pair`() throws {
        let text = #""\"\\\/\b\f\n\r\t\u0041\u00e9\u20AC\ud83d\uDE00 é€😀""#
        let decoded = try read(text) { (reader) throws(JSONError) in try reader.readString() }
        #expect(decoded == "\"\\/\u{8}\u{c}\n\r\tAé€😀 é€😀")
    }

    @Test func `reads integers to the ends of 64 bits and refuses others`() throws {
        for (text, value) in [
            ("9223372036854775807", Int64.max), ("-9223372036854775808", .min), ("0", 0), ("-0", 0), ("-17", -17)
        ] {
            #expect(try read(text) { (reader) throws(JSONError) in try reader.readInteger() } == value)
        }
        for text in ["9223372036854775808", "-9223372036854775809", "1.0", "1e2", "99999999999999999999999"] {
            let error = #expect(throws: JSONError.self, "\(text)") {
                try read(text) { (reader) throws(JSONError) in try reader.readInteger() }
            }
            #expect(error?.code == .badValue, "\(text)")
        }
    }

    @Test func `keeps the text of a number`() throws {
        let number = try read("-12.50E+07") { (reader) throws(JSONError) in try reader.readNumber() }
        #expect(number.text == "-12.50E+07")
        #expect(number.double == -12.5e7)
        #expect(number.integer == nil)
    }

    @Test func `says which kind was found instead of the wanted one`() throws {
        let error = #expect(throws: JSONError.self) {
            try read(#"{"a": "x"}"#) { (reader) throws(JSONError) in
                try reader.readObject { (reader, _) throws(JSONError) in _ = try reader.readInteger() }
            }
        }
        #expect(error?.code == .wrongType)
        #expect(error?.description == "expected a number, found string at byte 6")
    }

    @Test func `reads a slice with offsets from its own start`() throws {
        let line = Array("xx[1,?]yy".utf8)
        let error = #expect(throws: JSONError.self) {
            try JSONReader.read(line[2..<7]) { (reader) throws(JSONError) in try reader.skipValue() }
        }
        #expect(error?.byteOffset == 3)
    }

    @Test func `hands out string bytes without decoding when there is no escape`() throws {
        let lengths = try read(#"["abc","a\nc"]"#) { (reader) throws(JSONError) in
            var lengths: [[UInt8]] = []
            try reader.readArray { (reader) throws(JSONError) in
                lengths.append(try reader.readStringToken().withDecodedBytes { Array($0) })
            }
            return lengths
        }
        #expect(lengths == [Array("abc".utf8), Array("a\nc".utf8)])
    }
}
