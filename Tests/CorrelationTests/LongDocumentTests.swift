import Testing

@testable import Correlation

/// One document must not stop the server: twice as much of it takes about twice the time.
@Suite(.serialized) struct `A long document` {
    /// Something that can be made long, and what reads it.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let make: @Sendable (_ byteCount: Int) -> CorrelationRecord

        init(_ name: String, _ make: @escaping @Sendable (Int) -> CorrelationRecord) {
            (testDescription, self.make) = (name, make)
        }
    }

    private static func placed(_ file: String, in repository: String = "https://git.example/a/b") -> CorrelationRecord {
        var record = CorrelationRecord(id: "x")
        record.repositories = [repository]
        record.weaknesses = ["CWE-79"]
        record.locations = [.init(file: file)]
        return record
    }

    private static let records: [Case] = [
        Case("spaces in a path") { placed("file:///a" + String(repeating: "%20", count: $0 / 3)) },
        Case("parts of a path beside a long project") { length in
            placed(
                String(repeating: "/a", count: length / 4),
                in: "https://git.example/a/" + String(repeating: "b", count: length / 2))
        },
        Case("places, packages, weaknesses and fingerprints") { length in
            var record = placed("a.c")
            let each = length / 4 / 24
            record.locations = (0..<each).map { .init(file: "src/\($0)/a.c", function: "f\($0)", startLine: $0) }
            record.packages = (0..<each).map { .init(scope: "npm", name: "p\($0)") }
            record.weaknesses = (0..<each).map { "CWE-\($0 + 1)" }
            record.toolFingerprints = (0..<each).map { .init(tool: "t", name: "n\($0)", value: "v", isPartial: false) }
            return record
        }
    ]

    @Test(arguments: records) func `is compared in time that grows with its length`(_ long: Case) {
        Self.expectLinear(long.testDescription) { length in
            let record = long.make(length)
            return { _ = FeatureExtractor().features(of: record) }
        }
    }

    private static let traces: [(name: String, make: @Sendable (Int) -> String)] = [
        ("assertions on one line", { String(repeating: "1: assertion ", count: $0 / 13) + " failed: x" }),
        ("lines of a traceback", { "=== Uncaught Python exception: ===\n" + String(repeating: "\n", count: $0) })
    ]

    @Test func `is read for a crash in time that grows with its length`() {
        for (name, make) in Self.traces {
            Self.expectLinear(name) { length in
                let text = Array(make(length).utf8)
                return { _ = CrashReport(parsing: text) }
            }
        }
    }

    /// The least of some runs, because others share the machine. Quadratic would be four times.
    private static func expectLinear(_ name: String, _ work: (Int) -> () -> Void) {
        let clock = ContinuousClock()
        let (half, whole) = (work(1 << 17), work(1 << 18))
        var (short, long) = (Duration.seconds(1_000), Duration.seconds(1_000))
        for _ in 0..<5 {
            short = min(short, clock.measure(half))
            long = min(long, clock.measure(whole))
            if long < .milliseconds(20) || long < short * 3 { break }
        }
        #expect(long < .milliseconds(20) || long < short * 3, "\(name): \(short) and \(long)")
    }

    @Test func `is refused as a name or a path, and such a path is none`() {
        let long = String(repeating: "a", count: 4_097)
        for members in [
            #""locations":[{"file":"\#(long)"}]"#, #""packages":["\#(long)"]"#, #""repositories":["\#(long)"]"#,
            #""crash":{"project":"\#(long)","type":"t","state":[]}"#, #""renames":[{"from":"a","to":"\#(long)"}]"#
        ] {
            let faults = CorrelationRecord.reading(lines: Array("{\"id\":\"x\",\(members)}".utf8)) { _ in }
            #expect(faults.count == 1 && faults[0].reason == "more than 4096 bytes", "\(members.prefix(20))")
        }
        #expect(SourcePath.normalized(long, project: "a") == nil)
        #expect(FindingSubject.normalizedPackage("pkg:npm/" + long) == nil)
        #expect(FindingSubject.normalizedRepository("https://git.example/" + long) == nil)
        #expect(SourcePath.normalized("/x/" + long.dropLast(100), project: long) != nil, "a project of such a name is none")
    }
}
