import AdvisoryFormats
import JSONText
import Testing

@Suite struct OSVRecordTests {
    private static let head = #""id":"OSV-1","modified":"2026-01-31T12:00:00Z""#

    private func violations(_ members: String) -> [FormatViolation] {
        OSVRecord.violations(in: Array("{\(Self.head)\(members.isEmpty ? "" : ",")\(members)}".utf8))
    }

    private static let full = #"""
        {"schema_version":"1.7.3","id":"GO-2026-1","modified":"2026-01-31T12:00:00.25Z","published":"2026-01-30T00:00:00Z",
         "withdrawn":"2026-02-28T23:59:59Z","aliases":["CVE-2026-12345"],"related":["a"],"upstream":["b"],"summary":"s",
         "details":"d\n","affected":[{"package":{"ecosystem":"Go","name":"stdlib","purl":"pkg:golang/stdlib","x":1},
           "severity":[{"type":"CVSS_V3","score":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}],
           "ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"1.2.3","note":"n"}],"database_specific":{"k":[]}},
             {"type":"GIT","repo":"https://example.org/r","events":[{"introduced":"0"},
               {"limit":"0123456789abcdef0123456789abcdef01234567"}],"y":null}],
           "versions":["1.0","1.1"],"ecosystem_specific":{"imports":[{"path":"p"}]},"database_specific":{"u":"v"},"z":[1]}],
         "references":[{"type":"FIX","url":"https://example.org/fix?a=b#c"}],
         "credits":[{"name":"A","contact":["mailto:a@example.org"],"type":"FINDER"},{"name":"B"}],
         "database_specific":{"w":true}}
        """#

    @Test func `reads every member into the model`() throws {
        let record = try OSVRecord(parsing: Array(Self.full.utf8))
        #expect(record.id == "GO-2026-1")
        #expect(record.schemaVersion == "1.7.3")
        #expect(record.modified.text == "2026-01-31T12:00:00.25Z")
        #expect(record.published?.secondsSince1970 == 1_769_731_200)
        #expect(record.withdrawn != nil)
        #expect([record.aliases, record.related, record.upstream] == [["CVE-2026-12345"], ["a"], ["b"]])
        #expect([record.summary, record.details] == ["s", "d\n"])
        let affected = try #require(record.affected.first)
        #expect(affected.package?.purl == "pkg:golang/stdlib")
        #expect(affected.package?.extra.map(\.name) == ["x"])
        #expect(affected.severity.map(\.kind) == [.cvss3])
        #expect(affected.ranges.map(\.kind) == [.semver, .git])
        #expect(affected.ranges[0].events.map(\.version) == ["0", "1.2.3"])
        #expect(affected.ranges[0].events[1].extra.map(\.name) == ["note"])
        #expect(affected.ranges[1].repository == "https://example.org/r")
        #expect(affected.ranges[1].events[1].kind == .limit)
        #expect(affected.versions == ["1.0", "1.1"])
        #expect(affected.ecosystemSpecific?.value["imports"]?.array?.count == 1)
        #expect(affected.extra.map { String(decoding: $0.value.bytes, as: UTF8.self) } == ["[1]"])
        #expect(record.references.map(\.kind) == [.fix])
        #expect(record.credits.map(\.kind) == [.finder, nil])
        #expect(record.databaseSpecific?.value == ["w": true])
    }

    @Test func `reads an advisory of GitHub with all it says beside the schema`() throws {
        let text = #"""
            {"schema_version":"1.4.0","id":"GHSA-2234-fmw7-43wr","modified":"2026-01-31T12:00:00Z","published":"2026-01-30T00:00:00Z",
             "withdrawn":"2026-02-01T00:00:00Z","aliases":["CVE-2026-12345"],"summary":"s","details":"d",
             "severity":[{"type":"CVSS_V3","score":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"},
               {"type":"CVSS_V4","score":"CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N"}],
             "affected":[{"package":{"ecosystem":"npm","name":"hono"},"ranges":[{"type":"ECOSYSTEM",
               "events":[{"introduced":"0"},{"fixed":"4.6.5"}]}],"database_specific":{"last_known_affected_version_range":"<= 4.6.4"}}],
             "references":[{"type":"WEB","url":"https://github.com/honojs/hono"}],
             "database_specific":{"cwe_ids":["CWE-352","CWE-79"],"severity":"MODERATE","github_reviewed":true,
               "github_reviewed_at":"2026-01-30T00:00:00Z","nvd_published_at":null}}
            """#
        let record = try OSVRecord(parsing: Array(text.utf8))
        #expect(record.aliases == ["CVE-2026-12345"] && record.withdrawn?.text == "2026-02-01T00:00:00Z")
        #expect(record.severity.map(\.kind) == [.cvss3, .cvss4])
        let specific = record.databaseSpecific?.value
        #expect(specific?["cwe_ids"] == ["CWE-352", "CWE-79"] && specific?["severity"]?.string == "MODERATE")
        #expect(specific?["nvd_published_at"] == .null && specific?["github_reviewed"] == true)
        #expect(record.affected[0].databaseSpecific?.value["last_known_affected_version_range"]?.string == "<= 4.6.4")
        #expect(try JSONValue(parsing: record.bytes()) == JSONValue(parsing: Array(text.utf8)))
    }

    @Test func `writes everything it read`() throws {
        let bytes = Array(Self.full.utf8)
        let written = try OSVRecord(parsing: bytes).bytes()
        #expect(try JSONValue(parsing: written) == JSONValue(parsing: bytes))
    }

    @Test func `refuses what the schema forbids, naming place and byte`() {
        for (members, pointer, code) in [
            (#""surprise":1"#, "/surprise", FormatViolation.Code.unknownMember),
            (#""published":"2026-01-31""#, "/published", .badValue),
            (#""published":"2026-02-29T00:00:00Z""#, "/published", .badValue),
            (#""published":"2026-01-31t00:00:00Z""#, "/published", .badValue),
            (#""published":"2026-01-31T00:00:00+00:00""#, "/published", .badValue),
            (#""published":"2026-01-31T24:00:00Z""#, "/published", .badValue),
            (#""withdrawn":null"#, "/withdrawn", .wrongType), (#""aliases":"CVE-1""#, "/aliases", .wrongType),
            (#""aliases":["a",1]"#, "/aliases/1", .wrongType), (#""related":null"#, "/related", .wrongType),
            (#""summary":7"#, "/summary", .wrongType), (#""database_specific":[]"#, "/database_specific", .wrongType),
            (#""severity":[{"type":"CVSS_V5","score":"x"}]"#, "/severity/0/type", .badValue),
            (#""severity":[{"type":"CVSS_V3","score":"7.5"}]"#, "/severity/0/score", .badValue),
            (#""severity":[{"type":"CVSS_V3"}]"#, "/severity/0", .missingMember),
            (#""severity":{}"#, "/severity", .wrongType),
            (#""affected":[{"package":{"ecosystem":"Go"}}]"#, "/affected/0/package", .missingMember),
            (#""affected":[{"package":{"ecosystem":"Gopher","name":"x"}}]"#, "/affected/0/package/ecosystem", .badValue),
            (#""affected":[{"package":{"ecosystem":"Debian:","name":"x"}}]"#, "/affected/0/package/ecosystem", .badValue),
            (#""affected":[{"package":null}]"#, "/affected/0/package", .wrongType),
            (#""affected":[{"versions":"1"}]"#, "/affected/0/versions", .wrongType),
            (#""affected":[{"ranges":[{"events":[{"introduced":"0"}]}]}]"#, "/affected/0/ranges/0", .missingMember),
            (#""affected":[{"ranges":[{"type":"SEMVER"}]}]"#, "/affected/0/ranges/0", .missingMember),
            (#""affected":[{"ranges":[{"type":"SEMVER","events":[]}]}]"#, "/affected/0/ranges/0/events", .badValue),
            (#""affected":[{"ranges":[{"type":"X","events":[{"introduced":"0"}]}]}]"#, "/affected/0/ranges/0/type", .badValue),
            (
                #""affected":[{"ranges":[{"type":"SEMVER","events":[{"fixed":"1"}]}]}]"#, "/affected/0/ranges/0/events",
                .missingMember
            ),
            (
                #""affected":[{"ranges":[{"type":"SEMVER","events":[{"introduced":"0","fixed":"1"}]}]}]"#,
                "/affected/0/ranges/0/events/0", .badValue
            ),
            (
                #""affected":[{"ranges":[{"type":"GIT","events":[{"introduced":"0"}]}]}]"#, "/affected/0/ranges/0",
                .missingMember
            ),
            (
                #""affected":[{"ranges":[{"type":"GIT","repo":"r","events":[{"introduced":"abc"}]}]}]"#,
                "/affected/0/ranges/0/events/0", .badValue
            ),
            (
                #""affected":[{"ranges":[{"events":[{"introduced":"abc"}],"type":"GIT","repo":"r"}]}]"#,
                "/affected/0/ranges/0/events/0", .badValue
            ),
            (
                #""affected":[{"ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"1"},{"last_affected":"2"}]}]}]"#,
                "/affected/0/ranges/0/events/1", .badValue
            ),
            (#""references":[{"type":"WEB","url":"not a uri"}]"#, "/references/0/url", .badValue),
            (#""references":[{"type":"BLOG","url":"https://a"}]"#, "/references/0/type", .badValue),
            (#""references":[{"url":"https://a"}]"#, "/references/0", .missingMember),
            (#""credits":null"#, "/credits", .wrongType), (#""credits":[{"type":"FINDER"}]"#, "/credits/0", .missingMember),
            (#""credits":[{"name":"a","type":"finder"}]"#, "/credits/0/type", .badValue),
            (#""x":1,"a":2"#, "/x", .unknownMember), (#""id":"OSV-2""#, "/id", .notJSON)
        ] {
            let found = violations(members)
            #expect(found.first?.pointer == pointer, "\(members): \(found)")
            #expect(found.first?.code == code, "\(members): \(found)")
        }
    }

    @Test func `accepts what the schema allows though it looks odd`() {
        for members in [
            "", #""aliases":null,"affected":null,"references":null,"severity":null"#, #""summary":"""#, #""affected":[{}]"#,
            #""affected":[{"ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"1","introduced":2}]}]}]"#,
            #""affected":[{"ranges":[{"type":"ECOSYSTEM","events":[{"introduced":"x"},{"last_affected":"2"},{"limit":"3"}]}]}]"#,
            #""affected":[{"package":{"ecosystem":"Ubuntu:22.04:LTS","name":""}}]"#,
            #""affected":[{"severity":null}],"severity":[]"#,
            #""published":"2016-12-31T23:59:60Z""#, #""references":[{"type":"WEB","url":"urn:x","extra":[]}]"#
        ] {
            #expect(violations(members).isEmpty, "\(members): \(violations(members))")
        }
    }

    @Test func `forbids ratings of packages beside a rating of the record, in either order`() {
        let package = #""affected":[{"severity":[]}]"#
        for members in [#"\#(package),"severity":null"#, #""severity":[],\#(package)"#] {
            #expect(violations(members).map(\.pointer) == ["/affected/0/severity"], "\(members)")
        }
    }

    @Test func `knows the prefixes of the home databases`() {
        for (id, isKnown) in [
            ("x_private-1", true), ("CVE-2026-1", true), ("SUSE-RU-2026:1", true), ("SUSE-XU-1", false), ("openSUSE-SU-1", true),
            ("CVE2026", false), ("cve-2026-1", false), ("XCVE-2026-1", false), ("", false), ("V8-", true)
        ] {
            let text = #"{"id":"\#(id)","modified":"2026-01-31T12:00:00Z"}"#
            #expect(OSVRecord.violations(in: Array(text.utf8)).isEmpty == isKnown, "\(id)")
        }
    }

    @Test func `requires an identifier and a date, and reports both`() {
        let found = OSVRecord.violations(in: Array(" {} ".utf8))
        #expect(found.map(\.code) == [.missingMember, .missingMember])
        #expect(found.map(\.byteOffset) == [1, 1])
    }

    @Test func `reports all violations in byte order and never more than a hundred`() {
        let found = violations(#""references":[{},{"type":1,"url":2}],"summary":0"#)
        #expect(found.map(\.pointer) == ["/references/0", "/references/0", "/references/1/type", "/references/1/url", "/summary"])
        let many = violations(#""related":[\#((0..<500).map { _ in "0" }.joined(separator: ","))]"#)
        #expect(many.count == 100)
    }

    @Test func `refuses to write a record that would break the schema`() throws {
        var record = OSVRecord(id: "unknown-1", modified: try #require(WrittenTimestamp("2026-01-31T12:00:00Z")))
        #expect(throws: FormatRefusal.self) { try record.bytes() }
        record.id = "OSV-1"
        #expect(throws: Never.self) { try record.bytes() }
        record.affected = [OSVAffected(ranges: [OSVRange(kind: .git, events: [OSVEvent(.introduced, "0")])])]
        #expect(throws: FormatRefusal.self) { try record.bytes() }
    }

    @Test func `says that bytes are no JSON with the reader's reason and place`() {
        let found = OSVRecord.violations(in: Array(#"{"id":"OSV-1",}"#.utf8))
        #expect(found.map(\.code) == [.notJSON])
        #expect(found.map(\.byteOffset) == [14])
    }
}
