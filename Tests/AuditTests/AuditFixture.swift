import AdvisoryFormats
import BlindQuestion
import CivilTime
import Clearinghouse
import Foundation
import JSONText
import Journal
import JournalSQLite
import Runners
import Sealing
import Synchronization
import TestKit

@testable import Audit
@testable import Sandbox

/// A data directory that a clearinghouse filled: the whole way from a finding to an advisory that an operator reports done.
final class AuditFixture: Sendable {
    let directory: URL
    let finding: String
    let validation: String
    let advisory: String
    let journal: SQLiteJournal

    /// The walk is made once; tests that tamper work on copies.
    static let shared = Task {
        let fixture = try await AuditFixture()
        // Nobody outlives a static value to clean up after it, so the process does.
        atexit { AuditFixture.removal.withLock { $0?() } }
        AuditFixture.removal.withLock { removal in
            let directory = fixture.directory
            removal = { try? FileManager.default.removeItem(at: directory) }
        }
        return fixture
    }

    private static let removal = Mutex<(@Sendable () -> Void)?>(nil)

    private init() async throws {
        directory = try DataDirectories.make()
        let test = try TestEnvironment(seed: 7)
        let signingSeed = [UInt8](repeating: 3, count: 32)
        try DataDirectories.writeKeys(in: directory, masterKey: 7, logSeed: 9, signingSeed: 3, origin: "log.example/test")
        journal = try SQLiteJournal(
            path: directory.appending(path: "journal.db").path, environment: test.journal, projections: Projections.all
        )
        let walk = Walk(
            journal: journal, test: test,
            environment: ClearinghouseEnvironment(
                now: { test.clock.now }, random: { test.random.bytes($0) }, identifierSecret: Array(repeating: 5, count: 32),
                signingKey: try SigningKey(seed: signingSeed), origin: "log.example/test"
            )
        )
        let answers = try await walk.run()
        (finding, validation, advisory) = answers
    }

    /// A copy whose journal can be tampered with, without what the server still has open.
    func copy(keys: Bool = true) throws -> TamperedDirectory {
        let copy = try DataDirectories.make()
        let source = try SQLiteDatabase(path: directory.appending(path: "journal.db").path)
        try source.execute("VACUUM INTO '\(copy.appending(path: "journal.db").path)'")
        if keys {
            try FileManager.default.copyItem(at: directory.appending(path: "keys"), to: copy.appending(path: "keys"))
        }
        return try TamperedDirectory(directory: copy)
    }
}

/// The way of the data, walked once.
struct Walk {
    let journal: SQLiteJournal
    let test: TestEnvironment
    let environment: ClearinghouseEnvironment

    private let lab = Principal(member: "lab-a", scopes: Scope.usual(for: .finder))
    private let vendor = Principal(member: "vendor-b", scopes: Scope.usual(for: .vendor))
    private let desk = Principal(member: Membership.system, scopes: Set(Scope.allCases))

    func run() async throws -> (finding: String, validation: String, advisory: String) {
        try await registerMembers()
        try await leaseScans()
        let findings = try await submitFindings()
        try await scan()
        try await attachFiles(findings[0])
        try await reportAnonymously()
        _ = try await journal.integrate()
        let validation = try await validate(findings[0])
        let advisory = try await publish(findings[0])
        _ = try await journal.integrate()
        try await importAdvisories()
        try await reportDone(advisory)
        try await depositInventories()
        try await relateFindings()
        try await askBlindly()
        _ = try await journal.integrate()
        // One finding the log has not seen yet, one job that waits, and one lease of a job that is done.
        _ = try await submitFinding("later")
        _ = try await Validation(journal: journal, environment: environment, runner: WalkRunner.quiet)
            .request(finding: findings[0], by: desk)
        return (findings[0], validation, advisory)
    }

