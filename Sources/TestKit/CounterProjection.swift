import JSONText
package import Journal
import Sealing

/// A small projection for tests: named counters, their history, and a job for each `work.requested`.
package enum CounterProjection {
    package static let counter = TableSchema(
        "counter", columns: [.text("name"), .integer("value"), .blob("note").optional], primaryKey: ["name"]
    )
    package static let step = TableSchema(
        "counter_step", columns: [.text("name"), .integer("version")], primaryKey: ["name", "version"]
    )

    package static let counted = RecordKind("counter.counted")
    package static let dropped = RecordKind("counter.dropped")
    package static let requested = RecordKind("work.requested")
    package static let finished = RecordKind("work.finished")
    /// Its row contradicts whatever is there already, so the second one fails its transaction.
    package static let contradicting = RecordKind("counter.contradicting")

    private static let tally = TableSchema("tally", columns: [.text("label"), .integer("total")], primaryKey: ["label"])

    /// What a later program might make of the same records.
    static let renamed = Projection("counters", tables: [tally, Job.table]) { record, _ in
        guard record.kind == counted else { return [] }
        return [.put(tally, [.text(record.stream.identifier), .integer(record.version)])]
    }

    package static let projection = Projection("counters", tables: [counter, step, Job.table]) { record, contents in
        let name = SQLValue.text(record.stream.identifier)
        switch record.kind {
        case counted:
            let note = record.payload?["note"]?.string.flatMap(Digest.init(hex:)).flatMap { contents($0) }
            return [
                .put(counter, [name, .integer(record.version), note.map { .blob($0) } ?? .null]),
                .insert(step, [name, .integer(record.version)])
            ]
        case dropped: return [.delete(counter, keyPrefix: [name]), .delete(step, keyPrefix: [name])]
        case requested:
            return [Job.enqueue(record.stream.identifier, kind: "work", payload: ["n": 1], at: record.sequence)]
        case finished: return [Job.complete(record.stream.identifier)]
        case contradicting: return [.insert(counter, [.text("contradiction"), .integer(0), .null])]
        default: return []
        }
    }
}
