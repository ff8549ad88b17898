import JSONText
import Sealing

/// One content that a record says exists.
struct ContentReference {
    let digest: Digest
    /// The key it is sealed under; the empty text for contents in the clear.
    let sealedUnder: String
    /// Where the payload names it.
    let pointer: String
}

/// Where the payload of each kind of record names contents: the auditor's own list, by the kinds' documentation.
enum ContentReferences {
    /// Nil for a kind this list does not know.
    static func of(kind: String, payload: JSONValue, sealedUnder: String) -> [ContentReference]? {
        switch kind {
        case "finding.submitted": named(["original"], in: payload, sealedUnder)
        case "attachment.received": named(["chunk"], in: payload, sealedUnder)
        case "fix.attached": named(["patch"], in: payload, sealedUnder)
        case "advisory.imported": named(["osv"], in: payload, sealedUnder)
        case "inventory.deposited": named(["document", "components", "replaces"], in: payload, sealedUnder)
        case "inventory.withdrawn": named(["components"], in: payload, sealedUnder)
        case "lease.claimed": named(["authorisation"], in: payload, sealedUnder)
        case "question.opened": named(["finding"], in: payload, sealedUnder)
        case "federation.received": named(["source"], in: payload, sealedUnder)
        case "target.governed": named(["source"], in: payload, sealedUnder)
        case "source.uploaded": named(["sha256"], in: payload, sealedUnder)
        case "run.requested": named(["source", "authorisation"], in: payload, sealedUnder)
        case "run.progressed": named(["result"], in: payload, sealedUnder)
        case "run.concluding": named(["rest"], in: payload, sealedUnder)
        case "run.finished": named(["sarif"], in: payload, sealedUnder)
        case "advisory.published": named(["osv", "csaf"], in: payload, sealedUnder)
        case "reproducer.attached": named(["manifest"], in: payload, sealedUnder) + files(in: payload, sealedUnder)
        case "validation.requested":
            // What it refers to belongs to the finder and to the case.
            named(["reproducer"], in: payload, "member/\(payload["member"]?.string ?? "")")
                + named(["patch"], in: payload, payload["patchKey"]?.string ?? "")
        case "attachment.declared", "attachment.completed", "report.arrived", "report.opened", "report.messaged",
            "attachment.failed", "report.credited", "report.withdrawn", "report.forgotten":
            []
        case "adoption.reported", "case.embargo-moved", "case.embargo-suggested", "case.opened", "case.published", "fix.judged",
            "finding.reviewed",
            "key.claimed", "question.asked", "question.case-agreed", "question.case-opened", "question.epoch-closed",
            "question.epoch-opened", "question.key-kept", "question.lodged", "question.tags-added", "question.tags-ended",
            "question.tags-removed", "lease.preempted", "lease.released", "lease.renewed", "lease.revoked", "run.leased",
            "member.registered", "member.withdrawn", "source.read", "token.issued", "token.revoked", "validation.concluded",
            "relation.counterpart-named", "relation.found", "relation.restored", "relation.undone",
            "vulnerability.joined", "vulnerability.left":
            []
        default: nil
        }
    }

    private static func named(_ names: [String], in payload: JSONValue, _ key: String) -> [ContentReference] {
        names.compactMap { name in
            payload[name]?.string.flatMap { Digest(hex: $0) }
                .map { ContentReference(digest: $0, sealedUnder: key, pointer: "/\(name)") }
        }
    }

    private static func files(in payload: JSONValue, _ key: String) -> [ContentReference] {
        (payload["files"]?.array ?? []).enumerated().compactMap { index, file in
            file["sha256"]?.string.flatMap { Digest(hex: $0) }
                .map { ContentReference(digest: $0, sealedUnder: key, pointer: "/files/\(index)/sha256") }
        }
    }

    /// Every string of a payload that could be a digest: what a record of an unknown kind may refer to.
    static func candidates(in value: JSONValue) -> [Digest] {
        switch value {
        case .null, .bool, .number: []
        case .string(let text): text.utf8.count == 64 ? [Digest(hex: text)].compactMap(\.self) : []
        case .array(let elements): elements.flatMap(candidates)
        case .object(let object): object.members.flatMap { candidates(in: $0.value) }
        }
    }
}