    private func registerMembers() async throws {
        let membership = Membership(journal: journal, environment: environment)
        try await membership.bootstrap(tokenText: membership.newTokenText())
        try await membership.register("lab-a", name: "Lab A", roles: [.finder], by: desk)
        try await membership.register("vendor-b", name: "Vendor \"B\"\n\u{1}ü", roles: [.vendor], by: desk)
        let operatorKey = try SigningKey(seed: Array(repeating: 4, count: 32)).verificationKey
        try await membership.register("operator-c", name: "C", roles: [.operator], verificationKey: operatorKey, by: desk)
        let token = try await membership.issueToken(to: "lab-a", scopes: [.submitFindings], lifetime: .seconds(60), by: desk)
        _ = try await membership.issueToken(to: "lab-a", scopes: [.readFindings], lifetime: .seconds(60), by: desk)
        try await membership.revokeToken(token.identifier, of: "lab-a", by: desk)
    }

    /// A policy with a second name, searches of a directory and of all to their end, one that a coordinator ended, and one that still
    /// runs; a peer's opt-out and claim.
    private func leaseScans() async throws {
        let target = try ScanTarget("pkg:generic/x")
        let policy = try TargetPolicy(json: ["maintainer": "vendor-b", "aliases": ["https://example.org/x"], "criticality": 7])
        try await Targets(journal: journal, environment: environment).govern(target, policy, by: desk)
        let leases = Leases(journal: journal, environment: environment)
        let scope = try ScanScope(
            target: target.at("1"), subsystem: "src", bugClass: BugClass("CWE-122"), toolFamily: "fuzzer", modelFamily: "none"
        )
        let answer = try await leases.claim(ScanClaim(scope: scope), by: lab)
        guard case .granted(let lease, _) = answer else { throw Refusal(.conflict, "not granted") }
        // A heartbeat is recorded after a third of the time to live.
        test.clock.advance(by: .seconds(301))
        _ = try await leases.renew(lease.identifier, token: lease.token, by: lab)
        try await leases.release(lease.identifier, token: lease.token, ScanResult(isComplete: true, findingCount: 1), by: lab)
        let whole = try ScanScope(target: target, bugClass: BugClass("CWE-122"))
        guard case .granted(let search, _) = try await leases.claim(ScanClaim(scope: whole), by: lab) else {
            throw Refusal(.conflict, "not granted")
        }
        try await leases.release(search.identifier, token: search.token, ScanResult(isComplete: true, findingCount: 0), by: lab)
        guard case .granted(let ended, _) = try await leases.claim(ScanClaim(scope: scope), by: lab) else {
            throw Refusal(.conflict, "not granted")
        }
        try await leases.revoke(ended.identifier, because: "a mistake", by: desk)
        _ = try await leases.claim(ScanClaim(scope: scope), by: lab)
        _ = try await leases.claim(ScanClaim(scope: scope, priority: .urgent), by: desk)
        try await leaseClosedTarget(leases)
        let optOut = InterchangeRecord.OptOut(
            repository: "https://code.example/quiet", requestedAt: "2026-11-01T00:00:00Z", reason: nil)
        _ = try await FederationExchange(journal: journal, environment: environment)
            .take(
                [InterchangeRecord.optOut(optOut), .claim(hash: Digest(hashing: "x").hex, contact: "peer@example.org")].map {
                    $0.json { Digest(hashing: $0).hex }.bytes()
                }, by: desk)
    }

    /// By the word of its owner.
    private func leaseClosedTarget(_ leases: Leases) async throws {
        let target = try ScanTarget("pkg:generic/closed")
        try await Targets(journal: journal, environment: environment).govern(
            target, TargetPolicy(json: ["maintainer": "operator-c", "closed": true]), by: desk)
        let word = try ScanAuthorisation.signed(
            targets: [target.name], tools: ["fuzzer"], until: test.clock.now.advanced(byDays: 1), for: "lab-a",
            by: try SigningKey(seed: Array(repeating: 4, count: 32)))
        _ = try await leases.claim(
            ScanClaim(scope: ScanScope(target: target, toolFamily: "fuzzer"), authorisation: word), by: lab)
    }

