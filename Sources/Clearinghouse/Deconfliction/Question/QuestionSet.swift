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
        let tags = try work.tags(random: environment.random)
        return try await journal.append { snapshot -> Decision<Bool> in
            // Another server did the same meanwhile, the epoch ended, or members left: the next round sees it.
            guard try snapshot.openEpoch()?.number == work.epoch,
                try snapshot.progress(of: work.epoch)?.through == work.after
            else { return Decision([], answer: true) }
            let present = try tags.filter {
                try snapshot.firstRow("SELECT 1 FROM finding WHERE id = $1", [.text($0.finding)]) != nil
                    && !snapshot.needsReview($0.finding)
            }
            let draft = try QuestionRecords.added(
                present, epoch: work.epoch, through: work.through, by: Membership.system)
            return Decision([draft], answer: true)
        }.answer
    }

    /// The tags of an epoch, whole or from a change on.
    /// - Parameter after: the last change that the caller has; -1 for none. Where something was taken away since, the whole list comes.
    /// - Throws: `conflict` naming the open epoch, `notYet` where none is open.
    package func tags(of epoch: Int64, after: Int64, for principal: Principal) async throws -> TagPublication {
        try principal.require(.askQuestions)
        let known = lists
        return try await journal.read { snapshot in
            _ = try snapshot.requireOpen(epoch)
            guard let progress = try snapshot.progress(of: epoch) else { throw QuestionRefusal.noEpoch }
            let isDelta = after >= 0 && after >= progress.removed && after <= progress.changed
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

extension QuestionTag {
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
            "SELECT id, sequence FROM finding WHERE sequence > $1 ORDER BY sequence LIMIT $2",
            [.integer(progress.through), .integer(Int64(QuestionLimits.findingsAtOnce))]
        ).map { (finding: try $0.text(0), sequence: try $0.integer(1)) }
        guard let last = rows.last else { return nil }
        self.epoch = epoch
        (after, through) = (progress.through, last.sequence)
        key = try snapshot.evaluationKey(of: epoch)
        findings = try rows.map { row in
            let report = try snapshot.record(at: row.sequence)?.payload?["report"].flatMap(FindingReport.init(json:))
            return (row.finding, report?.coarseKeys ?? [])
        }
    }

    /// Most of the work: some multiplications on the curve a finding.
    func tags(random: (Int) -> [UInt8]) throws -> [(finding: String, tags: [QuestionTag])] {
        try findings.map { finding, subjects in
            (finding, FindingTags.padded(try FindingTags.tags(of: subjects, epoch: epoch, key: key), random: random))
        }
    }
}
