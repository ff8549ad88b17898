import TestSupport
import Testing

@testable import AdvisoryFormats

@Suite struct ValueSyntaxTests {
    private func holds(_ rule: (UnsafeBufferPointer<UInt8>) -> Bool, _ text: String) -> Bool {
        var copy = text
        return copy.withUTF8(rule)
    }

    @Test func `reads RFC 3339 timestamps as moments`() {
        for (text, seconds) in [
            ("1970-01-01T00:00:00Z", 0 as Int64), ("2000-02-29T12:30:45Z", 951_827_445), ("1969-12-31T23:59:59Z", -1),
            ("0001-01-01T00:00:00Z", -62_135_596_800), ("9999-12-31T23:59:59Z", 253_402_300_799),
            ("1996-12-19T16:39:57-08:00", 851_042_397), ("1990-12-31T23:59:60Z", 662_688_000),
            ("1990-12-31T15:59:60-08:00", 662_688_000), ("2026-01-01t00:00:00z", 1_767_225_600),
            ("1937-01-01T12:00:27.87+00:20", -1_041_337_173), ("0000-03-01T00:00:00Z", -62_162_035_200)
        ] {
            #expect(WrittenTimestamp(text)?.secondsSince1970 == seconds, "\(text)")
        }
        #expect(WrittenTimestamp("2026-01-01T00:00:00.1234567891Z")?.nanoseconds == 123_456_789)
    }

    @Test func `refuses what is no RFC 3339 timestamp`() {
        for text in [
            "", "2026-01-01", "2026-01-01T00:00Z", "2026-01-01T00:00:00", "2026-01-01 00:00:00Z", "2026-13-01T00:00:00Z",
            "2026-00-01T00:00:00Z", "2026-04-31T00:00:00Z", "2025-02-29T00:00:00Z", "1900-02-29T00:00:00Z",
            "2026-01-00T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z", "2026-01-01T00:00:61Z",
            "2026-01-01T12:00:60Z", "2026-01-01T00:00:00.Z", "2026-01-01T00:00:00+24:00", "2026-01-01T00:00:00+0100",
            "2026-01-01T00:00:00Zz", "2026-1-01T00:00:00Z", "+026-01-01T00:00:00Z", "2026-01-01T00:00:00+01:60",
            "2026-01-01T0:00:00Z ", "２026-01-01T00:00:00Z"
        ] {
            #expect(WrittenTimestamp(text) == nil, "\(text)")
        }
    }

    @Test func `writes every moment as a text that reads back`() throws {
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<5000 {
            let seconds = Int64.random(in: -62_167_219_200...253_402_300_799, using: &generator)
            let moment = try #require(WrittenTimestamp(secondsSince1970: seconds))
            #expect(WrittenTimestamp(moment.text)?.secondsSince1970 == seconds, "\(moment.text), seed 11")
        }
        for outside in [-62_167_219_201, 253_402_300_800, Int64.min, .max] {
            #expect(WrittenTimestamp(secondsSince1970: outside) == nil)
        }
    }

    @Test func `compares moments and not texts`() throws {
        let a = try #require(WrittenTimestamp("2026-01-01T01:00:00+01:00"))
        let b = try #require(WrittenTimestamp("2026-01-01T00:00:00.0Z"))
        let c = try #require(WrittenTimestamp("2026-01-01T00:00:00.5Z"))
        #expect(a == b)
        #expect(a < c)
    }

