import AdvisoryFormats
import Clearinghouse
import Foundation
import Journal
import Matching

/// What a new advisory costs: from the parsed record to all inventories that it concerns, with the evidence.
struct ScanFigures {
    private let records: [OSVRecord]

    /// Seven records of the corpus are no valid OSV; a clearinghouse refuses them, and they are not asked about.
    init(advisories: [UInt8]) {
        records = advisories.split(separator: UInt8(ascii: "\n")).compactMap { try? OSVRecord(parsing: Array($0)) }
    }

    /// Prints one line for each advisory and round.
    func run(on table: DepositTable, rounds: Int) async throws {
        for round in 0..<rounds {
            for record in records {
                let start = ContinuousClock.now
                let advisory = IndexedAdvisory(record)
                let found = try await table.journal.read { snapshot in
                    var (scan, found) = (try AdvisoryScan(advisory), [ConcernedComponents]())
                    try scan.run(in: snapshot) { found.append($0) }
                    return found
                }
                var inventories = Set<Int64>()
                for concerned in found { inventories.formUnion(concerned.inventories) }
                let elapsed = (ContinuousClock.now - start).components
                let milliseconds = Double(elapsed.seconds) * 1e3 + Double(elapsed.attoseconds) * 1e-15
                let count = found.reduce(0) { $0 + $1.inventories.count }
                print(
                    """
                    {"advisory":"\(record.id)","round":\(round),"milliseconds":\(milliseconds),"matches":\(count),\
                    "versions":\(found.count),"inventories":\(inventories.count)}
                    """
                )
            }
        }
    }
}
