import JSONText
import Journal
import Sealing

extension JournalConformance {
    static let sealingChecks: [Check] = [
        Check(name: "seals payload and contents, and opens them for its reader") { subject in
            let (key, note) = (ContentKeyName("member/lab"), Content(Array("the secret".utf8)))
            try await subject.journal.append([counted("a", note: note, sealedUnder: key)])
            let record = try await subject.journal.read { try $0.records(from: 0, limit: 1)[0] }
            try require(record.payload?["note"]?.string == note.digest.hex, "the payload opens")
            try require(!contains(record.storedPayload, note.digest.hex), "the stored payload does not show it")
            let (opened, rows) = try await subject.journal.read { snapshot in
                (try snapshot.content(note.digest, sealedUnder: key), try snapshot.rows("SELECT bytes FROM content"))
            }
            try require(opened == note.bytes, "the content opens")
            try require(try rows.count == 1 && !contains(rows[0].blob(0), "the secret"), "the stored content does not show it")
        },
        Check(name: "forgets for good what was sealed under a destroyed key, and keeps the commitment") { subject in
            let (key, note) = (ContentKeyName("member/lab"), Content(Array("the secret".utf8)))
            try await subject.journal.append([counted("a", note: note, sealedUnder: key), counted("b", note: note)])
            let before = try await subject.journal.read { try $0.records(from: 0, limit: 2) }
            try await subject.journal.destroy(key)
            let (after, sealed, clear) = try await subject.journal.read { snapshot in
                (
                    try snapshot.records(from: 0, limit: 2), try snapshot.content(note.digest, sealedUnder: key),
                    try snapshot.content(note.digest)
                )
            }
            try require(after[0].payload == nil && sealed == nil, "what was sealed is unreadable")
            try require(after[0].commitment == before[0].commitment, "its commitment is not")
            try require(clear == note.bytes, "the same bytes in the clear stay")
            let code = try await journalError { try await subject.journal.append([counted("c", sealedUnder: key)]) }
            try require(code == .keyDestroyed, "nothing new is sealed under a destroyed key")
        },
        Check(name: "shows nothing in any table of what was sealed under a destroyed key, from the same moment on") { subject in
            let (key, note) = (ContentKeyName("member/lab"), Content(Array("the secret".utf8)))
            try await subject.journal.append([counted("a", note: note, sealedUnder: key), counted("b", note: note)])
            try await subject.journal.destroy(key)
            let tables = projections.flatMap(\.tables)
            let (notes, before) = try await subject.journal.read { snapshot in
                (
                    try snapshot.rows("SELECT note FROM counter ORDER BY name").map { try $0.optionalBlob(0) },
                    try TableDump.lines(of: tables, in: snapshot)
                )
            }
            try require(notes == [nil, note.bytes], "the row of the destroyed key shows nothing, the other one stays")
            _ = try await subject.journal.rebuild()
            let after = try await subject.journal.read { try TableDump.lines(of: tables, in: $0) }
            try require(before == after, "a rebuild gives the same rows")
        },
        Check(name: "lets a record take away what came of a key that one projection owns, and derives nothing anew") { subject in
            let owned = OwnedProjection()
            let journal = try await subject.reopen(projections: projections + [owned.projection, owned.witness])
            let tables = [owned.table] + projections.flatMap(\.tables)
            try await journal.append([owned.kept("a"), owned.kept("b"), counted("c")])
            let seen = owned.witnessedCount
            _ = try await journal.append { _ in Decision([owned.dropped("a")], destroying: [owned.key(of: "a")]) }
            try require(owned.witnessedCount == seen + 1, "nothing is derived anew: \(owned.witnessedCount - seen) records")
            let (names, before) = try await journal.read { snapshot in
                (
                    try snapshot.rows("SELECT name FROM owned ORDER BY name").map { try $0.text(0) },
                    try TableDump.lines(of: tables, in: snapshot)
                )
            }
            try require(names == ["b"], "the rows of the key are gone, the others stay: \(names)")
            _ = try await journal.rebuild()
            let after = try await journal.read { try TableDump.lines(of: tables, in: $0) }
            try require(before == after, "a rebuild gives the same rows")
            try await journal.destroy(ContentKeyName("member/lab"))
            let all = try await journal.read { try TableDump.lines(of: tables, in: $0) }
            try require(all == after, "another key's end leaves them where they are")
        },
        Check(name: "destroys no key without a record, and none in an append that fails") { subject in
            let key = ContentKeyName("member/lab")
            try await subject.journal.append([counted("a", sealedUnder: key)])
            let silent = try await journalError {
                _ = try await subject.journal.append { _ in Decision([], destroying: [key]) }
            }
            try require(silent == .contradiction, "a destruction that no record tells is refused")
            let contradicting = draft(CounterProjection.contradicting, StreamName("counter", "c"))
            let failing = try await journalError {
                _ = try await subject.journal.append { _ in Decision([contradicting, contradicting], destroying: [key]) }
            }
            try require(failing != nil, "the append fails")
            let record = try await subject.journal.read { try $0.record(at: 0) }
            try require(record?.payload != nil, "the key still opens")
            try await subject.journal.append([counted("a", sealedUnder: key)])
        },
        Check(name: "commits to the stored body") { subject in
            try await subject.journal.append([counted("a"), counted("b", sealedUnder: ContentKeyName("member/lab"))])
            for record in try await subject.journal.read({ try $0.records(from: 0, limit: 2) }) {
                try require(
                    record.commitment.isOpened(by: record.salt, content: record.body, domain: .journalRecord),
                    "record \(record.sequence) opens its commitment"
                )
            }
        }
    ]

    private static func contains(_ bytes: [UInt8], _ text: String) -> Bool {
        String(decoding: bytes, as: UTF8.self).contains(text)
    }
}
