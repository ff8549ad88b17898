import Clearinghouse
import Journal

/// The totals that everybody may see, from one consistent state.
struct Figures: Sendable {
    let findingCount: Int64
    let vulnerabilityCount: Int64
    let caseCount: Int64
    let advisoryCount: Int64
    let recordCount: Int64
    let loggedCount: Int64
    let waitingJobCount: Int64

    init(_ journal: any Journal) async throws {
        self = try await journal.read { try Figures($0) }
    }

    private init(_ snapshot: JournalSnapshot) throws {
        func count(_ sql: String) throws -> Int64 { try snapshot.firstRow(sql)?.integer(0) ?? 0 }
        findingCount = try count("SELECT count(*) FROM finding")
        vulnerabilityCount = try count("SELECT count(*) FROM vulnerability")
        caseCount = try count("SELECT count(*) FROM case_file")
        advisoryCount = try count("SELECT count(*) FROM advisory")
        waitingJobCount = try count("SELECT count(*) FROM job")
        recordCount = try snapshot.recordCount()
        loggedCount = try snapshot.latestCheckpoint()?.size ?? 0
    }
}
