import CivilTime
import JSONText
import Journal
import Sealing

extension Distribution {
    /// The in-toto predicate that binds the documents of one advisory together.
    package static let predicateType = "https://breakwater.dev/attestation/advisory/v1"

    /// Publishes a case: OSV and CSAF are made from one record, signed together and recorded with the case's end in one
    /// append. Either all of it is public or none.
    /// - Throws: `notYet` while the embargo or a missing fix forbids it, `malformed` where the documents would not be valid;
    ///   nothing was recorded.
    /// - Returns: the advisory's identifier.
    package func publish(_ caseIdentifier: String, _ order: PublicationOrder, by principal: Principal) async throws -> String {
        try principal.require(.publish)
        try order.requireUsable()
        let (environment, now) = (environment, environment.now())
        return try await journal.append { snapshot in
            let state = try snapshot.caseState(caseIdentifier)
            try state.requirePublishable(earlyBecause: order.earlyBecause, now: now)
            let facts = AdvisoryFacts(
                identifier: try Distribution.nextIdentifier(in: snapshot, year: now.date.components.year), order: order,
                range: try PublishedRange(order, fixedVersion: snapshot.verifiedFixVersion(of: caseIdentifier)),
                finders: try snapshot.finders(of: state.vulnerability), publisher: environment.origin, time: now
            )
            let (osv, csaf) = (Content(try facts.osvBytes()), Content(try facts.csafBytes()))
            let statement = try Distribution.statement(facts, osv: osv, csaf: csaf, by: environment.signingKey)
            return Decision(
                [
                    try CoordinationRecords.published(
                        caseIdentifier, advisory: facts.identifier, earlyBecause: order.earlyBecause, by: principal.member
                    ),
                    DistributionRecords.published(
                        facts.identifier, of: caseIdentifier, osv: osv, csaf: csaf, statement: statement, by: principal.member
                    )
                ],
                answer: facts.identifier
            )
        }.answer
    }

    private static func statement(
        _ facts: AdvisoryFacts, osv: Content, csaf: Content, by key: SigningKey
    ) throws -> [UInt8] {
        let statement = try InTotoStatement(
            subjects: [
                .init(name: "\(facts.identifier).osv.json", sha256: osv.digest),
                .init(name: "\(facts.identifier).csaf.json", sha256: csaf.digest)
            ],
            predicateType: predicateType,
            predicate: JSONObject([
                ("advisory", .string(facts.identifier)), ("publisher", .string(facts.publisher)),
                ("time", .string(facts.time.description))
            ])
        )
        return try DSSEEnvelope(
            payloadType: InTotoStatement.payloadType, payload: statement.jsonBytes(), signedBy: [key]
        ).jsonBytes()
    }

    /// OSV keeps the prefix `x_` for databases it does not list (schema, `$defs/prefix`); every format uses the same
    /// identifier, so that one fact has one name.
    private static func nextIdentifier(in snapshot: JournalSnapshot, year: Int) throws -> String {
        let prefix = "x_BREAKWATER-\(year)-"
        let count =
            try snapshot.firstRow(
                "SELECT count(*) FROM advisory WHERE id >= $1 AND id < $2", [.text(prefix), .text("x_BREAKWATER-\(year).")]
            )?.integer(0) ?? 0
        // Another clearinghouse numbers its advisories alike; one imported from there must not stop ours.
        var number = count + 1
        while try snapshot.version(of: DistributionRecords.stream(prefix + Coordination.padded(number))) > 0 { number += 1 }
        return prefix + Coordination.padded(number)
    }
}

extension JournalSnapshot {
    fileprivate func verifiedFixVersion(of caseIdentifier: String) throws -> String? {
        try firstRow(
            "SELECT fixed_version FROM fix WHERE case_file = $1 AND state = 'verified' ORDER BY attached DESC LIMIT 1",
            [.text(caseIdentifier)]
        )?.text(0)
    }

    /// The names of the organisations whose findings led here, first finder first; of anonymous reporters those who claimed credit.
    fileprivate func finders(of vulnerability: String) throws -> [String] {
        let names = try rows(
            """
            SELECT member.name FROM finding LEFT JOIN anonymous_report ON anonymous_report.finding = finding.id
            JOIN member ON member.id = coalesce(anonymous_report.credited, finding.member)
            WHERE finding.vulnerability = $1 ORDER BY finding.sequence
            """,
            [.text(vulnerability)]
        ).map { try $0.text(0) }
        return names.reduce(into: []) { known, name in if !known.contains(name) { known.append(name) } }
    }
}
