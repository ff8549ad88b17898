// Properties of the correlation format under arbitrary bytes; see `run-fuzz`.
import Correlation

/// The same bytes give the same records, faults and features twice; a fault names a line that is there.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzCorrelationRecord(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    var (records, again): ([CorrelationRecord], [CorrelationRecord]) = ([], [])
    let faults = CorrelationRecord.reading(lines: bytes) { records.append($0) }
    precondition(faults == CorrelationRecord.reading(lines: bytes) { again.append($0) }, "other faults the second time")
    precondition(records == again, "other records the second time")
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).count
    precondition(faults.allSatisfy { (1...lines).contains($0.line) }, "a fault outside of the file")
    var index = CorrelationIndex(weights: .general)
    for record in records.prefix(16) {
        let features = FeatureExtractor().features(of: record)
        precondition(features == FeatureExtractor().features(of: record), "other features the second time")
        _ = index.add(features)
    }
    for relation in index.relations() { precondition((0...1).contains(relation.score), "a score outside of its range") }
    return 0
}
