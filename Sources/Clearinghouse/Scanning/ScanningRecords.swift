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
    /// Who looks, as the runner was set up when the run was asked for.
    let driver: RunnerDriver

    var json: JSONValue {
        [
            "authorisation": .string(authorisation.hex), "authorisedUntil": .string(authorisedUntil.description),
            "authoriser": .string(authoriser), "commit": .text(target.commit), "member": .string(member),
            "driver": driver.json, "package": .text(target.package), "repository": .text(target.repository),
            "run": .string(identifier),
            "source": .string(source.hex), "tool": .string(tool)
        ]
    }

    init?(json: JSONValue) {
        guard
            let identifier = json["run"]?.string, let member = json["member"]?.string, let tool = json["tool"]?.string,
            let source = json["source"]?.string.flatMap(Digest.init(hex:)), let authoriser = json["authoriser"]?.string,
            let authorisation = json["authorisation"]?.string.flatMap(Digest.init(hex:)),
            let until = json["authorisedUntil"]?.string.flatMap(Timestamp.init(rfc3339:)),
            let driver = RunnerDriver(json: json["driver"]),
            let target = try? RunTarget(
                repository: json["repository"]?.string, commit: json["commit"]?.string, package: json["package"]?.string)
        else { return nil }
        self.init(
            identifier: identifier, member: member, tool: tool, target: target, source: source, authoriser: authoriser,
            authorisation: authorisation, authorisedUntil: until, driver: driver)
    }

    init(
        identifier: String, member: String, tool: String, target: RunTarget, source: Digest, authoriser: String,
        authorisation: Digest, authorisedUntil: Timestamp, driver: RunnerDriver
    ) {
        self.identifier = identifier
        self.member = member
        self.tool = tool
        self.target = target
        self.source = source
        self.authoriser = authoriser
        self.authorisation = authorisation
        self.authorisedUntil = authorisedUntil
        self.driver = driver
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
/// How many records a run has depends on how long it takes, not on how large its source is: one a portion, of which there are
/// about 64, and one each time it has to claim its leases again.
enum ScanningRecords {
    static let uploaded = RecordKind("source.uploaded")
    static let requested = RecordKind("run.requested")
    static let progressed = RecordKind("run.progressed")
    static let leased = RecordKind("run.leased")
    static let concluding = RecordKind("run.concluding")
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

    /// The scan leases under which the run goes on; they are claimed in the same append.
    static func leased(_ request: RunRequest, _ leases: [String], version: Int64) throws -> RecordDraft {
        try draft(
            leased, request, by: Membership.system, [("leases", .array(leases.map { .string($0) }))], version: version)
    }

    /// One portion of a run is done. Expecting the version that was read makes a portion count once, whoever else may have done
    /// it after a lease ended, and lets a cancelled run stay cancelled.
    static func progressed(
        _ request: RunRequest, _ portion: RunPortion, result: Content, version: Int64
    ) throws -> RecordDraft {
        try draft(
            progressed, request, by: Membership.system, portion.members, contents: [result], version: version)
    }

    /// From here on what was found is handed in, and nobody stops it half-way.
    static func concluding(_ request: RunRequest, _ conclusion: RunConclusion, rest: Content?, version: Int64) throws
        -> RecordDraft
    {
        try draft(
            concluding, request, by: Membership.system,
            [
                ("ending", .string(conclusion.ending.rawValue)), ("reason", .text(conclusion.reason)),
                ("rest", .text(conclusion.rest?.hex))
            ], contents: rest.map { [$0] } ?? [], version: version)
    }

    static func finished(
        _ request: RunRequest, _ ending: RunEnding, reason: String?, outcome: RunOutcome?, by actor: String, version: Int64
    ) throws -> RecordDraft {
        try draft(
            finished, request, by: actor,
            [
                ("ending", .string(ending.rawValue)), ("findings", .optional(outcome.map { Int64($0.findingCount) })),
                ("reason", .text(reason)), ("sarif", .text(outcome?.log.digest.hex)),
                ("toolVersion", .text(outcome?.toolVersion))
            ], contents: outcome.map { [$0.log] } ?? [], version: version)
    }

    private static func draft(
        _ kind: RecordKind, _ request: RunRequest, by actor: String, _ members: [(String, JSONValue)],
        contents: [Content] = [], version: Int64
    ) throws -> RecordDraft {
        RecordDraft(
            kind, in: stream(request.identifier), by: actor, label: try Labels.member(request.member),
            payload: .object(JSONObject([("run", .string(request.identifier))] + members)), contents: contents,
            sealedUnder: DiscoveryRecords.contentKey(of: request.member), expectedVersion: version)
    }
}

/// What one portion of a run did.
struct RunPortion {
    /// Files looked at so far, of how many.
    let done: Int
    let total: Int
    /// Units of the plan that were done.
    let unitCount: Int
    let findingCount: Int
    let noticeCount: Int
    /// Of findings and notices as they are kept.
    let byteCount: Int
    let usage: TokenUsage
    /// The worker's time.
    let work: Duration
    let plan: Digest
    let result: Digest

    fileprivate var members: [(String, JSONValue)] {
        [
            ("bytes", .optional(Int64(byteCount))), ("done", .optional(Int64(done))),
            ("findings", .optional(Int64(findingCount))), ("notices", .optional(Int64(noticeCount))),
            ("plan", .string(plan.hex)), ("result", .string(result.hex)), ("total", .optional(Int64(total))),
            ("units", .optional(Int64(unitCount))), ("usage", usage.json),
            ("workMilliseconds", .optional(Int64(work / .milliseconds(1))))
        ]
    }

    init(
        done: Int, total: Int, unitCount: Int, result: UnitResult, content: Digest, work: Duration, plan: Digest
    ) {
        self.done = done
        self.total = total
        self.unitCount = unitCount
        findingCount = result.findings.count
        noticeCount = result.notices.count
        byteCount = result.json.bytes().count
        usage = result.usage
        self.work = work
        self.plan = plan
        self.result = content
    }

    init?(json: JSONValue) {
        guard
            let result = json["result"]?.string.flatMap(Digest.init(hex:)),
            let plan = json["plan"]?.string.flatMap(Digest.init(hex:)), let done = json["done"]?.integer,
            let total = json["total"]?.integer, let units = json["units"]?.integer, let findings = json["findings"]?.integer,
            let notices = json["notices"]?.integer, let bytes = json["bytes"]?.integer,
            let work = json["workMilliseconds"]?.integer
        else { return nil }
        (self.done, self.total, unitCount) = (Int(clamping: done), Int(clamping: total), Int(clamping: units))
        (findingCount, noticeCount, byteCount) = (Int(clamping: findings), Int(clamping: notices), Int(clamping: bytes))
        usage = TokenUsage(json: json["usage"])
        self.work = .milliseconds(work)
        self.plan = plan
        self.result = result
    }
}

/// What a run left behind.
struct RunOutcome {
    let log: Content
    let findingCount: Int
    let toolVersion: String?
    /// True where no source was left out, and nothing may have been overlooked.
    let isWhole: Bool
}

extension JSONValue {
    fileprivate static func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
    fileprivate static func optional(_ number: Int64?) -> JSONValue { number.map { .number(JSONNumber($0)) } ?? .null }
}
