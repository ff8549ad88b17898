import CivilTime
import JSONText
import Journal

extension JournalConformance {
    static let appendChecks: [Check] = [
        Check(name: "gives sequences without gaps and versions from 1") { subject in
            for name in ["a", "b", "a"] { try await subject.journal.append([counted(name)]) }
            let receipts = try await subject.journal.append([counted("a"), counted("c"), counted("a")])
            try require(receipts.map(\.sequence) == [3, 4, 5], "sequences continue: \(receipts)")
            try require(receipts.map(\.version) == [3, 1, 4], "versions count within a stream: \(receipts)")
            let stored = try await subject.journal.read { try $0.records(from: 0, limit: 100).map(\.sequence) }
            try require(stored == Array(0..<6), "records are read back in order")
        },
        Check(name: "refuses an append that expected another version, and writes nothing of it") { subject in
            try await subject.journal.append([counted("a", expectedVersion: 0)])
            let code = try await journalError {
                try await subject.journal.append([counted("b"), counted("a", expectedVersion: 0)])
            }
            try require(code == .versionConflict, "the conflict is named")
            let count = try await subject.journal.read { try $0.recordCount() }
            try require(count == 1, "nothing was written")
        },
        Check(name: "writes nothing when a decision throws, and keeps the appends beside it") { subject in
            struct Refused: Error {}
            await withTaskGroup(of: Void.self) { group in
                for index in 0..<40 {
                    group.addTask {
                        _ = try? await subject.journal.append { _ in
                            if index.isMultiple(of: 4) { throw Refused() }
                            return Decision([counted("n\(index)")])
                        }
                    }
                }
            }
            let count = try await subject.journal.read { try $0.recordCount() }
            try require(count == 30, "30 of 40 were appended, not \(count)")
        },
        Check(name: "rolls back records and projections together when a projection contradicts itself") { subject in
            let stream = StreamName("counter", "x")
            try await subject.journal.append([draft(CounterProjection.contradicting, stream)])
            let code = try await journalError {
                try await subject.journal.append([counted("y"), draft(CounterProjection.contradicting, stream)])
            }
            try require(code == .storage, "the failure is named")
            let rows = try await subject.journal.read { try TableDump.lines(of: [CounterProjection.counter], in: $0) }
            try require(rows.count == 1, "no row of the failed append is there: \(rows)")
            let receipts = try await subject.journal.append([counted("z")])
            try require(receipts[0].sequence == 1, "its sequences are given to the next append")
        },
        Check(name: "decides serially: concurrent decisions see each other's results") { subject in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<200 {
                    group.addTask {
                        _ = try await subject.journal.append { snapshot in
                            let row = try snapshot.firstRow("SELECT value FROM counter WHERE name = 'shared'")
                            return Decision([counted("shared", expectedVersion: try row?.integer(0) ?? 0)])
                        }
                    }
                }
                try await group.waitForAll()
            }
            let value = try await subject.journal.read {
                try $0.firstRow("SELECT value FROM counter WHERE name = 'shared'")?.integer(0)
            }
            try require(value == 200, "200 increments give 200, not \(value ?? 0)")
        },
        Check(name: "keeps time from going backwards when the clock is set back") { subject in
            let first = try await subject.journal.append([counted("a")])[0].time
            subject.environment.clock.advance(by: .seconds(-3_600))
            let second = try await subject.journal.append([counted("a")])[0].time
            try require(second >= first, "the later record is not earlier")
        },
        Check(name: "refuses a payload over the limit before writing") { subject in
            let huge = JSONValue.string(String(repeating: "x", count: JournalLimits.maximumPayloadByteCount))
            let code = try await journalError {
                try await subject.journal.append([
                    counted("a"), draft(CounterProjection.counted, StreamName("counter", "b"), huge)
                ])
            }
            try require(code == .payloadTooLarge, "the limit is named")
            let count = try await subject.journal.read { try $0.recordCount() }
            try require(count == 0, "nothing was written")
        },
        Check(name: "gives back exactly the text, numbers and bytes it was given") { subject in
            let note = Content([0, 255, 10, 13, 0x27])
            try await subject.journal.append([
                counted("näme 'with' \"quotes\" 🌊", note: note), counted("empty", note: Content([]))
            ])
            let rows = try await subject.journal.read {
                try $0.rows("SELECT name, note FROM counter ORDER BY value, name").map {
                    (try $0.text(0), try $0.optionalBlob(1))
                }
            }
            try require(rows.contains { $0.0 == "näme 'with' \"quotes\" 🌊" && $0.1 == note.bytes }, "text and bytes are exact")
            try require(rows.contains { $0.0 == "empty" && $0.1 == [] }, "empty bytes are not null")
        }
    ]
}
