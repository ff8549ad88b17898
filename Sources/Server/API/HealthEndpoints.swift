import Clearinghouse
import HTTPTypes
import JSONText
import Journal

/// Whether the clearinghouse works, for machines.
enum HealthEndpoints {
    static let all = [health]

    private static let health = Endpoint(
        .get, "/v1/health", "readHealth", "Counts, and how far the log is behind the journal", access: .anyone,
        answers: [
            .json(
                200, "Alive",
                Schema.object([
                    ("records", Schema.integer), ("logged", Schema.integer), ("waitingJobs", Schema.integer),
                    ("advisories", Schema.integer)
                ])
            )
        ]
    ) { call in
        Answer.json(try await HealthReport(call.rooms.journal).json)
    }
}

/// The figures of the health page and its API twin.
struct HealthReport: Sendable {
    let recordCount: Int64
    let loggedCount: Int64
    let waitingJobCount: Int64
    let advisoryCount: Int64

    init(_ journal: any Journal) async throws {
        self = try await journal.read { snapshot in
            HealthReport(
                recordCount: try snapshot.recordCount(), loggedCount: try snapshot.latestCheckpoint()?.size ?? 0,
                waitingJobCount: try snapshot.firstRow("SELECT count(*) FROM job")?.integer(0) ?? 0,
                advisoryCount: try snapshot.firstRow("SELECT count(*) FROM advisory")?.integer(0) ?? 0
            )
        }
    }

    private init(recordCount: Int64, loggedCount: Int64, waitingJobCount: Int64, advisoryCount: Int64) {
        self.recordCount = recordCount
        self.loggedCount = loggedCount
        self.waitingJobCount = waitingJobCount
        self.advisoryCount = advisoryCount
    }

    var json: JSONValue {
        [
            "records": .number(JSONNumber(recordCount)), "logged": .number(JSONNumber(loggedCount)),
            "waitingJobs": .number(JSONNumber(waitingJobCount)), "advisories": .number(JSONNumber(advisoryCount))
        ]
    }
}
