import Correlation
package import Journal

/// Keeps the one index of findings up to date with the journal, and records what it finds.
///
/// It reads findings in the order of the journal, each once: a new finding costs its own comparisons and no row of another. It
/// keeps nothing of its own: what it has read is read again when it starts, and what it has found is recorded under names made
/// of the pair, so that stopping between reading and appending loses nothing, and several servers record a pair once.
package actor FindingCorrelator {
    private let journal: any Journal
    private let environment: ClearinghouseEnvironment
    private var index: FindingIndex
    /// The sequence of the first record that was not read.
    private var next: Int64 = 0
    /// Pairs that were found and not looked up yet.
    private var pending: [FindingIndex.Pair] = []
    private var hasExaminedEarlier = false

    package init(journal: any Journal, environment: ClearinghouseEnvironment) {
        self.init(journal: journal, environment: environment, model: .standard)
    }

    init(journal: any Journal, environment: ClearinghouseEnvironment, model: SignalModel) {
        self.journal = journal
        self.environment = environment
        index = FindingIndex(model: model)
    }

    /// Pairs that are looked up at once.
    private static let batchSize = 64
    /// Records that are passed over at once.
    private static let windowSize: Int64 = 2_000

    /// Does one piece of work: records some of what was found, or reads on.
    /// - Returns: true where there is more to do at once.
    /// - Throws: errors of the journal; what was found waits then, and is recorded by a later call.
    package func step() async throws -> Bool {
        if !pending.isEmpty {
            try await recordSome()
            return true
        }
        let page = try await FindingPage(from: next, upTo: Self.windowSize, in: journal)
        for event in page.events {
            switch event {
            case .submitted(let finding, let member, let report): pending += index.add(finding, of: member, report)
            case .left(let member): index.remove(member: member)
            }
        }
        next = page.next
        guard page.isLast else { return true }
        if index.needsWeighing { pending = index.weigh() }
        if !hasExaminedEarlier { try await examineEarlier() }
        return !pending.isEmpty
    }

    /// Looks up the next pairs and records what is news of them. Pairs of one append touch no vulnerability twice, for a
    /// decision does not see what others of its append decide.
    private func recordSome() async throws {
        let pairs = Array(pending.prefix(Self.batchSize))
        let judgements = pairs.compactMap { index.judgement($0) }
        let environment = environment
        let news = try await journal.read { snapshot in
            try judgements.compactMap { judgement in
                try RelationCase(judgement, in: snapshot, environment).map {
                    ($0.judgement, $0.joiner, $0.counterpart, $0.findings)
                }
            }
        }
        var touched: Set<String> = []
        var sightings: [RelationSighting] = []
        for (judgement, joiner, counterpart, findings) in news {
            guard touched.isDisjoint(with: [joiner.vulnerability, counterpart.vulnerability]) else { continue }
            touched.formUnion([joiner.vulnerability, counterpart.vulnerability])
            sightings.append(
                RelationSighting(
                    judgement: judgement, joiner: joiner.identifier, source: joiner.vulnerability,
                    target: counterpart.vulnerability, findings: findings,
                    belongs: index.resembles(joiner.identifier, findings)))
        }
        // Where all that is left was looked up and is no news, all of it is done.
        guard !sightings.isEmpty else {
            pending.removeFirst(pairs.count)
            return
        }
        let seen = sightings
        _ = try await journal.append { snapshot in
            Decision(try seen.flatMap { try $0.drafts(in: snapshot, environment) })
        }
        // What was recorded is no news when it is looked up again, with what had to wait for it.
    }

    /// What an earlier version of the signals said and this one does not say any more is undone. Restored relations stay.
    private func examineEarlier() async throws {
        let version = index.version
        var after: Int64 = -1
        while true {
            let (from, page) = (after, Int64(Self.batchSize))
            let earlier = try await journal.read { snapshot in
                try snapshot.relations(
                    """
                    WHERE relation.state = 'found' AND relation.sequence > $1 AND relation.version < $2
                    ORDER BY relation.sequence LIMIT $3
                    """,
                    [.integer(from), .integer(version), .integer(page)])
            }
            guard let last = earlier.last else { break }
            for relation in earlier where index.stillSays(relation.kind, of: relation.finding, relation.other) == false {
                try await undo(relation, version)
            }
            after = last.sequence
        }
        hasExaminedEarlier = true
    }

    private func undo(_ relation: FindingRelation, _ version: Int64) async throws {
        let environment = environment
        _ = try await journal.append { snapshot in
            guard let now = try snapshot.relation(relation.identifier), now.state == .found, now.version == relation.version
            else {
                return Decision([])
            }
            let undoing = try RelationUndoing(now.identifier, by: Membership.system, in: snapshot, environment)
            return Decision(try undoing.undo(because: "version \(version) of the signals does not say so any more"))
        }
    }
}

/// What the correlator saw when it compared a finding with a whole vulnerability.
struct RelationSighting: Sendable {
    let judgement: RelationJudgement
    let joiner: String
    let source: String
    let target: String
    let findings: [String]
    let belongs: Bool

    /// Nothing where what was seen does not hold any more: the pair is then looked at again.
    func drafts(in snapshot: JournalSnapshot, _ environment: ClearinghouseEnvironment) throws -> [RecordDraft] {
        guard
            let now = try RelationCase(judgement, in: snapshot, environment), now.joiner.identifier == joiner,
            now.joiner.vulnerability == source, now.counterpart.vulnerability == target, now.findings == findings
        else { return [] }
        return try now.drafts(belongs: belongs)
    }
}
