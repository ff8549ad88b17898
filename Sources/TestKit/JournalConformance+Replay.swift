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
        Check(name: "derives its tables anew for a program that defines them otherwise, and only then") { subject in
            try await subject.journal.append([counted("a"), counted("b"), counted("a")])
            let untouched = try await subject.reopen()
            let same = try await untouched.read { try $0.rows("SELECT name FROM counter").count }
            try require(same == 2, "the same definition finds its rows")
            let other = try await subject.reopen(projections: [CounterProjection.renamed])
            let rows = try await other.read { snapshot in
                try snapshot.rows("SELECT label, total FROM tally ORDER BY label").map {
                    [try $0.text(0), "\(try $0.integer(1))"]
                }
            }
            try require(rows == [["a", "2"], ["b", "1"]], "another definition finds what the journal says: \(rows)")
            let leftovers = try? await other.read { try $0.rows("SELECT name FROM counter").count }
            try require(leftovers == nil, "the tables nobody declares any more are gone")
            try await other.append([counted("b")])
            let back = try await subject.reopen()
            let values = try await back.read { try $0.rows("SELECT value FROM counter ORDER BY name").map { try $0.integer(0) } }
            try require(values == [2, 2], "and the first definition finds it all again: \(values)")
        }
    ]
}
