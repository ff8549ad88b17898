import CivilTime
import JSONText
import Sealing

/// Checks the words of owners by which runs and leases of closed targets were granted: whose signature, for which tool and member,
/// until when. How a target's name is spelled is the clearinghouse's affair; that the words name targets at all is checked.
struct AuthorisationCheck {
    private struct Policy {
        let maintainer: String?
        let isClosed: Bool
    }

    /// What a word must allow.
    private struct Use {
        let authoriser: String
        let tool: String
        let member: String
        /// As it was recorded beside the word; nil where it was not.
        let until: String?
    }

    private static let predicateType = "https://breakwater.dev/attestation/scan-authorisation/v1"

    private let findings: FindingList
    private let contents: ContentReader
    /// Keys of the members that are here, and policies, as of the record that is looked at.
    private var keys: [String: VerificationKey] = [:]
    private var policies: [String: Policy] = [:]

    init(contents: ContentReader, findings: FindingList) {
        self.contents = contents
        self.findings = findings
    }

    mutating func take(_ row: RecordRow, kind: String, payload: JSONValue) {
        switch kind {
        case "member.registered":
            guard let member = payload["member"]?.string else { return }
            keys[member] =
                payload["verificationKey"]?.string.flatMap { Hexadecimal.decode($0) }.flatMap { VerificationKey(bytes: $0) }
        case "member.withdrawn": payload["member"]?.string.map { keys[$0] = nil }
        case "target.governed":
            guard let target = payload["target"]?.string, let policy = payload["policy"] else { return }
            policies[target] = Policy(
                maintainer: policy["maintainer"]?.string, isClosed: policy["closed"]?.bool ?? false)
        case "run.requested": checkRun(row, payload)
        case "lease.claimed": checkLease(row, payload)
        default: break
        }
    }

    private func checkRun(_ row: RecordRow, _ payload: JSONValue) {
        let use = Use(
            authoriser: payload["authoriser"]?.string ?? "", tool: payload["tool"]?.string ?? "",
            member: payload["member"]?.string ?? "", until: payload["authorisedUntil"]?.string)
        check(payload["authorisation"], use, row)
    }

    /// A closed target is leased to its maintainer, or by its word; a word that was shown for another is none it needed.
    private func checkLease(_ row: RecordRow, _ payload: JSONValue) {
        let policy = payload["target"]?.string.flatMap { policies[$0] }
        guard let policy, policy.isClosed, let member = payload["member"]?.string, policy.maintainer != member else { return }
        guard payload["authorisation"]?.string != nil else {
            findings.add(.authorisation, at: row.place, "a closed target was leased without its owner's word")
            return
        }
        let use = Use(
            authoriser: policy.maintainer ?? "", tool: payload["toolFamily"]?.string ?? "", member: member, until: nil)
        check(payload["authorisation"], use, row)
    }

    private func check(_ reference: JSONValue?, _ use: Use, _ row: RecordRow) {
        // That it is there is another check's affair, and one under a key that is not at hand can't be checked.
        guard
            let digest = reference?.string.flatMap({ Digest(hex: $0) }),
            let bytes = contents.bytes(digest, sealedUnder: row.contentKey)
        else { return }
        guard let key = keys[use.authoriser] else {
            findings.add(.authorisation, at: row.place, "its authoriser had no key here")
            return
        }
        do throws(SealingError) {
            let unverified = try UnverifiedEnvelope(parsing: bytes)
            let statement = try InTotoStatement(try unverified.verified(by: [key], threshold: 1))
            if let fault = fault(of: statement, use, at: row) { findings.add(.authorisation, at: row.place, fault) }
        } catch {
            findings.add(.authorisation, at: row.place, "its owner's word does not verify: \(error.code)")
        }
    }

    private func fault(of statement: InTotoStatement, _ use: Use, at row: RecordRow) -> String? {
        guard statement.predicateType == Self.predicateType, !statement.subjects.isEmpty,
            statement.subjects.allSatisfy({ subject in subject.name.map { Digest(hashing: $0) } == subject.sha256 })
        else { return "what was signed is no authorisation" }
        let tools = statement.predicate["tools"]?.array?.compactMap { $0.string?.lowercased() } ?? []
        guard tools.contains(use.tool.lowercased()) else { return "the signed word is for other tools" }
        let member = statement.predicate["member"]?.string
        guard member == nil || member == use.member else { return "the signed word is for another member" }
        let until = statement.predicate["until"]?.string.flatMap(Timestamp.init(rfc3339:))
        guard let until, until.millisecondsSinceEpoch > row.time else { return "the signed word had ended" }
        guard let recorded = use.until else { return nil }
        return Timestamp(rfc3339: recorded) == until ? nil : "the recorded end is not the signed one"
    }
}
