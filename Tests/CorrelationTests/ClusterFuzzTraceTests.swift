import Foundation
import TestSupport
import Testing

@testable import Correlation

/// Judges the reader by ClusterFuzz's own expectations for real traces.
@Suite(.enabled("SKIPPED: clusterfuzz-stacktraces is missing") { SharedSuite.has(ClusterFuzzTraces.folder) })
struct `ClusterFuzz traces` {
    @Test func `are understood as ClusterFuzz understands them`() throws {
        let traces = try ClusterFuzzTraces.load()
        print("traces that depend on no setting: \(Score(of: traces.filter { !$0.dependsOnSettings }).summary)")
        print("traces that depend on settings: \(Score(of: traces.filter(\.dependsOnSettings)).summary)")
        let all = Score(of: traces)
        for field in Score.Field.allCases {
            let share = all.share(of: field)
            #expect(share >= 0.95, "\(field): \(share)")
        }
        let failed = Set(all.failures.map(\.name))
        for failure in all.failures where ClusterFuzzTraces.deviations[failure.name] == nil {
            Issue.record("\(failure)")
        }
        let judged = Set(traces.map(\.test))
        for (name, reason) in ClusterFuzzTraces.deviations where judged.contains(String(name.prefix { $0 != " " })) {
            #expect(failed.contains(name), "\(name) is no deviation any more (\(reason))")
        }
    }
}

enum ClusterFuzzTraces {
    static let folder = "clusterfuzz-stacktraces"

    /// What is otherwise on purpose: the trace and the field, and why.
    static let deviations: [String: String] = [
        "test_stack_filtering stack_filtering.txt state":
            "asks for the state of a stack before symbols were found, whose lines are not cut",
        "test_ignore_regex assert_with_panic_keyword.txt state":
            "depends on a project's pattern for frames that the suite doesn't hold"
    ]

    struct Trace {
        /// The test that expects it; some files are expected in several ways.
        var test: String
        var file: String
        var bytes: [UInt8]
        var settings: CrashSettings
        var dependsOnSettings: Bool
        var expected: [Score.Field: String]
    }

    static func load() throws -> [Trace] {
        let json = try SharedSuite.json(folder + "/expected.json")
        return try (json as? [[String: Any]] ?? []).compactMap { record in
            guard let file = record["file"] as? String, let expect = record["expect"] as? [String: Any] else { return nil }
            var expected: [Score.Field: String] = [:]
            expected[.type] = expect["crash_type"] as? String
            expected[.state] = expect["crash_state"] as? String
            expected[.address] = expect["crash_address"] as? String
            expected[.security] = (expect["security_flag"] as? Bool)?.description
            let test = (record["test"] as? String ?? "").split(separator: ".").last.map(String.init) ?? ""
            return Trace(
                test: test, file: file, bytes: try SharedSuite.bytes(folder + "/stack_analyzer_data/" + file),
                settings: settings(of: record),
                dependsOnSettings: record["environment"] != nil || record["notes"] != nil, expected: expected)
        }
    }

    /// The settings of a job, as its environment gives them.
    private static func settings(of record: [String: Any]) -> CrashSettings {
        let environment = record["environment"] as? [String: Any] ?? [:]
        func flag(_ name: String) -> Bool? {
            (environment[name] as? Bool) ?? (environment[name] as? String).map { $0 == "True" || $0 == "FORCE" }
        }
        // A larger red zone needs more memory than the target would.
        let hasLargeRedzone = (environment["REDZONE"] as? String).flatMap(Int.init).map { $0 > 64 } ?? false
        return CrashSettings(
            countsExhaustion: flag("REPORT_OOMS_AND_HANGS") == true && !hasLargeRedzone,
            countsScriptErrors: flag("DETECT_V8_RUNTIME_ERRORS") == true || environment["TASK_NAME"] as? String == "analyze",
            countsUndefinedBehaviour: (environment["UBSAN_OPTIONS"] as? String)?.contains("halt_on_error=0") != true,
            assertionsAreRelevant: flag("ASSERTS_HAVE_SECURITY_IMPLICATION") ?? true,
            checksAreRelevant: flag("CHECKS_HAVE_SECURITY_IMPLICATION") ?? false,
            fuzzTarget: environment["FUZZ_TARGET"] as? String)
    }
}

struct Score {
    enum Field: String, CaseIterable { case type, state, address, security }

    struct Failure: CustomStringConvertible {
        var trace: String
        var field: Field
        var actual: String
        var expected: String

        var name: String { "\(trace) \(field.rawValue)" }
        var description: String { "\(name): \(actual.debugDescription), expected \(expected.debugDescription)" }
    }

    private(set) var count = 0
    private(set) var failures: [Failure] = []
    private var right: [Field: Int] = [:]
    private var asked: [Field: Int] = [:]

    init(of traces: [ClusterFuzzTraces.Trace]) {
        for trace in traces { judge(trace) }
    }

    func share(of field: Field) -> Double { Double(right[field] ?? 0) / Double(max(1, asked[field] ?? 0)) }

    private mutating func judge(_ trace: ClusterFuzzTraces.Trace) {
        count += 1
        let report = CrashReport(parsing: trace.bytes, settings: trace.settings)
        let state = report?.crashState.map { $0 + "\n" }.joined()
        let actual: [Field: String] = [
            .type: report?.crashType ?? "", .state: state.map { $0.isEmpty ? "NULL" : $0 } ?? "",
            .address: report?.addressText ?? "", .security: (report?.isSecurityRelevant ?? false).description
        ]
        for field in Field.allCases {
            guard let expected = trace.expected[field], let actual = actual[field] else { continue }
            asked[field, default: 0] += 1
            if actual == expected {
                right[field, default: 0] += 1
            } else {
                failures.append(
                    Failure(trace: "\(trace.test) \(trace.file)", field: field, actual: actual, expected: expected))
            }
        }
    }

    var summary: String {
        "\(count): " + Field.allCases.map { "\($0) \(right[$0] ?? 0)/\(asked[$0] ?? 0)" }.joined(separator: ", ")
            + failures.map { "\n  \($0)" }.joined()
    }
}
