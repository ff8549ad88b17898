import Correlation
import JSONText

extension FindingReport {
    /// The exact keys this finding is compared by, strongest first.
    var fingerprintKeys: [FingerprintKey] {
        FindingFingerprint(
            of: .init(
                package: package, repository: repository, weakness: weakness, file: file, function: function,
                startLine: startLine.map(Int.init), toolFingerprints: correlatedFingerprints, results: results
            )
        ).keys
    }

    /// What the finding is about, and nothing else.
    var subjectEvidence: FindingFingerprint.Evidence { .init(package: package, repository: repository) }

    var correlatedFingerprints: [FindingFingerprint.ToolFingerprint] {
        let rule = said("sarif/ruleId")
        return toolFingerprints.sorted { $0.key < $1.key }.map { name, value in
            FindingFingerprint.ToolFingerprint(
                tool: toolName, name: name, value: value, isPartial: !isWhole(name, value), rule: rule)
        }
    }

    /// Only SARIF says of a fingerprint that it tells a result from all others (3.27.16); and words are no fingerprint: semgrep
    /// writes `requires login` on every result.
    private func isWhole(_ name: String, _ value: String) -> Bool {
        said("sarif/level") != nil && !name.hasPrefix("partial/") && !value.contains(where: \.isWhitespace)
    }

    /// What the log says is the same in every report of the result.
    private var results: [String] { [said("sarif/guid"), said("sarif/correlationGuid")].compactMap(\.self) }

    private func said(_ name: String) -> String? { further?[name]?.string }

    /// Fingerprints of two tools are never compared: the harness is part of their name.
    private var toolName: String {
        provenance?["harness"]?.string ?? ""
    }
}
