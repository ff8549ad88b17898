import Handling
import JSONText
import Journal
package import Sealing

/// What is to be validated.
package struct ValidationRequest: Sendable {
    package let identifier: String
    package let finding: String
    /// Whose reproducer it is: its files are sealed under that member's key.
    package let member: String
    package let vulnerability: String
    /// Where set, the replay runs on the build with this fix applied.
    package let fix: String?
    package let reproducer: Digest
    package let patch: Digest?
    /// The case's content key, under which the patch is sealed.
    let patchKey: ContentKeyName?

    var json: JSONValue {
        [
            "finding": .string(finding), "fix": fix.map { .string($0) } ?? .null, "member": .string(member),
            "patch": patch.map { .string($0.hex) } ?? .null,
            "patchKey": patchKey.map { .string($0.text) } ?? .null, "reproducer": .string(reproducer.hex),
            "validation": .string(identifier), "vulnerability": .string(vulnerability)
        ]
    }

    init?(json: JSONValue) {
        guard
            let identifier = json["validation"]?.string, let finding = json["finding"]?.string,
            let member = json["member"]?.string, let vulnerability = json["vulnerability"]?.string,
            let reproducer = json["reproducer"]?.string.flatMap(Digest.init(hex:))
        else { return nil }
        self.init(
            identifier: identifier, finding: finding, member: member, vulnerability: vulnerability,
            fix: json["fix"]?.string, reproducer: reproducer, patch: json["patch"]?.string.flatMap(Digest.init(hex:)),
            patchKey: json["patchKey"]?.string.map(ContentKeyName.init)
        )
    }

    init(
        identifier: String, finding: String, member: String, vulnerability: String, fix: String?, reproducer: Digest,
        patch: Digest?, patchKey: ContentKeyName?
    ) {
        self.identifier = identifier
        self.finding = finding
        self.member = member
        self.vulnerability = vulnerability
        self.fix = fix
        self.reproducer = reproducer
        self.patch = patch
        self.patchKey = patchKey
    }
}

/// The facts about reproducers and what came of them, sealed like the reproducer itself under its finder's key: a crash tells
/// almost as much as the bytes that cause it, and a request that can't be read any more waits for no worker.
enum ValidationRecords {
    static let reproducerAttached = RecordKind("reproducer.attached")
    static let requested = RecordKind("validation.requested")
    static let concluded = RecordKind("validation.concluded")
    /// The kind of the job a request enqueues.
    static let jobKind = "replay"

    static func stream(_ validation: String) -> StreamName { StreamName("validation", validation) }

    static func reproducerAttached(
        to finding: String, of member: String, manifest: Content, files: [(path: String, content: Content)]
    ) throws -> RecordDraft {
        RecordDraft(
            reproducerAttached, in: DiscoveryRecords.findingStream(finding), by: member, label: try Labels.member(member),
            payload: [
                "files": .array(
                    files.map { ["path": .string($0.path), "sha256": .string($0.content.digest.hex)] }
                ),
                "finding": .string(finding), "manifest": .string(manifest.digest.hex)
            ],
            contents: [manifest] + files.map(\.content), sealedUnder: DiscoveryRecords.contentKey(of: member)
        )
    }

    static func requested(_ request: ValidationRequest, by actor: String) throws -> RecordDraft {
        RecordDraft(
            requested, in: stream(request.identifier), by: actor, label: try Labels.desk(), payload: request.json,
            sealedUnder: DiscoveryRecords.contentKey(of: request.member), expectedVersion: 0
        )
    }

    /// Expecting version 1 makes a replay count once, whoever else may have run it after a lease ended.
    static func concluded(_ request: ValidationRequest, _ verdict: Verdict, envelope: [UInt8], by actor: String) throws
        -> RecordDraft
    {
        RecordDraft(
            concluded, in: stream(request.identifier), by: actor, label: try Labels.desk(),
            payload: [
                "crash": verdict.crash.map(\.json) ?? .null,
                "crashCount": .number(JSONNumber(Int64(verdict.crashCount))),
                "envelope": .string(String(decoding: envelope, as: UTF8.self)),
                "explanation": .string(verdict.explanation),
                "fix": request.fix.map { .string($0) } ?? .null,
                "outcome": .string(verdict.outcome.rawValue),
                "runCount": .number(JSONNumber(Int64(verdict.runCount))),
                "validation": .string(request.identifier),
                "vulnerability": .string(request.vulnerability)
            ],
            sealedUnder: DiscoveryRecords.contentKey(of: request.member), expectedVersion: 1
        )
    }
}
