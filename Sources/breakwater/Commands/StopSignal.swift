import Glibc
import Synchronization

/// Whether somebody asked the process to stop (SIGINT, SIGTERM): a run ends where it can go on the next time, instead of anywhere. One
/// that can't get there within `graceInSeconds`, and at a second signal of either kind, ends where it is: only what may be killed at any
/// moment listens.
enum StopSignal {
    private static let raised = Atomic(false)

    /// How long a run may take to end by itself. A single document can take minutes, and so can what was taken on its way into an
    /// index; whoever stops a service does not wait as long.
    private static let graceInSeconds: UInt32 = 1

    static func listen() {
        raised.store(false, ordering: .relaxed)
        // The handlers do nothing but what signal-safety(7) allows: a store without a lock, alarm(2), signal(2), write(2), _exit(2).
        signal(SIGALRM) { _ in
            let words: StaticString =
                "Error: stopped at once; what was read since it was last written down is read again by the same command\n"
            _ = write(STDERR_FILENO, words.utf8Start, words.utf8CodeUnitCount)
            _exit(1)
        }
        for number in [SIGINT, SIGTERM] {
            signal(number) { _ in
                StopSignal.raised.store(true, ordering: .relaxed)
                signal(SIGINT, SIG_DFL)
                signal(SIGTERM, SIG_DFL)
                alarm(StopSignal.graceInSeconds)
            }
        }
    }

    @Sendable static func isRaised() -> Bool { raised.load(ordering: .relaxed) }
}
