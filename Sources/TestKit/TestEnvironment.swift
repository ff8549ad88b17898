package import CivilTime
package import Journal
import Sealing
import Synchronization

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

/// Bytes that look random and are the same for the same seed (SplitMix64).
package final class SeededRandom: Sendable, RandomNumberGenerator {
    private let state: Mutex<UInt64>

    package init(seed: UInt64) {
        state = Mutex(seed)
    }

    package func next() -> UInt64 {
        state.withLock { state in
            state &+= 0x9E37_79B9_7F4A_7C15
            var word = state
            word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
            word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
            return word ^ (word >> 31)
        }
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
