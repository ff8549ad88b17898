import Clearinghouse
import Client
import Foundation
import JSONText
import Server

/// Brings whole advisory sources into the journal, reading ahead while the last batches commit.
struct AdvisoryImporter {
    let rooms: Rooms

    struct Summary {
        var tally = ImportTally()
        var skipped: [String] = []
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
        var summary = Summary()
        var readings = try paths.flatMap { try AdvisoryArchive.sources(at: $0) }.map { SourceReading($0) }
        try await withThrowingTaskGroup(of: Step.self) { group in
            var running = 0
            func finishOne() async throws {
                guard case .batch(let index, let tally) = try await group.next() else { return }
                running -= 1
                readings[index].finished(tally)
                summary.tally += tally
                progress(summary.tally.total)
                addRecord(of: readings[index], to: &group)
            }
            for index in readings.indices {
                // The next source is read while the batches of the one before still commit.
                while let documents = try readings[index].next() {
                    while running == AdvisoryImporter.batchesInFlight { try await finishOne() }
                    add(documents, of: readings[index], at: index, to: &group)
                    running += 1
                }
                summary.skipped += readings[index].skipped.map { [$0] } ?? []
                addRecord(of: readings[index], to: &group)
            }
            while running > 0 { try await finishOne() }
            try await group.waitForAll()
        }
        summary.duration = ContinuousClock.now - start
        return summary
    }

    /// What a task of the group did.
    private enum Step {
        case batch(source: Int, ImportTally)
        case record
    }

    private typealias Steps = ThrowingTaskGroup<Step, any Error>

    /// One commits, one is parsed, and one is ready where the other took longer.
    private static let batchesInFlight = 3

    private static let principal = Principal(member: Membership.system, scopes: [.importAdvisories])

    private func add(_ documents: [OSVDocument], of reading: SourceReading, at index: Int, to group: inout Steps) {
        let (distribution, source) = (rooms.distribution, reading.source.name)
        group.addTask {
            .batch(source: index, try await distribution.importOSV(documents, from: source, by: AdvisoryImporter.principal))
        }
    }

    /// Records that the source was read, where nothing of it is under way any more.
    private func addRecord(of reading: SourceReading, to group: inout Steps) {
        guard reading.isDone else { return }
        let (distribution, source, tally) = (rooms.distribution, reading.source.name, reading.tally)
        group.addTask {
            try await distribution.recordReading(of: source, tally, by: AdvisoryImporter.principal)
            return .record
        }
    }
}

/// How far one source was read.
private struct SourceReading {
    let source: AdvisoryArchive.Source
    private(set) var tally = ImportTally()
    /// Why nothing of it was read.
    private(set) var skipped: String?
    private var reader: (any ArchiveReader)?
    private var batchesUnderWay = 0
    private var isAtEnd = false

    init(_ source: AdvisoryArchive.Source) {
        self.source = source
    }

    /// Read to its end, and every batch committed.
    var isDone: Bool { isAtEnd && batchesUnderWay == 0 && skipped == nil }

    /// The next batch, which is under way from then on; nil at the end.
    mutating func next() throws -> [OSVDocument]? {
        let isFirst = reader == nil
        var reader = try self.reader ?? source.reader()
        let documents = try reader.next(Distribution.importBatchSize)
        self.reader = reader
        if isFirst, !source.isNamed, SourceReading.areForeign(documents) {
            skipped = "\(source.name): not in OSV format: \(documents[0].name) has no id"
        }
        guard !documents.isEmpty, skipped == nil else {
            isAtEnd = true
            self.reader = nil
            return nil
        }
        batchesUnderWay += 1
        return documents.map { OSVDocument(name: $0.name, bytes: $0.bytes) }
    }

    mutating func finished(_ batch: ImportTally) {
        batchesUnderWay -= 1
        tally += batch
    }

    /// Whether a source that was found in a directory is of another kind: all its first documents can be read, and none of
    /// them has the identifier that every OSV record has. What can't be read is not skipped but refused, with its place.
    private static func areForeign(_ documents: [AdvisoryArchive.Document]) -> Bool {
        !documents.isEmpty
            && documents.allSatisfy { document in
                (try? JSONValue(parsing: document.bytes)).map { $0["id"] == nil } ?? false
            }
    }
}
