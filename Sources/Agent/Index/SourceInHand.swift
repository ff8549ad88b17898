import Archive

/// The file that is being read: its record as it becomes.
struct SourceInHand {
    let path: String
    var record: SourceRecord
    private let reading: SourceReading
    /// What was known of it, where it is read anew although it did not change.
    private let earlier: SourceRecord?
    private var prefix: PrefixDigest?

    init(
        _ file: AdvisoryArchive.Source, _ path: String, _ version: FileVersion, _ earlier: SourceRecord?,
        _ reading: SourceReading,
        _ prefix: PrefixDigest
    ) {
        self.path = path
        self.reading = reading
        self.prefix = !file.isPlainLines ? nil : reading == .whole ? PrefixDigest(path: path) : prefix
        self.earlier = reading == .whole && earlier?.version == version ? earlier : nil
        if let earlier, reading != .whole {
            record = earlier
            record.version = version
            if reading == .rest { record.isFinished = false }
        } else {
            record = SourceRecord(version: version)
        }
    }

    /// Where reading begins: documents that were refused may lie anywhere.
    var start: AdvisoryArchive.Place { reading == .rest ? record.place : .start }

    /// Whether a document is to be read, and not passed.
    func isAsked(_ number: Int) -> Bool {
        guard case .refused(let numbers) = reading else { return true }
        return numbers.contains(number)
    }

    /// How often a document was refused before.
    func tries(_ number: Int) -> Int {
        record.tries(number) ?? earlier.flatMap { $0.tries(number) ?? $0.unlisted?.tries } ?? 0
    }

    /// A document was read; its end is where reading goes on.
    mutating func pass(_ end: AdvisoryArchive.Place) {
        if case .refused = reading { return }
        record.place = end
    }

    /// The record for the ledger, with the digest of what was read.
    ///
    /// A file that changed while it was read has none, and keeps the version from before: the next run reads it anew.
    mutating func writtenRecord() -> SourceRecord {
        if case .refused = reading { return record }
        record.prefix = FileVersion(path: path) == record.version ? prefix?.digest(of: record.place.byteCount) : nil
        return record
    }
}
