import Foundation
import TestSupport
import Testing

@testable import Correlation

/// Judges the reader by ClusterFuzz's own expectations for real traces.
@Suite(.enabled("SKIPPED: clusterfuzz-stacktraces is missing") { SharedSuite.has(ClusterFuzzTraces.folder) })
struct `ClusterFuzz traces` {
    @Test func `of AddressSanitizer are understood as ClusterFuzz understands them`() throws {
        let traces = try ClusterFuzzTraces.load().filter(\.mentionsAddressSanitizer)
        let own = Score(of: traces.filter(\.isAboutAddressSanitizer))
        print("traces whose verdict is AddressSanitizer's (\(own.count)): \(own.summary)")
        print("all traces with such a report (\(traces.count)): \(Score(of: traces).summary)")
        // Below these shares a rule was broken. The rest is listed in the output above.
        for (what, share) in [("type", 0.97), ("state", 0.97), ("security", 0.97)] {
            #expect(own.share(of: what) >= share, "\(what): \(own.failures)")
        }
    }

    @Test func `without a report of a known tool give none`() throws {
        for trace in try ClusterFuzzTraces.load() where !trace.mentionsAnySanitizer {
            #expect(CrashReport(parsing: trace.bytes) == nil, "\(trace.file)")
        }
    }
}

enum ClusterFuzzTraces {
    static let folder = "clusterfuzz-stacktraces"

    struct Trace {
        var file: String
        var bytes: [UInt8]
        var type: String?
        var state: String?
        var isSecurityRelevant: Bool?

        var mentionsAddressSanitizer: Bool { bytes[...].contains("AddressSanitizer") }
        var mentionsAnySanitizer: Bool { bytes[...].contains("Sanitizer: ") }

        /// The expected verdict is one that AddressSanitizer gives. The others come from a message that the program
        /// printed before the sanitizer saw the abort (CHECK failed, ASSERT, a Go panic, a kernel log): readers of
        /// their own.
        var isAboutAddressSanitizer: Bool {
            guard let type else { return true }
            return !type.isEmpty && !Self.foreignVerdicts.contains { type.hasPrefix($0) }
        }

        private static let foreignVerdicts = [
            "CHECK failure", "DCHECK failure", "Security DCHECK", "ASSERT", "Fatal error", "Unreachable code", "V8 sandbox",
            "Kernel failure", "Uncaught exception", "Slice bounds", "Stack overflow", "Command injection", "Arbitrary ",
            "Fatal-signal"
        ]
    }

    /// The traces whose expectation depends on no setting of ClusterFuzz.
    static func load() throws -> [Trace] {
        let json = try SharedSuite.json(folder + "/expected.json")
        return try (json as? [[String: Any]] ?? []).compactMap { record in
            guard record["environment"] == nil, record["notes"] == nil, let file = record["file"] as? String,
                let expect = record["expect"] as? [String: Any]
            else { return nil }
            return Trace(
                file: file, bytes: try SharedSuite.bytes(folder + "/stack_analyzer_data/" + file),
                type: expect["crash_type"] as? String, state: expect["crash_state"] as? String,
                isSecurityRelevant: expect["security_flag"] as? Bool)
        }
    }
}

struct Score {
    private(set) var count = 0
    private(set) var failures: [String] = []
    private var right: [String: Int] = [:]
    private var asked: [String: Int] = [:]

    init(of traces: [ClusterFuzzTraces.Trace]) {
        for trace in traces { judge(trace) }
    }

    func share(of what: String) -> Double { Double(right[what] ?? 0) / Double(max(1, asked[what] ?? 0)) }

    private mutating func judge(_ trace: ClusterFuzzTraces.Trace) {
        count += 1
        let report = CrashReport(parsing: trace.bytes)
        let state = report?.crashState.map { $0 + "\n" }.joined()
        compare("type", trace, report?.crashType ?? "", trace.type)
        compare("state", trace, state.map { $0.isEmpty ? "NULL" : $0 } ?? "", trace.state)
        compare("security", trace, (report?.isSecurityRelevant ?? false).description, trace.isSecurityRelevant?.description)
    }

    private mutating func compare(_ what: String, _ trace: ClusterFuzzTraces.Trace, _ actual: String, _ expected: String?) {
        guard let expected else { return }
        asked[what, default: 0] += 1
        if actual == expected {
            right[what, default: 0] += 1
        } else {
            failures.append("\(trace.file) \(what): \(actual.debugDescription), expected \(expected.debugDescription)")
        }
    }

    var summary: String {
        asked.keys.sorted().map { "\($0) \(right[$0] ?? 0)/\(asked[$0] ?? 0)" }.joined(separator: ", ")
            + failures.map { "\n  \($0)" }.joined()
    }
}
