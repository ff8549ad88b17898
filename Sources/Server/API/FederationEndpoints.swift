import CivilTime
import Clearinghouse
import HTTPTypes
import JSONText

/// Records that a federation exchanges, as in-toto statements.
enum FederationEndpoints {
    static let all = [take, list, certificates, claims, received]

    private static let take = Endpoint(
        .post, "/v1/federation/records", "takeFederationRecords",
        "Take in records of other finders, one in-toto statement a line: opt-outs and routes become policies of their targets, claims and certificates are kept to be read",
        access: .member(.exchangeRecords),
        body: .init(
            mediaTypes: ["application/x-ndjson", "application/json"], schema: ["type": "object"],
            maximumByteCount: BodyLimit.finding
        ),
        answers: [
            .json(
                200, "What became of each record, in their order",
                Schema.object([("outcomes", Schema.list(Schema.choice(["taken", "known"])))]))
        ]
    ) { call in
        let outcomes = try await call.rooms.federation.take(statements(in: try await call.bytes()), by: try call.caller())
        return Answer.json(["outcomes": .array(outcomes.map { .string($0.rawValue) })])
    }

    private static let list = Endpoint(
        .get, "/v1/federation/records", "listFederationRecords",
        "Opt-outs and disclosure routes that are known here, as in-toto statements, latest change first", access: .anyone,
        query: Paging.parameters,
        answers: [
            .json(
                200, "A page",
                Schema.object([("records", Schema.list(["type": "object"])), ("next", ["type": ["integer", "null"]])]))
        ]
    ) { call in
        let page = try Paging(call)
        let found = try await call.rooms.federation.statements(before: page.before, limit: page.limit)
        return Answer.json(["records": .array(found.statements), "next": page.next(found.sequences)])
    }

    private static let page = Schema.object([
        ("records", Schema.list(["type": "object"])), ("next", ["type": ["integer", "null"]])
    ])

    private static let certificates = Endpoint(
        .get, "/v1/federation/certificates", "listFederationCertificates",
        "Certificates of published advisories whose fixes held when they were replayed here, as in-toto statements, latest advisory first",
        access: .anyone, query: Paging.parameters, answers: [.json(200, "A page", page)]
    ) { call in
        let page = try Paging(call)
        let found = try await call.rooms.federation.certificates(before: page.before, limit: page.limit)
        return Answer.json(["records": .array(found.statements), "next": page.next(found.sequences)])
    }

    private static let claims = Endpoint(
        .get, "/v1/federation/claims", "listFederationClaims",
        "Our own claims as in-toto statements, for who passes them on: salted hashes of findings that are not published; empty unless a federation is configured",
        access: .member(.exchangeRecords), query: Paging.parameters, answers: [.json(200, "A page", page)]
    ) { call in
        let page = try Paging(call)
        let found = try await call.rooms.claims?.statements(before: page.before, limit: page.limit, for: try call.caller())
        return Answer.json(["records": .array(found?.statements ?? []), "next": page.next(found?.sequences ?? [])])
    }

    private static let received = Endpoint(
        .get, "/v1/federation/received", "listReceivedStatements",
        "Claims and certificates that others sent, latest first, with the findings and advisories here that they are about; nothing follows from them by itself",
        access: .member(.exchangeRecords), query: Paging.parameters,
        answers: [
            .json(
                200, "A page",
                Schema.object([
                    (
                        "statements",
                        Schema.list(
                            Schema.object([
                                ("kind", Schema.choice(["claim", "certificate"])), ("received", Schema.moment),
                                ("hash?", Schema.text), ("contact?", Schema.text), ("target?", Schema.text),
                                ("advisory?", Schema.text), ("status?", Schema.text), ("commit?", Schema.text),
                                ("audited?", Schema.moment), ("findings?", Schema.list(Schema.text)),
                                ("advisories?", Schema.list(Schema.text))
                            ]))
                    ), ("next", ["type": ["integer", "null"]])
                ]))
        ]
    ) { call in
        let page = try Paging(call)
        let found = try await call.rooms.federation.received(
            before: page.before, limit: page.limit, for: try call.caller())
        var statements: [JSONValue] = []
        for statement in found {
            let members = statement.content.members + [("received", .string(statement.received.description))]
            statements.append(.object(JSONObject(members + (try await known(of: statement, call)))))
        }
        return Answer.json(["statements": .array(statements), "next": page.next(found.map(\.sequence))])
    }

    /// What of our own a statement is about.
    private static func known(of statement: ReceivedStatement, _ call: Call) async throws -> [(String, JSONValue)] {
        switch statement.content {
        case .claim(let hash, _):
            let findings = try await call.rooms.claims?.findings(with: hash, for: try call.caller()) ?? []
            return [("findings", .array(findings.map { .string($0) }))]
        case .certificate(_, let advisory, _, _, _):
            let advisories = try await call.rooms.federation.advisories(named: advisory)
            return [("advisories", .array(advisories.map { .string($0) }))]
        }
    }

    static let peers = Schema.list(Schema.object([("contact", Schema.text), ("received", Schema.moment)]))

    static func json(_ peers: [Claims.Peer]) -> JSONValue {
        .array(peers.map { ["contact": .string($0.contact), "received": .string($0.received.description)] })
    }

    /// One statement over several lines, or one a line.
    private static func statements(in bytes: [UInt8]) -> [[UInt8]] {
        if (try? JSONValue(parsing: bytes)) != nil { return [bytes] }
        return bytes.split(separator: UInt8(ascii: "\n")).map(Array.init).filter { line in
            !line.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\r") || $0 == UInt8(ascii: "\t") }
        }
    }
}
