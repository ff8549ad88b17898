import Journal
import Synchronization
import TestKit
import Testing

/// Appends from many tasks at once while something breaks, and the audit afterwards.
///
/// Each append is two records in a stream nobody else uses, so the audit can tell whether one is missing, torn or doubled.
final class AppendLoad: Sendable {
    struct Acknowledged: Sendable {
        let stream: StreamName
        let receipts: [RecordReceipt]
    }

    private struct State {
        var acknowledged: [Acknowledged] = []
        var unacknowledged: Set<StreamName> = []
        var unknownCount = 0
        var nextStream = 0
        var isOver = false
    }

    private let journal: any Journal
    private let state = Mutex(State())

    init(_ journal: any Journal) {
        self.journal = journal
    }

    var acknowledgedCount: Int { state.withLock { $0.acknowledged.count } }

    /// Appends from `width` tasks until `breaking` returns.
    func run(width: Int, while breaking: @Sendable () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<width {
                group.addTask {
                    while !self.state.withLock({ $0.isOver }) { await self.appendOnce() }
                }
            }
            defer { state.withLock { $0.isOver = true } }
            try await breaking()
        }
    }

    /// Returns once this many more appends were acknowledged than now.
    func waitForAppends(_ count: Int) async {
        let goal = acknowledgedCount + count
        while acknowledgedCount < goal { try? await Task.sleep(for: .milliseconds(1)) }
    }

    private func appendOnce() async {
        let name = state.withLock { state in
            state.nextStream += 1
            return "load-\(state.nextStream)"
        }
        let stream = StreamName("counter", name)
        do {
            let receipts = try await journal.append([counted(name), counted(name)])
            state.withLock { $0.acknowledged.append(Acknowledged(stream: stream, receipts: receipts)) }
        } catch {
            state.withLock { state in
                state.unacknowledged.insert(stream)
                if "\(error)".contains("unknown") { state.unknownCount += 1 }
            }
            // The server is away; asking a thousand times a second brings it back no sooner.
            try? await Task.sleep(for: .milliseconds(20))
        }
    }

    /// Holds the journal to what was acknowledged.
    func audit() async throws {
        let (acknowledged, unacknowledged, unknownCount) = state.withLock {
            ($0.acknowledged, $0.unacknowledged, $0.unknownCount)
        }
        let records = try await journal.read { try $0.records(from: 0, limit: .max) }
        print(
            "audited \(records.count) records: \(acknowledged.count) appends acknowledged,",
            "\(unacknowledged.count) failed (\(unknownCount) with unknown outcome)"
        )
        #expect(records.map(\.sequence) == Array(0..<Int64(records.count)), "sequences have no gaps")
        let streams = Dictionary(grouping: records, by: \.stream)
        for append in acknowledged {
            for receipt in append.receipts {
                let record = records.indices.contains(Int(receipt.sequence)) ? records[Int(receipt.sequence)] : nil
                #expect(record?.commitment == receipt.commitment, "acknowledged record \(receipt.sequence) is there")
            }
            #expect(streams[append.stream]?.map(\.version) == [1, 2], "\(append.stream) is there once and whole")
        }
        let kept = Set(streams.keys).subtracting(acknowledged.map(\.stream))
        #expect(kept.isSubset(of: unacknowledged))
        #expect(kept.count <= unknownCount, "what failed before its commit is not there")
        for stream in kept { #expect(streams[stream]?.map(\.version) == [1, 2], "\(stream) is there once and whole") }
        try await auditProjections()
    }

    private func auditProjections() async throws {
        let tables = JournalConformance.projections.flatMap(\.tables)
        let before = try await journal.read { try TableDump.lines(of: tables, in: $0) }
        _ = try await journal.rebuild()
        let after = try await journal.read { try TableDump.lines(of: tables, in: $0) }
        #expect(before == after, "the projections are what replay derives")
        let size = try await journal.read { try $0.recordCount() }
        #expect(try await journal.integrate()?.size == size, "the log takes every record")
    }
}
