import Foundation
import PackageIdentity
import TestSupport
import Testing

/// The official suite of package-url/purl-spec. `parse` and `build` go through the strict initialisers, `validate` asks for
/// the canonical spelling of whatever was found in the field and goes through `init(normalizing:)`.
@Suite struct `Purl conformance` {
    @Test(.enabled(if: SharedSuite.has("purl-spec/tests"), "shared/suites/purl-spec is missing"))
    func `agrees with every test of the purl specification`() throws {
        var passed = 0
        var failures: [String] = []
        for file in SharedSuite.files(in: "purl-spec/tests/spec") + SharedSuite.files(in: "purl-spec/tests/types") {
            let document = try #require(SharedSuite.json(file) as? [String: Any])
            for test in try #require(document["tests"] as? [[String: Any]]) {
                if let failure = judge(test) { failures.append("\(file): \(failure)") } else { passed += 1 }
            }
        }
        #expect(failures.isEmpty, "\(failures.count) failed, \(passed) passed:\n\(failures.joined(separator: "\n"))")
        #expect(passed >= 586)
    }

    /// Nil when the test passes, else what was expected and what came.
    private func judge(_ test: [String: Any]) -> String? {
        let mustFail = test["expected_failure"] as? Bool ?? false
        let expected = test["expected_output"]
        do {
            switch test["test_type"] as? String {
            case "build":
                let text = try build(test["input"] as? [String: Any] ?? [:]).description
                return outcome(text, expected as? String ?? "", mustFail, test)
            case "parse":
                let purl = try Purl(parsing: test["input"] as? String ?? "")
                return outcome(components(purl), components(expected as? [String: Any] ?? [:]), mustFail, test)
            case "validate":
                let text = try Purl(normalizing: test["input"] as? String ?? "").description
                return outcome(text, expected as? String ?? "", mustFail, test)
            default: return "unknown test type \(test)"
            }
        } catch {
            return mustFail ? nil : "\(test["input"] ?? "") was refused: \(error)"
        }
    }

    private func outcome(_ actual: String, _ expected: String, _ mustFail: Bool, _ test: [String: Any]) -> String? {
        if mustFail { return "\(test["input"] ?? "") was accepted as \(actual)" }
        return actual == expected ? nil : "\(test["input"] ?? ""): expected \(expected), got \(actual)"
    }

    /// The suite writes a missing type or name as null: there is no such thing as building a purl without them.
    private func build(_ input: [String: Any]) throws -> Purl {
        try Purl(
            type: input["type"] as? String ?? "", namespace: input["namespace"] as? String,
            name: input["name"] as? String ?? "", version: input["version"] as? String,
            qualifiers: input["qualifiers"] as? [String: String] ?? [:], subpath: input["subpath"] as? String
        )
    }

    private func components(_ purl: Purl) -> String {
        let qualifiers = purl.qualifiers.map { "\($0.key)=\($0.value)" }
        return "\(purl.type)|\(purl.namespace ?? "")|\(purl.name)|\(purl.version ?? "")|\(qualifiers)|\(purl.subpath ?? "")"
    }

    private func components(_ output: [String: Any]) -> String {
        let pairs = (output["qualifiers"] as? [String: String] ?? [:]).sorted { $0.key < $1.key }
        let qualifiers = pairs.map { "\($0.key)=\($0.value)" }
        func text(_ key: String) -> String { output[key] as? String ?? "" }
        return "\(text("type"))|\(text("namespace"))|\(text("name"))|\(text("version"))|\(qualifiers)|\(text("subpath"))"
    }
}
