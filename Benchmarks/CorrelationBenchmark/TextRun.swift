import Correlation
import Foundation

/// Records of a file as a whole: their features, the counting and the relating are timed, the reading is not.
struct TextRun {
    private let records: [CorrelationRecord]

    init(path: String) throws {
        var records: [CorrelationRecord] = []
        _ = CorrelationRecord.reading(lines: Array(try Data(contentsOf: URL(fileURLWithPath: path)))) { records.append($0) }
        self.records = records
    }

    /// One line with the seconds, then one a cluster.
    func run() {
        let start = ContinuousClock.now
        var run = CorrelationRun(comparesIdentifiers: false)
        for record in records { run.add(record) }
        let index = run.index()
        let clusters = VulnerabilityClusters(of: index).clusters
        print("{\"items\":\(records.count),\"seconds\":\((ContinuousClock.now - start) / .seconds(1))}")
        for cluster in clusters { print("[" + cluster.map { "\"\(run.ids[Int($0)])\"" }.joined(separator: ",") + "]") }
    }
}
