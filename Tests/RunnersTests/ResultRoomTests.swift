import AdvisoryFormats
import JSONText
import Testing

@testable import Runners

@Suite struct `What a runner says` {
    private static func findings(_ count: Int, message: String = "m") -> [RunnerFinding] {
        (0..<count).map { RunnerFinding(rule: "r", level: .note, message: message, path: "a.c", line: $0 + 1) }
    }

    @Test func `is kept as far as there is room, and how much is not is said`() {
        let result = UnitResult(findings: Self.findings(10), notices: [RunnerNotice("n"), RunnerNotice("o")])
        let kept = result.kept(in: ResultRoom(findingCount: 4, noticeCount: 1, byteCount: 100_000))
        #expect(kept.findings == Array(result.findings.prefix(4)))
        #expect(
            kept.notices.map(\.text) == [
                "n", "6 findings more are not told: there is no room for them",
                "1 notices more are not told: there is no room for them"
            ])
        let large = UnitResult(findings: Self.findings(10, message: String(repeating: "x", count: 1_000)))
        #expect(large.kept(in: ResultRoom(findingCount: 10, noticeCount: 1, byteCount: 3_500)).findings.count == 3)
        #expect(result.kept(in: .unit) == result)
    }

    @Test func `of a source made to make it talk fits a log that readers take`() throws {
        let wide = String(repeating: "{\u{1}\"", count: 30)
        let result = UnitResult(findings: Self.findings(200_000, message: wide)).kept(in: .run)
        let log = SARIFLog(
            driver: RunnerDriver(name: "d"), target: .init(repository: "https://code.example/tide"), run: "u", result: result,
            leftOut: (0..<100_000).map { LeftOut(path: "\($0)", reason: .symbolicLink) }, notReached: [])
        let bytes = log.json.bytes()
        #expect(bytes.count < 48 << 20)
        let report = try SARIFReport(parsing: bytes)
        #expect(report.resultCount == result.findings.count && report.resultCount > 10_000)
    }

    @Test func `has braces as they are when the log is read again`() throws {
        let message = "format {0} and {{1}} } of {name"
        let log = SARIFLog(
            driver: RunnerDriver(name: "d"), target: .init(repository: "https://code.example/tide"), run: "u",
            result: UnitResult(findings: Self.findings(1, message: message)), leftOut: [])
        let found = try #require(try SARIFReport(parsing: log.json.bytes()).findings().findings.first)
        #expect(found.document.title.contains(message) || found.document.description?.contains(message) == true, "\(found)")
    }

    @Test(arguments: [
        #"{"results":[{"test_id":"B1","issue_text":"t","filename":"a.py","line_number":9223372036854775807,"col_offset":9223372036854775807}],"metrics":{}}"#,
        #"{"results":[{"test_id":"B1","issue_text":"t","filename":"a.py","line_number":-9223372036854775808,"col_offset":-1}],"metrics":{}}"#
    ])
    func `may have the largest numbers there are`(report: String) throws {
        let output = ProgramOutput(
            files: ["a.py"], collected: ["out/report": Array(report.utf8), "out/version": Array("bandit 1.9.4".utf8)])
        let result = try BanditReport.read(output)
        #expect(result.findings.count == 1 && result.findings.allSatisfy { $0.column == nil })
    }

    @Test func `of sizes is no negative number`() {
        #expect(throws: RunnerError.self) {
            _ = try SourceListing(parsing: Array("f -9223372036854775808 a.c\0".utf8), configuration: [])
        }
    }

    @Test func `is not asked of each file alone for ever where nearly all fail`() async throws {
        let files = (0..<256).map { SourceFile(path: "\($0).c", sizeInBytes: 1) }
        let source = Source(
            archive: try SourceArchive(TarHeader.member("a.c", [])), listing: SourceListing(files: files, leftOut: []))
        let runner = Failing()
        let result = try await ScanEngine.sandboxed.scan(files, of: source, by: runner)
        #expect(runner.count == 17 && Set(result.notices.compactMap(\.path)).count == 256)
    }

    private final class Failing: Runner {
        let name = "failing"
        let driver = RunnerDriver(name: "failing")
        let configuration: Set<String> = []
        let unitFileCount = 256
        private let calls = Counter()
        var count: Int { calls.count }
        func accepts(_ path: String) -> Bool { true }
        func scan(_ files: [SourceFile], of source: Source, in sandbox: @escaping SandboxRun) async throws -> UnitResult {
            calls.increment()
            throw RunnerError(.toolFailed, "it stalls")
        }
    }
}
