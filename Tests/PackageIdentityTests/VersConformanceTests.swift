import Foundation
import TestSupport
import Testing

@testable import PackageIdentity

/// The range tests of package-url/vers-spec and aboutcode-org/univers.
@Suite struct `VERS conformance` {
    @Test(.enabled(if: SharedSuite.has("vers-spec/tests"), "shared/suites/vers-spec is missing"))
    func `agrees with every range test of vers-spec`() throws {
        try judge(SharedSuite.files(in: "vers-spec/tests"), name: "vers-spec", atLeast: 779)
    }

    @Test(.enabled(if: SharedSuite.has("univers/tests"), "shared/suites/univers is missing"))
    func `agrees with every range test of univers`() throws {
        let folder = "univers/tests/data/schema/range"
        try judge(SharedSuite.files(in: folder) + SharedSuite.files(in: folder + "/gitlab"), name: "univers", atLeast: 6_098)
    }

    private func judge(_ files: [String], name: String, atLeast minimum: Int) throws {
        var tally = Tally()
        for file in files where file.hasSuffix(".json") {
            let document = try SharedSuite.json(file)
            let tests = document as? [[String: Any]] ?? (document as? [String: Any])?["tests"] as? [[String: Any]] ?? []
            for test in tests { judge(test, file, &tally) }
        }
        print("\(name): \(tally.passed) passed, \(tally.deviations.count) deviate:")
        for (reason, cases) in Dictionary(grouping: tally.deviations, by: \.self).sorted(by: { $0.key < $1.key }) {
            print("    \(cases.count) \(reason)")
        }
        let failures = tally.failures.prefix(60).joined(separator: "\n")
        #expect(tally.failures.isEmpty, "\(name): \(tally.failures.count) failed:\n\(failures)")
        #expect(tally.passed + tally.deviations.count >= minimum, "\(name) was read only in part")
        #expect(tally.deviations.count * 50 <= tally.passed, "\(name): the exceptions became the rule")
    }

    private struct Tally {
        var passed = 0
        var deviations: [String] = []
        var failures: [String] = []
    }

    private func judge(_ test: [String: Any], _ file: String, _ tally: inout Tally) {
        let input = test["input"]
        let fields = input as? [String: String] ?? [:]
        let expected: String
        let actual: String
        switch test["test_type"] as? String {
        case "parse":
            expected = test["expected_failure"] as? Bool == true ? "refused" : components(test["expected_output"])
            actual = (try? components(VersRange(parsing: input as? String ?? ""))) ?? "refused"
        case "validate":
            expected = test["expected_output"] as? String ?? ""
            actual = (try? VersRange(normalizing: input as? String ?? "").description) ?? "refused"
        case "roundtrip":
            expected = test["expected_output"] as? String ?? ""
            actual = (try? VersRange(normalizing: fields["vers"] ?? "").description) ?? "refused"
        case "containment":
            expected = test["expected_output"] as? Bool == true ? "contained" : "notContained"
            let range = try? VersRange(normalizing: fields["vers"] ?? "")
            actual = range.map { "\($0.containment(of: fields["version"] ?? ""))" } ?? "refused"
        case "from_native":
            expected = test["expected_output"] as? String ?? ""
            actual = native(fields, isGitLab: file.contains("/gitlab/"))
        case "comparison", "equality": return
        case let other:
            tally.failures.append("\(file): unknown test type \(other ?? "")")
            return
        }
        if actual == expected {
            tally.passed += 1
        } else if let reason = NativeDeviation.reason(fields["native_range"] ?? "", expected: expected, actual: actual),
            test["test_group"] as? String != "required"
        {
            tally.deviations.append(reason)
        } else {
            tally.failures.append("\(file): \(input ?? ""): expected \(expected), got \(actual)")
        }
    }

    private func native(_ input: [String: String], isGitLab: Bool) -> String {
        let type = input["scheme"] ?? ""
        guard let syntax = isGitLab ? .gemnasium(type) : NativeSyntax(type: type) else { return "no syntax for \(type)" }
        do { return try VersRange(native: input["native_range"] ?? "", in: syntax).description } catch { return "\(error)" }
    }

    private func components(_ range: VersRange) -> String {
        "\(range.type) \(range.constraints.map { [$0.comparator.rawValue, $0.version] })"
    }

    private func components(_ output: Any?) -> String {
        let output = output as? [String: Any] ?? [:]
        return "\(output["scheme"] ?? "") \(output["version_constraints"] as? [[String]] ?? [])"
    }
}

/// Where the expected output of a conversion is not what the range means. The rules are narrow: each says what the reference
/// did, and what must stand there instead.
private enum NativeDeviation {
    /// Nil when the difference is ours to answer for.
    static func reason(_ native: String, expected: String, actual: String) -> String? {
        do { _ = try VersRange(parsing: expected) } catch {
            // Sorted signposts of overlapping alternatives; the specification demands that such a range is refused.
            let isCanonical = (try? VersRange(parsing: actual).simplified?.description) == actual
            return isCanonical || native.isEmpty ? "expected output is no valid VERS: \(error.code)" : nil
        }
        if native.hasPrefix(">="), native.hasSuffix(".x"), expected.hasPrefix(actual + "|<") {
            return "'>=1.x' has no end in node-semver; the reference reads '1.x'"
        }
        if expected.contains(".0.0-"), expected.replacingOccurrences(of: ".0.0-", with: "-") == actual {
            return "a date is a version of its own in Composer; the reference makes it a pre-release of its year"
        }
        if expected.contains("+"), numbers(expected) == numbers(actual) {
            return "a fourth number stays one where the order of the type ignores build metadata; the reference makes it that"
        }
        return nil
    }

    /// The pieces of all versions, without leading zeros.
    private static func numbers(_ text: String) -> [[Substring]] {
        text.split { "/|".contains($0) }.map { constraint in
            constraint.split { ".+".contains($0) }.map { part in
                let digits = part.drop { $0 == "0" }
                return part.allSatisfy(\.isNumber) ? (digits.isEmpty ? "0" : digits) : part
            }
        }
    }
}
