import CivilTime
import Clearinghouse
import HTTPTypes
import JSONText

/// What operators report, and the curve it makes.
enum AdoptionEndpoints {
    static let all = [report, read]

    private static let report = Endpoint(
        .post, "/v1/adoption", "reportAdoption",
        "Report an advisory done: an in-toto statement in a DSSE envelope, signed with the member's registered key",
        access: .member(.reportAdoption),
        body: .init(mediaTypes: ["application/json"], schema: ["type": "object"], maximumByteCount: BodyLimit.command),
        answers: [.json(201, "How many operators are done now", Schema.object([("done", Schema.integer)]))]
    ) { call in
        let done = try await call.rooms.adoption.report(try await call.bytes(), by: try call.caller())
        return Answer.json(["done": .number(JSONNumber(done))], status: 201)
    }

    private static let read = Endpoint(
        .get, "/v1/advisories/{advisory}/adoption", "readAdoption", "How many operators report an advisory done, and when",
        access: .anyone,
        answers: [
            .json(
                200, "The curve",
                Schema.object([
                    ("advisory", Schema.text), ("done", Schema.integer), ("doneOnCurrentRevision", Schema.integer),
                    ("curve", Schema.list(Schema.moment))
                ])
            )
        ]
    ) { call in
        // By alias too, and refused where nobody knows it: that curve is not an empty one.
        let entry = try await AdvisoryEntry(named: try call.parameter("advisory"), in: call.rooms.journal)
        let summary = try await call.rooms.adoption.summary(of: entry.identifier)
        return Answer.json([
            "advisory": .string(summary.advisory), "done": .number(JSONNumber(summary.doneCount)),
            "doneOnCurrentRevision": .number(JSONNumber(summary.currentCount)),
            "curve": .array(summary.curve.map { .string($0.description) })
        ])
    }
}
