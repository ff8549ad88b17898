import Glibc
import Synchronization

/// Turns the cancellation of a task into something a thread in poll(2) notices. Turned once, never back.
final class CancellationSwitch: Sendable {
    private let pipe: Pipe
    private let isTurned = Atomic(false)

    init() throws(SandboxError) { pipe = try Pipe() }

    /// Becomes readable when turned.
    var descriptor: Descriptor { pipe.reading }

    var isCancelled: Bool { isTurned.load(ordering: .acquiring) }

    func turn() {
        guard !isTurned.exchange(true, ordering: .acquiringAndReleasing) else { return }
        var byte: UInt8 = 1
        // One byte into an empty pipe never blocks.
        _ = write(pipe.writing.number, &byte, 1)
    }
}
