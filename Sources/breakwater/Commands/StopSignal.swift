import Glibc
import Synchronization

/// Whether somebody asked the process to stop (SIGINT, SIGTERM): a run ends where it can go on the next time, instead of anywhere. A
/// second signal ends it at once.
enum StopSignal {
    private static let raised = Atomic(false)

    static func listen() {
        raised.store(false, ordering: .relaxed)
        for number in [SIGINT, SIGTERM] {
            signal(number) { number in
                // Nothing but what signal-safety(7) allows: a store without a lock, and signal(2).
                StopSignal.raised.store(true, ordering: .relaxed)
                signal(number, SIG_DFL)
            }
        }
    }

    @Sendable static func isRaised() -> Bool { raised.load(ordering: .relaxed) }
}
