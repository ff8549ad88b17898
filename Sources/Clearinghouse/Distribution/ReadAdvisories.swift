import Matching
import Sealing
import Synchronization

/// Advisories that were read for a question, arranged to be asked.
struct ReadAdvisories: Sendable {
    struct Advisory: Sendable {
        let identifier: String
        /// As the record writes it.
        let modified: String
        /// Of the record, in hexadecimal digits.
        let digest: String
    }

    /// Sorted by identifier.
    let advisories: [Advisory]
    let index: AdvisoryIndex

    /// Roughly what it takes in memory.
    var byteCount: Int { index.byteCount + advisories.count * 256 }
}

/// What was read for questions lately, so that the next one about the same package reads nothing.
///
/// It is known by the digests of the records that it was made from, and therefore never out of date: a changed advisory has another.
final class RecentlyReadAdvisories: Sendable {
    fileprivate struct State {
        var known: [Digest: (advisories: ReadAdvisories, use: Int)] = [:]
        var byteCount = 0
        var uses = 0
    }

    private let state = Mutex(State())
    /// Beyond it what was not asked for the longest is forgotten, a quarter at once: looking for it takes its time.
    private let maximumByteCount: Int

    init(maximumByteCount: Int = 64 * 1_024 * 1_024) { self.maximumByteCount = maximumByteCount }

    /// - Parameter digests: of the records, in the order of their identifiers.
    subscript(digests: [String]) -> ReadAdvisories? {
        let key = Self.key(digests)
        return state.withLock { state in
            guard let found = state.known[key] else { return nil }
            state.uses += 1
            state.known[key] = (found.advisories, state.uses)
            return found.advisories
        }
    }

    func keep(_ advisories: ReadAdvisories) {
        let key = Self.key(advisories.advisories.map(\.digest))
        guard advisories.byteCount <= maximumByteCount else { return }
        state.withLock { state in
            guard state.known[key] == nil else { return }
            state.uses += 1
            state.known[key] = (advisories, state.uses)
            state.byteCount += advisories.byteCount
            if state.byteCount > maximumByteCount { state.forgetOldest(until: maximumByteCount / 4 * 3) }
        }
    }

    private static func key(_ digests: [String]) -> Digest { Digest(hashing: digests.joined(separator: "\n")) }
}

extension RecentlyReadAdvisories.State {
    fileprivate mutating func forgetOldest(until maximumByteCount: Int) {
        for (key, value) in known.sorted(by: { $0.value.use < $1.value.use }) where byteCount > maximumByteCount {
            known[key] = nil
            byteCount -= value.advisories.byteCount
        }
    }
}