    /// A run that has ended, its lease cleared away.
    private func scan() async throws {
        let scanning = Scanning(
            journal: journal, environment: environment, discovery: Discovery(journal: journal, environment: environment),
            settings: ScanSettings(
                runners: [WalkScanner()], engine: WalkScanner.engine))
        try await Targets(journal: journal, environment: environment).govern(
            ScanTarget("pkg:generic/z"), TargetPolicy(json: ["maintainer": "operator-c"]), by: desk)
        let archive = [UInt8](repeating: 0, count: 257) + Array("ustar".utf8) + [UInt8](repeating: 0, count: 250)
        let word = try ScanAuthorisation.signed(
            targets: ["pkg:generic/z@1"], tools: ["walk"], until: test.clock.now.advanced(byDays: 1),
            by: try SigningKey(seed: Array(repeating: 4, count: 32)))
        let run = try await scanning.request(
            "walk", on: try RunTarget(repository: nil, commit: nil, package: "pkg:generic/z@1"),
            source: try await scanning.upload(archive, by: lab), authorisation: word, authoriser: "operator-c", by: lab)
        let stopped = try await scanning.request(
            "walk", on: try RunTarget(repository: nil, commit: nil, package: "pkg:generic/z@1"),
            source: try await scanning.upload(archive, by: lab), authorisation: word, authoriser: "operator-c", by: lab)
        try await scanning.cancel(stopped, by: lab)
        guard try await scanning.summary(run, for: lab).ending == nil else { throw Refusal(.conflict, "it ended") }
        while try await scanning.runNextPortion() {}
    }

    /// Two findings in the same words, without a place, that correlation alone can join.
    private func relateFindings() async throws {
        let other = Principal(member: "lab-d", scopes: Scope.usual(for: .finder))
        let membership = Membership(journal: journal, environment: environment)
        try await membership.register("lab-d", name: "Lab D", roles: [.finder], by: desk)
        var told: [String] = []
        for (finder, key) in [(lab, "told"), (other, "told again")] {
            let report = FindingReport(
                title: "Levels are written behind the buffer", package: "pkg:generic/y@1",
                detail: """
                    When a forged frame announces more levels than the header allows, the expansion loop copies each run behind the \
                    end of the allocated plane and corrupts neighbouring chunks of the arena until the decoder aborts.
                    """
            )
            let submission = FindingSubmission(
                report: report, original: Content(Array("{\"title\":\"\(key)\"}".utf8)), idempotencyKey: key
            )
            told.append(
                try await Discovery(journal: journal, environment: environment).submit([submission], by: finder)[0].get().finding)
        }
        let correlator = FindingCorrelator(journal: journal, environment: environment)
        while try await correlator.step() {}
        let discovery = Discovery(journal: journal, environment: environment)
        guard let relation = try await discovery.relations(ofFinding: told[1], for: desk).first else {
            throw Refusal(.notFound, "nothing was found")
        }
        try await discovery.undo(relation: relation.identifier, reason: "a mistake", by: desk)
        try await discovery.restore(relation: relation.identifier, reason: "none after all", by: desk)
    }

    /// One member asks about what another handed in, finds it known, and opens its commitment.
    private func askBlindly() async throws {
        let other = Principal(member: "lab-d", scopes: Scope.usual(for: .finder))
        let questions = Questions(journal: journal, environment: environment)
        let finding: JSONValue = [
            "title": "overflow", "package": "pkg:generic/x@1", "weakness": "CWE-122",
            "location": ["file": "src/a.c", "function": "f"]
        ]
        guard
            let salt = CommitmentSalt(bytes: test.random.bytes(CommitmentSalt.byteCount)),
            let commitment = QuestionCommitment.commitment(to: finding.bytes(), salt: salt),
            let keys = try FindingReader.submission(in: finding.bytes()).report.coarseKeys.first
        else { throw Refusal(.malformed, "no question") }
        let question = try BlindedQuestion(keys, random: { test.random.bytes($0) })
        try await questions.lodge(commitment, by: other)
        while try await questions.maintain() {}
        let (epoch, _) = try await questions.epoch()
        let answers = try await questions.ask(question.elements, commitment: commitment, epoch: epoch.number, by: other)
        let known = try TagList(parsing: try await questions.tags(of: epoch.number, after: -1, for: other).bytes)
        let tags = try question.tags(from: answers, under: epoch.publicKey, epoch: epoch.number)
        guard let tag = tags.first(where: known.contains) else { throw Refusal(.notFound, "nobody holds it") }
        let opening = QuestionOpening(commitment: commitment, salt: salt, finding: finding.bytes(), epoch: epoch.number, tag: tag)
        let blind = try await questions.open(opening, by: other)
        _ = try await questions.agree(to: blind.identifier, by: other)
        try await endEpochs(questions)
    }

