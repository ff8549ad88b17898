import Clearinghouse
import Client
import Foundation
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
        for path in paths {
            let (files, skipped) = try AdvisoryArchive.files(at: path)
            summary.skipped += skipped
            for file in files {
                summary.tally += try await read(file, before: summary.tally.total, progress)
            }
        }
        summary.duration = ContinuousClock.now - start
        return summary
    }

    private func read(_ file: String, before: Int, _ progress: @Sendable (Int) -> Void) async throws -> ImportTally {
        let principal = Principal(member: Membership.system, scopes: [.importAdvisories])
        let source = AdvisoryImporter.sourceName(of: file)
        let distribution = rooms.distribution
        var reader = try AdvisoryArchive.reader(of: file)
        let total = try await withThrowingTaskGroup(of: ImportTally.self) { group in
            var (tally, running) = (ImportTally(), 0)
            while true {
                let batch = try reader.next(Distribution.importBatchSize)
                if running == AdvisoryImporter.batchesInFlight || batch.isEmpty, let done = try await group.next() {
                    tally += done
                    running -= 1
                    progress(before + tally.total)
                }
                if batch.isEmpty {
                    if running == 0 { return tally }
                    continue
                }
                let documents = batch.map { OSVDocument(name: $0.name, bytes: $0.bytes) }
                group.addTask { try await distribution.importOSV(documents, from: source, by: principal) }
                running += 1
            }
        }
        try await distribution.recordReading(of: source, total, by: principal)
        return total
    }

    /// One being parsed while another commits; more only wait.
    private static let batchesInFlight = 2

    /// `…/pypa.jsonl.zst` is `pypa`.
    private static func sourceName(of file: String) -> String {
        let name = file.split(separator: "/").last.map(String.init) ?? file
        return name.split(separator: ".").first.map(String.init) ?? name
    }
}
