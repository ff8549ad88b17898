import Handling
import JSONText
import Journal
import Synchronization

/// A projection that owns its keys: names that are kept under a key each, until a record says that they go.
final class OwnedProjection: Sendable {
    let table = TableSchema("owned", columns: [.text("name")], primaryKey: ["name"])
    private let count = Mutex(0)

    private static let kept = RecordKind("owned.kept")
    private static let dropped = RecordKind("owned.dropped")

    /// How many records the witness was asked about.
    var witnessedCount: Int { count.withLock { $0 } }

    /// A projection that owns nothing and counts: it sees a record again when tables are derived anew.
    var witness: Projection {
        let table = TableSchema("witness", columns: [.text("name")], primaryKey: ["name"])
        return Projection("witness", tables: [table]) { [self] _, _ in
            count.withLock { $0 += 1 }
            return []
        }
    }

    var projection: Projection {
        Projection("owned", tables: [table], ownKeyPrefix: "owned/") { [table] record, _ in
            guard record.kind == Self.kept || record.kind == Self.dropped, let name = record.payload?["name"]?.string else {
                return []
            }
            return [record.kind == Self.kept ? .insert(table, [.text(name)]) : .delete(table, keyPrefix: [.text(name)])]
        }
    }

    func key(of name: String) -> ContentKeyName { ContentKeyName("owned/" + name) }

    func kept(_ name: String) -> RecordDraft { draft(Self.kept, name) }

    func dropped(_ name: String) -> RecordDraft { draft(Self.dropped, name) }

    private func draft(_ kind: RecordKind, _ name: String) -> RecordDraft {
        RecordDraft(
            kind, in: StreamName("owned", name), by: "tester", label: .green, payload: ["name": .string(name)],
            sealedUnder: key(of: name)
        )
    }
}
