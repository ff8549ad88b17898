import JSONText
import Sealing

/// Checks what the clearinghouse signed: the statement of every advisory it published and the envelope of every verdict.
struct SignatureCheck {
    private struct Request {
        let reproducer: String?
        let patch: String?
    }

    private let findings: FindingList
    private var key: VerificationKey?
    /// By validation: what its verdict must be about.
    private var requests: [String: Request] = [:]
    private var uncheckedCount = 0
    private(set) var advisoryCount: Int64 = 0
    private(set) var verdictCount: Int64 = 0

    /// - Parameter key: nil where there is no key file; the key the journal's first record names is then used.
    init(key: VerificationKey?, findings: FindingList) {
        self.key = key
        self.findings = findings
    }

    mutating func take(_ row: RecordRow, kind: String, payload: JSONValue) {
        switch kind {
        case "member.registered": learnKey(row, payload)
        case "validation.requested": remember(payload)
        case "advisory.published": checkAdvisory(row, payload)
        case "validation.concluded": checkVerdict(row, payload)
        default: break
        }
    }

    func finish() {
        guard uncheckedCount > 0 else { return }
        findings.add(
            .advisorySignature, at: "record", "\(uncheckedCount) signatures are not checkable without the signing key",
            grade: .notCheckable
        )
    }

    /// The clearinghouse registers itself first, with the key it signs with; the log commits to that.
    private mutating func learnKey(_ row: RecordRow, _ payload: JSONValue) {
        guard key == nil, payload["member"]?.string == "clearinghouse" else { return }
        key = payload["verificationKey"]?.string.flatMap { Hexadecimal.decode($0) }.flatMap { VerificationKey(bytes: $0) }
        guard key != nil else { return }
        findings.add(
            .advisorySignature, at: row.place, "signatures are checked with the key this record names, for want of a key file",
            grade: .information
        )
    }

    private mutating func remember(_ payload: JSONValue) {
        guard let validation = payload["validation"]?.string else { return }
        requests[validation] = Request(reproducer: payload["reproducer"]?.string, patch: payload["patch"]?.string)
    }

    private mutating func checkAdvisory(_ row: RecordRow, _ payload: JSONValue) {
        let advisory = payload["advisory"]?.string ?? ""
        let place = "\(row.place), advisory \(advisory)"
        guard let statement = verifiedStatement(payload["statement"], .advisorySignature, at: place) else { return }
        advisoryCount += 1
        let documents = [("\(advisory).csaf.json", payload["csaf"]?.string), ("\(advisory).osv.json", payload["osv"]?.string)]
        if !statement.isAbout(documents) {
            findings.add(.advisorySignature, at: place, "its statement's subjects are not the digests of its documents")
        }
        if statement.predicate["advisory"]?.string != advisory {
            findings.add(.advisorySignature, at: place, "its statement is about another advisory")
        }
    }

    private mutating func checkVerdict(_ row: RecordRow, _ payload: JSONValue) {
        let validation = payload["validation"]?.string ?? ""
        let place = "\(row.place), validation \(validation)"
        guard let statement = verifiedStatement(payload["envelope"], .verdictSignature, at: place) else { return }
        verdictCount += 1
        for member in ["validation", "outcome", "runCount", "crashCount"] where statement.predicate[member] != payload[member] {
            findings.add(.verdictSignature, at: place, "the signed \(member) is not the recorded one")
        }
        guard let request = requests[validation] else {
            findings.add(.verdictSignature, at: place, "no record asked for this verdict")
            return
        }
        let subjects = [("patch", request.patch), ("reproducer", request.reproducer)].filter { $0.1 != nil }
        if !statement.isAbout(subjects) {
            findings.add(.verdictSignature, at: place, "the signed subjects are not the reproducer and patch asked about")
        }
    }

    private mutating func verifiedStatement(_ envelope: JSONValue?, _ check: AuditCheck, at place: String) -> InTotoStatement? {
        guard let text = envelope?.string else {
            findings.add(check, at: place, "it carries no signed statement")
            return nil
        }
        guard let key else {
            uncheckedCount += 1
            return nil
        }
        do throws(SealingError) {
            let unverified = try UnverifiedEnvelope(parsing: Array(text.utf8))
            return try InTotoStatement(try unverified.verified(by: [key], threshold: 1))
        } catch {
            findings.add(check, at: place, "its envelope does not verify: \(error.code)")
            return nil
        }
    }
}

extension InTotoStatement {
    /// Whether the subjects are exactly these, in the order of their names.
    fileprivate func isAbout(_ expected: [(name: String, digest: String?)]) -> Bool {
        let sorted = subjects.sorted { ($0.name ?? "") < ($1.name ?? "") }
        return sorted.count == expected.count
            && zip(sorted, expected).allSatisfy { $0.name == $1.name && $0.sha256.hex == $1.digest }
    }
}
