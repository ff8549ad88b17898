package import CivilTime
import JSONText
import Journal
package import Sealing

/// An owner's word that its target may be looked at: an in-toto statement in a DSSE envelope, signed with the key the owner is
/// registered with. Its subjects are the targets by name, each with the SHA-256 of that name; its predicate names the tools (of a
/// lease, the tool's family), the end, and the member it is for, if it is not for whoever shows it:
///
///     {"tools": ["fuzzer"], "until": "2027-01-01T00:00:00Z", "member": "lab"}
///
/// For public open source a coordinator may sign instead, and says so (`"publicSource": true`).
package struct ScanAuthorisation: Sendable {
    package static let predicateType = "https://breakwater.dev/attestation/scan-authorisation/v1"

    /// The member who signed.
    let authoriser: String
    let targets: [String]
    let tools: [String]
    /// Who may use it; nil for whoever shows it.
    let member: String?
    let until: Timestamp
    /// True where the signer claims no ownership, but that anybody may read the source.
    let isForPublicSource: Bool
    /// As it arrived.
    let envelope: Content

    /// Longer nobody remembers having agreed.
    static let maximumDays = 366

    /// What no clearinghouse would take: for whoever is about to sign it.
    /// - Throws: `malformed` for a target that is none, and an end that has passed or is too far away.
    package static func requireUse(of targets: [String], until: Timestamp, at now: Timestamp) throws(Refusal) {
        for target in targets { _ = try ScanTarget(target, at: "target \(target)") }
        guard now < until else {
            throw Refusal(.malformed, "an authorisation that ended at \(until) is of no use", place: "until")
        }
        guard until <= now.advanced(byDays: maximumDays) else {
            throw Refusal(.malformed, "an authorisation lasts \(maximumDays) days at most", place: "until")
        }
    }

    /// A signed authorisation, for owners.
    package static func signed(
        targets: [String], tools: [String], until: Timestamp, for member: String? = nil, publicSource: Bool = false,
        by key: SigningKey
    ) throws -> [UInt8] {
        let predicate: [(String, JSONValue)] = [
            ("publicSource", .bool(publicSource)), ("tools", .array(tools.map { .string($0) })),
            ("until", .string(until.description))
        ]
        let statement = try InTotoStatement(
            subjects: targets.map { .init(name: $0, sha256: Digest(hashing: $0)) }, predicateType: predicateType,
            predicate: JSONObject(predicate + (member.map { [("member", .string($0))] } ?? [])))
        return try DSSEEnvelope(payloadType: InTotoStatement.payloadType, payload: statement.jsonBytes(), signedBy: [key])
            .jsonBytes()
    }

    /// Reads an envelope that this member must have signed.
    /// - Throws: `malformed` for what is no authorisation, `forbidden` for one that the member did not sign.
    init(_ bytes: [UInt8], by authoriser: String, key: VerificationKey) throws(Refusal) {
        let statement: InTotoStatement
        do throws(SealingError) {
            statement = try InTotoStatement(UnverifiedEnvelope(parsing: bytes).verified(by: [key], threshold: 1))
        } catch {
            if error.code == .tooFewSignatures {
                throw Refusal(.forbidden, "the authorisation is not signed with \(authoriser)'s key", place: "/authorisation")
            }
            throw Refusal(.malformed, "no authorisation: \(error)", place: "/authorisation")
        }
        guard statement.predicateType == ScanAuthorisation.predicateType else {
            throw Refusal(.malformed, "the statement is no authorisation of scans", place: "/authorisation")
        }
        try self.init(statement, by: authoriser, envelope: Content(bytes))
    }

    private init(_ statement: InTotoStatement, by authoriser: String, envelope: Content) throws(Refusal) {
        guard
            let tools = statement.predicate["tools"]?.array?.compactMap(\.string), !tools.isEmpty,
            let until = statement.predicate["until"]?.string.flatMap(Timestamp.init(rfc3339:))
        else { throw Refusal(.malformed, "the authorisation names no tools or no end", place: "/authorisation") }
        let named = statement.subjects.filter { $0.name.map { Digest(hashing: $0) } == $0.sha256 }
        guard named.count == statement.subjects.count else {
            throw Refusal(.malformed, "a target's digest is not that of its name", place: "/authorisation")
        }
        self.authoriser = authoriser
        self.targets = named.compactMap(\.name)
        self.tools = tools
        member = statement.predicate["member"]?.string
        self.until = until
        self.isForPublicSource = statement.predicate["publicSource"]?.bool ?? false
        self.envelope = envelope
    }

    /// - Parameter names: in any spelling.
    /// - Throws: `forbidden`, naming what is not covered.
    func require(_ names: [String], _ tool: String?, by member: String, at now: Timestamp) throws(Refusal) {
        let covered = Set(targets.map(ScanAuthorisation.canonical))
        for name in names where !covered.contains(ScanAuthorisation.canonical(name)) { throw refusal("is not for \(name)") }
        guard let tool, tools.contains(where: { $0.lowercased() == tool.lowercased() }) else {
            throw refusal("is not for \(tool ?? "every tool"), but for \(tools.joined(separator: ", "))")
        }
        guard self.member == nil || self.member == member else { throw refusal("is for \(self.member ?? "")") }
        guard now < until else { throw refusal("ended at \(until)") }
        guard until <= now.advanced(byDays: ScanAuthorisation.maximumDays) else {
            throw refusal("runs until \(until), longer than \(ScanAuthorisation.maximumDays) days")
        }
    }

    private static func canonical(_ name: String) -> String {
        (try? ScanTarget(name).name) ?? name
    }

    private func refusal(_ words: String) -> Refusal {
        Refusal(.forbidden, "the authorisation \(words)", place: "/authorisation")
    }
}

extension JournalSnapshot {
    /// The key a member registered, if it is still here.
    func verificationKey(of member: String) throws -> VerificationKey? {
        let row = try firstRow("SELECT verification_key FROM member WHERE id = $1 AND withdrawn IS NULL", [.text(member)])
        return try row?.optionalText(0).flatMap(Hexadecimal.decode).flatMap { VerificationKey(bytes: $0) }
    }
}
