import Testing

@testable import AdvisoryFormats

@Suite struct TOMLReaderTests {
    private func parse(_ text: String) throws(TextFault) -> TOMLTable { try TOMLReader.parse(Array(text.utf8)).root }

    @Test func `reads the four kinds of strings`() throws {
        let text = #"""
            basic = "a\tb\u00E9\U0001F600\"\\"
            literal = 'C:\x'
            "quoted key" = """
            one\
                 two ""quoted"" \u0041
            three"""
            'l' = '''
            raw \n 'x' ''''
            empty = ""
            """#
        let root = try parse(text)
        #expect(root.string("basic") == "a\tbé😀\"\\" && root.string("literal") == #"C:\x"#)
        #expect(root.string("quoted key") == "onetwo \"\"quoted\"\" A\nthree" && root.string("l") == #"raw \n 'x' '"#)
        #expect(root.string("empty") == "")
    }

    @Test func `reads tables, arrays of tables, dotted keys and inline tables`() throws {
        let root = try parse(
            """
            a.b.c = "dotted" # comment
            list = [ "x", # one
              { y = "z", w.v = 1 },
            ]
            [t]
            k = true
            [t.sub]
            k = 2024-01-01 10:00:00.5+01:00
            [[p]]
            n = "1"
            [p.q]
            r = -1_000.5e3
            [[p]]
            n = "2"
            """)
        #expect(root.table("a")?.table("b")?.string("c") == "dotted")
        #expect(root.tables("list")?.map { $0.string("y") } == ["z"])
        #expect(root.table("t")?.table("sub")?.scalar("k") == "2024-01-01 10:00:00.5+01:00")
        #expect(root.tables("p")?.map { $0.string("n") } == ["1", "2"])
        #expect(root.tables("p")?.first?.table("q")?.scalar("r") == "-1_000.5e3")
    }

    @Test func `refuses what TOML forbids, with the place`() {
        let cases: [(String, Int)] = [
            ("a = 1\na = 2", 6), ("[a]\n[a]", 4), ("a = {b = 1}\n[a.c]", 12), ("[[a]]\n[a]", 6), ("a = [1]\n[[a]]", 8),
            ("a.b = 1\na = 2", 8),
            ("[a.b.c]\n[a]\nb.d = 1", 12), ("a = ", 4), ("a = x", 4), ("a = 01", 4), ("a = 1__0", 4), ("a = \"x", 4),
            ("a = \"\\q\"", 5),
            ("a = \"\\uD800\"", 5), ("= 1", 0), ("a", 1), ("a = 1 b = 2", 6), ("[a", 2), ("a = [1", 4), ("a = [1 2]", 7),
            ("a = {b = 1,}", 11),
            ("a = 'x\ny'", 4), ("a = 1\r", 5), ("a = \u{7F}", 4), ("a = 2024-1-01", 4), ("a = '''x''", 4)
        ]
        for (text, offset) in cases {
            let fault = #expect(throws: TextFault.self, "\(text)") { try TOMLReader.parse(Array(text.utf8)) }
            #expect(fault?.byteOffset == offset, "\(text): \(String(describing: fault))")
        }
        let deep = "a = " + String(repeating: "[", count: 5_000)
        #expect(throws: TextFault.self) { try TOMLReader.parse(Array(deep.utf8)) }
        #expect(throws: TextFault.self) { try TOMLReader.parse([0x61, 0x3D, 0xFF]) }
    }
}
