import AdvisoryFormats
package import Archive
package import CivilTime
import Matching
import Sealing

/// Takes files of advisories and signals into an index, and remembers how far.
///
/// What is taken goes into the index whenever it has grown to `maximumHeldByteCount`, so that memory does not go with the number of
/// advisories, and with it the record of where its files were read to: whoever is interrupted loses one segment's work, and the next
/// run goes on behind it. A file that was taken and did not change is not read again.
package struct IndexIntake {
    private let directory: IndexDirectory
    private let maximumHeldByteCount: Int
    private let now: Timestamp
    private let isRetry: Bool
    private let isStopped: @Sendable () -> Bool
    private var known: AdvisoryIndex?
    private var knownSignals = Signals.none
    private var ledger = SourceLedger()
    private var builder = SegmentBuilder()
    private var signals: [SignalDocument] = []
    /// Records that the directory does not have yet.
    private var changed: [String: SourceRecord] = [:]
    private var open: SourceInHand?
    private var heldByteCount = 0
    /// Bytes of documents since the index was last written.
    private var readByteCount = 0
    /// What was read, for a report.
    package private(set) var summary = IntakeSummary()

    /// Documents read at once.
    private static let batchCount = 1_000
    /// What the advisories of a segment may hold in memory while it is built; the segment itself is a fraction of it.
    package static let standardHeldByteCount = 128 * 1024 * 1024
    /// How much is read for one held byte before the place is written down: most of a file may say nothing that is kept.
    private static let readPerHeld = 4

    /// - Parameters:
    ///   - directory: the index that is added to; made where there is none.
    ///   - now: for the time of the next try of what is refused.
    ///   - isRetry: whether what was refused before is tried before its time.
    ///   - isStopped: asked after each document; once it is true, reading ends where it is.
    /// - Throws: `AgentError.storage` where there is an index that can't be read.
    package init(
        addingTo directory: IndexDirectory, now: Timestamp, isRetry: Bool = false,
        maximumHeldByteCount: Int = standardHeldByteCount, isStopped: @escaping @Sendable () -> Bool = { false }
    ) throws {
        self.directory = directory
        self.now = now
        self.isRetry = isRetry
        self.maximumHeldByteCount = maximumHeldByteCount
        self.isStopped = isStopped
        if directory.exists {
            (known, knownSignals, ledger) = (try directory.open(), try directory.signals(), try directory.ledger())
        }
    }

    /// Reads what was not taken yet of a source, to its end or to where it is damaged, which is among the refusals then.
    /// - Throws: `AgentError.storage` where the index can't be written; what was added before stays.
    package mutating func read(_ source: AdvisoryArchive.Source, progress: (IntakeSummary) -> Void = { _ in }) throws {
        for file in source.parts where !isStopped() {
            try read(file: file, progress)
        }
    }

    /// Puts what was taken since the last time into the index, and with it how far its files were read.
    /// - Throws: `AgentError.storage` where the index can't be written; it is as it was.
    package mutating func flush() throws {
        noteOpen()
        if builder.isEmpty, signals.isEmpty, changed.isEmpty { return }
        try directory.add(builder.isEmpty ? nil : builder.bytes(), signals: signals, sources: changed)
        if !builder.isEmpty { known = try directory.open() }
        if !signals.isEmpty { knownSignals = try directory.signals() }
        for (path, record) in changed { ledger[path] = record }
        (builder, signals, changed) = (SegmentBuilder(), [], [:])
        (heldByteCount, readByteCount) = (0, 0)
    }
}

// MARK: files
extension IndexIntake {
    private mutating func read(file: AdvisoryArchive.Source, _ progress: (IntakeSummary) -> Void) throws {
        let path = file.path
        guard let version = FileVersion(path: path) else { return summary.refuse(path, "\(path) can't be read") }
        var prefix = PrefixDigest(path: path)
        let record = changed[path] ?? ledger[path]
        let reading = SourceReading(record, version, isNamed: file.isNamed, isRetry: isRetry, now: now) { prefix.digest(of: $0) }
        if let record, reading != .whole { summary.leave(record, of: path, reading) }
        if reading == .nothing { return }
        var hand = SourceInHand(file, path, version, record, reading, prefix)
        do {
            var reader = try file.reader(from: hand.start)
            open = hand
            while let documents = try reader.next(Self.batchCount).nonEmpty {
                for document in documents {
                    try take(document, of: file)
                    if isStopped() { return try close() }
                }
                progress(summary)
            }
            open?.record.finish()
        } catch let error as AgentError {
            throw error
        } catch {
            hand = open ?? hand
            // The programs that unpack are stopped by the same signal as we are.
            if !isStopped() {
                hand.record.fail("\(error)", at: now)
                summary.refuse(file.name, "\(error)")
            }
            open = hand
        }
        try close()
    }

    /// Puts the file in hand among those of which the directory will know.
    private mutating func close() throws {
        noteOpen()
        open = nil
        if isFull { try flush() }
    }

    private mutating func noteOpen() {
        guard var hand = open else { return }
        changed[hand.path] = hand.writtenRecord()
        open = hand
    }

    private var isFull: Bool {
        heldByteCount > maximumHeldByteCount || readByteCount / Self.readPerHeld > maximumHeldByteCount
    }
}

// MARK: documents
extension IndexIntake {
    private mutating func take(_ document: AdvisoryArchive.Document, of file: AdvisoryArchive.Source) throws {
        guard let hand = open, hand.isAsked(document.number) else { return }
        let triesBefore = hand.tries(document.number)
        open?.record.forget(document.number)
        readByteCount += document.bytes.count
        summary.documentCount += 1
        let format = AdvisoryFileFormat(of: document.bytes)
        do throws(FormatRefusal) {
            try take(document, format ?? .osv)
            summary.formats[format ?? .osv, default: 0] += 1
            open?.record.takenCount += 1
        } catch {
            if !file.isNamed, format == nil {
                open?.record.foreignCount += 1
                summary.foreign[file.name, default: 0] += 1
            } else {
                let name = RefusedOSVDocument(document.bytes).name(document.name)
                let reason = error.violations.map(\.description).joined(separator: "; ")
                open?.record.refuse(document.number, name, reason, after: triesBefore, at: now)
                summary.refuse(name, reason)
            }
        }
        open?.pass(document.end)
        if isFull { try flush() }
    }

    private mutating func take(_ document: AdvisoryArchive.Document, _ format: AdvisoryFileFormat) throws(FormatRefusal) {
        if let document = try SignalDocument(document.bytes, format: format) { return try take(document) }
        for advisory in try IndexedAdvisory.all(in: document.bytes, format: format, name: document.name) { take(advisory) }
    }

    private mutating func take(_ document: SignalDocument) throws(FormatRefusal) {
        let newest = signals.last { $0.kind == document.kind }?.edition ?? document.edition(in: knownSignals)
        if let newest, document.edition.isOlder(than: newest) {
            throw document.refusal("the edition of \(document.edition) is older than that of \(newest), which the index has")
        }
        signals.removeAll { $0.kind == document.kind }
        signals.append(document)
        heldByteCount += document.bytes.count
        summary.take(document)
    }

    private mutating func take(_ advisory: IndexedAdvisory) {
        if let modified = known?.modified(advisory.id), modified > advisory.modified {
            summary.olderCount += 1
        } else {
            summary.takenCount += 1
            if advisory.affected.isEmpty, !advisory.isWithdrawn { summary.emptyCount += 1 }
            heldByteCount += advisory.heldByteCount
            builder.add(advisory)
        }
    }
}

extension Array {
    fileprivate var nonEmpty: Self? { isEmpty ? nil : self }
}
