import JSONText
import TestSupport
import Testing

@Suite struct JSONTextPlaceTests {
    @Test func `names the value at every offset`() {
        let text = #"{"a":[10,{"b/c":"x","~":[]}],"d":{},"e":1}"#
        let places: [(String, String)] = [
            ("{\"a", ""), ("a\"", "/a"), (":[10", "/a"), ("10", "/a/0"), ("{\"b", "/a/1"), ("b/c", "/a/1/b~1c"),
            ("x\"", "/a/1/b~1c"), ("[]", "/a/1/~0"), ("{}", "/d"), ("1}", "/e"), ("}],", "/a/1"), ("],\"d", "/a")
        ]
        let bytes = Array(text.utf8)
        for (needle, pointer) in places {
            let offset = bytes.indices.first { bytes[$0...].starts(with: needle.utf8) }
            #expect(JSONText.pointer(toByteOffset: offset ?? -1, in: bytes) == pointer, "\(needle)")
        }
        #expect(JSONText.pointer(toByteOffset: bytes.count, in: bytes) == "")
    }

    @Test func `names the place of an error in broken text`() throws {
        for (text, pointer) in [
            (#"{"affected":[{"ranges":[{},{"type":?}]}]}"#, "/affected/0/ranges/1/type"),
            (#"{"a":1,"b":{"x":1,"x":2}}"#, "/b/x"), (#"[[],[1,01]]"#, "/1/1"), (#"[1,]"#, ""), (#"{"a" 1}"#, "/a"),
            (#"{"k\u0065y":tru?"#, "/key"), (#"{"a":"\x"}"#, "/a"), ("[1,2", "/1")
        ] {
            let error = #expect(throws: JSONError.self) { try JSONValue(parsing: text) }
            let offset = error?.byteOffset ?? -1
            #expect(JSONText.pointer(toByteOffset: offset, in: Array(text.utf8)) == pointer, "\(text) \(offset)")
        }
    }

    @Test func `names many places in one scan, whatever their order`() {
        let bytes = Array(#"{"a":[10,{"b/c":"x","~":[]}],"d":{},"e":1}"#.utf8)
        let offsets = (0...bytes.count).reversed() + [5, 5, 0]
        let together = bytes.withUnsafeBufferPointer { JSONText.pointers(toByteOffsets: offsets, in: $0) }
        #expect(together == offsets.map { JSONText.pointer(toByteOffset: $0, in: bytes) })
    }

    @Test func `never fails on any offset of any bytes`() {
        var generator = SeededGenerator(seed: 7)
        let alphabet = Array("{}[]\",:\\a1 \u{e9}".utf8)
        for _ in 0..<2000 {
            let bytes = (0..<30).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &generator)] }
            for offset in -1...31 { _ = JSONText.pointer(toByteOffset: offset, in: bytes) }
        }
    }

    @Test func `counts lines and columns from one`() {
        let bytes = Array("{\n  \"a\": 1,\n\n?".utf8)
        #expect(JSONText.lineAndColumn(ofByteOffset: 0, in: bytes) == (1, 1))
        #expect(JSONText.lineAndColumn(ofByteOffset: 4, in: bytes) == (2, 3))
        #expect(JSONText.lineAndColumn(ofByteOffset: bytes.count - 1, in: bytes) == (4, 1))
    }
}

extension JSONTextPlaceTests {
    @Test func `finds the bytes a pointer leads to`() {
        let text = #"{"a":[10, {"b/c":"x","~":[]}],"":{"":1},"m~n":2}"#
        let bytes = Array(text.utf8)
        for (pointer, value) in [
            ("", text), ("/a/0", "10"), ("/a/1/b~1c", #""x""#), ("/a/1/~0", "[]"), ("/", #"{"":1}"#), ("//", "1"), ("/m~0n", "2")
        ] {
            let range = JSONText.byteRange(ofPointer: pointer, in: bytes)
            #expect(range.map { String(decoding: bytes[$0], as: UTF8.self) } == value, "\(pointer)")
        }
        for pointer in ["a", "/b", "/a/2", "/a/01", "/a/-", "/a/0/0", "/a/+1"] {
            #expect(JSONText.byteRange(ofPointer: pointer, in: bytes) == nil, "\(pointer)")
        }
        #expect(JSONText.byteRange(ofPointer: "", in: Array("[".utf8)) == nil)
    }
}
