import JSONText
package import Sealing

/// Tables derived from the journal, and the pure function that derives them.
///
/// The function sees one record and the contents it refers to, never a clock, a table or another record: replaying the same
/// journal gives the same rows, on any engine and in the auditor. It does not throw: a record it can't read (a payload whose
/// key was destroyed) yields no rows. U+0000, which not every database's text can hold, is U+FFFD in rows.
package struct Projection: Sendable {
    package let name: String
    /// Raised when the function answers other changes for the same record; databases are then derived anew when opened.
    package let revision: Int
    package let tables: [TableSchema]
    /// How the names of the content keys begin under which all records of this projection and of no other are sealed. The record
    /// with which such a key ends takes every row away that came of what was sealed under it, so that nothing has to be derived
    /// anew then; nil for projections whose rows only a replay can find.
    package let ownKeyPrefix: String?
    package let changes: @Sendable (JournalRecord, ContentLookup) -> [RowChange]

    package init(
        _ name: String, revision: Int = 1, tables: [TableSchema], ownKeyPrefix: String? = nil,
        changes: @escaping @Sendable (JournalRecord, ContentLookup) -> [RowChange]
    ) {
        self.name = name
        self.revision = revision
        self.tables = tables
        self.ownKeyPrefix = ownKeyPrefix
        self.changes = { record, contents in
            let all = changes(record, contents)
            return all.allSatisfy { $0.isStorable } ? all : all.map(\.storable)
        }
    }
}

extension Projection {
    /// Whether nothing but rows of this projection came of what is sealed under the key; see `ownKeyPrefix`.
    func owns(_ key: ContentKeyName) -> Bool {
        ownKeyPrefix.map { key.text.hasPrefix($0) } ?? false
    }
}

/// Finds contents by digest; nil where the bytes are sealed under a key that was destroyed. Contents never change, so a
/// projection that looks one up stays a pure function of the journal.
package struct ContentLookup {
    let find: (Digest) -> [UInt8]?
    let derivedAlready: (Digest) -> (any Sendable)?

    package init(
        derivedAlready: @escaping (Digest) -> (any Sendable)? = { _ in nil }, _ find: @escaping (Digest) -> [UInt8]?
    ) {
        self.find = find
        self.derivedAlready = derivedAlready
    }

    /// What `derive` makes of the bytes, taken from whoever made it before where it came with them.
    package func derived<Value: Sendable>(_ digest: Digest, _ derive: ([UInt8]) -> Value?) -> Value? {
        derivedAlready(digest) as? Value ?? find(digest).flatMap(derive)
    }

    package func callAsFunction(_ digest: Digest) -> [UInt8]? {
        find(digest)
    }
}
