import AdvisoryFormats
import JSONText
import PackageIdentity
import TestSupport
import Testing

/// Small logs that mean very much, and long ones that are slow to follow.
@Suite struct SARIFLimitTests {
    private static func log(rules: String = "[]", results: String) -> [UInt8] {
        Array(
            #"{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"T","rules":\#(rules)}},"results":\#(results)}]}"#.utf8)
    }

    private static func refusal(of log: [UInt8]) throws -> FormatViolation? {
        let report = try SARIFReport(parsing: log)
        let refusal = #expect(throws: FormatRefusal.self) { try report.findings(repository: "https://example.org/r") }
        return refusal?.violations.first
    }

    @Test func `an argument put in a thousand times is refused with its place, and fills no memory`() throws {
        let argument = String(repeating: "x", count: 100_000)
        let text = String(repeating: "{0}", count: 100_000)
        let violation = try Self.refusal(
            of: Self.log(results: #"[{"message":{"text":"\#(text)","arguments":["\#(argument)"]}}]"#))
        #expect(violation?.code == .tooLarge && violation?.pointer == "/runs/0/results/0/message")
    }

    @Test func `a rule's text that belongs to thousands of results is refused where it becomes too much`() throws {
        let text = String(repeating: "x", count: 100_000)
        let rules = #"[{"id":"R","messageStrings":{"m":{"text":"\#(text)"}}}]"#
        let result = #"{"ruleId":"R","message":{"id":"m"}}"#
        let violation = try Self.refusal(
            of: Self.log(rules: rules, results: "[\(Array(repeating: result, count: 10_000).joined(separator: ","))]"))
        #expect(violation?.code == .tooLarge && violation?.pointer.hasPrefix("/runs/0/results/66") == true)
    }

    @Test func `a log with more results than one transaction takes is refused`() throws {
        let result = #"{"message":{"text":"x"}}"#
        let violation = try Self.refusal(
            of: Self.log(results: "[\(Array(repeating: result, count: 25_001).joined(separator: ","))]"))
        #expect(violation?.code == .tooLarge && violation?.pointer == "/runs/0/results/25000")
    }

    /// Logs of about `count` bytes.
    @Test(arguments: [
        "braces", "slashes", "rules", "tags", "properties", "provenance"
    ])
    func `a log twice as long takes about twice as long`(kind: String) throws {
        func seconds(_ count: Int) throws -> Double {
            let report = try SARIFReport(parsing: Self.log(kind, of: count))
            let took = (0..<3).map { _ in
                ContinuousClock().measure { _ = try? report.findings(repository: "https://example.org/r") }
            }
            return (took.min() ?? .zero) / .seconds(1)
        }
        let (once, twice) = (try seconds(500_000), try seconds(1_000_000))
        #expect(twice < once * 3.2 + 0.05, "\(kind): \(once) s and \(twice) s")
    }

    private static func log(_ kind: String, of count: Int) -> [UInt8] {
        func list(_ length: Int, _ element: (Int) -> String) -> String {
            "[\((0..<count / length / 2).map(element).joined(separator: ","))]"
        }
        switch kind {
        case "braces":
            return log(
                results:
                    #"[{"message":{"text":"\#(String(repeating: "{x", count: min(count, 120_000) / 2))","arguments":["a"]}}]"#)
        case "slashes":
            return log(results: #"[{"ruleId":"\#(String(repeating: "/", count: count))","message":{"text":"x"}}]"#)
        case "rules":
            return log(
                rules: list(12) { #"{"id":"R\#($0)"}"# },
                results: list(40) { #"{"ruleId":"R\#($0 % 100)","message":{"text":"x"}}"# })
        case "tags":
            return log(
                rules: #"[{"id":"R","properties":{"tags":\#(list(10) { #""CWE-\#($0 + 1)""# })}}]"#,
                results: list(35) { _ in #"{"ruleId":"R","message":{"text":"x"}}"# })
        case "properties":
            return log(
                rules: #"[{"id":"R","properties":{"x":"\#(String(repeating: "x", count: count / 2))","security-severity":"7"}}]"#,
                results: list(35) { _ in #"{"ruleId":"R","message":{"text":"x"}}"# })
        default:
            let members = (0..<count / 14).map { #""m\#($0)":\#($0)"# }.joined(separator: ",")
            return log(results: #"[{"message":{"text":"x"},"properties":{"provenance":{\#(members)}}}]"#)
        }
    }

    @Test func `a path is read as it is called, not as a reference writes it`() throws {
        func file(_ uri: String) throws -> String? {
            let results =
                #"[{"message":{"text":"x"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"\#(uri)"}}}]}]"#
            return try SARIFReport(parsing: Self.log(results: results)).findings(repository: "https://example.org/r")
                .findings.first?.document.location?.file
        }
        for (uri, path) in [
            ("src/a%20b.c", "src/a b.c"), ("src/%C3%A9.c", "src/é.c"), ("src/100%25.c", "src/100%.c"), ("src/%FF.c", "src/%FF.c"),
            ("src/%0A.c", "src/%0A.c"), ("src/%.c", "src/%.c"), ("src/%2", "src/%2"), ("file:///a%20b.c", "file:///a%20b.c")
        ] {
            #expect(try file(uri) == path)
        }
    }
}
