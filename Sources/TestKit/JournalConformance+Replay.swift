import Journal

extension JournalConformance {
    static let replayChecks: [Check] = [
        Check(name: "rebuilds the identical projections by replay") { subject in
            let seed = UInt64.random(in: .min ... .max)
            let random = SeededRandom(seed: seed)
            for round in 0..<60 {
                let name = "n\(random.next() % 9)"
                let kind = random.next() % 5 == 0 ? CounterProjection.dropped : CounterProjection.counted
                try await subject.journal.append([draft(kind, StreamName("counter", name))])
                if round.isMultiple(of: 7) {
                    try await subject.journal.append([draft(CounterProjection.requested, StreamName("work", "w\(round)"))])
                }
            }
            let tables = projections.flatMap(\.tables)
            let before = try await subject.journal.read { try TableDump.lines(of: tables, in: $0) }
            let count = try await subject.journal.rebuild()
            let after = try await subject.journal.read { try TableDump.lines(of: tables, in: $0) }
            try require(count == 69, "every record was replayed, seed \(seed): \(count)")
            try require(before == after, "the rows are the same, seed \(seed)")
        },
    ]
}
