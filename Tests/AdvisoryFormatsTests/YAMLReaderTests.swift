import Testing

@testable import AdvisoryFormats

@Suite struct YAMLReaderTests {
    /// The value in a notation of its own: `{key=value}`, `[element]`.
    private func shape(_ text: String) throws -> String { shape(try YAMLReader.parse(Array(text.utf8))) }

    private func shape(_ node: YAMLNode) -> String {
        switch node.content {
        case .scalar(let text): text
        case .sequence(let elements): "[" + elements.map { shape($0) }.joined(separator: "|") + "]"
        case .mapping(let members): "{" + members.map { "\($0.key)=\(shape($0.value))" }.joined(separator: "|") + "}"
        }
    }

    @Test func `reads block and flow containers`() throws {
        let cases = [
            ("", ""), ("# only\n", ""), ("---\na: 1\n", "{a=1}"), ("a:\n  b: c # d\n  e:\nf: g", "{a={b=c|e=}|f=g}"),
            ("a:\n- x\n- y: 1\n  z: 2\n-\n  w\nb: c", "{a=[x|{y=1|z=2}|w]|b=c}"), ("- - a\n  - b\n- c", "[[a|b]|c]"),
            ("a: {b: c, 'd': [e, \"f\"], g: {}}", "{a={b=c|d=[e|f]|g={}}}"), ("a: [\n  b,\n  c,\n]\n", "{a=[b|c]}"),
            ("'a: b': c\n\"d\": e#f", "{a: b=c|d=e#f}"), ("? long\n: value\n? other\n:\n  a: b", "{long=value|other={a=b}}"),
            ("/a@1(b@2): x\nurl: http://x/y", "{/a@1(b@2)=x|url=http://x/y}"),
            ("a: 'it''s'\nb: \"x\\n\\u00e9\"", "{a=it's|b=x\né}"),
            ("a: >-\n  one\n  two\n\n  three\nb: |\n  x\n   y\nc: 1", "{a=one two\nthree|b=x\n y\n|c=1}"),
            ("a: \"one\n  two\"\nb: c", "{a=one two|b=c}"), ("a: '>=4'\r\nb: c\r\n", "{a=>=4|b=c}"), ("[a, b]", "[a|b]"),
            ("a: -1\nb: -x\nc: a:b", "{a=-1|b=-x|c=a:b}"),
            ("a: one\n  two\n\n  three\nb: c", "{a=one two\nthree|b=c}"), ("- one\n  two # c\n- x", "[one two|x]"),
            ("a: \"x\\_y\\L\"", "{a=x\u{A0}y\u{2028}}"), ("a: one\n\n# c\nb: c", "{a=one|b=c}"),
            ("a:\n  one\n  two\n", "{a=one two}")
        ]
        for (text, expected) in cases { #expect(try shape(text) == expected, "\(text)") }
    }

    @Test func `refuses what it does not understand, with the place`() {
        let cases: [(String, Int)] = [
            ("a: &x b", 3), ("a: *x", 3), ("a: !!str b", 3), ("%YAML 1.2\n---\na: b", 0), ("a: b\n---\nc: d", 5),
            ("a: one\n  two: x", 12), ("a: one # c\n  two", 13),
            ("a: b\na: c", 5), ("a: b\n c: d", 7), ("a:\n\tb: c", 4), ("a: {b: c", 3), ("a: 'b", 3), ("a: \"b", 3),
            ("a: \"\\q\"", 4),
            ("a: b: c", 4), ("a: 'b' c", 7), ("- a\nb", 4), ("a: {b c: d e: f}", 12), ("<<<<<<< HEAD\na: b", 14),
            ("a: {b: c, b: d}", 10),
            ("a: @x", 3), ("a:\n  - b\n c: d", 10)
        ]
        for (text, offset) in cases {
            let fault = #expect(throws: TextFault.self, "\(text)") { try YAMLReader.parse(Array(text.utf8)) }
            #expect(fault?.byteOffset == offset, "\(text): \(String(describing: fault))")
        }
        for deep in ["a: " + String(repeating: "[", count: 5_000), String(repeating: "- ", count: 5_000)] {
            #expect(throws: TextFault.self) { try YAMLReader.parse(Array(deep.utf8)) }
        }
    }
}
