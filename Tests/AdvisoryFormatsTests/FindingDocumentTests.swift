import AdvisoryFormats
import JSONText
import PackageIdentity
import Testing

@Suite struct FindingDocumentTests {
    private static let full = #"""
        {"title":"Heap overflow in parse","package":"pkg:npm/left-pad@1.3.0","repository":"https://example.org/r.git",
         "commit":"0123456789abcdef0123456789abcdef01234567","weakness":"CWE-122",
         "location":{"file":"src/parse.c","function":"parse","startLine":42,"column":7},"description":"d","severity":"high",
         "patch":"--- a/src/parse.c\n+++ b/src/parse.c\n@@ -1 +1 @@\n-a\n+b\n","crash":"SUMMARY: AddressSanitizer: …",
         "renames":[{"from":"src/read.c","to":"src/parse.c"}],"entry":"main","sink":"memcpy",
         "fingerprints":{"stack":"aa","line":"bb"},
         "provenance":{"model":"m","version":"1","harness":"h","promptPolicyHash":"sha256:00","humanReviewed":false,"run":3},
         "idempotencyKey":"run-1/finding-1","discoveredAt":"2026-01-31T12:00:00+01:00","novel":{"a":[1.50,null]}}
        """#

    @Test func `reads every member and keeps unknown ones as they were written`() throws {
        let finding = try FindingDocument(parsing: Array(Self.full.utf8))
        #expect(finding.title == "Heap overflow in parse")
        #expect(finding.package?.description == "pkg:npm/left-pad@1.3.0")
        #expect(finding.repository == "https://example.org/r.git")
        #expect(finding.commit?.count == 40)
        #expect(finding.weakness?.number == 122)
        #expect(finding.location?.file == "src/parse.c")
        #expect(finding.location?.function == "parse")
        #expect(finding.location?.startLine == 42)
        #expect(finding.location?.extra.map(\.name) == ["column"])
        #expect(finding.patch?.hasSuffix("@@ -1 +1 @@\n-a\n+b\n") == true && finding.crash?.hasPrefix("SUMMARY") == true)
        #expect(finding.renames == [FindingRename(from: "src/read.c", to: "src/parse.c")])
        #expect(finding.entry == "main" && finding.sink == "memcpy")
        #expect(finding.severity == .high)
        #expect(finding.fingerprints == ["stack": "aa", "line": "bb"])
        #expect(finding.provenance?.model == "m")
        #expect(finding.provenance?.promptPolicyHash == "sha256:00")
        #expect(finding.provenance?.humanReviewed == false)
        #expect(finding.provenance?.extra.map(\.name) == ["run"])
        #expect(finding.idempotencyKey == "run-1/finding-1")
        #expect(finding.discoveredAt?.secondsSince1970 == 1_769_857_200)
        #expect(finding.extra.map { String(decoding: $0.value.bytes, as: UTF8.self) } == [#"{"a":[1.50,null]}"#])
    }

    @Test func `writes one line that reads back equal and has every member`() throws {
        let bytes = Array(Self.full.utf8)
        let finding = try FindingDocument(parsing: bytes)
        let line = try finding.bytes()
        #expect(!line.contains(UInt8(ascii: "\n")))
        #expect(try FindingDocument(parsing: line) == finding)
        #expect(try JSONValue(parsing: line) == JSONValue(parsing: bytes))
    }

    @Test func `asks for a title and one of package and repository, nothing else`() throws {
        #expect(throws: Never.self) { try FindingDocument(parsing: Array(#"{"title":"t","repository":"https://a"}"#.utf8)) }
        #expect(throws: Never.self) { try FindingDocument(parsing: Array(#"{"title":"t","package":"pkg:npm/a"}"#.utf8)) }
        let refusal = #expect(throws: FormatRefusal.self) { try FindingDocument(parsing: Array("{}".utf8)) }
        #expect(refusal?.violations.map(\.code) == [.missingMember, .missingMember])
    }

    @Test func `refuses bad values, naming place and byte`() {
        for (members, pointer) in [
            (#""title":"""#, "/title"), (#""title":"a\nb""#, "/title"), (#""title":"  ""#, "/title"), (#""title":1"#, "/title"),
            (#""title":"\#(String(repeating: "x", count: 501))""#, "/title"), (#""package":"npm/a""#, "/package"),
            (#""package":"pkg:npm/""#, "/package"), (#""repository":"git@example.org:r""#, "/repository"),
            (#""commit":"HEAD""#, "/commit"), (#""commit":"ABCDEF0""#, "/commit"), (#""commit":"abcdef""#, "/commit"),
            (#""weakness":"122""#, "/weakness"), (#""weakness":122"#, "/weakness"), (#""location":"a.c""#, "/location"),
            (#""location":{}"#, "/location"), (#""location":{"file":""}"#, "/location/file"),
            (#""location":{"file":"a","startLine":0}"#, "/location/startLine"),
            (#""location":{"file":"a","startLine":1.5}"#, "/location/startLine"),
            (#""location":{"file":"a","startLine":"1"}"#, "/location/startLine"), (#""severity":"High""#, "/severity"),
            (#""severity":7.5"#, "/severity"), (#""fingerprints":["a"]"#, "/fingerprints"),
            (#""fingerprints":{"a":1}"#, "/fingerprints/a"),
            (#""provenance":{"humanReviewed":"yes"}"#, "/provenance/humanReviewed"),
            (#""provenance":{"model":""}"#, "/provenance/model"), (#""idempotencyKey":"a b""#, "/idempotencyKey"),
            (#""idempotencyKey":"""#, "/idempotencyKey"), (#""discoveredAt":"yesterday""#, "/discoveredAt"),
            (#""discoveredAt":1769857200"#, "/discoveredAt"), (#""description":null"#, "/description"),
            (#""patch":"junk""#, "/patch"), (#""patch":"--- a\n+++ b\n""#, "/patch"), (#""patch":{}"#, "/patch"),
            (#""crash":"""#, "/crash"), (#""crash":{"type":"Abrt"}"#, "/crash"),
            (#""crash":"\#(String(repeating: "x", count: FindingDocument.maximumCrashBytes + 1))""#, "/crash"),
            (#""renames":{}"#, "/renames"), (#""renames":["a"]"#, "/renames/0"), (#""renames":[{"from":"a"}]"#, "/renames/0"),
            (#""renames":[{"from":"a","to":""}]"#, "/renames/0/to"),
            (#""renames":[{"from":"a","to":"b","at":1}]"#, "/renames/0/at"),
            (#""entry":"""#, "/entry"), (#""sink":7"#, "/sink")
        ] {
            let name = members.split(separator: "\"").first.map(String.init) ?? ""
            let rest = [("title", #""title":"t""#), ("package", #""package":"pkg:npm/a""#)].filter { $0.0 != name }.map(\.1)
            let text = "{\((rest + [members]).joined(separator: ","))}"
            let refusal = #expect(throws: FormatRefusal.self, "\(members)") { try FindingDocument(parsing: Array(text.utf8)) }
            #expect(refusal?.violations.map(\.pointer) == [pointer], "\(members)")
            let offset = refusal?.violations.first?.byteOffset ?? -1
            #expect(JSONText.pointer(toByteOffset: offset, in: Array(text.utf8)) == pointer, "\(members)")
        }
    }

    @Test func `refuses more fingerprints than can be looked up`() {
        let prints = (0...FindingDocument.maximumFingerprints).map { "\"f\($0)\":\"x\"" }.joined(separator: ",")
        let text = #"{"title":"t","package":"pkg:npm/a","fingerprints":{\#(prints)}}"#
        let refusal = #expect(throws: FormatRefusal.self) { try FindingDocument(parsing: Array(text.utf8)) }
        #expect(refusal?.violations.map(\.pointer) == ["/fingerprints"])
    }

    @Test func `refuses a patch that is too long, and more renames than are followed`() {
        let long = "--- a\\n+++ b\\n@@ -1 +1 @@\\n-" + String(repeating: "x", count: FindingDocument.maximumPatchBytes)
        let renames = (0...FindingDocument.maximumRenames).map { #"{"from":"\#($0)","to":"x"}"# }.joined(separator: ",")
        for (member, place) in [(#""patch":"\#(long)""#, "/patch"), (#""renames":[\#(renames)]"#, "/renames")] {
            let text = #"{"title":"t","package":"pkg:npm/a",\#(member)}"#
            let refusal = #expect(throws: FormatRefusal.self) { try FindingDocument(parsing: Array(text.utf8)) }
            #expect(refusal?.violations.map(\.pointer) == [place])
        }
    }

    @Test func `refuses to write what it would not read`() throws {
        var finding = FindingDocument(title: "t", repository: "https://example.org/r")
        #expect(throws: Never.self) { try finding.bytes() }
        finding.title = "two\nlines"
        #expect(throws: FormatRefusal.self) { try finding.bytes() }
    }

    @Test func `refuses a finding cut anywhere`() {
        let bytes = Array(Self.full.utf8)
        for length in 0..<bytes.count {
            #expect(throws: FormatRefusal.self, "cut at \(length)") { try FindingDocument(parsing: Array(bytes[..<length])) }
        }
    }

    @Test func `splits a batch into its lines, numbered, empty ones left out`() {
        let lines = Array(FindingLines(Array("{\"a\":1}\r\n\n  \n{\"b\":2}\n{\"c\":3}".utf8)))
        #expect(lines.map(\.number) == [1, 4, 5])
        #expect(lines.map { String(decoding: $0.bytes, as: UTF8.self) } == ["{\"a\":1}", "{\"b\":2}", "{\"c\":3}"])
        #expect(Array(FindingLines([])).isEmpty)
    }
}
