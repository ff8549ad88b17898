import Archive
import Clearinghouse
import Foundation
import Server

/// Brings whole advisory sources into the journal, reading ahead while the last batches commit.
struct AdvisoryImporter {
    let rooms: Rooms

    struct Summary {
        var tally = ImportTally()
        var skipped: [String] = []
        /// Files and directories that could not be read, or not to their end.
        var unread: [String] = []
        var duration: Duration = .zero

        var recordsPerSecond: Int {
            let seconds = Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
            return Int(Double(tally.total) / max(seconds, 0.001))
        }

        var text: String {
            let counts = [
                "\(tally.new) new", "\(tally.changed) changed", "\(tally.unchanged) unchanged", "\(tally.older) older",
                "\(tally.refused.count) refused"
            ].joined(separator: ", ")
            let rate =
                "in \(duration.formatted(.units(allowed: [.seconds], fractionalPart: .show(length: 2)))), \(recordsPerSecond) records/s"
            let refused = tally.refused.map { "  refused \($0.name): \($0.reason)" }
            return (["\(tally.total) records \(rate): \(counts)"] + refused + skipped.map { "  skipped \($0)" }).joined(
                separator: "\n")
        }
    }

    func run(_ paths: [String], progress: @Sendable (Int) -> Void = { _ in }) async throws -> Summary {
        let start = ContinuousClock.now
        var readings = try paths.flatMap { try AdvisoryArchive.sources(at: $0) }.map { SourceReading($0) }
        var underWay = BatchesUnderWay(distribution: rooms.distribution)
        for index in readings.indices {
            // The next source is read while the batches of the one before still commit.
            while let documents = readings[index].next() {
                while underWay.isFull { try await finish(&underWay, &readings, progress) }
                underWay.add(documents, of: readings[index].source.name, at: index)
            }
        }
        while !underWay.isEmpty { try await finish(&underWay, &readings, progress) }
        var summary = Summary()
        for reading in readings {
            summary.tally += reading.tally
            summary.skipped += reading.skipped.map { [$0] } ?? []
            summary.unread += reading.unread
        }
        summary.duration = ContinuousClock.now - start
        return summary
    }

    /// Waits for the oldest batch; records that a source was read once nothing of it is left.
    private func finish(
        _ underWay: inout BatchesUnderWay, _ readings: inout [SourceReading], _ progress: @Sendable (Int) -> Void
    ) async throws {
        let (index, tally) = try await underWay.finishOldest()
        readings[index].finished(tally)
        progress(readings.reduce(0) { $0 + $1.tally.total })
        let name = readings[index].source.name
        let same = readings.filter { $0.source.name == name }
        // What was not read to its end is recorded by its documents alone.
        guard same.allSatisfy({ $0.isDone && $0.unread.isEmpty }) else { return }
        let total = same.reduce(into: ImportTally()) { $0 += $1.tally }
        // What holds nothing but documents of another kind is no source of advisories.
        guard total.total > 0 else { return }
        try await rooms.distribution.recordReading(of: name, total, by: BatchesUnderWay.principal)
    }
}

/// Batches that are prepared side by side and recorded in the order they came, so that the same sources always give the same
/// journal.
private struct BatchesUnderWay {
    /// One commits, one is parsed, and one is ready where the other took longer.
    private static let limit = 3
    static let principal = Principal(member: Membership.system, scopes: [.importAdvisories])

    private let distribution: Distribution
    private var batches: [(source: Int, recorded: Task<ImportTally, any Error>)] = []

    init(distribution: Distribution) {
        self.distribution = distribution
    }

    var isFull: Bool { batches.count >= BatchesUnderWay.limit }
    var isEmpty: Bool { batches.isEmpty }

    mutating func add(_ documents: [OSVDocument], of source: String, at index: Int) {
        let (distribution, earlier) = (distribution, batches.last?.recorded)
        let recorded = Task {
            let prepared = try distribution.prepare(documents, from: source, by: BatchesUnderWay.principal)
            _ = await earlier?.result
            return try await distribution.importOSV(prepared)
        }
        batches.append((index, recorded))
    }

    mutating func finishOldest() async throws -> (source: Int, ImportTally) {
        let oldest = batches.removeFirst()
        return (oldest.source, try await oldest.recorded.value)
    }
}

/// How far one source was read.
private struct SourceReading {
    let source: AdvisoryArchive.Source
    private(set) var tally = ImportTally()
    /// Documents of another kind, which were left out, and the first of them.
    private var foreign: (count: Int, first: RefusedDocument)?
    /// What could not be read: single documents, and the source where its reading ended before its end.
    private(set) var unread: [String] = []
    private var reader: (any ArchiveReader)?
    private var batchesUnderWay = 0
    private var isAtEnd = false

    init(_ source: AdvisoryArchive.Source) {
        self.source = source
    }

    /// Read to its end, and every batch recorded.
    var isDone: Bool { isAtEnd && batchesUnderWay == 0 }

    var skipped: String? {
        foreign.map { count, first in
            let other = first.format.map { "is of the format \($0)" } ?? "has no id"
            return "\(count) documents of \(source.name): not in OSV format, \(first.name) \(other)"
        }
    }

    /// The next batch, which is under way from then on; nil at the end. A source that can't be read on is at its end, and takes nothing of
    /// the others with it.
    mutating func next() -> [OSVDocument]? {
        guard !isAtEnd else { return nil }
        var documents: [AdvisoryArchive.Document] = []
        do {
            var reader = try self.reader ?? source.reader()
            documents = try reader.next(Distribution.importBatchSize)
            self.reader = reader
        } catch {
            unread.append("\(error)")
        }
        batchesUnderWay += 1
        // The empty batch at the end is one too: what is done when a batch is finished is then done for an empty source.
        isAtEnd = documents.isEmpty
        if isAtEnd { self.reader = nil }
        unread += documents.compactMap(\.failure?.reason)
        return documents.filter { $0.failure == nil }.map { OSVDocument(name: $0.name, bytes: $0.bytes) }
    }

    /// Documents of another kind were refused like all others; in a directory they are not what somebody asked for.
    mutating func finished(_ batch: ImportTally) {
        batchesUnderWay -= 1
        var batch = batch
        if !source.isNamed {
            let left = batch.refused.filter(\.isForeign)
            if let first = left.first { foreign = ((foreign?.count ?? 0) + left.count, foreign?.first ?? first) }
            batch.refused.removeAll(where: \.isForeign)
        }
        tally += batch
    }
}
