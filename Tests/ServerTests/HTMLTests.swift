import TestKit
import Testing

@testable import Server

@Suite
struct HTMLTests {
    @Test
    func `escapes text for text and for attributes`() {
        let markup: HTML = "<a title=\"\("\"><script>&'")\">\("<b>&amp;")</a>"
        #expect(
            String(decoding: markup.bytes, as: UTF8.self)
                == "<a title=\"&quot;&gt;&lt;script&gt;&amp;&#39;\">&lt;b&gt;&amp;amp;</a>")
    }

    @Test
    func `keeps the direction of others' text to itself and replaces control characters`() {
        let markup: HTML = "<p>\(said: "a\u{202E}b\u{0}\u{7}\r\n")</p>"
        #expect(String(decoding: markup.bytes, as: UTF8.self) == "<p><bdi>a\u{202E}b\u{FFFD}\u{FFFD}\u{FFFD}\n</bdi></p>")
    }

    @Test
    func `encodes what becomes a segment of a path`() {
        let markup: HTML = "/advisories/\(segment: "x_a/b\"<?#%é..")"
        #expect(String(decoding: markup.bytes, as: UTF8.self) == "/advisories/x_a%2Fb%22%3C%3F%23%25%C3%A9..")
    }

    @Test
    func `never lets a value become markup, whatever the value`() {
        let seed = UInt64.random(in: .min ... .max)
        var random = SeededRandom(seed: seed)
        for _ in 0..<5_000 {
            let value = HostileText.random(using: &random)
            let markup: HTML = "<p title=\"\(value)\"><a href=\"/x/\(segment: value)\">\(said: value)</a>\(value)</p>"
            let text = String(decoding: markup.bytes, as: UTF8.self)
            #expect(
                Markup.tags(in: text) == ["<p>", "<a>", "<bdi>", "</bdi>", "</a>", "</p>"],
                "seed \(seed): \(value.debugDescription)")
            #expect(text.utf8.count { $0 == UInt8(ascii: "\"") } == 4, "seed \(seed): \(value.debugDescription)")
        }
    }

    @Test
    func `groups numbers by thousands`() {
        let numbers: [(Int64, String)] = [
            (0, "0"), (999, "999"), (1_000, "1,000"), (-1_234_567, "-1,234,567"), (.max, "9,223,372,036,854,775,807")
        ]
        for (number, text) in numbers { #expect(HTML.grouped(number) == text) }
    }

    @Test
    func `decodes what it encodes, and refuses what nobody encodes`() {
        let seed = UInt64.random(in: .min ... .max)
        var random = SeededRandom(seed: seed)
        for _ in 0..<2_000 {
            let text = HostileText.random(using: &random).filter { $0 != "\0" }
            #expect(PercentEncoding.decode(PercentEncoding.encode(text)) == text, "seed \(seed): \(text.debugDescription)")
        }
        for broken in ["%", "%4", "%4g", "%g4", "%ff", "%c3", "%00", "%-1"] {
            #expect(PercentEncoding.decode(broken) == nil, "\(broken)")
        }
        #expect(PercentEncoding.decode("a+b", plusIsSpace: true) == "a b")
        #expect(PercentEncoding.decode("a+b") == "a+b")
    }
}

/// Text made to break out of wherever it is put.
enum HostileText {
    private static let pieces = [
        "<", ">", "\"", "'", "&", "</p>", "<script>", "</title>", "</style>", "<!--", "-->", "javascript:", "`", "=", " ", "\n",
        "\t", "\r",
        "\u{0}", "\u{B}", "\u{7F}", "\u{85}", "\u{202E}", "\u{2028}", "\u{FEFF}", "é", "🌊", "&lt;", "&#60;", "%3C", "]]>", "/",
        "\\", "\u{300}", "a", "Z", "0",
        "onerror=alert(1)", "<img src=x>", "<svg/onload=1>", "=\""
    ]

    static func random(using random: inout SeededRandom) -> String {
        (0..<Int(random.next() % 12)).map { _ in pieces[Int(random.next() % UInt64(pieces.count))] }.joined()
    }
}

/// The little of an HTML tokenizer that tells tags from text.
enum Markup {
    /// Tags by name, in order, attributes left out. Quotes inside a tag are honoured, as a browser does.
    static func tags(in text: String) -> [String] {
        var tags: [String] = []
        var rest = Array(text.utf8)[...]
        while let open = rest.firstIndex(of: UInt8(ascii: "<")) {
            var (tag, quote): ([UInt8], UInt8?) = ([], nil)
            var index = open + 1
            while index < rest.endIndex, quote != nil || rest[index] != UInt8(ascii: ">") {
                let byte = rest[index]
                if byte == quote {
                    quote = nil
                } else if quote == nil, byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                    quote = byte
                }
                tag.append(byte)
                index += 1
            }
            let name = tag.prefix { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\n") }
            tags.append("<\(String(decoding: name, as: UTF8.self))>")
            rest = rest[min(index + 1, rest.endIndex)...]
        }
        return tags
    }
}
