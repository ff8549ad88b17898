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
            try await subject.journal.destroyContentKey(key)
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
            try require(code == .contradiction, "nothing new is sealed under a destroyed key")
        },
        Check(name: "commits to the stored body") { subject in
            try await subject.journal.append([counted("a"), counted("b", sealedUnder: ContentKeyName("member/lab"))])
            for record in try await subject.journal.read({ try $0.records(from: 0, limit: 2) }) {
                try require(
                    record.commitment.isOpened(by: record.salt, content: record.body, domain: .journalRecord),
                    "record \(record.sequence) opens its commitment"
                )
            }
        },
    ]

    private static func contains(_ bytes: [UInt8], _ text: String) -> Bool {
        String(decoding: bytes, as: UTF8.self).contains(text)
    }
}
