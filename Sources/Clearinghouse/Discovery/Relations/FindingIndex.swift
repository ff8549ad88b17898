import Correlation

/// All findings that can be read, compared with each other. Pure.
///
/// Bounded: what is kept of a finding is its hashed tokens (`FindingFeatures`), at most some thousands of four bytes each.
struct FindingIndex {
    private var index: CorrelationIndex
    private var statistics = TokenStatistics()
    private let extractor = FeatureExtractor(comparesIdentifiers: false)
    private var findings: [String] = []
    private var members: [String] = []
    private var places: [String: UInt32] = [:]
    /// Of how many findings the weights were counted.
    private var weighed = Self.fewest
    /// While the journal is read for the first time, nothing is compared: `weigh` compares all.
    private var isReading = true

    init(model: SignalModel) { index = CorrelationIndex(weights: .general, model: model) }

    /// Which two findings, by their places.
    typealias Pair = (first: UInt32, second: UInt32)

    /// Below so many findings, general English says more about which words are common.
    private static let fewest = 32
    /// A finding is related to so many others at most, the best first: a template resembles everything.
    private static let mostOfFinding = 16

    var version: Int64 { Int64(index.model.version) }

    /// Adds a finding.
    /// - Returns: what it is related to.
    mutating func add(_ finding: String, of member: String, _ report: FindingReport) -> [Pair] {
        let features = extractor.features(of: report.correlationRecord(finding, of: member))
        statistics.add(features)
        let place = isReading ? index.hold(features) : index.add(features)
        findings.append(finding)
        members.append(member)
        places[finding] = place
        return Self.chosen(index.relations(of: place)) { _ in place }
    }

    /// Takes out the findings of a member that left.
    mutating func remove(member: String) {
        for place in members.indices where members[place] == member {
            places[findings[place]] = nil
            index.remove(UInt32(place))
            (findings[place], members[place]) = ("", "")
        }
    }

    /// Whether the weights were counted of half the findings or fewer. Each time costs what adding all costs: for each finding
    /// that is twice its own cost at most.
    var needsWeighing: Bool { isReading || findings.count >= 2 * weighed }

    /// Counts how common each word is and compares everything anew.
    /// - Returns: all that is related.
    mutating func weigh() -> [Pair] {
        isReading = false
        weighed = max(findings.count, Self.fewest)
        index.adopt(findings.count < Self.fewest ? .general : statistics.weights())
        return Self.chosen(index.relations()) { max($0.first, $0.second) }
    }

    private static func chosen(_ relations: [Relation], _ owner: (Relation) -> UInt32) -> [Pair] {
        var counts: [UInt32: Int] = [:]
        return relations.sorted { left, right in
            (left.kind.rawValue, right.score, left.pair) < (right.kind.rawValue, left.score, right.pair)
        }.filter { relation in
            counts[owner(relation), default: 0] += 1
            return counts[owner(relation), default: 0] <= mostOfFinding
        }.map { ($0.first, $0.second) }
    }

    /// What is said of a pair now; nil where nothing is any more.
    func judgement(_ pair: Pair) -> RelationJudgement? {
        let (first, second) = (findings[Int(pair.first)], findings[Int(pair.second)])
        guard !first.isEmpty, !second.isEmpty,
            let relation = index.relations(of: pair.first).first(where: {
                $0.pair == Relation(pair.first, pair.second, $0.kind, score: 0).pair
            })
        else { return nil }
        return RelationJudgement(
            first: first, second: second, kind: relation.kind, score: relation.score,
            signals: index.explanation(pair.first, pair.second), version: version)
    }

    /// Whether a finding resembles these in the mean, so that a chain of neighbours is no vulnerability.
    func resembles(_ finding: String, _ others: [String]) -> Bool {
        guard let place = places[finding] else { return false }
        return VulnerabilityClusters.belong(place, to: others.compactMap { places[$0] }.filter { $0 != place }, in: index)
    }

    /// Whether what was recorded of two findings is said still; nil where one of them is not here.
    func stillSays(_ kind: String, of first: String, _ second: String) -> Bool? {
        guard let first = places[first], let second = places[second] else { return nil }
        // A pair that was found by a key that too many have now is not taken back for that.
        if kind == RelationKind.duplicate.name { return index.logOdds(first, second) >= index.model.threshold }
        return judgement((min(first, second), max(first, second)))?.kind.name == kind
    }
}