    /// A member who leaves with its tags, and an epoch that ends with all.
    private func endEpochs(_ questions: Questions) async throws {
        let leaving = Principal(member: "lab-e", scopes: Scope.usual(for: .finder))
        let membership = Membership(journal: journal, environment: environment)
        try await membership.register("lab-e", name: "Lab E", roles: [.finder], by: desk)
        let report = FindingReport(title: "e", package: "pkg:generic/e@1", weakness: "CWE-79", file: "e.c", function: "e")
        let submission = FindingSubmission(
            report: report, original: Content(Array("{\"title\":\"e\"}".utf8)), idempotencyKey: "e")
        _ = try await Discovery(journal: journal, environment: environment).submit([submission], by: leaving)[0].get()
        while try await questions.maintain() {}
        try await membership.withdraw("lab-e", reason: "it closes", by: desk)
        _ = try await questions.rotate(by: desk)
        while try await questions.maintain() {}
    }

    private func submitFindings() async throws -> [String] {
        var findings: [String] = []
        for name in ["overflow", "overflow again", "other"] {
            test.clock.advance(by: .milliseconds(1_250))
            findings.append(try await submitFinding(name))
        }
        try await submitTexts()
        return findings
    }

    /// Two that were read from free text: one that a person has read, and one that waits.
    private func submitTexts() async throws {
        let discovery = Discovery(journal: journal, environment: environment)
        for text in ["It crashes", "It hangs"] {
            var report = FindingReport(title: text)
            report.doubts = ["it was read from free text"]
            let submission = FindingSubmission(report: report, original: Content(Array(text.utf8)), idempotencyKey: text)
            let receipt = try await discovery.submit([submission], by: lab)[0].get()
            if text == "It crashes" { _ = try await discovery.review(receipt.finding, by: desk) }
        }
    }

    private func submitFinding(_ name: String) async throws -> String {
        let original = Content(Array("{\"title\":\"\(name)\"}".utf8))
        let report = FindingReport(
            title: name, package: "pkg:generic/x@1", weakness: "CWE-122", file: "src/a.c",
            function: name.hasPrefix("over") ? "f" : "g-\(name)", startLine: 3
        )
        let submission = FindingSubmission(report: report, original: original, idempotencyKey: name)
        return try await Discovery(journal: journal, environment: environment).submit([submission], by: lab)[0].get().finding
    }

