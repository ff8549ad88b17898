import CivilTime
import Foundation
import Journal
import JournalSQLite
import Sealing
import TestKit
import Testing

@testable import Clearinghouse

/// Every room on one SQLite journal in a folder of its own; time, chance and the sandbox are the test's.
final class House: Sendable {
    let clock: FakeClock
    let random: SeededRandom
    let journal: any Journal
    let environment: ClearinghouseEnvironment
    let membership: Membership
    let discovery: Discovery
    let attachments: Attachments
    let anonymousReports: AnonymousReports
    let validation: Validation
    let coordination: Coordination
    let remediation: Remediation
    let distribution: Distribution
    let adoption: Adoption
    let inventories: Inventories
    let targets: Targets
    let leases: Leases
    let coverage: CoverageLedger
    let federation: FederationExchange
    let scanning: Scanning
    let questions: Questions
    private let folder: URL
    private let journalEnvironment: JournalEnvironment

    init(seed: UInt64 = 1, runner: ReplayRunner = .refusing, scans: ScanSettings = .off) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "breakwater-house-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let test = try TestEnvironment(seed: seed)
        (clock, random) = (test.clock, test.random)
        journalEnvironment = test.journal
        journal = try SQLiteJournal(
            path: folder.appending(path: "journal.db").path, environment: test.journal, projections: Projections.all
        )
        environment = ClearinghouseEnvironment(
            now: test.journal.now, random: test.journal.random, identifierSecret: Array("a secret of this test".utf8),
            signingKey: House.clearinghouseKey, origin: "breakwater.example"
        )
        membership = Membership(journal: journal, environment: environment)
        discovery = Discovery(journal: journal, environment: environment)
        anonymousReports = AnonymousReports(journal: journal, environment: environment, areTaken: true)
        attachments = Attachments(journal: journal, environment: environment, chunkByteCount: 1_000)
        validation = Validation(journal: journal, environment: environment, runner: runner)
        coordination = Coordination(journal: journal, environment: environment)
        remediation = Remediation(journal: journal, environment: environment)
        distribution = Distribution(journal: journal, environment: environment)
        adoption = Adoption(journal: journal, environment: environment)
        inventories = Inventories(journal: journal, environment: environment)
        targets = Targets(journal: journal, environment: environment)
        leases = Leases(journal: journal, environment: environment)
        coverage = CoverageLedger(journal: journal)
        federation = FederationExchange(journal: journal, environment: environment)
        scanning = Scanning(journal: journal, environment: environment, discovery: discovery, settings: scans)
        questions = Questions(journal: journal, environment: environment)
    }

    /// The same journal opened once more, as by a server that was started again or stands beside the first.
    func reopened() throws -> any Journal {
        try SQLiteJournal(
            path: folder.appending(path: "journal.db").path, environment: journalEnvironment, projections: Projections.all)
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    /// The bytes of every file of the database.
    func files() throws -> [[UInt8]] {
        try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil).map {
            [UInt8](try Data(contentsOf: $0))
        }
    }

    /// A second set of rooms on the same journal, as another process would have.
    func validation(with runner: ReplayRunner) -> Validation {
        Validation(journal: journal, environment: environment, runner: runner)
    }
}

extension House {
    var now: Timestamp { clock.now }

    func wait(_ duration: Duration) {
        clock.advance(by: duration)
    }

    static let clearinghouseKey = key(of: "clearinghouse")

    /// A member's signing key, the same in every test.
    static func key(of member: String) -> SigningKey {
        guard let key = try? SigningKey(seed: Digest(hashing: "the key of \(member)").bytes) else {
            preconditionFailure("a SHA-256 is a seed")
        }
        return key
    }

    /// The clearinghouse's own people, who may do everything.
    static let desk = Principal(member: Membership.system, scopes: Set(Scope.allCases))

    /// Registers a member with a key of its own and gives back a principal with the scopes usual for the role.
    func enrol(_ identifier: String, as role: MemberRole) async throws -> Principal {
        try await membership.register(
            identifier, name: "The \(identifier)", roles: [role],
            verificationKey: House.key(of: identifier).verificationKey, by: House.desk
        )
        return Principal(member: identifier, scopes: Scope.usual(for: role))
    }

    /// Replaces whatever policy the target has.
    func govern(
        _ target: ScanTarget, _ policy: TargetPolicy, liftingOptOut: Bool = false, by principal: Principal
    ) async throws {
        let sequence = try? await targets.target(target).sequence
        try await targets.govern(target, policy, liftingOptOut: liftingOptOut, replacing: sequence, by: principal)
    }

    /// Submits one finding and gives back its receipt.
    @discardableResult
    func submit(_ report: FindingReport, key: String? = nil, by principal: Principal) async throws -> FindingReceipt {
        let submission = Sample.submission(report, key: key ?? report.title)
        return try #require(try await discovery.submit([submission], by: principal).first).get()
    }
}

extension House {
    /// Every row of every table derived from the journal.
    func tables() async throws -> [String] {
        try await journal.read { try TableDump.lines(of: Projections.all.flatMap(\.tables), in: $0) }
    }

    func records() async throws -> [JournalRecord] {
        try await journal.read { try $0.records(from: 0, limit: .max) }
    }

    func recordCount() async throws -> Int64 {
        try await journal.read { try $0.recordCount() }
    }

    /// Rebuilding derives exactly the tables there are, and every record opens its commitment.
    func expectProvable(_ comment: Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let before = try await tables()
        _ = try await journal.rebuild()
        let after = try await tables()
        expectSame(before, after, comment ?? "a rebuild gives the same rows", sourceLocation: sourceLocation)
        for record in try await records() {
            let isOpened = record.commitment.isOpened(by: record.salt, content: record.body, domain: .journalRecord)
            #expect(isOpened, "record \(record.sequence) \(record.kind)", sourceLocation: sourceLocation)
        }
    }

    /// What `body` does is refused with this code, and neither a record nor a row changes.
    func expectRefusal(
        _ code: Refusal.Code, at place: String? = nil, _ comment: Comment? = nil,
        sourceLocation: SourceLocation = #_sourceLocation, _ body: () async throws -> Void
    ) async throws {
        let before = try await ["\(recordCount()) records"] + tables()
        do {
            try await body()
            Issue.record("nothing was refused", sourceLocation: sourceLocation)
        } catch let refusal as Refusal {
            #expect(refusal.code == code, comment ?? "\(refusal)", sourceLocation: sourceLocation)
            if let place { #expect(refusal.place == place, comment, sourceLocation: sourceLocation) }
            #expect(!refusal.reason.isEmpty, sourceLocation: sourceLocation)
        }
        let after = try await ["\(recordCount()) records"] + tables()
        expectSame(before, after, "a refusal changes nothing", sourceLocation: sourceLocation)
    }
}

/// Two table dumps are the same; where not, only the lines that differ are shown.
func expectSame(
    _ before: [String], _ after: [String], _ comment: Comment, sourceLocation: SourceLocation = #_sourceLocation
) {
    let changes = after.difference(from: before).map { change in
        switch change {
        case .insert(_, let line, _): "+ \(line.prefix(400))"
        case .remove(_, let line, _): "- \(line.prefix(400))"
        }
    }
    #expect(changes.isEmpty, "\(comment.rawValue):\n\(changes.joined(separator: "\n"))", sourceLocation: sourceLocation)
}
