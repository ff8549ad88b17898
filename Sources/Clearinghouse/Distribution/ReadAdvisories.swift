import Matching
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
    private struct State {
        var known: [[String]: (advisories: ReadAdvisories, use: Int)] = [:]
        var byteCount = 0
        var uses = 0
    }

    private let state = Mutex(State())
    /// Beyond it what was not asked for the longest is forgotten.
    private let maximumByteCount: Int

    init(maximumByteCount: Int = 64 * 1_024 * 1_024) { self.maximumByteCount = maximumByteCount }

    /// - Parameter digests: of the records, in the order of their identifiers.
    subscript(digests: [String]) -> ReadAdvisories? {
        state.withLock { state in
            guard let found = state.known[digests] else { return nil }
            state.uses += 1
            state.known[digests]?.use = state.uses
            return found.advisories
        }
    }

    func keep(_ advisories: ReadAdvisories) {
        let digests = advisories.advisories.map(\.digest)
        state.withLock { state in
            guard advisories.byteCount <= maximumByteCount, state.known[digests] == nil else { return }
            state.uses += 1
            state.known[digests] = (advisories, state.uses)
            state.byteCount += advisories.byteCount
            while state.byteCount > maximumByteCount, let oldest = state.known.min(by: { $0.value.use < $1.value.use }) {
                state.known[oldest.key] = nil
                state.byteCount -= oldest.value.advisories.byteCount
            }
        }
    }
}
