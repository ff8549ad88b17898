package import CivilTime
import JSONText
import Sealing

/// Leasing jobs, in SQL both engines understand. The caller's transaction is exclusive (SQLite's single writer, PostgreSQL's
/// advisory lock), so two workers never see the same job free.
package enum JobLeasing {
    package static func lease(
        kinds: [String], until: Timestamp, now: Timestamp, token: String, in transaction: any SQLTransaction
    ) throws -> LeasedJob? {
        for kind in kinds {
            guard let free = try fresh(kind, in: transaction) ?? returned(kind, now: now, in: transaction) else { continue }
            let job = LeasedJob(
                id: try free.text(0), kind: kind, payload: try JSONValue(parsing: Array(try free.text(1).utf8)),
                token: token, until: until, attempt: try free.integer(2) + 1
            )
            try transaction.execute(
                BaseSchema.jobLease.putSQL,
                [.text(job.id), .text(token), .integer(until.millisecondsSinceEpoch), .integer(job.attempt)]
            )
            return job
        }
        try forgetFinished(in: transaction)
        return nil
    }

    /// The oldest job that nobody has held.
    private static func fresh(_ kind: String, in transaction: any SQLTransaction) throws -> SQLRow? {
        try transaction.firstRow(
            """
            SELECT job.id, job.payload, CAST(0 AS BIGINT) FROM job
            WHERE job.kind = $1 AND NOT EXISTS (SELECT 1 FROM job_lease WHERE job_lease.job = job.id)
            ORDER BY job.queued LIMIT 1
            """,
            [.text(kind)]
        )
    }

    /// The job whose lease ended first.
    private static func returned(_ kind: String, now: Timestamp, in transaction: any SQLTransaction) throws -> SQLRow? {
        try transaction.firstRow(
            """
            SELECT job.id, job.payload, job_lease.attempts FROM job_lease JOIN job ON job.id = job_lease.job
            WHERE job.kind = $1 AND job_lease.until <= $2 ORDER BY job_lease.until, job.queued LIMIT 1
            """,
            [.text(kind), .integer(now.millisecondsSinceEpoch)]
        )
    }

    /// Moves the end of the lease if `job` still holds it; one that has ended and that nobody took is held again.
    package static func renew(_ job: LeasedJob, until: Timestamp, in transaction: any SQLTransaction) throws -> Bool {
        let held = try transaction.firstRow(
            "SELECT 1 FROM job_lease JOIN job ON job.id = job_lease.job WHERE job_lease.job = $1 AND job_lease.token = $2",
            [.text(job.id), .text(job.token)])
        guard held != nil else { return false }
        try transaction.execute(
            "UPDATE job_lease SET until = $1 WHERE job = $2 AND token = $3",
            [.integer(until.millisecondsSinceEpoch), .text(job.id), .text(job.token)])
        return true
    }

    /// Ends the lease now, or when the release says, if `job` still holds it.
    package static func release(
        _ job: LeasedJob, as release: JobRelease, now: Timestamp, in transaction: any SQLTransaction
    ) throws {
        var (until, attempts) = (now, job.attempt - 1)
        switch release {
        case .tried: attempts = job.attempt
        case .untried: break
        case .advanced: attempts = 0
        case .waiting(let duration): until = now.advanced(by: duration)
        }
        try transaction.execute(
            "UPDATE job_lease SET until = $1, attempts = $2 WHERE job = $3 AND token = $4",
            [
                .integer(until.millisecondsSinceEpoch), .integer(attempts), .text(job.id), .text(job.token)
            ]
        )
    }

    /// Leases of jobs that are done are of no more use; an idle worker clears them away.
    private static func forgetFinished(in transaction: any SQLTransaction) throws {
        try transaction.execute("DELETE FROM job_lease WHERE job NOT IN (SELECT id FROM job)", [])
    }
}
