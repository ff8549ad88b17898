import JSONText
import Sealing

/// Checks that what opened a commitment opens it: the finding and the salt that a question names give the commitment that was
/// lodged before it.
struct QuestionCheck {
    private let findings: FindingList
    private let contents: ContentReader
    private var lodged: Set<String> = []

    init(contents: ContentReader, findings: FindingList) {
        self.contents = contents
        self.findings = findings
    }

    mutating func take(_ row: RecordRow, kind: String, payload: JSONValue) {
        guard let commitment = payload["commitment"]?.string else { return }
        switch kind {
        case "question.lodged": lodged.insert(commitment)
        case "question.opened": check(commitment, row, payload)
        default: break
        }
    }

    private func check(_ commitment: String, _ row: RecordRow, _ payload: JSONValue) {
        if !lodged.contains(commitment) {
            findings.add(.questionCommitment, at: row.place, "nobody had lodged the commitment before it was opened")
        }
        guard
            let digest = payload["finding"]?.string.flatMap({ Digest(hex: $0) }),
            let finding = contents.bytes(digest, sealedUnder: row.contentKey)
        else { return }
        guard
            let salt = payload["salt"]?.string.flatMap({ Hexadecimal.decode($0) }).flatMap({ CommitmentSalt(bytes: $0) }),
            let domain = CommitmentDomain("breakwater blind question v1"),
            Commitment(domain: domain, salt: salt, content: finding).digest.hex == commitment
        else {
            findings.add(.questionCommitment, at: row.place, "its finding and salt do not open the commitment")
            return
        }
    }
}
