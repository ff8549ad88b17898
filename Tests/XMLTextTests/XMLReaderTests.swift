import TestSupport
import Testing
import XMLText

@Suite struct XMLReaderTests {
    /// Events as words: `+name` with attributes, `"text"`, `-`.
    private static func events(_ text: String, limits: XMLLimits = .standard) throws(XMLError) -> [String] {
        try XMLReader.read(Array(text.utf8), limits: limits) { (reader) throws(XMLError) in
            var words: [String] = []
            while let event = try reader.next() {
                switch event {
                case .start(let element):
                    let attributes = element.attributes.map { " \(qualified($0.name))=\($0.value.string)" }
                    words.append("+" + qualified(element.name) + attributes.joined())
                case .text(let characters): words.append("\"\(characters.string)\"")
                case .end: words.append("-")
                }
            }
            return words
        }
    }

    private static func qualified(_ name: XMLName) -> String {
        name.namespace.isEmpty ? name.local : "{\(name.namespace)}\(name.local)"
    }

    @Test func `reads elements, attributes and text with namespaces resolved`() throws {
        let cases: [(String, [String])] = [
            ("<a/>", ["+a", "-"]), ("\u{FEFF}<?xml version='1.0' encoding=\"utf-8\" standalone='no' ?>\n<a></a >\n", ["+a", "-"]),
            ("<a b='1' c=\"x&amp;&#x41;&#66;\"/>", ["+a b=1 c=x&AB", "-"]),
            ("<a>x &lt;y&gt; &quot;&apos;</a>", ["+a", "\"x <y> \"'\"", "-"]),
            ("<a>1<!-- no & --><?pi a?b?>2<![CDATA[<&]]]]><![CDATA[>]]></a>", ["+a", "\"1\"", "\"2\"", "\"<&]]\"", "\">\"", "-"]),
            ("<a x='1\n2\t3\r\n4&#10;5'>1\r\n2\r3</a>", ["+a x=1 2 3 4\n5", "\"1\n2\n3\"", "-"]),
            (
                "<a xmlns='u' xmlns:p='v' p:x='1' x='2'><p:b/><c xmlns=''/></a>",
                ["+{u}a {v}x=1 x=2", "+{v}b", "-", "+c", "-", "-"]
            ),
            ("<a xml:lang='de' p:q='' xmlns:p='v'/>", ["+a {http://www.w3.org/XML/1998/namespace}lang=de {v}q=", "-"]),
            ("<é.1·>ü</é.1·>", ["+é.1·", "\"ü\"", "-"]), ("<a>]] ></a><!-- end --><?p?>", ["+a", "\"]] >\"", "-"])
        ]
        for (text, expected) in cases { #expect(try Self.events(text) == expected, "\(text)") }
    }

    @Test func `refuses what is not well formed, at its place`() {
        let cases: [(String, XMLError.Code, Int)] = [
            ("", .unexpectedEnd, 0), ("  ", .unexpectedEnd, 2), ("<a>", .unexpectedEnd, 3), ("<a", .unexpectedEnd, 2),
            ("<a></b>", .mismatchedTag, 3), ("<a/></a>", .mismatchedTag, 4), ("<a/><b/>", .outsideRoot, 4),
            ("<a/>x", .outsideRoot, 4),
            ("x<a/>", .outsideRoot, 0), ("<a b='1' b='2'/>", .duplicateAttribute, 9),
            ("<a xmlns:p='u' xmlns:q='u' p:b='1' q:b='2'/>", .duplicateAttribute, 35),
            ("<a xmlns='u' xmlns='v'/>", .duplicateAttribute, 0), ("<p:a/>", .undeclaredPrefix, 1),
            ("<a p:b=''/>", .undeclaredPrefix, 3),
            ("<a xmlns:p=''/>", .badNamespace, 3), ("<a xmlns:xml='u'/>", .badNamespace, 3),
            ("<a xmlns:xmlns='u'/>", .badNamespace, 3),
            ("<a b=1/>", .badMarkup, 5), ("<a b='1'c='2'/>", .badMarkup, 8), ("<a b='<'/>", .badCharacter, 6),
            ("<a b/>", .badMarkup, 4),
            ("<a>&x;</a>", .badReference, 3), ("<a>& </a>", .badReference, 3), ("<a>&#0;</a>", .badReference, 3),
            ("<a>&#xD800;</a>", .badReference, 3), ("<a>&#+9;</a>", .badReference, 3), ("<a>\u{1}</a>", .badCharacter, 3),
            ("<a>\u{FFFE}</a>", .badCharacter, 3), ("<a>]]></a>", .badMarkup, 3), ("<a><!-- -- --></a>", .badMarkup, 8),
            ("<a><!-- ", .unexpectedEnd, 8), ("<a><![CDATA[", .unexpectedEnd, 12), ("<1a/>", .badName, 1),
            ("<a:b:c/>", .badMarkup, 4),
            ("<!DOCTYPE a><a/>", .documentType, 0), ("<!ENTITY a 'b'><a/>", .badMarkup, 0),
            (" <?xml version='1.0'?><a/>", .badMarkup, 1),
            ("<?xml version='1.0' encoding='ISO-8859-1'?><a/>", .unsupportedEncoding, 41),
            ("<?xml encoding='UTF-8'?><a/>", .badMarkup, 5),
            ("<?xml version='2.0'?><a/>", .badMarkup, 19), ("<![CDATA[x]]><a/>", .outsideRoot, 0), ("<a/ >", .badMarkup, 2)
        ]
        for (text, code, offset) in cases {
            let error = #expect(throws: XMLError.self, "\(text)") { try Self.events(text) }
            #expect(error?.code == code && error?.byteOffset == offset, "\(text): \(error.map(String.init(describing:)) ?? "")")
        }
    }

    @Test func `refuses other encodings and more than its limits allow`() {
        let encodings: [([UInt8], XMLError.Code)] = [
            ([0x3C, 0x61, 0xFF, 0x2F, 0x3E], .badUTF8), ([0xFE, 0xFF, 0x00, 0x3C], .unsupportedEncoding)
        ]
        for (bytes, code) in encodings {
            let error = #expect(throws: XMLError.self) { try XMLReader.read(bytes) { (_) throws(XMLError) in } }
            #expect(error?.code == code)
        }
        let limits = XMLLimits(maximumDepth: 2, maximumBytes: 40, maximumAttributes: 1)
        for (text, code) in [
            ("<a><b><c/></b></a>", XMLError.Code.tooDeep), ("<a b='' c=''/>", .tooMany),
            (String(repeating: " ", count: 41), .tooLarge)
        ] {
            let error = #expect(throws: XMLError.self) { try Self.events(text, limits: limits) }
            #expect(error?.code == code, "\(text)")
        }
    }

    @Test func `skips an element with all it holds`() throws {
        let text = "<a><b x='1'><c>1</c><d/></b><e/><f/></a>"
        let names = try XMLReader.read(Array(text.utf8)) { (reader) throws(XMLError) in
            var names: [String] = []
            while let event = try reader.next() {
                guard case .start(let element) = event else { continue }
                names.append(element.name.local)
                if ["b", "e"].contains(element.name.local) { try reader.skipElement() }
            }
            return names
        }
        #expect(names == ["a", "b", "e", "f"])
    }

    @Test func `names the place of an offset`() {
        let text = "<a><b/><b x='1' y='2'>t<c/></b></a>"
        let paths = Array(text.utf8).withUnsafeBufferPointer { XMLText.paths(toByteOffsets: [16, 0, 7, 22, 23, 4, 99], in: $0) }
        #expect(paths == ["/a/b[2]/@y", "/a", "/a/b[2]", "/a/b[2]", "/a/b[2]/c", "/a/b", ""])
    }

    @Test func `never crashes on a cut or changed document`() {
        let text = "<?xml version='1.0'?><a xmlns='u' xmlns:p='v' p:x='&amp;é'><!-- c --><p:b>t&#65;<![CDATA[x]]></p:b><c/></a>"
        let bytes = Array(text.utf8)
        for end in bytes.indices {
            #expect(throws: XMLError.self) { try XMLReader.read(Array(bytes[..<end])) { (_) throws(XMLError) in } }
        }
        let seed = UInt64.random(in: 0...UInt64.max)
        var generator = SeededGenerator(seed: seed)
        print("seed \(seed)")
        for _ in 0..<5_000 {
            var changed = bytes
            for _ in 0...generator.below(3) { changed[generator.below(changed.count)] = UInt8(generator.below(256)) }
            do throws(XMLError) {
                try XMLReader.read(changed) { (_) throws(XMLError) in }
            } catch {
                #expect((0...changed.count).contains(error.byteOffset), "seed \(seed)")
            }
        }
    }
}
