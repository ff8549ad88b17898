import JSONText
import Journal
import Runners
import Sealing

/// A run as its records tell it.
struct RunState {
    let request: RunRequest
    /// The results of the portions that are done, in order.
    private(set) var results: [Digest] = []
    /// How the source was divided, once a portion was done.
    private(set) var plan: Digest?
    private(set) var isFinished = false
    /// Records so far.
    private(set) var version: Int64 = 0

    /// Nil for no run, or one whose member left.
    init?(_ records: [JournalRecord]) {
        guard let request = records.first?.payload.flatMap(RunRequest.init(json:)) else { return nil }
        self.request = request
        for record in records {
            version += 1
            switch record.kind {
            case ScanningRecords.progressed:
                guard let digest = record.payload?["result"]?.string.flatMap(Digest.init(hex:)) else { return nil }
                results.append(digest)
                plan = record.payload?["plan"]?.string.flatMap(Digest.init(hex:))
            case ScanningRecords.finished: isFinished = true
            default: break
            }
        }
    }
}

/// A run's source in at most `maximumCount` portions, each a few units of the runner's plan.
struct RunPortions {
    let portions: [[[SourceFile]]]
    let fileCount: Int
    let plan: Digest

    /// Each is a record for good, and one sandbox lists the source anew.
    static let maximumCount = 64

    init(_ plan: ScanPlan) {
        let size = max(1, (plan.units.count + RunPortions.maximumCount - 1) / RunPortions.maximumCount)
        portions = stride(from: 0, to: plan.units.count, by: size).map {
            Array(plan.units[$0..<min($0 + size, plan.units.count)])
        }
        fileCount = plan.fileCount
        let paths = portions.map { portion in JSONValue.array(portion.map { .array($0.map { .string($0.path) }) }) }
        self.plan = Digest(hashing: JSONValue.array(paths).canonicalBytes())
    }

    /// Files in the first portions.
    func fileCount(in count: Int) -> Int {
        portions.prefix(count).reduce(0) { $0 + $1.reduce(0) { $0 + $1.count } }
    }
}

extension JournalSnapshot {
    func run(_ identifier: String) throws -> RunState? {
        RunState(try records(of: ScanningRecords.stream(identifier)))
    }

    /// What the portions of a run found, together.
    /// - Throws: `notFound` where a result was withdrawn.
    func result(of state: RunState) throws -> UnitResult {
        let key = DiscoveryRecords.contentKey(of: state.request.member)
        return try state.results.reduce(UnitResult()) { sum, digest in
            guard let bytes = try content(digest, sealedUnder: key), let part = UnitResult(json: try JSONValue(parsing: bytes))
            else {
                throw Refusal(.notFound, "a result of the run \(state.request.identifier) was withdrawn")
            }
            return sum + part
        }
    }
}