    /// A second finder of what a case is open about, under a key for its whole body.
    private func findAgain() async throws {
        let other = Principal(member: "lab-f", scopes: Scope.usual(for: .finder))
        try await Membership(journal: journal, environment: environment)
            .register("lab-f", name: "Lab F", roles: [.finder], by: desk)
        let original = Content(Array(#"{"title":"overflow, too"}"#.utf8))
        let report = FindingReport(
            title: "overflow, too", package: "pkg:generic/x@1", weakness: "CWE-122", file: "src/a.c", function: "f", startLine: 3)
        let submission = FindingSubmission(report: report, original: original, idempotencyKey: "too")
        _ = try await Discovery(journal: journal, environment: environment)
            .submit([submission], under: BodyKey("too", body: original.digest), by: other)[0].get()
    }

    /// One of two chunks that is complete, and one whose second chunk never came.
    private func attachFiles(_ finding: String) async throws {
        let attachments = Attachments(journal: journal, environment: environment, chunkByteCount: 10)
        for (name, sent) in [("whole.bin", 2), ("half.bin", 1), ("torn.bin", 2)] {
            let bytes = Array("\(name) of chunks".utf8)
            let isDamaged = name == "torn.bin"
            let declaration = try AttachmentDeclaration(
                finding: finding, name: name, mediaType: "application/octet-stream", sizeInBytes: Int64(bytes.count),
                sha256: Digest(hashing: isDamaged ? bytes.reversed() : bytes).hex
            )
            let attachment = try await attachments.declare(declaration, by: lab).identifier
            let chunks = [bytes.prefix(10), bytes.dropFirst(10)]
            for (index, chunk) in chunks.prefix(sent).enumerated() {
                _ = try await attachments.receive(Array(chunk), at: Int64(10 * index), of: attachment, by: lab)
            }
            guard sent == chunks.count else { continue }
            do {
                _ = try await attachments.complete(attachment, by: lab)
            } catch is Refusal where isDamaged {
                // Recorded as failed.
            }
        }
    }

    /// One report with a conversation and a claimed credit, and one that was taken back and forgotten, of which nobody can read
    /// anything.
    private func reportAnonymously() async throws {
        let reports = AnonymousReports(journal: journal, environment: environment, areTaken: true)
        let code = try await reports.submit(Array(#"{"title":"a leak","package":"pkg:generic/x@1"}"#.utf8))
        let report = try await reports.add("It happens at night.", with: code)
        _ = try await reports.answer(report.identifier, "Thank you.", by: desk)
        _ = try await reports.credit(lab, with: code)
        try await reports.withdraw(with: try await reports.submit(Array(#"{"title":"b","package":"pkg:generic/x@1"}"#.utf8)))
        try await reports.forget()
    }

    private func validate(_ finding: String) async throws -> String {
        let validation = Validation(journal: journal, environment: environment, runner: WalkRunner.crashing)
        let source = Array("int main(void) { return 0; }\n".utf8)
        let manifest: JSONValue = [
            "schemaVersion": 1, "target": ["package": "pkg:generic/x@1"],
            "files": [["path": "a.c", "sha256": .string(Digest(hashing: source).hex)]], "run": ["./a"],
            "expected": ["kind": "heap-buffer-overflow"], "repeats": 2
        ]
        let bundle = try ReproducerBundle(manifest: ReproducerManifest(json: manifest), files: ["a.c": source])
        try await validation.attach(manifest.canonicalBytes(), bundle, to: finding, by: lab)
        let identifier = try await validation.request(finding: finding, by: desk)
        _ = try await validation.runNextReplay()
        return identifier
    }

    private func publish(_ finding: String) async throws -> String {
        let vulnerability = try await Discovery(journal: journal, environment: environment)
            .finding(finding, for: desk).summary.vulnerability
        let coordination = Coordination(journal: journal, environment: environment)
        let deadline = test.clock.now.advanced(byDays: 90)
        let opening = CaseOpening(vulnerability: vulnerability, vendor: "vendor-b", title: "x", embargoUntil: deadline)
        let caseIdentifier = try await coordination.open(opening, by: desk)
        try await findAgain()
        try await coordination.moveEmbargo(
            of: caseIdentifier, until: deadline.advanced(byDays: 1), reason: "a holiday", by: desk
        )
        let remediation = Remediation(journal: journal, environment: environment)
        let fix = try await remediation.attach(
            patch: Array("--- a\n+++ b\n@@ -1 +1 @@\n-a\n+b\n".utf8), fixedVersion: "1.0.1", to: caseIdentifier, by: vendor
        )
        let validation = Validation(journal: journal, environment: environment, runner: WalkRunner.quiet)
        let onFix = try await validation.request(finding: finding, fix: fix, by: desk)
        _ = try await validation.runNextReplay()
        _ = try await remediation.judge(fix, by: onFix, principal: desk)
        let order = PublicationOrder(
            summary: "Overflow in x", details: "A heap overflow.", package: "pkg:npm/x", ecosystem: "npm", name: "x",
            introduced: "0", weakness: "CWE-122", earlyBecause: "the fix is out"
        )
        return try await Distribution(journal: journal, environment: environment)
            .publish(caseIdentifier, order, by: desk)
    }

    private func importAdvisories() async throws {
        let distribution = Distribution(journal: journal, environment: environment)
        for (day, fixed) in [("01", "1.2.0"), ("02", "1.3.0")] {
            let documents = ["GHSA-aaaa-bbbb-cccc", "GHSA-dddd-eeee-ffff"].map { name in
                OSVDocument(name: name, bytes: Array(Walk.osv(name, modified: "2026-01-\(day)T00:00:00Z", fixed: fixed).utf8))
            }
            let tally = try await distribution.importOSV(documents, from: "ghsa", by: desk)
            try await distribution.recordReading(of: "ghsa", tally, by: desk)
        }
    }

    private static func osv(_ name: String, modified: String, fixed: String) -> String {
        """
        {"schema_version":"1.7.3","id":"\(name)","modified":"\(modified)","summary":"A flaw in y","aliases":["CVE-2026-1"],\
        "affected":[{"package":{"ecosystem":"npm","name":"y"},"ranges":[{"type":"SEMVER","events":[{"introduced":"0"},\
        {"fixed":"\(fixed)"}]},{"type":"GIT","repo":"https://example.org/y","events":[\
        {"introduced":"1b085e6b351350816a6ad6e2f1a88e519b093382"}]}]}]}
        """
    }

    /// One that was replaced and stays, and one that was withdrawn.
    private func depositInventories() async throws {
        let inventories = Inventories(journal: journal, environment: environment)
        let principal = Principal(member: "operator-c", scopes: [.depositInventories])
        for (name, version) in [("shop", "1.0"), ("shop", "1.1"), ("gone", "1.0")] {
            let list = Array("ecosystem,name,version\nnpm,left-pad,\(version)\nnpm,right-pad,1.0\n".utf8)
            let deposit = try InventoryDeposit(list, named: name, fileName: "list.csv")
            let receipt = try await inventories.deposit(deposit, by: principal)
            if name == "gone" { try await inventories.withdraw(receipt.identifier, by: principal) }
        }
    }

    private func reportDone(_ advisory: String) async throws {
        let osv = try await Distribution(journal: journal, environment: environment).osv(advisory)
        let statement = try InTotoStatement(
            subjects: [.init(name: nil, sha256: Digest(hashing: osv))], predicateType: Adoption.predicateType,
            predicate: JSONObject([("advisory", .string(advisory)), ("status", "done")])
        )
        let envelope = try DSSEEnvelope(
            payloadType: InTotoStatement.payloadType, payload: statement.jsonBytes(),
            signedBy: [SigningKey(seed: Array(repeating: 4, count: 32))]
        )
        let principal = Principal(member: "operator-c", scopes: [.reportAdoption])
        _ = try await Adoption(journal: journal, environment: environment).report(envelope.jsonBytes(), by: principal)
    }
}

/// Sandboxes in which nothing runs: one where every command ends well, one where every command shows the same overflow.
enum WalkRunner {
    static let quiet = runner(saying: "")
    static let crashing = runner(
        saying: """
            ==1==ERROR: AddressSanitizer: heap-buffer-overflow on address 0x602000000011 at pc 0x1 bp 0x2 sp 0x3
            READ of size 1 at 0x602000000011 thread T0
                #0 0x1 in parse src/a.c:3:7
                #1 0x2 in main src/a.c:9:3
            SUMMARY: AddressSanitizer: heap-buffer-overflow src/a.c:3:7 in parse
            """
    )

    private static func runner(saying text: String) -> ReplayRunner {
        ReplayRunner { _, _ in
            let nothing = CapturedOutput(bytes: [], omittedByteCount: 0)
            return SandboxOutcome(
                ending: .exited(code: 0), standardOutput: nothing,
                standardError: CapturedOutput(bytes: Array(text.utf8), omittedByteCount: 0), wallTime: .zero,
                cpuTime: .zero, peakMemoryInBytes: 0, collected: [:], notCollected: [], memoryGuard: .controlGroupV2
            )
        }
    }
}

/// A runner that finds one thing, in a source of one file.
struct WalkScanner: Runner {
    let name = "walk"
    let driver = RunnerDriver(name: "Walk")
    let configuration: Set<String> = []
    let unitFileCount = 1

    func accepts(_ path: String) -> Bool { true }

    func scan(_ files: [SourceFile], of source: Source, in sandbox: @escaping SandboxRun) async throws -> UnitResult {
        UnitResult(findings: files.map { .init(rule: "walk", level: .note, message: "Seen", path: $0.path, line: 1) })
    }

    static let engine = ScanEngine { job, _ in
        SandboxOutcome(
            ending: .exited(code: 0), standardOutput: CapturedOutput(bytes: [], omittedByteCount: 0),
            standardError: CapturedOutput(bytes: [], omittedByteCount: 0), wallTime: .zero, cpuTime: .zero, peakMemoryInBytes: 0,
            collected: Dictionary(uniqueKeysWithValues: job.collect.map { ($0, Array("f 1 walk.c\0".utf8)) }), notCollected: [],
            memoryGuard: .controlGroupV2)
    }
}
