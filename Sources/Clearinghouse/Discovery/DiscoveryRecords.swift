import Handling
import JSONText
import Journal
import Sealing

/// The facts about findings and the vulnerabilities they belong to.
enum DiscoveryRecords {
    static let submitted = RecordKind("finding.submitted")
    static let reviewed = RecordKind("finding.reviewed")
    static let joined = RecordKind("vulnerability.joined")
    static let left = RecordKind("vulnerability.left")
    static let keyClaimed = RecordKind("key.claimed")

    static func findingStream(_ finding: String) -> StreamName { StreamName("finding", finding) }
    static func keyStream(_ key: String) -> StreamName { StreamName("key", key) }
    static func vulnerabilityStream(_ vulnerability: String) -> StreamName { StreamName("vulnerability", vulnerability) }

    /// What a member reported is sealed under the member's key: withdrawing the member withdraws its content.
    static func contentKey(of member: String) -> ContentKeyName { ContentKeyName("member/\(member)") }

    static func submitted(_ finding: String, _ submission: FindingSubmission, by member: String) throws -> RecordDraft {
        RecordDraft(
            submitted, in: findingStream(finding), by: member, label: try Labels.member(member),
            payload: [
                "finding": .string(finding), "member": .string(member),
                "original": .string(submission.original.digest.hex), "report": submission.report.json
            ],
            contents: [submission.original], sealedUnder: contentKey(of: member), expectedVersion: 0
        )
    }

    /// A member has used a key for a body, of which the record has the SHA-256.
    static func keyClaimed(_ identifier: String, for body: Digest, by member: String) throws -> RecordDraft {
        RecordDraft(
            keyClaimed, in: keyStream(identifier), by: member, label: try Labels.member(member),
            payload: ["body": .string(body.hex), "key": .string(identifier)], sealedUnder: contentKey(of: member),
            expectedVersion: 0
        )
    }

    /// Its doubts are cleared up: what its fingerprints are made of may lead others to a vulnerability from now on.
    static func reviewed(
        _ finding: PlacedFinding, claims: [FingerprintClaim], of vulnerability: String, by actor: String
    ) throws -> RecordDraft {
        RecordDraft(
            reviewed, in: findingStream(finding.identifier), by: actor, label: try Labels.member(finding.member),
            payload: [
                "claims": .array(claims.map(\.json)), "finding": .string(finding.identifier),
                "vulnerability": .string(vulnerability)
            ],
            sealedUnder: contentKey(of: finding.member)
        )
    }

    static func joined(_ vulnerability: String, _ membership: VulnerabilityMembership, by actor: String) throws -> RecordDraft {
        RecordDraft(
            joined, in: vulnerabilityStream(vulnerability), by: actor, label: try Labels.desk(),
            payload: payload(
                [
                    ("claims", .array(membership.claims.map(\.json))), ("finding", .string(membership.finding)),
                    ("isFirst", .bool(membership.isFirst)),
                    ("reasons", .array(membership.reasons.map { .string($0) })), ("summary", membership.summary.json),
                    ("vulnerability", .string(vulnerability))
                ], movedBy: membership.relation),
            sealedUnder: contentKey(of: membership.member)
        )
    }

    /// - Parameter relation: the relation that moves the finding; nil where a person does.
    static func left(
        _ vulnerability: String, finding: String, of member: String, relation: String? = nil, reason: String, by actor: String
    ) throws -> RecordDraft {
        RecordDraft(
            left, in: vulnerabilityStream(vulnerability), by: actor, label: try Labels.desk(),
            payload: payload(
                [("finding", .string(finding)), ("reason", .string(reason)), ("vulnerability", .string(vulnerability))],
                movedBy: relation),
            sealedUnder: contentKey(of: member)
        )
    }

    /// The member `relation` is there only where a relation moves the finding: without it, intake or a person did.
    private static func payload(_ members: [(String, JSONValue)], movedBy relation: String?) -> JSONValue {
        .object(JSONObject(members + (relation.map { [("relation", .string($0))] } ?? [])))
    }
}

