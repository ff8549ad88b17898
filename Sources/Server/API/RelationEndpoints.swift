import CivilTime
import Clearinghouse
import HTTPTypes
import JSONText

/// What findings are to each other, with the signals that say so; for those who correlate.
enum RelationEndpoints {
    static let all = [list, read, ofFinding, ofVulnerability, undo, restore]

    private static let relation = Schema.object([
        ("id", Schema.text), ("kind", Schema.choice(["duplicate", "subsumed", "chain", "variant"])),
        ("score", ["type": "number"]),
        ("signals", Schema.list(Schema.object([("signal", Schema.text), ("logOdds", ["type": "number"])]))),
        ("version", Schema.integer), ("state", Schema.choice(FindingRelation.State.allCases.map(\.rawValue))),
        ("finding", Schema.text), ("vulnerability", Schema.text), ("other", Schema.text), ("otherVulnerability", Schema.text),
        ("waits", Schema.boolean), ("obstacle", Schema.optionalText), ("reason", Schema.optionalText),
        ("found", Schema.moment), ("sequence", Schema.integer)
    ])

    private static let page = Schema.object([("relations", Schema.list(relation)), ("next", ["type": ["integer", "null"]])])

    private static let list = Endpoint(
        .get, "/v1/relations", "listRelations", "What findings are to each other, latest first",
        access: .member(.correlate),
        query: Paging.parameters + [
            .init(
                name: "waiting",
                meaning: "true for duplicates alone that moved no finding and wait for a person: move the finding, or undo",
                isInteger: false
            )
        ],
        answers: [.json(200, "A page", page)]
    ) { call in
        let paging = try Paging(call)
        let relations = try await call.rooms.discovery.relations(
            before: paging.before, limit: paging.limit, waiting: try isWaiting(call), for: try call.caller()
        )
        return Answer.json(["relations": .array(relations.map(json)), "next": paging.next(relations.map(\.sequence))])
    }

    private static func isWaiting(_ call: Call) throws -> Bool {
        switch call.query("waiting") {
        case nil, "false": return false
        case "true": return true
        default: throw Refusal(.malformed, "waiting is true or false", place: "query parameter waiting")
        }
    }

    private static let read = Endpoint(
        .get, "/v1/relations/{relation}", "readRelation", "One relation, and what each signal gave to its score",
        access: .member(.correlate), answers: [.json(200, "The relation", relation)]
    ) { call in
        Answer.json(json(try await call.rooms.discovery.relation(try call.parameter("relation"), for: try call.caller())))
    }

    private static let ofFinding = Endpoint(
        .get, "/v1/findings/{finding}/relations", "listRelationsOfFinding", "What a finding is to others, latest first",
        access: .member(.correlate),
        answers: [.json(200, "All its relations", Schema.object([("relations", Schema.list(relation))]))]
    ) { call in
        let relations = try await call.rooms.discovery.relations(
            ofFinding: try call.parameter("finding"), for: try call.caller())
        return Answer.json(["relations": .array(relations.map(json))])
    }

    private static let ofVulnerability = Endpoint(
        .get, "/v1/vulnerabilities/{vulnerability}/relations", "listRelationsOfVulnerability",
        "What the findings of a vulnerability are to each other and to others, latest first", access: .member(.correlate),
        query: [Paging.limit],
        answers: [.json(200, "The latest", Schema.object([("relations", Schema.list(relation))]))]
    ) { call in
        let relations = try await call.rooms.discovery.relations(
            ofVulnerability: try call.parameter("vulnerability"), limit: try Paging(call).limit, for: try call.caller())
        return Answer.json(["relations": .array(relations.map(json))])
    }

    private static let reason = Endpoint.BodyDescription(
        mediaTypes: ["application/json"], schema: Schema.object([("reason", Schema.text)]), maximumByteCount: BodyLimit.command)

    private static let undo = Endpoint(
        .post, "/v1/relations/{relation}/undo", "undoRelation",
        "Take a relation back: a finding that it moved goes back, and these signals do not propose it again; the reason is kept",
        access: .member(.correlate), body: reason, answers: [.json(200, "The relation", relation)]
    ) { call in
        let (identifier, body) = (try call.parameter("relation"), try await call.json())
        try await call.rooms.discovery.undo(relation: identifier, reason: try body.text("reason"), by: try call.caller())
        return Answer.json(json(try await call.rooms.discovery.relation(identifier, for: try call.caller())))
    }

    private static let restore = Endpoint(
        .post, "/v1/relations/{relation}/restore", "restoreRelation",
        "Make an undone relation again; no later version of the signals takes it back", access: .member(.correlate),
        body: reason, answers: [.json(200, "The relation", relation)]
    ) { call in
        let (identifier, body) = (try call.parameter("relation"), try await call.json())
        try await call.rooms.discovery.restore(relation: identifier, reason: try body.text("reason"), by: try call.caller())
        return Answer.json(json(try await call.rooms.discovery.relation(identifier, for: try call.caller())))
    }

    private static func json(_ relation: FindingRelation) -> JSONValue {
        let signals = relation.signals.map { signal -> JSONValue in
            ["signal": .string(signal.name), "logOdds": number(signal.logOdds)]
        }
        return [
            "id": .string(relation.identifier), "kind": .string(relation.kind),
            "score": number(Double(relation.scoreInThousandths) / 1_000), "signals": .array(signals),
            "version": .number(JSONNumber(relation.version)), "state": .string(relation.state.rawValue),
            "finding": .string(relation.finding), "vulnerability": .string(relation.vulnerability),
            "other": .string(relation.other), "otherVulnerability": .string(relation.otherVulnerability),
            "waits": .bool(relation.waits), "obstacle": text(relation.obstacle), "reason": text(relation.reason),
            "found": .string(relation.found.description), "sequence": .number(JSONNumber(relation.sequence))
        ]
    }

    private static func number(_ value: Double) -> JSONValue { JSONNumber(value).map { .number($0) } ?? .null }

    private static func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
}
