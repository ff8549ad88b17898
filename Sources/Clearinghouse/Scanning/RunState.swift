import CivilTime
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
    /// Units that are done.
    private(set) var unitCount = 0
    /// What the portions took of a model, and of the worker's time.
    private(set) var usage = TokenUsage()
    private(set) var work: Duration = .zero
    /// What there is room for still.
    private(set) var room = ResultRoom.run
    /// The scan leases it holds, or held last.
    private(set) var leases: [String] = []
    /// How it ends, once it hands in what was found; it can't be stopped any more then.
    private(set) var conclusion: RunConclusion?
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
            case ScanningRecords.leased: leases = (record.payload?["leases"]?.array ?? []).compactMap(\.string)
            case ScanningRecords.progressed:
                guard let portion = record.payload.flatMap(RunPortion.init(json:)) else { return nil }
                take(portion)
            case ScanningRecords.concluding: conclusion = record.payload.flatMap(RunConclusion.init(json:))
            case ScanningRecords.finished: isFinished = true
            default: break
            }
        }
    }

    private mutating func take(_ portion: RunPortion) {
        results.append(portion.result)
        plan = portion.plan
        unitCount += portion.unitCount
        usage = usage + portion.usage
        work += portion.work
        room = room.after(findingCount: portion.findingCount, noticeCount: portion.noticeCount, byteCount: portion.byteCount)
    }
}

/// How a run is going to end.
struct RunConclusion {
    let ending: RunEnding
    let reason: String?
    /// What was not looked at, where the last portion does not say it.
    let rest: Digest?

    init(_ ending: RunEnding, reason: String?, rest: Digest?) {
        self.ending = ending
        self.reason = reason
        self.rest = rest
    }

    init?(json: JSONValue) {
        guard let ending = json["ending"]?.string.flatMap(RunEnding.init(rawValue:)) else { return nil }
        self.init(ending, reason: json["reason"]?.string, rest: json["rest"]?.string.flatMap(Digest.init(hex:)))
    }
}

/// A run's source as it is divided: units of the runner's plan, several of them a portion.
struct RunPlan {
    let units: [[SourceFile]]
    let fileCount: Int
    /// Of how the source is divided and of who looks: a run can only go on in the same way.
    let digest: Digest
    /// Units of a portion that nothing delays.
    let portionSize: Int

    /// Each is a record for good, and one sandbox lists the source anew.
    static let usualPortionCount = 64

    init(_ plan: ScanPlan, by driver: RunnerDriver) {
        units = plan.units
        fileCount = plan.fileCount
        portionSize = max(1, (units.count + RunPlan.usualPortionCount - 1) / RunPlan.usualPortionCount)
        let paths = units.map { JSONValue.array($0.map { .string($0.path) }) }
        digest = Digest(hashing: JSONValue.array([driver.json, .array(paths)]).canonicalBytes())
    }

    /// Files in the first units.
    func fileCount(in count: Int) -> Int { units.prefix(count).reduce(0) { $0 + $1.count } }
}

/// What of a source nobody has looked at: what no tool gets to see, and what is still to come. Kept with every portion, so that
/// the log of a run that can't go on says it without the source.
struct RunRest {
    /// The first of them, and how many there are besides.
    let leftOut: [LeftOut]
    let moreLeftOut: Int
    let notReached: [String]
    let moreNotReached: Int

    /// With paths of a thousand bytes each list has 2 MB.
    private static let mostKept = 2_000

    init(_ listing: SourceListing, _ plan: RunPlan, after unitCount: Int) {
        let paths = plan.units.dropFirst(unitCount).joined().map(\.path)
        leftOut = Array(listing.leftOut.prefix(RunRest.mostKept))
        moreLeftOut = listing.leftOut.count - leftOut.count
        notReached = Array(paths.prefix(RunRest.mostKept))
        moreNotReached = paths.count - notReached.count
    }

    /// What is not in the lists.
    var notices: [RunnerNotice] {
        [(moreLeftOut, "members of the source were left out"), (moreNotReached, "files were not reached")].compactMap {
            $0.0 > 0 ? RunnerNotice("\($0.0) more \($0.1)") : nil
        }
    }

    var json: JSONValue {
        [
            "leftOut": .array(leftOut.map { ["path": .string($0.path), "reason": .string($0.reason.rawValue)] }),
            "moreLeftOut": .number(JSONNumber(Int64(moreLeftOut))), "moreNotReached": .number(JSONNumber(Int64(moreNotReached))),
            "notReached": .array(notReached.map { .string($0) })
        ]
    }

    /// Nil for anything but what `json` writes.
    init?(json: JSONValue?) {
        guard
            let leftOut = json?["leftOut"]?.array, let notReached = json?["notReached"]?.array,
            let moreLeftOut = json?["moreLeftOut"]?.integer, let moreNotReached = json?["moreNotReached"]?.integer
        else { return nil }
        self.leftOut = leftOut.compactMap { entry in
            guard let path = entry["path"]?.string, let reason = entry["reason"]?.string.flatMap(LeftOut.Reason.init(rawValue:))
            else { return nil }
            return LeftOut(path: path, reason: reason)
        }
        self.notReached = notReached.compactMap(\.string)
        self.moreLeftOut = Int(clamping: moreLeftOut)
        self.moreNotReached = Int(clamping: moreNotReached)
    }
}

extension JournalSnapshot {
    func run(_ identifier: String) throws -> RunState? {
        RunState(try records(of: ScanningRecords.stream(identifier)))
    }

    /// What the portions of a run found, together, and what they did not look at.
    /// - Throws: `notFound` where a result was withdrawn.
    func outcome(of state: RunState) throws -> (result: UnitResult, rest: RunRest?) {
        var (sum, rest): (UnitResult, RunRest?) = (UnitResult(), nil)
        for digest in state.results {
            let json = try part(digest, of: state.request)
            guard let part = json["result"].flatMap(UnitResult.init(json:)) else {
                throw Refusal(.notFound, "a result of the run \(state.request.identifier) can't be read")
            }
            sum = sum + part
            rest = RunRest(json: json["rest"]) ?? rest
        }
        if let digest = state.conclusion?.rest { rest = RunRest(json: try part(digest, of: state.request)) }
        return (sum, rest)
    }

    private func part(_ digest: Digest, of request: RunRequest) throws -> JSONValue {
        guard let bytes = try content(digest, sealedUnder: DiscoveryRecords.contentKey(of: request.member)) else {
            throw Refusal(.notFound, "a result of the run \(request.identifier) was withdrawn")
        }
        return try JSONValue(parsing: bytes)
    }
}
