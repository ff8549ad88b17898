import CivilTime
import Testing

@testable import Server

@Suite
struct TimeWordsTests {
    @Test
    func `writes moments in UTC with day and clock`() throws {
        let moment = try #require(Timestamp(rfc3339: "2026-12-01T12:05:09.250Z"))
        #expect(TimeWords.utc(moment) == "2026-12-01 12:05:09 UTC")
        #expect(TimeWords.long(moment) == "Tuesday, 1 December 2026, 12:05:09 UTC")
        #expect(TimeWords.long(try #require(Timestamp(rfc3339: "2026-12-01T12:05:00Z"))) == "Tuesday, 1 December 2026, 12:05 UTC")
    }

    @Test
    func `tells what is left by its two largest units`() {
        let now = Timestamp(millisecondsSinceEpoch: 1_795_000_000_000)
        let spans: [(Int64, String)] = [
            (0, "ended 0 seconds ago"), (999, "0 seconds left"), (1_000, "1 second left"), (61_000, "1 minute 1 second left"),
            (3_600_000, "1 hour left"),
            (90_000_000, "1 day 1 hour left"), (86_400_000 * 30, "30 days left"), (86_460_000, "1 day left"),
            (-7_200_000, "ended 2 hours ago")
        ]
        for (milliseconds, words) in spans {
            #expect(
                TimeWords.remaining(until: now.advanced(by: .milliseconds(milliseconds)), now: now) == words, "\(milliseconds)")
        }
    }
}

@Suite
struct StylesheetTests {
    /// Relative luminance and contrast as WCAG 2.2 defines them.
    private static func luminance(_ colour: String) -> Double {
        let digits = colour.dropFirst().flatMap { colour.utf8.count == 4 ? [$0, $0] : [$0] }
        let parts = stride(from: 0, to: 6, by: 2).map { index -> Double in
            let value = Double(Int(String(digits[index...index + 1]), radix: 16) ?? 0) / 255
            return value <= 0.04045 ? value / 12.92 : power((value + 0.055) / 1.055)
        }
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    }

    /// x to the power of 2.4, by Newton's method on y⁵ = x¹².
    private static func power(_ base: Double) -> Double {
        var twelfth = 1.0
        for _ in 0..<12 { twelfth *= base }
        var root = 1.0
        for _ in 0..<60 { root -= (root * root * root * root * root - twelfth) / (5 * root * root * root * root) }
        return root
    }

    @Test
    func `keeps a contrast of 4·5 to 1 between every text and its ground, in the light and in the dark`() throws {
        let css = Stylesheet.text.description
        let schemes = css.split(separator: ":root{").prefix(2).map { $0.prefix { $0 != "}" } }
        try #require(schemes.count == 2)
        let light = Self.colours(schemes[0])
        let dark = light.merging(Self.colours(schemes[1])) { $1 }
        let pairs = [
            ("ink", "ground"), ("ink", "raised"), ("quiet", "ground"), ("quiet", "raised"), ("link", "ground"),
            ("link", "raised"), ("ground", "link"),
            ("good", "good-ground"), ("bad", "bad-ground"), ("warn", "warn-ground")
        ]
        for (name, scheme) in [("light", light), ("dark", dark)] {
            for (text, ground) in pairs {
                let values = [Self.luminance(try #require(scheme[text])), Self.luminance(try #require(scheme[ground]))].sorted()
                let contrast = (values[1] + 0.05) / (values[0] + 0.05)
                #expect(contrast >= 4.5, "\(name): \(text) on \(ground) has \(contrast)")
            }
        }
    }

    private static func colours(_ scheme: Substring) -> [String: String] {
        let pairs = scheme.split(separator: ";").compactMap { declaration -> (String, String)? in
            let parts = declaration.split(separator: ":")
            guard parts.count == 2, parts[0].hasPrefix("--") else { return nil }
            return (String(parts[0].dropFirst(2)), String(parts[1]))
        }
        return Dictionary(pairs) { $1 }
    }
}
