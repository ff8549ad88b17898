package import CivilTime
package import Journal
import Sealing
import Synchronization
import TestSupport

/// Time that stands still until a test moves it.
package final class FakeClock: Sendable {
    private let moment: Mutex<Timestamp>

    package init(_ start: Timestamp = Timestamp(millisecondsSinceEpoch: 1_795_000_000_000)) {
        moment = Mutex(start)
    }

    package var now: Timestamp { moment.withLock { $0 } }

    package func advance(by duration: Duration) {
        moment.withLock { $0 = $0.advanced(by: duration) }
    }
}

/// Bytes that look random and are the same for the same seed, for what draws them from several tasks.
package final class SeededRandom: Sendable, RandomNumberGenerator {
    private let generator: Mutex<SeededGenerator>

    package init(seed: UInt64) {
        generator = Mutex(SeededGenerator(seed: seed))
    }

    package func next() -> UInt64 {
        generator.withLock { $0.next() }
    }

    package func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8(truncatingIfNeeded: next() >> 24) }
    }
}

/// An environment whose time and chance a test decides.
package struct TestEnvironment: Sendable {
    package let clock: FakeClock
    package let random: SeededRandom
    package let journal: JournalEnvironment

    package init(seed: UInt64) throws {
        let (clock, random) = (FakeClock(), SeededRandom(seed: seed))
        self.clock = clock
        self.random = random
        journal = JournalEnvironment(
            now: { clock.now }, random: { random.bytes($0) }, masterKey: try ContentKey(bytes: Array(repeating: 7, count: 32)),
            log: LogIdentity(origin: "log.example/test", signingKey: try SigningKey(seed: Array(repeating: 9, count: 32)))
        )
    }
}