    @Test func `knows URIs by RFC 3986`() {
        for text in [
            "http://a", "ftp://ftp.is.co.za/rfc/rfc1808.txt", "ldap://[2001:db8::7]/c=GB?objectClass?one", "mailto:J@example.com",
            "news:comp.infosystems.www.servers.unix", "tel:+1-816-555-1212", "urn:oasis:names:xml:dtd:4.1.2", "x:", "a+b-c.d:e",
            "http://u:p@h:80/%7Ea/;x=1,2?q=/?#f/?", "file:///etc", "http://[::]/", "http://[v1.a:b]", "http://[::1.2.3.4]:8",
            "http://", "http://h:/", "http://a..b/", "pkg:npm/%40a/b@1"
        ] {
            #expect(holds(URISyntax.isURI, text), "\(text)")
            #expect(holds(URISyntax.isReference, text), "\(text)")
        }
        for text in [
            "", "a", "/a", "//a", "1a:b", ":a", "http://a b", "http://a/%", "http://a/%2", "http://a/%zz", "http://a/<b>",
            "http://a/\"", "http://a/é", "http://[::1", "http://[1]/", "http://[:::]/", "http://[1:2:3:4:5:6:7:8:9]",
            "http://a:b/",
            "http://a#b#c", "http://a/[b]", "http://a\\b", "http://[::1.2.3.256]", "a_b:c", "http://a@b@c/", "http://a/^"
        ] {
            #expect(!holds(URISyntax.isURI, text), "\(text)")
        }
        for (text, isReference) in [
            ("", true), ("src/a.c", true), ("../a?b#c", true), ("//host/x", true), ("a:b/c d", false), ("1:2", false),
            ("./1:2", true), ("src\\a.c", false), ("#f", true), ("?q", true)
        ] {
            #expect(holds(URISyntax.isReference, text) == isReference, "\(text)")
        }
    }

    @Test func `knows weaknesses and finds them in labels`() {
        for (text, number) in [("CWE-1", 1), ("CWE-999999", 999_999), ("CWE-122", 122)] {
            #expect(WeaknessID(text)?.number == number)
        }
        for text in ["CWE-0", "CWE-012", "CWE-1234567", "cwe-1", "CWE-", "CWE-1x", "CWE122", " CWE-1"] {
            #expect(WeaknessID(text) == nil, "\(text)")
        }
        for (label, number) in [
            ("external/cwe/cwe-079", 79), ("CWE-89/sql-in-report", 89), ("cwe-22", 22), ("Cwe-5", 5)
        ] {
            #expect(WeaknessID(label: label)?.number == number, "\(label)")
        }
        for label in ["security", "cwe", "xcwe-79", "cwe-+9", "cwe-", "CWE-79x", "CWE-0"] {
            #expect(WeaknessID(label: label) == nil, "\(label)")
        }
    }

    @Test func `knows CVE identifiers`() {
        for text in ["CVE-2026-1234", "CVE-1999-0001", "CVE-2026-1234567890123456789"] { #expect(CVEID(text) != nil) }
        for text in [
            "CVE-2026-123", "cve-2026-1234", "CVE-26-1234", "CVE-2026-12345678901234567890", "CVE-2026-12a4", "CVE-2026_1234"
        ] {
            #expect(CVEID(text) == nil, "\(text)")
        }
    }

    @Test func `judges severity scores as the OSV patterns do`() {
        let vectors: [(OSVSeverity.Kind, String, Bool)] = [
            (.cvss2, "AV:N/AC:L/Au:N/C:P/I:P/A:P", true), (.cvss2, "A:C/E:POC/CDP:LM/TD:ND/AR:H", true), (.cvss2, "AV:N/", false),
            (.cvss2, "", false), (.cvss2, "CVSS:2.0/AV:N", false), (.cvss2, "AV:X", false), (.cvss2, "E:POCK", false),
            (.cvss3, "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", true), (.cvss3, "CVSS:3.0/A:H", true),
            (.cvss3, "CVSS:3.2/A:H", false), (.cvss3, "CVSS:3.1/", false), (.cvss3, "CVSS:3.1/A:H/A:H", true),
            (.cvss3, "CVSS:3.1/MAV:X/MA:N/RC:R/CR:M", true), (.cvss3, "AV:N/A:H", false), (.cvss3, "CVSS:3.1/au:N", false),
            (.cvss4, "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", true),
            (.cvss4, "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:A/MSI:S/U:Amber", true),
            (.cvss4, "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/U:Amber/E:A", false),
            (.cvss4, "CVSS:4.0/AC:L/AV:N/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", false),
            (.cvss4, "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N", false),
            (.cvss4, "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:A/E:A", false),
            (.ubuntu, "high", true), (.ubuntu, "High", false), (.ubuntu, "", false)
        ]
        for (kind, text, isScore) in vectors {
            #expect(holds({ SeveritySyntax.isScore($0, of: kind) }, text) == isScore, "\(kind) \(text)")
        }
    }
}
