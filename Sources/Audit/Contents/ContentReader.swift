import Sealing

/// Reads contents for the replay, opening what is sealed.
final class ContentReader {
    private let statement: Statement?
    private let keys: ContentKeys

    init(file: JournalFile, keys: ContentKeys) {
        // Without the table every content is missing, which the content check says.
        statement = try? file.prepare("SELECT bytes FROM content WHERE digest = ?1 AND sealed_under = ?2")
        self.keys = keys
    }

    /// The bytes; nil where they are not there or can't be opened.
    func bytes(_ digest: Digest, sealedUnder name: String?) -> [UInt8]? {
        guard let statement else { return nil }
        statement.restart(digest: digest, text: name ?? "")
        guard (try? statement.step()) == true else { return nil }
        let stored = statement.bytes(0)
        guard let name else { return stored }
        guard case .usable(let key) = keys[name] else { return nil }
        return try? ContentReader.open(stored, with: key, name: name)
    }

    static func open(_ stored: [UInt8], with key: ContentKey, name: String) throws(SealingError) -> [UInt8] {
        try key.open(SealedContent(parsing: stored), context: Array(name.utf8)).content
    }
}
