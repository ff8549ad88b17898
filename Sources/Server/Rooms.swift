package import Clearinghouse
package import Journal

/// The use cases the edges call, wired once.
package struct Rooms: Sendable {
    package let journal: any Journal
    package let environment: ClearinghouseEnvironment
    /// The key of the transparency log, as C2SP signed-note writes it.
    package let logKey: String
    package let membership: Membership
    package let discovery: Discovery
    package let attachments: Attachments
    package private(set) var anonymousReports: AnonymousReports
    package let validation: Validation
    package let coordination: Coordination
    package let remediation: Remediation
    package let distribution: Distribution
    package let adoption: Adoption
    package let inventories: Inventories
    package let targets: Targets
    package let leases: Leases
    package let coverage: CoverageLedger
    package let federation: FederationExchange
    package let scanning: Scanning
    package let questions: Questions
    /// Nil unless a federation is configured.
    package private(set) var claims: Claims?

    package init(
        journal: any Journal, environment: ClearinghouseEnvironment, logKey: String, runner: ReplayRunner,
        scans: ScanSettings = .off
    ) {
        self.journal = journal
        self.environment = environment
        self.logKey = logKey
        membership = Membership(journal: journal, environment: environment)
        discovery = Discovery(journal: journal, environment: environment)
        attachments = Attachments(journal: journal, environment: environment)
        anonymousReports = AnonymousReports(journal: journal, environment: environment)
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
    /// The same rooms as a member of a federation.
    package func joining(_ federation: Federation) -> Rooms {
        var rooms = self
        rooms.claims = Claims(journal: journal, federation: federation)
        return rooms
    }

    /// The same rooms where anonymous reports are taken, which they are not unless somebody decided so.
    package func takingAnonymousReports() -> Rooms {
        var rooms = self
        rooms.anonymousReports = AnonymousReports(journal: journal, environment: environment, areTaken: true)
        return rooms
    }
}
