import CivilTime
import JSONText
import Journal
import Sealing

/// The owner's signed word that a member may scan a closed target: an in-toto statement in a DSSE envelope.
///
///     subject:       [{"name": "github.com/acme/parser", "digest": {"sha256": SHA-256 of that name}}]
///     predicateType: https://breakwater.dev/attestation/scan-authorisation/v1
///     predicate:     {"member": "lab", "until": "2027-01-01T00:00:00Z", "toolFamilies": ["fuzzer"]}
///
/// Without `toolFamilies` any tool may be used.
package struct ScanAuthorisation {
    package static let predicateType = "https://breakwater.dev/attestation/scan-authorisation/v1"

    private let targets: [String]
    private let member: String
    private let until: Timestamp
    private let toolFamilies: [String]?
    /// The statement, to be kept beside what it allowed.
    let original: Content

    /// - Throws: `forbidden` where none of the keys signed it, `malformed` with the place.
    init(_ envelope: UnverifiedEnvelope, signedBy keys: [VerificationKey]) throws {
        let verified: VerifiedEnvelope
        do {
            verified = try envelope.verified(by: keys, threshold: 1)
        } catch {
            throw Refusal(.forbidden, "the statement is not signed with the owner's registered key", place: "/authorisation")
        }
        original = Content(verified.payload)
        let statement: InTotoStatement
        do {
            statement = try InTotoStatement(verified)
        } catch {
            throw Refusal(.malformed, error.reason, place: "/authorisation\(error.path ?? "")")
        }
        guard
            statement.predicateType == Self.predicateType, let member = statement.predicate["member"]?.string,
            let until = statement.predicate["until"]?.string.flatMap(Timestamp.init(rfc3339:))
        else {
            throw Refusal(
                .malformed, "the statement is not a scan authorisation with member and until", place: "/authorisation/predicate"
            )
        }
        self.member = member
        self.until = until
        toolFamilies = statement.predicate["toolFamilies"]?.array?.compactMap(\.string)
        targets = statement.subjects.compactMap(\.name)
    }

    /// - Throws: `forbidden` unless this member may scan this now.
    func require(_ scope: ScanScope, by member: String, at now: Timestamp) throws(Refusal) {
        let place = "/authorisation"
        guard member == self.member else { throw Refusal(.forbidden, "the statement is for \(self.member)", place: place) }
        let isNamed = targets.contains { (try? ScanTarget($0))?.name == scope.target.name }
        guard isNamed else {
            throw Refusal(.forbidden, "the statement is not about \(scope.target.name)", place: place)
        }
        guard now < until else { throw Refusal(.forbidden, "the statement held until \(until)", place: place) }
        guard let toolFamilies else { return }
        guard let family = scope.toolFamily, toolFamilies.contains(where: { $0.lowercased() == family }) else {
            throw Refusal(
                .forbidden, "the statement allows \(toolFamilies.joined(separator: ", ")) only", place: "/toolFamily"
            )
        }
    }
}

extension JournalSnapshot {
    /// The key a member registered, if it is still here.
    func verificationKeys(of member: String) throws -> [VerificationKey] {
        let row = try firstRow("SELECT verification_key FROM member WHERE id = $1", [.text(member)])
        return try row?.optionalText(0).flatMap(Hexadecimal.decode).flatMap { VerificationKey(bytes: $0) }.map { [$0] } ?? []
    }
}
