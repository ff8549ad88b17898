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
            let free = try transaction.firstRow(
                """
                SELECT job.id, job.payload, coalesce(job_lease.attempts, 0) FROM job
                LEFT JOIN job_lease ON job_lease.job = job.id
                WHERE job.kind = $1 AND (job_lease.job IS NULL OR job_lease.until <= $2)
                ORDER BY job.queued LIMIT 1
                """,
                [.text(kind), .integer(now.millisecondsSinceEpoch)]
            )
            guard let free else { continue }
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

    /// Ends the lease now if `job` still holds it.
    package static func release(
        _ job: LeasedJob, wasTried: Bool, now: Timestamp, in transaction: any SQLTransaction
    ) throws {
        try transaction.execute(
            "UPDATE job_lease SET until = $1, attempts = $2 WHERE job = $3 AND token = $4",
            [
                .integer(now.millisecondsSinceEpoch), .integer(wasTried ? job.attempt : job.attempt - 1), .text(job.id),
                .text(job.token)
            ]
        )
    }

    /// Leases of jobs that are done are of no more use; an idle worker clears them away.
    private static func forgetFinished(in transaction: any SQLTransaction) throws {
        try transaction.execute("DELETE FROM job_lease WHERE job NOT IN (SELECT id FROM job)", [])
    }
}
