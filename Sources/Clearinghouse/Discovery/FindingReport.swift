package import JSONText
package import Journal
import PackageIdentity
package import Sealing

/// A finding as one finder reports it, whatever format it arrived in: a parsed value, believed by nobody yet.
package struct FindingReport: Sendable, Hashable {
    package var title: String
    /// A package URL; its version says where the finder saw the bug.
    package var package: String?
    package var repository: String?
    package var commit: String?
    /// `CWE-122`.
    package var weakness: String?
    package var file: String?
    package var function: String?
    package var startLine: Int64?
    package var detail: String
    /// The fix that the finder proposes, a unified diff.
    package var patch: String?
    /// What the program printed when it crashed.
    package var crash: String?
    /// Files that another commit names otherwise.
    package var renames: [Rename] = []
    /// Where the attacker's data enters, and where it does harm: one finding's sink may be another's entry.
    package var entry: String?
    package var sink: String?
    package var severity: String?
    /// Who or what found it: model, version, harness, prompt-policy hash, whether a person read it. Kept verbatim.
    package var provenance: JSONObject?
    /// Fingerprints the tool computed itself, by name.
    package var toolFingerprints: [String: String]
    /// When the finder made it, as it wrote the time (RFC 3339).
    package var discoveredAt: String?
    /// Members that the format the finding came in allows and a finding has no place for, kept as they were said.
    package var further: JSONObject?
    /// Addresses where more is found.
    package var references: [String] = []
    /// Who is to be thanked, in words.
    package var credits: [String] = []
    /// Why a person has to read the original before anybody relies on the report, in words: it was read from free text, or
    /// something could not be found in it. Empty where a format says what is what.
    package var doubts: [String] = []

    package init(
        title: String, package: String? = nil, repository: String? = nil, commit: String? = nil, weakness: String? = nil,
        file: String? = nil, function: String? = nil, startLine: Int64? = nil, detail: String = "", severity: String? = nil,
        provenance: JSONObject? = nil, toolFingerprints: [String: String] = [:]
    ) {
        self.title = title
        self.package = package
        self.repository = repository
        self.commit = commit
        self.weakness = weakness
        self.file = file
        self.function = function
        self.startLine = startLine
        self.detail = detail
        self.severity = severity
        self.provenance = provenance
        self.toolFingerprints = toolFingerprints
    }
}

extension FindingReport {
    /// A file by two names.
    package struct Rename: Sendable, Hashable {
        package var from: String
        package var to: String

        package init(from: String, to: String) {
            self.from = from
            self.to = to
        }
    }
}

/// One finding on its way in: the report, the bytes it was read from, and the key that makes a repeat harmless.
package struct FindingSubmission: Sendable {
    /// When a submission under a key that was used before is the same finding again; any other is refused.
    package enum Repeat: Sendable {
        /// Where its bytes are the same.
        case ofBytes
        /// Where it reports the same problem (`FindingReport.problem`): the key belongs to the finding and comes back with
        /// every scan, in other bytes each time.
        case ofProblem
    }

    package let report: FindingReport
    /// The bytes it came in, kept exactly beside what was parsed from them; findings of one log share them.
    package let original: Content
    package let idempotencyKey: String
    /// The run of ours that found it: its keys are apart from those of members, who could take them else.
    package let run: String?
    package let isRepeat: Repeat
    /// Where in a document of several it stands, for the refusal of this one alone.
    package let place: String?

    package init(
        report: FindingReport, original: Content, idempotencyKey: String, run: String? = nil,
        isRepeat: Repeat = .ofBytes, place: String? = nil
    ) {
        self.report = report
        self.original = original
        self.idempotencyKey = idempotencyKey
        self.run = run
        self.isRepeat = isRepeat
        self.place = place
    }
}

/// The key a caller gives beside a body as a whole (the header `Idempotency-Key`): the same key and body again give the same
/// answers, the same key with another body is refused.
package struct BodyKey: Sendable {
    package let text: String
    package let body: Digest

    package init(_ text: String, body: Digest) {
        self.text = text
        self.body = body
    }
}

/// What the clearinghouse answers, the first time and every time the same submission is repeated.
package struct FindingReceipt: Sendable, Hashable {
    package let finding: String
    package let vulnerability: String
    /// True where the finding joined a vulnerability others had reported before.
    package let joinedExisting: Bool
    /// True where this very submission was received before.
    package let isRepeat: Bool
    /// Why it belongs to that vulnerability, in words.
    package let reasons: [String]
}
