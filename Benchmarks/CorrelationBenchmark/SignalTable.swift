import Correlation
import Foundation

/// The signals of every candidate pair, for `Benchmarks/correlation_weights.py`.
struct SignalTable {
    private let records: [CorrelationRecord]

    init(path: String) throws {
        var records: [CorrelationRecord] = []
        let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        for fault in CorrelationRecord.reading(lines: bytes, visit: { records.append($0) }) {
            FileHandle.standardError.write(Data("\(fault)\n".utf8))
        }
        self.records = records
    }

    func print() throws {
        let extractor = FeatureExtractor(comparesIdentifiers: false)
        let features = records.map { extractor.features(of: $0) }
        var statistics = TokenStatistics()
        for feature in features { statistics.add(feature) }
        var index = CorrelationIndex(weights: statistics.weights(), expectedRecords: records.count)
        for feature in features { _ = index.add(feature) }
        write("first\tsecond\tlistingOfFirst\tlistingOfSecond\t" + Signal.allCases.map(\.name).joined(separator: "\t"))
        for record in records.indices {
            index.forEachCandidate(of: UInt32(record)) { other, signals in
                let values = signals.map { $0 == 0 ? "0" : $0 == 1 ? "1" : "\(Float(Int($0 * 10_000)) / 10_000)" }
                let listings = "\(index.listing(of: other))\t\(index.listing(of: UInt32(record)))"
                write("\(records[Int(other)].id)\t\(records[record].id)\t\(listings)\t" + values.joined(separator: "\t"))
            }
        }
    }

    private func write(_ line: String) { Swift.print(line) }
}
