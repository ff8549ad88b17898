import CivilTime
import JSONText
import Journal
import Sealing

@testable import Clearinghouse
@testable import Runners

/// A house with a target that `tide` maintains and a lab that asks for runs on it.
struct ScanHouse {
    static let target = "https://code.example/tide"

    let house: House
    let lab: Principal
    var scanning: Scanning { house.scanning }

    init(_ settings: ScanSettings, _ policy: JSONValue = ["maintainer": "tide"]) async throws {
        house = try House(scans: settings)
        _ = try await house.enrol("tide", as: .vendor)
        lab = try await house.enrol("lab", as: .finder)
        try await govern(policy)
        _ = try await upload(by: lab)
    }

    /// The same source each time: it is recorded once.
    private func upload(by principal: Principal) async throws -> Digest {
        try await scanning.upload(TarHeader.member("a.c", Array("int a;\n".utf8)), by: principal)
    }

    func govern(_ policy: JSONValue, of target: String = target) async throws {
        try await house.govern(ScanTarget(target), TargetPolicy(json: policy), by: House.desk)
    }

    /// Asks for a run with a word of this authoriser on what the run is about.
    func request(
        _ repository: String? = target, package: String? = nil, by principal: Principal? = nil, authoriser: String = "tide",
        publicSource: Bool = false, targets: [String]? = nil
    ) async throws -> String {
        let principal = principal ?? lab
        let source = try await upload(by: principal)
        let envelope = try ScanAuthorisation.signed(
            targets: targets ?? [repository, package].compactMap(\.self), tools: ["counting"],
            until: house.now.advanced(byDays: 10), publicSource: publicSource, by: House.key(of: authoriser))
        return try await scanning.request(
            "counting",
            on: try RunTarget(repository: repository, commit: repository.map { _ in "0123456789abcdef" }, package: package),
            source: source, authorisation: envelope, authoriser: authoriser, by: principal)
    }

    /// The same rooms as another process would have them, perhaps set up otherwise.
    func scanning(_ settings: ScanSettings, on journal: (any Journal)? = nil) -> Scanning {
        let journal = journal ?? house.journal
        return Scanning(
            journal: journal, environment: house.environment,
            discovery: Discovery(journal: journal, environment: house.environment), settings: settings)
    }

    func finish(_ run: String) async throws -> RunSummary {
        while try await scanning.runNextPortion() {}
        return try await scanning.summary(run, for: lab)
    }

    func findingCount() async throws -> Int {
        try await house.journal.read { try $0.rows("SELECT 1 FROM finding").count }
    }

    func records(_ run: String) async throws -> [JournalRecord] {
        try await house.journal.read { try $0.records(of: ScanningRecords.stream(run)) }
    }

    /// What a run's log says beside its results.
    func told(_ run: String) async throws -> [String] {
        let log = try JSONValue(parsing: try await scanning.log(of: run, for: lab))
        let told = log["runs"]?.array?.first?["invocations"]?.array?.first?["toolExecutionNotifications"]?.array ?? []
        return told.compactMap { $0["message"]?["text"]?.string }
    }
}
