import BlindQuestion
import Correlation
import JSONText
import Journal
import Sealing
import Synchronization

/// The tags of everything that is known, in the open epoch.
enum QuestionSet {
    static let tagsOfFinding = FindingTags.countOfFinding
}

/// What a member fetches, and whether it has it already.
package struct TagPublication: Sendable {
    package let bytes: [UInt8]
    /// Names the state of the set, for `ETag`.
    package let version: String
}

extension Questions {
    /// Extends the set by findings that it does not know yet, and closes an epoch that is too old.
    /// - Returns: true where there is more to do at once.
    package func maintain() async throws -> Bool {
        if try await rotateIfDue() != nil { return true }
        guard let work = try await journal.read({ try SetExtension(in: $0) }) else { return false }
        let tagged = try work.tagged(random: environment.random)
        return try await journal.append { snapshot -> Decision<Bool> in
            // Another server did the same meanwhile, the epoch ended, or members left: the next round sees it.
            guard try snapshot.openEpoch()?.number == work.epoch,
                try snapshot.progress(of: work.epoch)?.through == work.after
            else { return Decision([], answer: true) }
            let present = try tagged.filter {
                try snapshot.firstRow("SELECT 1 FROM finding WHERE id = $1", [.text($0.finding)]) != nil
                    && !snapshot.needsReview($0.finding)
            }
            let draft = try QuestionRecords.added(
                snapshot.publications(of: present, epoch: work.epoch), epoch: work.epoch, through: work.through,
                by: Membership.system)
            return Decision([draft], answer: true)
        }.answer
    }

    /// The tags of an epoch, whole or from a change on.
    /// - Parameter after: the last change that the caller has; -1 for none. Where something was taken away since, where it is from before
    ///   the first finding, and where more than `QuestionLimits.largestDelta` findings came since, the whole list comes.
    /// - Throws: `conflict` naming the open epoch, `notYet` where none is open.
    package func tags(of epoch: Int64, after: Int64, for principal: Principal) async throws -> TagPublication {
        try principal.require(.askQuestions)
        let known = lists
        return try await journal.read { snapshot in
            _ = try snapshot.requireOpen(epoch)
            guard let progress = try snapshot.progress(of: epoch) else { throw QuestionRefusal.noEpoch }
            let isDelta =
                try after > progress.opened && after >= progress.removed && after <= progress.changed
                && snapshot.isDeltaSmall(of: epoch, after: after)
            let start = isDelta ? after : -1
            let version = "\(epoch).\(progress.changed).\(start)"
            if let publication = known.publication(version) { return publication }
            let blobs = try snapshot.rows(
                "SELECT tags FROM question_tags WHERE epoch = $1 AND sequence > $2", [.integer(epoch), .integer(start)]
            ).map { try $0.blob(0) }
            let list = TagList(
                epoch: epoch, after: start, through: progress.changed, tags: blobs.flatMap { QuestionTag.list($0) })
            let publication = TagPublication(bytes: list.bytes, version: version)
            if !isDelta { known.keep(publication) }
            return publication
        }
    }
}

/// The whole list as it was last made, because everybody fetches the same.
final class PublishedTags: Sendable {
    private let latest = Mutex<TagPublication?>(nil)

    func publication(_ version: String) -> TagPublication? {
        latest.withLock { $0?.version == version ? $0 : nil }
    }

    func keep(_ publication: TagPublication) {
        latest.withLock { $0 = publication }
    }
}

extension JournalSnapshot {
    fileprivate func isDeltaSmall(of epoch: Int64, after: Int64) throws -> Bool {
        try firstRow(
            "SELECT 1 FROM question_tags WHERE epoch = $1 AND sequence > $2 LIMIT 1 OFFSET $3",
            [.integer(epoch), .integer(after), .integer(QuestionLimits.largestDelta)]) == nil
    }

    /// What is published of findings that the set lacks.
    ///
    /// A tag that another finding has already is published as a random one: if it stood in the list twice, whoever hands in a finding
    /// would see by its tags whether somebody holds the same, without a question and without a budget.
    fileprivate func publications(of findings: [TaggedFinding], epoch: Int64) throws -> [PublishedFinding] {
        var taken: Set<QuestionTag> = []
        return try findings.map { finding in
            let fresh = try finding.held.filter { try taken.insert($0).inserted && !isHeld($0, in: epoch) }
            return PublishedFinding(
                finding: finding.finding, held: finding.held, tags: FindingTags.padded(fresh, with: finding.dummies))
        }
    }

    private func isHeld(_ tag: QuestionTag, in epoch: Int64) throws -> Bool {
        try firstRow("SELECT 1 FROM question_holder WHERE epoch = $1 AND tag = $2 LIMIT 1", [.integer(epoch), tag.sqlValue])
            != nil
    }
}

/// A finding with its own tags, and the random ones that fill them up.
struct TaggedFinding: Sendable {
    let finding: String
    let held: [QuestionTag]
    let dummies: [QuestionTag]
}

/// A finding with its own tags, and what everybody sees of it.
struct PublishedFinding {
    let finding: String
    let held: [QuestionTag]
    let tags: [QuestionTag]
}

extension QuestionTag {
    /// As a column has it: the same 64 bits, signed.
    var sqlValue: SQLValue { .integer(Int64(bitPattern: value)) }

    static func list(_ bytes: [UInt8]) -> [QuestionTag] {
        stride(from: 0, to: bytes.count - byteCount + 1, by: byteCount).map { start in
            QuestionTag(value: bytes[start..<start + byteCount].reduce(0) { $0 << 8 | UInt64($1) })
        }
    }
}

/// Findings that the set lacks, read in one state of the journal and computed outside of it.
struct SetExtension: Sendable {
    let epoch: Int64
    /// The finding, by its record, that the set reaches now, and will reach then.
    let after: Int64
    let through: Int64
    private let key: EvaluationKey
    private let findings: [(finding: String, subjects: [CoarseKeys])]

    /// Nil where there is nothing to do.
    init?(in snapshot: JournalSnapshot) throws {
        guard let epoch = try snapshot.openEpoch()?.number, let progress = try snapshot.progress(of: epoch) else { return nil }
        let rows = try snapshot.rows(
            "SELECT id, sequence, member FROM finding WHERE sequence > $1 ORDER BY sequence LIMIT $2",
            [.integer(progress.through), .integer(Int64(QuestionLimits.findingsAtOnce))]
        ).map { (finding: try $0.text(0), sequence: try $0.integer(1), member: try $0.text(2)) }
        guard let last = rows.last else { return nil }
        self.epoch = epoch
        (after, through) = (progress.through, last.sequence)
        key = try snapshot.evaluationKey(of: epoch)
        // An anonymous reporter can't be met, and would fill the list with guesses or watch it for free.
        findings = try rows.filter { !AnonymousReportRecords.isReporter($0.member) }.map { row in
            let report = try snapshot.record(at: row.sequence)?.payload?["report"].flatMap(FindingReport.init(json:))
            return (row.finding, report?.coarseKeys ?? [])
        }
    }

    /// Most of the work: some multiplications on the curve a finding.
    func tagged(random: (Int) -> [UInt8]) throws -> [TaggedFinding] {
        try findings.map { finding, subjects in
            TaggedFinding(
                finding: finding, held: try Set(FindingTags.tags(of: subjects, epoch: epoch, key: key)).sorted(),
                dummies: FindingTags.dummies(random: random))
        }
    }
}
