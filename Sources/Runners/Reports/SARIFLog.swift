package import JSONText
import Sealing

/// The results of a run as a SARIF 2.1.0 log (OASIS Standard; section numbers are its).
package struct SARIFLog: Sendable {
    /// What was looked at, for the log's readers.
    package struct Target: Sendable, Hashable {
        /// A URI.
        package let repository: String?
        package let commit: String?
        /// A package URL.
        package let package: String?

        package init(repository: String? = nil, commit: String? = nil, package: String? = nil) {
            self.repository = repository
            self.commit = commit
            self.package = package
        }
    }

    package let driver: RunnerDriver
    package let target: Target
    /// Identifies the run: results of the same run have the same `guid` whenever the log is written.
    package let run: String
    package let result: UnitResult
    package let leftOut: [LeftOut]
    /// Files that were to be looked at when the run ended.
    package let notReached: [String]
    /// False where the run ended before everything was looked at.
    package let isComplete: Bool
    /// Why it did; nil where that is not known or not to be told.
    package let failure: String?

    package init(
        driver: RunnerDriver, target: Target = Target(), run: String, result: UnitResult, leftOut: [LeftOut],
        notReached: [String] = [], isComplete: Bool = true, failure: String? = nil
    ) {
        self.failure = failure
        self.driver = driver
        self.target = target
        self.run = run
        self.result = result
        self.leftOut = leftOut
        self.notReached = notReached
        self.isComplete = isComplete
    }

    package var json: JSONValue {
        var members: [(String, JSONValue)] = [
            ("tool", ["driver": tool]), ("invocations", [invocation]), ("results", .array(results)),
            ("columnKind", "utf16CodeUnits"),
            ("originalUriBaseIds", ["SOURCE": ["description": ["text": "The root of the source that was looked at."]]]),
            ("automationDetails", ["id": .string("\(driver.name)/\(run)")])
        ]
        if let repository = target.repository {
            var provenance: [(String, JSONValue)] = [("repositoryUri", .string(repository))]
            if let commit = target.commit { provenance.append(("revisionId", .string(commit))) }
            members.append(("versionControlProvenance", [.object(JSONObject(provenance))]))
        }
        let properties = self.properties
        if !properties.isEmpty { members.append(("properties", .object(properties))) }
        return [
            "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
            "version": "2.1.0", "runs": [.object(JSONObject(members))]
        ]
    }

    private var properties: JSONObject {
        var properties = JSONObject()
        if let package = target.package { properties["package"] = .string(package) }
        guard let model = driver.model else { return properties }
        properties["ai/origin"] = "generated"
        properties["ai/model"] = .string(model.model)
        if let version = result.version { properties["ai/modelVersion"] = .string(version) }
        properties["ai/harness"] = .string("\(driver.name) \(model.harnessVersion)")
        properties["ai/promptPolicyHash"] = .string(model.promptPolicyHash)
        properties["ai/humanReviewed"] = false
        properties["ai/tokens"] = ["input": .count(result.usage.input), "output": .count(result.usage.output)]
        return properties
    }

    private var tool: JSONValue {
        var members: [(String, JSONValue)] = [("name", .string(driver.name))]
        if let version = driver.model?.harnessVersion ?? result.version { members.append(("version", .string(version))) }
        if let uri = driver.informationURI { members.append(("informationUri", .string(uri))) }
        let rules = Set(result.findings.map(\.rule)).sorted()
        members.append(("rules", .array(rules.map { ["id": .string($0)] })))
        return .object(JSONObject(members))
    }

    /// What was not looked at is part of what a run says (3.20.21).
    private var invocation: JSONValue {
        let isNothingLookedAt = result.files.isNothingLookedAt
        let faults = [failure, isNothingLookedAt ? "none of \(result.files.missed) files was looked at" : nil].compactMap(\.self)
        let told =
            faults.map { notification($0, path: nil, level: "error") }
            + result.notices.map { notification($0.text, path: $0.path, isLoss: $0.isLoss) }
            + SARIFLog.told(leftOut) {
                notification("left out: \($0.reason.rawValue)", path: $0.path, isLoss: true)
            } more: {
                notification("\($0) more members of the source were left out", path: nil, isLoss: true)
            }
            + SARIFLog.told(notReached) {
                notification("not reached", path: $0, isLoss: true)
            } more: {
                notification("\($0) more files were not reached", path: nil, isLoss: true)
            }
        return [
            "executionSuccessful": .bool(isComplete && !isNothingLookedAt), "toolExecutionNotifications": .array(told)
        ]
    }

    /// The first of a list that may be as long as a source is large, and how many there are besides.
    private static func told<Element>(
        _ list: [Element], _ each: (Element) -> JSONValue, more: (Int) -> JSONValue
    ) -> [JSONValue] {
        list.prefix(mostTold).map(each) + (list.count > mostTold ? [more(list.count - mostTold)] : [])
    }

    /// With paths of a thousand bytes, all escaped, this is 6 MB.
    private static let mostTold = 2_000

    private func notification(_ text: String, path: String?, isLoss: Bool) -> JSONValue {
        notification(text, path: path, level: isLoss ? "warning" : "note")
    }

    private func notification(_ text: String, path: String?, level: String) -> JSONValue {
        var members: [(String, JSONValue)] = [("level", .string(level)), ("message", message(text))]
        if let path { members.append(("locations", [location(path, line: nil, column: nil)])) }
        return .object(JSONObject(members))
    }

    private var results: [JSONValue] {
        var seen: [String: Int] = [:]
        return result.findings.map { finding in
            let words = [finding.rule, finding.path, finding.message].map { "\($0.utf8.count):\($0)" }.joined()
            // Two findings of one rule with the same words in one file are told apart by their order, so that a line more above
            // them makes no other findings of them.
            let number = seen[words, default: 0]
            seen[words] = number + 1
            let fingerprint = Digest(hashing: "\(words)\(number)").hex
            return json(finding, fingerprint: fingerprint)
        }
    }

    private func json(_ finding: RunnerFinding, fingerprint: String) -> JSONValue {
        var members: [(String, JSONValue)] = [
            ("ruleId", .string(finding.rule)), ("level", .string(finding.level.rawValue)),
            ("message", message(finding.message.isEmpty ? finding.rule : finding.message)),
            ("locations", [location(finding.path, line: finding.line, column: finding.column)]),
            ("guid", .string(SARIFLog.guid(run: run, fingerprint: fingerprint))),
            ("partialFingerprints", ["breakwaterRule/v1": .string(fingerprint)])
        ]
        if !finding.weaknesses.isEmpty {
            members.append(("properties", ["tags": .array(finding.weaknesses.map { .string("CWE-\($0)") })]))
        }
        let steps = finding.steps.map { step -> JSONValue in
            ["location": location(step.path, line: step.line, column: nil, message: step.message)]
        }
        if !steps.isEmpty { members.append(("codeFlows", [["threadFlows": [["locations": .array(steps)]]]])) }
        return .object(JSONObject(members))
    }

    private func location(_ path: String, line: Int?, column: Int?, message: String = "") -> JSONValue {
        var physical: [(String, JSONValue)] = [
            ("artifactLocation", ["uri": .string(PercentText.encode(path)), "uriBaseId": "SOURCE"])
        ]
        if let line {
            var region: [(String, JSONValue)] = [("startLine", .number(line))]
            if let column, column >= 1 { region.append(("startColumn", .number(column))) }
            physical.append(("region", .object(JSONObject(region))))
        }
        var members: [(String, JSONValue)] = [("physicalLocation", .object(JSONObject(physical)))]
        if !message.isEmpty { members.append(("message", self.message(message))) }
        return .object(JSONObject(members))
    }

    /// Braces of tools are no placeholders (3.11.5).
    private func message(_ text: String) -> JSONValue {
        ["text": .string(text.replacing("{", with: "{{").replacing("}", with: "}}"))]
    }

    /// A UUID made of a digest; RFC 9562 calls that version 8, which SARIF's schema does not know yet, so it is marked as
    /// version 5, which is made in the same way.
    static func guid(run: String, fingerprint: String) -> String {
        var bytes = Array(Digest(hashing: "\(run)/\(fingerprint)").bytes.prefix(16))
        bytes[6] = bytes[6] & 0x0F | 0x50
        bytes[8] = bytes[8] & 0x3F | 0x80
        let hex = Hexadecimal.encode(bytes)
        var text = ""
        for (index, digit) in hex.enumerated() {
            if [8, 12, 16, 20].contains(index) { text += "-" }
            text.append(digit)
        }
        return text
    }
}
