package import CivilTime
import Handling
import JSONText
import Journal
import Runners
package import Sealing

/// What is asked of a runner.
package struct RunRequest: Sendable {
    package let identifier: String
    /// Who asked, and whose the findings are.
    package let member: String
    package let tool: String
    package let target: RunTarget
    package let source: Digest
    package let authoriser: String
    package let authorisation: Digest
    package let authorisedUntil: Timestamp

    var json: JSONValue {
        [
            "authorisation": .string(authorisation.hex), "authorisedUntil": .string(authorisedUntil.description),
            "authoriser": .string(authoriser), "commit": .text(target.commit), "member": .string(member),
            "package": .text(target.package), "repository": .text(target.repository), "run": .string(identifier),
            "source": .string(source.hex), "tool": .string(tool)
        ]
    }

    init?(json: JSONValue) {
        guard
            let identifier = json["run"]?.string, let member = json["member"]?.string, let tool = json["tool"]?.string,
            let source = json["source"]?.string.flatMap(Digest.init(hex:)), let authoriser = json["authoriser"]?.string,
            let authorisation = json["authorisation"]?.string.flatMap(Digest.init(hex:)),
            let until = json["authorisedUntil"]?.string.flatMap(Timestamp.init(rfc3339:)),
            let target = try? RunTarget(
                repository: json["repository"]?.string, commit: json["commit"]?.string, package: json["package"]?.string)
        else { return nil }
        self.init(
            identifier: identifier, member: member, tool: tool, target: target, source: source, authoriser: authoriser,
            authorisation: authorisation, authorisedUntil: until)
    }

    init(
        identifier: String, member: String, tool: String, target: RunTarget, source: Digest, authoriser: String,
        authorisation: Digest, authorisedUntil: Timestamp
    ) {
        self.identifier = identifier
        self.member = member
        self.tool = tool
        self.target = target
        self.source = source
        self.authoriser = authoriser
        self.authorisation = authorisation
        self.authorisedUntil = authorisedUntil
    }
}

/// How a run came to its end.
package enum RunEnding: String, Sendable, CaseIterable {
    /// Everything was looked at, or told as not looked at.
    case completed
    /// It could not go on; what was found before counts.
    case failed
    /// Somebody stopped it; nothing of it was handed in.
    case cancelled
}

/// The facts about runs, sealed under the key of the member who asked, like the findings: a member who leaves takes them along.
/// A run has at most 66 records, however large its source.
enum ScanningRecords {
    static let uploaded = RecordKind("source.uploaded")
    static let requested = RecordKind("run.requested")
    static let progressed = RecordKind("run.progressed")
    static let finished = RecordKind("run.finished")
    /// The kind of the job a request enqueues.
    static let jobKind = "run"

    static func stream(_ run: String) -> StreamName { StreamName("run", run) }

    static func uploaded(_ source: Content, as identifier: String, by member: String) throws -> RecordDraft {
        RecordDraft(
            uploaded, in: StreamName("source", identifier), by: member, label: try Labels.member(member),
            payload: [
                "byteCount": .number(JSONNumber(Int64(source.bytes.count))), "member": .string(member),
                "sha256": .string(source.digest.hex)
            ],
            contents: [source], sealedUnder: DiscoveryRecords.contentKey(of: member), expectedVersion: 0)
    }

    static func requested(_ request: RunRequest, _ authorisation: Content) throws -> RecordDraft {
        RecordDraft(
            requested, in: stream(request.identifier), by: request.member, label: try Labels.member(request.member),
            payload: request.json, contents: [authorisation],
            sealedUnder: DiscoveryRecords.contentKey(of: request.member), expectedVersion: 0)
    }

    /// One portion of a run is done. Expecting the version that was read makes a portion count once, whoever else may have done
    /// it after a lease ended, and lets a cancelled run stay cancelled.
    static func progressed(
        _ request: RunRequest, _ portion: RunPortion, result: Content, version: Int64
    ) throws -> RecordDraft {
        RecordDraft(
            progressed, in: stream(request.identifier), by: Membership.system, label: try Labels.member(request.member),
            payload: [
                "done": .number(JSONNumber(Int64(portion.done))), "findings": .number(JSONNumber(Int64(portion.findingCount))),
                "plan": .string(portion.plan.hex), "result": .string(result.digest.hex), "run": .string(request.identifier),
                "total": .number(JSONNumber(Int64(portion.total)))
            ],
            contents: [result], sealedUnder: DiscoveryRecords.contentKey(of: request.member), expectedVersion: version)
    }

    static func finished(
        _ request: RunRequest, _ ending: RunEnding, reason: String?, outcome: RunOutcome?, by actor: String, version: Int64
    ) throws -> RecordDraft {
        RecordDraft(
            finished, in: stream(request.identifier), by: actor, label: try Labels.member(request.member),
            payload: [
                "ending": .string(ending.rawValue),
                "findings": outcome.map { .number(JSONNumber(Int64($0.findingCount))) } ?? .null, "reason": .text(reason),
                "run": .string(request.identifier), "sarif": .text(outcome?.log.digest.hex),
                "toolVersion": .text(outcome?.toolVersion)
            ],
            contents: outcome.map { [$0.log] } ?? [], sealedUnder: DiscoveryRecords.contentKey(of: request.member),
            expectedVersion: version)
    }
}

/// How far one portion brought a run.
struct RunPortion {
    /// Files looked at so far, of how many.
    let done: Int
    let total: Int
    let findingCount: Int
    /// Of how the source was divided: a run can only go on in the same way.
    let plan: Digest
}

/// What a run left behind.
struct RunOutcome {
    let log: Content
    let findingCount: Int
    let toolVersion: String?
}

extension JSONValue {
    fileprivate static func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
}