/// Why a finding belongs to a vulnerability.
struct VulnerabilityMembership {
    let finding: String
    /// Whose finding it is.
    let member: String
    let isFirst: Bool
    let reasons: [String]
    /// What the vulnerability is called if this finding is its first.
    let summary: VulnerabilitySummary
    /// Fingerprints that, from now on, lead to this vulnerability.
    let claims: [FingerprintClaim]
    /// The relation that put the finding there, if one did.
    var relation: String?
}

/// What a vulnerability is called: taken from its first finding.
struct VulnerabilitySummary {
    let title: String
    let package: String?
    let weakness: String?

    init(_ report: FindingReport) {
        title = report.title
        package = report.package
        weakness = report.weakness
    }

    var json: JSONValue {
        [
            "package": package.map { .string($0) } ?? .null, "title": .string(title),
            "weakness": weakness.map { .string($0) } ?? .null
        ]
    }
}

/// A fingerprint as the journal keeps it: keyed, so that the table reveals no file or function.
struct FingerprintClaim: Hashable {
    let kind: String
    let digest: Digest

    var json: JSONValue { ["digest": .string(digest.hex), "kind": .string(kind)] }
}

extension FindingReport {
    /// Canonical form for the journal; absent members are left out.
    var json: JSONValue {
        var members: [(String, JSONValue)] = [("detail", .string(detail)), ("title", .string(title))]
        let optional: [(String, String?)] = [
            ("commit", commit), ("crash", crash), ("discoveredAt", discoveredAt), ("entry", entry), ("file", file),
            ("function", function), ("package", package), ("patch", patch), ("repository", repository),
            ("severity", severity), ("sink", sink), ("weakness", weakness)
        ]
        for (name, value) in optional { if let value { members.append((name, .string(value))) } }
        if let startLine { members.append(("startLine", .number(JSONNumber(startLine)))) }
        if let further { members.append(("further", .object(further))) }
        if let provenance { members.append(("provenance", .object(provenance))) }
        if !toolFingerprints.isEmpty {
            let pairs = toolFingerprints.sorted { $0.key < $1.key }.map { ($0.key, JSONValue.string($0.value)) }
            members.append(("toolFingerprints", .object(JSONObject(pairs))))
        }
        if !renames.isEmpty {
            let pairs = renames.map { JSONValue.object(JSONObject([("from", .string($0.from)), ("to", .string($0.to))])) }
            members.append(("renames", .array(pairs)))
        }
        for (name, texts) in [("credits", credits), ("doubts", doubts), ("references", references)] where !texts.isEmpty {
            members.append((name, .array(texts.map { .string($0) })))
        }
        return .object(JSONObject(members))
    }

    init?(json: JSONValue) {
        guard let title = json["title"]?.string else { return nil }
        let fingerprints = (json["toolFingerprints"]?.object?.members ?? []).compactMap { member in
            member.value.string.map { (member.key, $0) }
        }
        self.init(
            title: title, package: json["package"]?.string, repository: json["repository"]?.string,
            commit: json["commit"]?.string, weakness: json["weakness"]?.string, file: json["file"]?.string,
            function: json["function"]?.string, startLine: json["startLine"]?.integer,
            detail: json["detail"]?.string ?? "", severity: json["severity"]?.string,
            provenance: json["provenance"]?.object, toolFingerprints: Dictionary(fingerprints) { first, _ in first }
        )
        func texts(_ name: String) -> [String] { (json[name]?.array ?? []).compactMap(\.string) }
        (discoveredAt, further) = (json["discoveredAt"]?.string, json["further"]?.object)
        (patch, crash) = (json["patch"]?.string, json["crash"]?.string)
        (entry, sink) = (json["entry"]?.string, json["sink"]?.string)
        renames = (json["renames"]?.array ?? []).compactMap { pair in
            guard let from = pair["from"]?.string, let to = pair["to"]?.string else { return nil }
            return Rename(from: from, to: to)
        }
        (references, credits, doubts) = (texts("references"), texts("credits"), texts("doubts"))
    }
}
