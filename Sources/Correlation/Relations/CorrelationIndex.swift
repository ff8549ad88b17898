/// Records and their relations, kept as records come, change and go.
///
/// **Bounded.** A record is compared with at most `KeyBuckets.limit` others for each of its keys, whatever the size of the set.
/// **Independent of order.** A relation is there exactly if both records share living keys enough
/// (`CandidateKeys.needed`) and their score says so. When a key
/// dies, what was found by it alone is taken back. So the same records give the same relations in every order. (Records that
/// are removed may leave keys dead that were too common before.) The exception are exact keys that grow crowded: they keep
/// what was found by them, and a later record is compared with one that stands for all; which one that is depends on the order.
/// **Retroactive.** `adopt` compares all anew when the weights of words are better known. What people take back is recorded where
/// relations are, and not here.
package struct CorrelationIndex: Sendable {
    private var store = FeatureStore()
    private var buckets: KeyBuckets
    private var weights: TokenWeights
    private let rule: RelationRule
    private var neighbours: [[Neighbour]] = []
    /// What each record shares in keys with the one that is related now; all zero between.
    private var marks: [UInt32] = []
    private var keys: [CandidateKeys.Key] = []
    private var candidates: [UInt32] = []
    /// Comparisons made so far.
    package private(set) var comparisonCount = 0

    private struct Neighbour {
        var record: UInt32
        var logOdds: Float
        var isDecisive: Bool
        /// What the two are if they aren't one vulnerability.
        var otherwise: RelationKind?
    }

    /// - Parameter expectedRecords: a hint; arrays for so many are made at once.
    package init(weights: TokenWeights, model: SignalModel = .standard, expectedRecords: Int = 0) {
        self.weights = weights
        rule = RelationRule(model: model)
        buckets = KeyBuckets(expectedKeys: expectedRecords * 24)
        store.reserve(records: expectedRecords, tokensEach: 96)
        neighbours.reserveCapacity(expectedRecords)
        marks.reserveCapacity(expectedRecords)
    }

    package var count: Int { store.count }
    package var model: SignalModel { rule.model }

    /// Adds a record. Its place is the number of records before it.
    package mutating func add(_ features: FindingFeatures) -> UInt32 {
        let record = hold(features)
        relate(record)
        return record
    }

    /// Keeps a record without comparing it, until `adopt` compares all: for a set that is read as a whole first.
    package mutating func hold(_ features: FindingFeatures) -> UInt32 {
        neighbours.append([])
        marks.append(0)
        return UInt32(store.append(features, weights))
    }

    /// Takes a record and its relations out; its place stays empty.
    package mutating func remove(_ record: UInt32) {
        detach(record)
        store.remove(Int(record))
    }

    /// Compares everything anew by other weights. Costs what adding all costs.
    package mutating func adopt(_ weights: TokenWeights) {
        self.weights = weights
        store.reweigh(weights)
        buckets = KeyBuckets(expectedKeys: store.count * 24)
        for record in neighbours.indices { neighbours[record] = [] }
        for record in 0..<store.count where store.headers[record].isLive {
            marks[record] = 0
            relate(UInt32(record))
        }
    }

    // MARK: relations

    package func relations(of record: UInt32) -> [Relation] {
        neighbours[Int(record)].compactMap { relation(record, $0) }
    }

    private func relation(_ record: UInt32, _ neighbour: Neighbour) -> Relation? {
        let score = model.score(neighbour.logOdds)
        if neighbour.logOdds >= model.threshold, !hasRival(record, neighbour) {
            return Relation(record, neighbour.record, .duplicate, score: score)
        }
        // Never the score of a duplicate for what is none.
        return neighbour.otherwise.map { Relation(record, neighbour.record, $0, score: min(score, Self.belowThreshold)) }
    }

    private static let belowThreshold: Float = 0.499

    /// Whether another record of the same listing fits nearly as well: a catalogue lists a vulnerability once, so at most one of
    /// the two is right, and nobody can tell which.
    private func hasRival(_ record: UInt32, _ neighbour: Neighbour) -> Bool {
        if neighbour.isDecisive { return false }
        return hasRival(of: neighbour.record, beside: record, neighbour.logOdds)
            || hasRival(of: record, beside: neighbour.record, neighbour.logOdds)
    }

    private func hasRival(of record: UInt32, beside other: UInt32, _ logOdds: Float) -> Bool {
        let listing = store.headers[Int(record)].summary.listing
        if listing == 0 { return false }
        return neighbours[Int(other)].contains {
            $0.record != record && $0.logOdds > logOdds - model.rivalMargin
                && store.headers[Int($0.record)].summary.listing == listing
        }
    }

    /// All relations, each once, by their records.
    package func relations() -> [Relation] {
        var all: [Relation] = []
        for record in neighbours.indices {
            for neighbour in neighbours[record] where neighbour.record > UInt32(record) {
                if let relation = relation(UInt32(record), neighbour) { all.append(relation) }
            }
        }
        return all.sorted { $0.pair < $1.pair }
    }

    /// What each signal gave to the log-odds of two records, the largest first; signals that gave nothing aren't there.
    package func explanation(_ a: UInt32, _ b: UInt32) -> [(signal: Signal, logOdds: Float)] {
        let signals = signals(a, b)
        return Signal.allCases.map { ($0, model.contribution(of: $0, in: signals)) }
            .filter { $0.1 != 0 }.sorted { abs($0.1) > abs($1.1) }
    }

    package func logOdds(_ a: UInt32, _ b: UInt32) -> Float { model.logOdds(signals(a, b)) }

    /// Where the record's catalogue lists it once; 0 outside of catalogues.
    package func listing(of record: UInt32) -> UInt32 { store.headers[Int(record)].summary.listing }

    func finder(of record: UInt32) -> UInt32 { store.headers[Int(record)].summary.finder }

    func signals(_ a: UInt32, _ b: UInt32) -> SignalVector {
        store.withViews { view in SignalVector(view(Int(a)), view(Int(b)), weights) }
    }

    /// Candidates of a record among those before it, with their signals: what weights are learned from.
    package func forEachCandidate(of record: UInt32, _ body: (_ other: UInt32, _ signals: [Float]) -> Void) {
        var shared: [UInt32: UInt32] = [:]
        var own: [CandidateKeys.Key] = []
        store.withView(Int(record)) { CandidateKeys.keys(of: $0, weights, into: &own) }
        for key in own { buckets.forEach(under: key) { shared[$0, default: 0] += UInt32(key.strength.rawValue) } }
        for (other, strength) in shared where other < record && strength >= CandidateKeys.needed {
            let signals = signals(record, other)
            body(other, Signal.allCases.map { signals[$0] })
        }
    }

    // MARK: the work

    private mutating func relate(_ record: UInt32) {
        store.withView(Int(record)) { CandidateKeys.keys(of: $0, weights, into: &keys) }
        for place in keys.indices {
            let orphans = buckets.insert(record, under: keys[place])
            if !orphans.isEmpty { takeBackOrphans(among: orphans) }
        }
        candidates.removeAll(keepingCapacity: true)
        for key in keys {
            buckets.forEach(under: key) { other in
                if marks[Int(other)] == 0 { candidates.append(other) }
                marks[Int(other)] += UInt32(key.strength.rawValue)
            }
        }
        for other in candidates {
            if marks[Int(other)] >= CandidateKeys.needed, other != record { compare(record, other) }
            marks[Int(other)] = 0
        }
    }

    private mutating func compare(_ a: UInt32, _ b: UInt32) {
        comparisonCount += 1
        var found = store.withViews { view in
            let (left, right) = (view(Int(a)), view(Int(b)))
            let signals = SignalVector(left, right, weights)
            return Neighbour(
                record: b, logOdds: rule.model.logOdds(signals), isDecisive: rule.isDecisive(signals),
                otherwise: rule.kindOfDifferent(signals, left, right))
        }
        // What lies close below the threshold is kept as a rival.
        guard found.logOdds >= rule.model.threshold - rule.model.rivalMargin || found.otherwise != nil else { return }
        neighbours[Int(a)].append(found)
        found.record = a
        neighbours[Int(b)].append(found)
    }

    private mutating func unlink(_ a: UInt32, _ b: UInt32) {
        neighbours[Int(a)].removeAll { $0.record == b }
        neighbours[Int(b)].removeAll { $0.record == a }
    }

    private mutating func detach(_ record: UInt32) {
        for neighbour in neighbours[Int(record)] { neighbours[Int(neighbour.record)].removeAll { $0.record == record } }
        neighbours[Int(record)] = []
        store.withView(Int(record)) { CandidateKeys.keys(of: $0, weights, into: &keys) }
        for key in keys { buckets.remove(record, under: key) }
    }

    /// After a key died: relations within its bucket that no other living key supports.
    private mutating func takeBackOrphans(among members: [UInt32]) {
        let bucket = Set(members)
        for member in members {
            for neighbour in neighbours[Int(member)] where neighbour.record > member && bucket.contains(neighbour.record) {
                if !shareLivingKeys(member, neighbour.record) { unlink(member, neighbour.record) }
            }
        }
    }

    private func shareLivingKeys(_ a: UInt32, _ b: UInt32) -> Bool {
        var (own, others): ([CandidateKeys.Key], [CandidateKeys.Key]) = ([], [])
        store.withView(Int(a)) { CandidateKeys.keys(of: $0, weights, into: &own) }
        store.withView(Int(b)) { CandidateKeys.keys(of: $0, weights, into: &others) }
        let common = Set(others)
        let shared = own.filter { common.contains($0) && buckets.isAlive($0) }
        return shared.reduce(0) { $0 + UInt32($1.strength.rawValue) } >= CandidateKeys.needed
    }
}
