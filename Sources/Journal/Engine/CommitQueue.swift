/// Commits appends in groups: whatever arrived while the last transaction was being made durable goes into the next one.
///
/// One sync then serves many appends, which is what lifts a disk's few hundred syncs a second to thousands of durable
/// appends, while a lone append waits for nobody. An append that its database refuses takes nobody with it: the group is
/// rolled back and its appends are committed again, each alone. Decisions may therefore run twice.
package actor CommitQueue {
    package typealias Acknowledgement = @Sendable () -> Void

    /// Runs a body in one exclusive transaction of the engine and ends it: durable where the body returned, gone where it
    /// threw. An error of the body comes back as it is in `rolledBack`.
    package typealias Transact =
        @Sendable (
            _ body: @escaping @Sendable (AppendRun) throws -> [Acknowledgement]
        ) async -> TransactionEnd<[Acknowledgement]>

    private let transact: Transact
    private let rest: @Sendable () async -> Void
    private var pending: [PendingAppend] = []
    private var isCommitting = false

    /// Appends of one transaction. More would make the first of them wait for the last.
    private static let maximumGroupSize = 256

    /// - Parameter rest: what the engine does for itself while no append waits; those that arrive meanwhile wait for it.
    package init(_ transact: @escaping Transact, rest: @escaping @Sendable () async -> Void = {}) {
        self.transact = transact
        self.rest = rest
    }

    /// Returns once the append is durable.
    package func append<Answer: Sendable>(
        _ decide: @escaping @Sendable (JournalSnapshot) throws -> Decision<Answer>
    ) async throws -> Appended<Answer> {
        try await withCheckedThrowingContinuation { continuation in
            pending.append(PendingAppend(decide, continuation))
            guard !isCommitting else { return }
            isCommitting = true
            // Not the caller's task: its cancellation must not fail the appends of others.
            Task { await commitUntilEmpty() }
        }
    }

    private func commitUntilEmpty() async {
        while !pending.isEmpty {
            let group = Array(pending.prefix(CommitQueue.maximumGroupSize))
            pending.removeFirst(group.count)
            await commit(group)
            if pending.isEmpty { await rest() }
        }
        isCommitting = false
    }

    private func commit(_ group: [PendingAppend]) async {
        switch await transact({ try PendingAppend.perform(group, in: $0) }) {
        case .committed(let acknowledgements): for acknowledge in acknowledgements { acknowledge() }
        case .rolledBack(let error) where group.count == 1: group[0].fail(error)
        case .rolledBack: await commitEachAlone(group)
        case .lost(let error): for append in group { append.fail(error) }
        }
    }

    private func commitEachAlone(_ group: [PendingAppend]) async {
        var lost: (any Error)?
        for append in group {
            // A database that is out of reach is asked once, not once for every append that waits.
            if let lost {
                append.fail(lost)
                continue
            }
            switch await transact({ try PendingAppend.perform([append], in: $0) }) {
            case .committed(let acknowledgements): for acknowledge in acknowledgements { acknowledge() }
            case .rolledBack(let error): append.fail(error)
            case .lost(let error):
                append.fail(error)
                lost = error
            }
        }
    }
}

/// One append waiting for its transaction. The answer's type is closed over, so that appends of many kinds share a group.
private struct PendingAppend: Sendable {
    /// An append that was performed: what tells its caller once the transaction is durable, or why it wrote nothing.
    enum Outcome {
        case written(CommitQueue.Acknowledgement)
        case refused(any Error)
    }

    /// Decides and writes. Throws only where the whole transaction must be rolled back.
    let perform: @Sendable (AppendRun) throws -> Outcome
    let fail: @Sendable (any Error) -> Void

    init<Answer: Sendable>(
        _ decide: @escaping @Sendable (JournalSnapshot) throws -> Decision<Answer>,
        _ continuation: CheckedContinuation<Appended<Answer>, any Error>
    ) {
        perform = { run in
            do {
                let decision = try decide(run.snapshot)
                let receipts = try run.append(decision)
                return .written { continuation.resume(returning: Appended(answer: decision.answer, receipts: receipts)) }
            } catch {
                guard run.hasHalfWritten else { return .refused(error) }
                throw error as? JournalError ?? JournalError(.storage, "an append failed half-way: \(error)")
            }
        }
        fail = { continuation.resume(throwing: $0) }
    }

    static func perform(_ group: [PendingAppend], in run: AppendRun) throws -> [CommitQueue.Acknowledgement] {
        try group.map { append in
            switch try append.perform(run) {
            case .written(let acknowledge): return acknowledge
            case .refused(let error):
                // Nothing was written, so there is nothing to make durable.
                if group.count == 1 { throw error }
                return { append.fail(error) }
            }
        }
    }
}
