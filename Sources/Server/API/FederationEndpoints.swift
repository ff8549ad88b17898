import CivilTime
import Clearinghouse
import HTTPTypes
import JSONText

/// Records that a federation exchanges, as in-toto statements.
enum FederationEndpoints {
    static let all = [take, list, received]

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

    private static let received = Endpoint(
        .get, "/v1/federation/received", "listReceivedStatements",
        "Claims and certificates that others sent, latest first; nothing follows from them by itself",
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
                                ("audited?", Schema.moment)
                            ]))
                    ), ("next", ["type": ["integer", "null"]])
                ]))
        ]
    ) { call in
        let page = try Paging(call)
        let found = try await call.rooms.federation.received(
            before: page.before, limit: page.limit, for: try call.caller())
        let statements = found.map { statement -> JSONValue in
            .object(JSONObject(statement.content.members + [("received", .string(statement.received.description))]))
        }
        return Answer.json(["statements": .array(statements), "next": page.next(found.map(\.sequence))])
    }

    /// One statement over several lines, or one a line.
    private static func statements(in bytes: [UInt8]) -> [[UInt8]] {
        if (try? JSONValue(parsing: bytes)) != nil { return [bytes] }
        return bytes.split(separator: UInt8(ascii: "\n")).map(Array.init).filter { line in
            !line.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\r") || $0 == UInt8(ascii: "\t") }
        }
    }
}
