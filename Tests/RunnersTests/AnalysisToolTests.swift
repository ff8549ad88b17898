import AdvisoryFormats
import Testing

@testable import Runners

@Suite struct `A tool in the sandbox` {
    @Test(.enabled("SKIPPED: cppcheck") { await Scanning.isAvailable("cppcheck") })
    func `cppcheck finds the weaknesses of the example, by file, line and CWE`() async throws {
        let (result, log) = try await Scanning.scan(try SourceTree(WeakSource.both), by: try AnalysisTools.runner("cppcheck"))
        #expect(result.places.contains("src/copy.c:9 672"), "\(result.places)")
        #expect(result.places.contains("src/copy.c:14 788"))
        #expect(result.places.contains("src/copy.c:19 476"))
        #expect(result.notices == [], "\(result.notices)")
        #expect(result.version?.first?.isNumber == true)
        let report = try Scanning.read(log)
        let findings = try report.findings()
        #expect(findings.findings.count == result.findings.count)
        #expect(
            findings.findings.contains {
                $0.document.weakness?.description == "CWE-788" && $0.document.location?.file == "src/copy.c"
            })
    }

    @Test(.enabled("SKIPPED: clang") { await Scanning.isAvailable("clang") })
    func `the clang static analyzer finds the weaknesses of the example, with the way there`() async throws {
        let (result, log) = try await Scanning.scan(try SourceTree(WeakSource.both), by: try AnalysisTools.runner("clang"))
        #expect(result.places.contains("src/copy.c:9 416"), "\(result.places) \(result.notices)")
        #expect(result.places.contains("src/copy.c:19 476"))
        let freed = try #require(result.findings.first { $0.weaknesses == [416] })
        #expect(freed.steps.map(\.line) == [6, 8, 9])
        #expect(result.notices == [], "\(result.notices)")
        #expect(result.version?.first?.isNumber == true)
        #expect(try Scanning.read(log).resultCount == result.findings.count)
    }

    @Test(.enabled("SKIPPED: bandit") { await Scanning.isAvailable("bandit") })
    func `bandit finds the weaknesses of the example, by file, line and CWE`() async throws {
        let (result, log) = try await Scanning.scan(try SourceTree(WeakSource.both), by: try AnalysisTools.runner("bandit"))
        #expect(result.places.contains("tools/serve.py:7 78"), "\(result.places) \(result.notices)")
        #expect(result.places.contains("tools/serve.py:11 502"))
        #expect(result.places.contains("tools/serve.py:15 89"))
        #expect(result.notices == [], "\(result.notices)")
        #expect(result.version?.first?.isNumber == true)
        #expect(try Scanning.read(log).findings().findings.count == result.findings.count)
    }

    @Test(.enabled("SKIPPED: semgrep") { await Scanning.isAvailable("semgrep") })
    func `semgrep finds the weaknesses of the example by our own rules, without network`() async throws {
        let (result, log) = try await Scanning.scan(try SourceTree(WeakSource.both), by: try AnalysisTools.runner("semgrep"))
        #expect(
            result.places == [
                "src/copy.c:24 78", "src/copy.c:7 120", "tools/serve.py:11 502", "tools/serve.py:15 89", "tools/serve.py:7 78"
            ], "\(result.notices)")
        #expect(result.notices == [], "\(result.notices)")
        #expect(result.version?.first?.isNumber == true)
        #expect(try Scanning.read(log).findings().findings.count == 5)
    }

    @Test(
        .enabled("SKIPPED: semgrep") { await Scanning.isAvailable("semgrep") },
        arguments: [
            ("rules: [\n", "line 2"),
            ("rules:\n- id: r\n  languages: [python]\n  severity: ERROR\n  pattern: f($X)\n", "message"),
            ("rules:\n- id: r\n  languages: [python]\n  severity: ERROR\n  message: m\n  pattern: \"eval((((\"\n", "rule r")
        ])
    func `semgrep with rules that are none looks at nothing, and the rules are named with their fault`(
        rules: String, fault: String
    ) async throws {
        let program = try AnalysisTools.runner("semgrep").program
        let runner = AnalysisTools.semgrep(program, rules: Array(rules.utf8), named: "mine.yaml")
        do {
            _ = try await Scanning.scan(try SourceTree(WeakSource.both), by: runner)
            Issue.record("something was looked at")
        } catch let error as RunnerError {
            #expect(error.code == .badRules && error.reason.hasPrefix("mine.yaml can't be used"), "\(error)")
            #expect(error.reason.contains(fault) && !error.reason.contains("/work/"), "\(error)")
        }
    }

    @Test func `one that is not installed is named with where it was looked for`() {
        #expect { _ = try ProgramLocator.find(["no-such-tool"], for: "nothing") } throws: { error in
            (error as? RunnerError)?.code == .toolMissing && "\(error)".contains("/usr/bin")
        }
        #expect { _ = try AnalysisTools.runner("lint") } throws: { "\($0)".contains("cppcheck, clang, semgrep, bandit") }
    }
}
