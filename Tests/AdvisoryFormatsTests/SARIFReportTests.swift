import AdvisoryFormats
import JSONText
import PackageIdentity
import Testing

@Suite struct SARIFReportTests {
    private static let log = #"""
        {"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{
          "tool":{"driver":{"name":"Scanner","version":"4","semanticVersion":"4.0.1","rules":[
              {"id":"R1","name":"Overflow","shortDescription":{"text":"Heap overflow"},
               "messageStrings":{"default":{"text":"{0} overflows in {1}; {{literal}} {7}"}},
               "defaultConfiguration":{"level":"error"},
               "properties":{"tags":["security","external/cwe/cwe-122","cwe-787"],"security-severity":"9.1"}},
              {"id":"R2"}],
              "globalMessageStrings":{"g":{"text":"global"}}},
            "extensions":[{"name":"Plugin","rules":[{"id":"P1","shortDescription":{"text":"Plugin rule"}}]}]},
          "artifacts":[{"location":{"uri":"src/indexed.c","uriBaseId":"SRCROOT"}}],
          "logicalLocations":[{"fullyQualifiedName":"ns::shared"}],
          "originalUriBaseIds":{"SRCROOT":{"uri":"file:///checkout/"}},
          "versionControlProvenance":[{"repositoryUri":"https://example.org/r.git","revisionId":"ABCDEF0123456789","branch":"main"}],
          "automationDetails":{"id":"nightly/","guid":"11111111-1111-4111-8111-111111111111"},
          "properties":{"ai/origin":"generated"},
          "results":[
            {"ruleId":"R1/sub","message":{"id":"default","arguments":["memcpy","parse"]},
             "locations":[{"physicalLocation":{"artifactLocation":{"index":0},"region":{"startLine":12,"startColumn":3,
               "endLine":12,"endColumn":9}},"logicalLocations":[{"index":0}]},{"physicalLocation":{"artifactLocation":{"uri":"b.c"}}}],
             "partialFingerprints":{"primaryLocationLineHash":"aa"},"fingerprints":{"v1":"bb"},
             "guid":"22222222-2222-4222-8222-222222222222","codeFlows":[{"threadFlows":[{"locations":[{}]}]}],
             "baselineState":"new","rank":50.5,"properties":{"k":1}},
            {"ruleIndex":1,"level":"note","message":{"text":"plain\nsecond line"}},
            {"rule":{"id":"P1","toolComponent":{"index":0}},"message":{"id":"g"}},
            {"kind":"pass","message":{"text":"fine"}},
            {"ruleId":"R2","message":{"text":"x"},"suppressions":[{"kind":"inSource"}]},
            {"ruleId":"R2","message":{"text":"y"},"suppressions":[{"kind":"external","status":"rejected"}],"rank":-1.0}
          ]}]}
        """#

    @Test func `reads runs, rules, results and places`() throws {
        let run = try #require(try SARIFReport(parsing: Array(Self.log.utf8)).runs.first)
        #expect(run.tool.driver.name == "Scanner")
        #expect(run.tool.driver.rules.map(\.id) == ["R1", "R2"])
        #expect(run.tool.driver.rules[0].tags == ["security", "external/cwe/cwe-122", "cwe-787"])
        #expect(run.tool.extensions.map(\.name) == ["Plugin"])
        #expect(run.baseLocations["SRCROOT"]?.uri == "file:///checkout/")
        #expect(run.repositories.first?.branch == "main")
        #expect(run.automationID == "nightly/")
        let first = run.results[0]
        #expect(first.locations[0].region == SARIFRegion(startLine: 12, startColumn: 3, endLine: 12, endColumn: 9))
        #expect(first.partialFingerprints == ["primaryLocationLineHash": "aa"])
        #expect(first.fingerprints == ["v1": "bb"])
        #expect(first.codeFlowCount == 1)
        #expect(first.baselineState == .new)
        #expect(first.rank == 50.5)
        #expect(first.properties?.value == ["k": 1])
        #expect(run.results.map(\.isSuppressed) == [false, false, false, false, true, false])
        #expect(run.results[5].rank == nil)
    }

    @Test func `follows references to rules, texts, artifacts and functions`() throws {
        let run = try #require(try SARIFReport(parsing: Array(Self.log.utf8)).runs.first)
        let resolver = SARIFResolver(run)
        #expect(run.results.map { resolver.rule(of: $0)?.id } == ["R1", "R2", "P1", nil, "R2", "R2"])
        #expect(run.results.map { resolver.level(of: $0) } == [.error, .note, .warning, .none, .warning, .warning])
        #expect(try resolver.text(of: run.results[0]) == "memcpy overflows in parse; {literal} {7}")
        #expect(try resolver.text(of: run.results[2]) == nil, "the driver's texts are not the plugin's")
        let location = run.results[0].locations[0]
        #expect(location.artifact.map(resolver.resolve)?.uri == "src/indexed.c")
        #expect(location.logicalLocations.first.map(resolver.resolve)?.fullyQualifiedName == "ns::shared")
    }

    @Test func `converts problems into findings and says what did not fit`() throws {
        let conversion = try SARIFReport(parsing: Array(Self.log.utf8)).findings()
        #expect(
            conversion.findings.map(\.document.title) == [
                "memcpy overflows in parse; {literal} {7}", "plain", "Plugin rule", "y"
            ])
        let first = conversion.findings[0].document
        #expect(first.repository == "https://example.org/r.git")
        #expect(first.commit == "abcdef0123456789")
        #expect(first.weakness?.number == 122)
        #expect(first.severity == .critical)
        #expect(first.location == FindingLocation(file: "src/indexed.c", function: "ns::shared", startLine: 12))
        #expect(first.fingerprints == ["v1": "bb", "partial/primaryLocationLineHash": "aa"])
        #expect(first.provenance?.harness == "Scanner")
        #expect(first.provenance?.harnessVersion == "4.0.1" && first.provenance?.version == nil)
        #expect(first.idempotencyKey == "22222222-2222-4222-8222-222222222222")
        #expect(conversion.findings[1].document.description == "plain\nsecond line")
        #expect(conversion.findings[1].document.severity == nil)
        #expect(
            conversion.misfits.map(\.pointer) == [
                "/runs/0/results/0", "/runs/0/results/0/locations", "/runs/0/results/0/codeFlows", "/runs/0/results/3",
                "/runs/0/results/4"
            ])
        for finding in conversion.findings { #expect(throws: Never.self) { try finding.document.bytes() } }
    }

    /// A log of one result with this member.
    private static func finding(_ members: String) throws -> (finding: FindingDocument, misfits: [Misfit]) {
        let text = #"""
            {"version":"2.1.0","runs":[{"tool":{"driver":{"name":"T"}},
              "logicalLocations":[{"name":"read","fullyQualifiedName":"tide::read"}],
              "results":[{"message":{"text":"x"},\#(members)}]}]}
            """#
        let conversion = try SARIFReport(parsing: Array(text.utf8)).findings(repository: "https://example.org/r")
        return (try #require(conversion.findings.first).document, conversion.misfits)
    }

    private static func step(_ place: String) -> String { #"{"location":{\#(place)}}"# }
    private static func flow(_ steps: [String]) -> String {
        #""codeFlows":[{"threadFlows":[{"locations":[\#(steps.joined(separator: ","))]}]}]"#
    }

    @Test func `the ends of a code flow are entry and sink, by function or else by file and line`() throws {
        let line = #""physicalLocation":{"artifactLocation":{"uri":"a%20b.c"},"region":{"startLine":7}}"#
        let function = #""logicalLocations":[{"index":0}]"#
        let flow = try Self.finding(Self.flow([Self.step(function), Self.step(function), Self.step(line)]))
        #expect(flow.finding.entry == "tide::read" && flow.finding.sink == "a b.c:7")
        #expect(flow.misfits.map(\.pointer) == ["/runs/0/results/0/codeFlows"])
        // One place leads nowhere, and a place without a name or a line is none.
        for steps in [[Self.step(line)], [Self.step(line), Self.step(line)], [Self.step(line), "{}"]] {
            let none = try Self.finding(Self.flow(steps))
            #expect(none.finding.entry == nil && none.finding.sink == nil)
            #expect(none.misfits.map(\.pointer) == ["/runs/0/results/0/codeFlows"])
        }
    }

    private static func fix(_ replacements: String, uri: String = "src/x.c") -> String {
        #"{"artifactChanges":[{"artifactLocation":{"uri":"\#(uri)"},"replacements":[\#(replacements)]}]}"#
    }

    @Test func `the first fix that replaces lines is a patch, in the order of the file`() throws {
        let replacements = #"""
            {"deletedRegion":{"startLine":9,"endLine":9,"snippet":{"text":"  old();\n"}},
             "insertedContent":{"text":"  new();\n  more();\n"}},
            {"deletedRegion":{"startLine":3,"startColumn":1,"endLine":3,"endColumn":1},"insertedContent":{"text":"if (n > 4) return;\n"}}
            """#
        let read = try Self.finding(#""fixes":[\#(Self.fix(replacements)),\#(Self.fix(replacements, uri: "y.c"))]"#)
        let patch = """
            --- a/src/x.c
            +++ b/src/x.c
            @@ -2,0 +3,1 @@
            +if (n > 4) return;
            @@ -9,1 +10,2 @@
            -  old();
            +  new();
            +  more();

            """
        #expect(read.finding.patch == patch)
        #expect(read.misfits.map(\.pointer) == ["/runs/0/results/0/fixes"])
        #expect(throws: Never.self) { try read.finding.bytes() }
    }

    @Test func `a fix within a line, by characters, or of no file is left out with its place`() throws {
        let inserted = #""insertedContent":{"text":"x"}"#
        let regions = [
            #"{"startLine":3,"startColumn":5}"#, #"{"startLine":3,"endColumn":5}"#, #"{"charOffset":30,"charLength":2}"#
        ]
        for region in regions {
            let read = try Self.finding(#""fixes":[\#(Self.fix(#"{"deletedRegion":\#(region),\#(inserted)}"#))]"#)
            #expect(read.finding.patch == nil && read.misfits.map(\.pointer) == ["/runs/0/results/0/fixes/0/artifactChanges/0"])
        }
        let nowhere =
            #"{"artifactChanges":[{"artifactLocation":{},"replacements":[{"deletedRegion":{"startLine":1},\#(inserted)}]}]}"#
        #expect(try Self.finding(#""fixes":[\#(nowhere)]"#).misfits.count == 1)
    }

    @Test func `takes the package it is given, and leaves out a run of which nothing is known`() throws {
        let text = #"{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"T"}},"results":[{"message":{"text":"x"}}]}]}"#
        let report = try SARIFReport(parsing: Array(text.utf8))
        #expect(try report.findings().findings.isEmpty)
        #expect(try report.findings().misfits.map(\.pointer) == ["/runs/0"])
        #expect(try report.findings(repository: "not a uri").findings.isEmpty)
        let package = try Purl(parsing: "pkg:npm/left-pad@1.3.0")
        #expect(try report.findings(package: package).findings.map(\.document.package) == [package])
    }

    private static func log(package: String, repository: String? = nil) -> [UInt8] {
        let provenance = repository.map { #","versionControlProvenance":[{"repositoryUri":"\#($0)"}]"# } ?? ""
        return Array(
            #"""
            {"version":"2.1.0","runs":[{"tool":{"driver":{"name":"T"}},"properties":{"package":\#(package)},
              "results":[{"message":{"text":"x"}}]\#(provenance)}]}
            """#.utf8)
    }

    @Test func `takes the package a run names itself, where the caller names none`() throws {
        let log = Self.log(package: #""pkg:npm/left-pad@1.3.0""#, repository: "https://example.org/r")
        let report = try SARIFReport(parsing: log)
        let own = try report.findings()
        #expect(own.findings.map(\.document.package?.description) == ["pkg:npm/left-pad@1.3.0"] && own.misfits.isEmpty)
        #expect(own.findings.first?.document.repository == nil)
        let given = try report.findings(package: try Purl(parsing: "pkg:npm/right-pad"))
        #expect(given.findings.map(\.document.package?.name) == ["right-pad"])
        #expect(given.misfits.map(\.pointer) == ["/runs/0/properties/package"])
        #expect(try report.findings(package: try Purl(parsing: "pkg:npm/left-pad@1.3.0")).misfits.isEmpty)
    }

    @Test func `tells the place of a run's package that is none, and goes on without it`() throws {
        for package in [#""left-pad""#, #""pkg:npm""#, "7", #"{"name":"left-pad"}"#] {
            let known = try SARIFReport(parsing: Self.log(package: package, repository: "https://example.org/r")).findings()
            #expect(known.findings.map(\.document.repository) == ["https://example.org/r"], "\(package)")
            #expect(known.misfits.map(\.pointer) == ["/runs/0/properties/package"], "\(package)")
            let unknown = try SARIFReport(parsing: Self.log(package: package)).findings()
            #expect(unknown.findings.isEmpty, "\(package)")
            #expect(unknown.misfits.map(\.pointer) == ["/runs/0/properties/package", "/runs/0"], "\(package)")
        }
    }

    @Test func `knows a result by its guid in either case, and never by a correlationGuid`() throws {
        let text = #"""
            {"version":"2.1.0","runs":[{"tool":{"driver":{"name":"T"}},"results":[
              {"message":{"text":"x"},"guid":"ABCDEFAB-2222-4222-8222-222222222222"},
              {"message":{"text":"y"},"correlationGuid":"33333333-3333-4333-8333-33333333333A"}]}]}
            """#
        let findings = try SARIFReport(parsing: Array(text.utf8)).findings(repository: "https://example.org/r").findings
        #expect(findings.map(\.document.idempotencyKey) == ["abcdefab-2222-4222-8222-222222222222", nil])
        #expect(findings.map(\.correlationGUID) == [nil, "33333333-3333-4333-8333-33333333333a"])
        #expect(findings.map(\.pointer) == ["/runs/0/results/0", "/runs/0/results/1"])
    }

    @Test func `takes the model's provenance from the run and before it from the result, and tells what is none`() throws {
        let text = #"""
            {"version":"2.1.0","runs":[{"tool":{"driver":{"name":"Agent","version":"4"}},
              "properties":{"ai/origin":"generated",
                "provenance":{"model":"m-1","promptPolicyHash":"sha256:aa","humanReviewed":false,"seed":7}},
              "results":[{"message":{"text":"x"}},
                {"message":{"text":"y"},"properties":{"ai/origin":"annotated",
                  "provenance":{"model":"m-2","version":"2026-01","humanReviewed":"yes"}}},
                {"message":{"text":"z"},"properties":{"provenance":"m-3"}}]}]}
            """#
        let conversion = try SARIFReport(parsing: Array(text.utf8)).findings(repository: "https://example.org/r")
        let provenances = conversion.findings.compactMap(\.document.provenance)
        #expect(provenances.map(\.model) == ["m-1", "m-2", "m-1"])
        #expect(provenances.map(\.version) == [nil, "2026-01", nil], "the tool's version is not the model's")
        #expect(provenances.map(\.harness) == ["Agent", "Agent", "Agent"])
        #expect(provenances.map(\.harnessVersion) == ["4", "4", "4"])
        #expect(provenances.map(\.promptPolicyHash) == ["sha256:aa", "sha256:aa", "sha256:aa"])
        #expect(provenances.map(\.humanReviewed) == [false, false, false])
        let origins = provenances.map { $0.extra.filter { $0.name == "ai/origin" }.map(\.value.value.string) }
        #expect(origins == [["generated"], ["annotated"], ["generated"]])
        #expect(
            conversion.misfits.map(\.pointer) == [
                "/runs/0/results/1/properties/provenance/humanReviewed", "/runs/0/results/2/properties/provenance"
            ])
        for finding in conversion.findings { #expect(throws: Never.self) { try finding.document.bytes() } }
    }

    @Test func `takes plain names of the model's provenance from driver, run and result, the nearest first`() throws {
        let text = #"""
            {"version":"2.1.0","runs":[{
              "tool":{"driver":{"name":"Agent","properties":{"model":"m-1","modelVersion":"7","promptPolicyHash":"sha256:aa"}}},
              "properties":{"humanReviewed":false,"version":"3"},
              "results":[{"message":{"text":"x"}},
                {"message":{"text":"y"},"properties":{"model":"m-2","ai/model":"m-3","humanReviewed":true}},
                {"message":{"text":"z"},"properties":{"model":{"layers":3},"provenance":{"model":"m-4"}}}]}]}
            """#
        let conversion = try SARIFReport(parsing: Array(text.utf8)).findings(repository: "https://example.org/r")
        let provenances = conversion.findings.compactMap(\.document.provenance)
        #expect(provenances.map(\.model) == ["m-1", "m-3", "m-4"])
        #expect(
            provenances.map(\.version) == ["7", nil, nil], "a plain version is nobody's, and that of another model not this one's"
        )
        #expect(provenances.map(\.promptPolicyHash) == ["sha256:aa", "sha256:aa", "sha256:aa"])
        #expect(provenances.map(\.humanReviewed) == [false, true, false])
        #expect(conversion.misfits.map(\.pointer) == ["/runs/0/results/2/properties/model"])
    }

    @Test func `leaves out a fingerprint that a log gives to two results, which it would not tell apart`() throws {
        func result(_ file: String, _ rule: String, _ print: String) -> String {
            #"""
            {"message":{"text":"x"},"ruleId":"\#(rule)","partialFingerprints":{"p/v1":"\#(print)"},"fingerprints":{"f/v1":"\#(print)"},
             "locations":[{"physicalLocation":{"artifactLocation":{"uri":"\#(file)"}}}]}
            """#
        }
        let results = [
            result("a.js", "R1", "aa"), result("a.js", "R1", "aa"), result("b.js", "R1", "bb"), result("c.js", "R1", "bb"),
            result("a.js", "R2", "aa")
        ]
        let text = #"""
            {"version":"2.1.0","runs":[{"tool":{"driver":{"name":"T"}},"results":[\#(results.joined(separator: ","))]}]}
            """#
        let conversion = try SARIFReport(parsing: Array(text.utf8)).findings(repository: "https://example.org/r")
        #expect(
            conversion.findings.map { $0.document.fingerprints.keys.sorted() } == [
                [], [], ["partial/p/v1"], ["partial/p/v1"], ["f/v1", "partial/p/v1"]
            ])
        #expect(conversion.misfits.count == 6 && conversion.misfits.first?.pointer == "/runs/0/results/0")
    }

    @Test func `cuts a long title between characters and keeps the text`() throws {
        let long = String(repeating: "é", count: 600)
        let text = #"{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"T"}},"results":[{"message":{"text":"\#(long)"}}]}]}"#
        let conversion = try SARIFReport(parsing: Array(text.utf8)).findings(repository: "https://example.org/r")
        let finding = try #require(conversion.findings.first).document
        #expect(finding.title.utf8.count <= FindingDocument.maximumTitleBytes)
        #expect(finding.title.hasSuffix("é…"))
        #expect(finding.description == long)
        #expect(conversion.misfits.map(\.pointer) == ["/runs/0/results/0/message"])
    }

    @Test func `tells other versions, other formats and broken logs apart`() {
        for (text, code, pointer, offset) in [
            (#"{"version":"2.0.0","runs":[]}"#, FormatViolation.Code.unsupportedVersion, "/version", 11),
            (#"{"runs":[]}"#, .missingMember, "", 0), ("[]", .wrongType, "", 0), ("{", .notJSON, "", 1),
            (#"{"version":"2.1.0"}"#, .missingMember, "", 0),
            (#"{"version":"2.1.0","runs":[{"tool":{}}]}"#, .missingMember, "/runs/0/tool", 35),
            (#"{"version":"2.1.0","runs":[],"x":1}"#, .unknownMember, "/x", 29),
            ("\u{FEFF}{\"version\":\"1.0.0\"}", .unsupportedVersion, "/version", 14)
        ] {
            let refusal = #expect(throws: FormatRefusal.self) { try SARIFReport(parsing: Array(text.utf8)) }
            #expect(refusal?.violations.first?.code == code, "\(text)")
            #expect(refusal?.violations.first?.pointer == pointer, "\(text)")
            #expect(refusal?.violations.first?.byteOffset == offset, "\(text)")
        }
    }

    @Test func `passes over a byte order mark`() throws {
        let report = try SARIFReport(parsing: Array("\u{FEFF}{\"version\":\"2.1.0\",\"runs\":[]}".utf8))
        #expect(report.runs.isEmpty)
    }
}
