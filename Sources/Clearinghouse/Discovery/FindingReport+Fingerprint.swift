import Correlation
import JSONText

extension FindingReport {
    /// The exact keys this finding is compared by, strongest first.
    var fingerprintKeys: [FingerprintKey] {
        FindingFingerprint(
            of: .init(
                package: package, repository: repository, weakness: weakness, file: file, function: function,
                startLine: startLine.map(Int.init), toolFingerprints: correlatedFingerprints
            )
        ).keys
    }

    /// What the finding is about, and nothing else.
    var subjectEvidence: FindingFingerprint.Evidence { .init(package: package, repository: repository) }

    var correlatedFingerprints: [FindingFingerprint.ToolFingerprint] {
        toolFingerprints.sorted { $0.key < $1.key }.map { name, value in
            FindingFingerprint.ToolFingerprint(tool: toolName, name: name, value: value, isPartial: true)
        }
    }

    /// Fingerprints of two tools are never compared: the harness is part of their name.
    private var toolName: String {
        provenance?["harness"]?.string ?? ""
    }
}
