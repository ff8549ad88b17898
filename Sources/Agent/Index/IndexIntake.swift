package import Archive
package import CivilTime
import Matching

/// Takes files of advisories and signals into an index, and remembers how far.
///
/// What is taken goes into the index whenever it has grown to `maximumHeldByteCount`, so that memory does not go with the number of
/// advisories, and with it the record of where its files were read to: whoever is interrupted loses one segment's work, and the next
/// run goes on behind it. A file that was taken and did not change is not read again.
package struct IndexIntake {
    let directory: IndexDirectory
    let maximumHeldByteCount: Int
    let now: Timestamp
    let isRetry: Bool
    let isStopped: @Sendable () -> Bool
    let onRefusal: (IntakeRefusal) throws -> Void
    var known: AdvisoryIndex?
    var knownSignals = Signals.none
    var ledger = SourceLedger()
    var builder = SegmentBuilder()
    var signals: [SignalDocument] = []
    /// Records that the directory does not have yet.
    var changed: [String: SourceRecord] = [:]
    var open: SourceInHand?
    /// The advisories of documents that the index does not have yet, with the times of their revisions.
    var families: [String: [String: Int64]] = [:]
    var heldByteCount = 0
    /// Bytes of documents since the index was last written.
    var readByteCount = 0
    /// What was read, for a report.
    package internal(set) var summary = IntakeSummary()

    /// Documents read at once.
    static let batchCount = 1_000
    /// Each looks at some dozen places of a large index, and with a place comes what lies around it.
    static let documentsBetweenReleases = 64
    /// What the advisories of a segment may hold in memory while it is built; the segment itself is a fraction of it.
    package static let standardHeldByteCount = 128 * 1024 * 1024
    /// How much is read for one held byte before the place is written down: most of a file may say nothing that is kept.
    static let readPerHeld = 4

    /// - Parameters:
    ///   - directory: the index that is added to; made where there is none.
    ///   - now: for the time of the next try of what is refused, and for withdrawals that are announced.
    ///   - isRetry: whether what was refused before is tried before its time.
    ///   - isStopped: asked after each document; once it is true, reading ends where it is.
    ///   - onRefusal: gets everything that is refused, and every file that can't be read to its end; what it throws ends the reading.
    /// - Throws: `AgentError.storage` where there is an index that can't be read.
    package init(
        addingTo directory: IndexDirectory, now: Timestamp, isRetry: Bool = false,
        maximumHeldByteCount: Int = standardHeldByteCount, isStopped: @escaping @Sendable () -> Bool = { false },
        onRefusal: @escaping (IntakeRefusal) throws -> Void = { _ in }
    ) throws {
        self.directory = directory
        self.now = now
        self.isRetry = isRetry
        self.maximumHeldByteCount = maximumHeldByteCount
        self.isStopped = isStopped
        self.onRefusal = onRefusal
        if directory.exists {
            (known, knownSignals, ledger) = (
                try directory.openForIntake(), try directory.signals(), try directory.ledger()
            )
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
        try directory.add(
            builder.isEmpty ? nil : builder.bytes(), signals: signals, sources: changed, isMerging: { !isStopped() }
        )
        if !builder.isEmpty { known = try directory.openForIntake() }
        if !signals.isEmpty { knownSignals = try directory.signals() }
        for (path, record) in changed { ledger[path] = record }
        (builder, signals, changed, families) = (SegmentBuilder(), [], [:], [:])
        (heldByteCount, readByteCount) = (0, 0)
    }
}
