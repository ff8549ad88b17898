package import CivilTime
import Handling
import JSONText
package import Journal
import Sealing

/// What operators say they have done about an advisory: signed, counted, and nothing about what they run.
package struct Adoption: Sendable {
    let journal: any Journal
    let environment: ClearinghouseEnvironment

    package init(journal: any Journal, environment: ClearinghouseEnvironment) {
        self.journal = journal
        self.environment = environment
    }

    /// The in-toto predicate of a report.
    package static let predicateType = "https://breakwater.dev/attestation/adoption/v1"

    /// Records a signed report; an operator's later report on the same advisory replaces its earlier one in the count, and the
    /// same report again changes nothing.
    /// - Throws: `malformed` for an envelope that is not one, `forbidden` where the caller's registered key did not sign it,
    ///   `notFound` for an unknown advisory.
    /// - Returns: how many operators now report the advisory done.
    package func report(_ envelope: [UInt8], by principal: Principal) async throws -> Int64 {
        try principal.require(.reportAdoption)
        let unverified = try Adoption.parsed(envelope)
        return try await journal.append { snapshot in
            let statement = try Adoption.verified(unverified, of: principal.member, in: snapshot)
            let known = try snapshot.firstRow("SELECT osv FROM advisory WHERE id = $1", [.text(statement.advisory)])
            guard let osv = try known?.text(0) else {
                throw Refusal(.notFound, "there is no advisory \(statement.advisory)", place: "/predicate/advisory")
            }
            guard osv == statement.subject.hex else {
                throw Refusal(.conflict, "the report is about another version of \(statement.advisory)", place: "/subject")
            }
            let count =
                try snapshot.firstRow(
                    "SELECT count(*) FROM adoption WHERE advisory = $1 AND member <> $2 AND status = 'done'",
                    [.text(statement.advisory), .text(principal.member)]
                )?.integer(0) ?? 0
            let answer = count + (statement.status == "done" ? 1 : 0)
            let latest = try snapshot.firstRow(
                "SELECT status, osv FROM adoption WHERE advisory = $1 AND member = $2",
                [.text(statement.advisory), .text(principal.member)]
            )
            // Saying the same again does not move the day on which it was done.
            if let latest, try latest.text(0) == statement.status, try latest.text(1) == osv {
                return Decision([], answer: answer)
            }
            let draft = try AdoptionRecords.reported(statement, envelope: envelope, by: principal.member)
            return Decision([draft], answer: answer)
        }.answer
    }

    private static func parsed(_ envelope: [UInt8]) throws -> UnverifiedEnvelope {
        do {
            return try UnverifiedEnvelope(parsing: envelope)
        } catch {
            throw Refusal(.malformed, error.reason, place: error.path)
        }
    }

    private static func verified(
        _ envelope: UnverifiedEnvelope, of member: String, in snapshot: JournalSnapshot
    ) throws -> AdoptionStatement {
        let row = try snapshot.firstRow("SELECT verification_key FROM member WHERE id = $1", [.text(member)])
        guard let key = try row?.optionalText(0).flatMap(Hexadecimal.decode).flatMap({ VerificationKey(bytes: $0) }) else {
            throw Refusal(.forbidden, "the member \(member) registered no key to sign reports with")
        }
        do {
            let statement = try InTotoStatement(try envelope.verified(by: [key], threshold: 1))
            return try AdoptionStatement(statement)
        } catch let error as SealingError where error.code == .tooFewSignatures {
            throw Refusal(
                .forbidden,
                "the report is not signed with the key registered for \(member); `breakwater agent key` prints an agent's key"
            )
        } catch let error as SealingError {
            throw Refusal(
                .malformed, error.reason, place: error.path
            )
        }
    }

    /// How many operators report each status of an advisory, and when the first and the last did.
    package func summary(of advisory: String) async throws -> AdoptionSummary {
        try await journal.read { snapshot in
            let reports = try snapshot.rows(
                """
                SELECT adoption.time, CASE WHEN adoption.osv = advisory.osv THEN 1 ELSE 0 END FROM adoption
                LEFT JOIN advisory ON advisory.id = adoption.advisory
                WHERE adoption.advisory = $1 AND adoption.status = 'done' ORDER BY adoption.time
                """,
                [.text(advisory)]
            )
            return AdoptionSummary(
                advisory: advisory, doneCount: Int64(reports.count),
                currentCount: try reports.reduce(0) { try $0 + $1.integer(1) },
                curve: try reports.map { Timestamp(millisecondsSinceEpoch: try $0.integer(0)) }
            )
        }
    }
}

package struct AdoptionSummary: Sendable {
    package let advisory: String
    /// Operators whose latest report says "done", about whichever revision of the advisory they had.
    package let doneCount: Int64
    /// Those of them whose report is about the advisory as it stands now. An advisory that changed since may ask for more.
    package let currentCount: Int64
    /// The moment of each operator's report, in order: the adoption curve.
    package let curve: [Timestamp]
}

/// A report whose signature was checked.
struct AdoptionStatement {
    let advisory: String
    let subject: Digest
    let status: String

    /// - Throws: `malformed` where the statement is not an adoption report.
    init(_ statement: InTotoStatement) throws {
        guard statement.predicateType == Adoption.predicateType else {
            throw Refusal(.malformed, "the predicate is not \(Adoption.predicateType)", place: "/predicateType")
        }
        guard let advisory = statement.predicate["advisory"]?.string, let subject = statement.subjects.first else {
            throw Refusal(.malformed, "the report names no advisory", place: "/predicate/advisory")
        }
        guard let status = statement.predicate["status"]?.string, ["done", "not-done", "mitigated"].contains(status) else {
            throw Refusal(.malformed, "status is done, mitigated or not-done", place: "/predicate/status")
        }
        self.advisory = advisory
        self.subject = subject.sha256
        self.status = status
    }
}

/// The facts about adoption.
enum AdoptionRecords {
    static let reported = RecordKind("adoption.reported")

    static func reported(_ statement: AdoptionStatement, envelope: [UInt8], by member: String) throws -> RecordDraft {
        RecordDraft(
            reported, in: StreamName("adoption", statement.advisory), by: member, label: try Labels.member(member),
            payload: [
                "advisory": .string(statement.advisory),
                "envelope": .string(String(decoding: envelope, as: UTF8.self)), "member": .string(member),
                "osv": .string(statement.subject.hex), "status": .string(statement.status)
            ],
            sealedUnder: DiscoveryRecords.contentKey(of: member)
        )
    }
}

/// Who reported what, latest report only.
enum AdoptionProjection {
    static let adoption = TableSchema(
        "adoption",
        columns: [.text("advisory"), .text("member"), .text("status"), .text("osv"), .integer("time")],
        primaryKey: ["advisory", "member"]
    )

    static let projection = Projection("adoption", tables: [adoption]) { record, _ in
        guard
            record.kind == AdoptionRecords.reported, let payload = record.payload,
            let advisory = payload["advisory"]?.string, let member = payload["member"]?.string,
            let status = payload["status"]?.string, let osv = payload["osv"]?.string
        else { return [] }
        let time = SQLValue.integer(record.time.millisecondsSinceEpoch)
        return [.put(adoption, [.text(advisory), .text(member), .text(status), .text(osv), time])]
    }
}
