import Dispatch

/// Runs the jobs of one connection, one after another, on a thread that may block.
///
/// libpq waits for the server inside its calls. On the threads Swift shares between all tasks that wait would stop work that
/// has nothing to do with the database; a serial queue has a thread of its own while it works.
final class ConnectionExecutor: SerialExecutor {
    private let queue = DispatchQueue(label: "breakwater.journal.postgresql")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}
