import CivilTime
import Clearinghouse
import HTTPTypes
import JSONText

/// What maintainers want of everybody who scans or reports.
enum TargetEndpoints {
    static let all = [list, read, govern]

    private static let policy: [(String, JSONValue)] = [
        ("maintainer?", Schema.optionalText), ("aliases?", Schema.list(Schema.text)), ("criticality?", Schema.integer),
        ("closed?", Schema.boolean), ("channel?", Schema.optionalText), ("channelVerified?", Schema.optionalText),
        ("optOut?", ["type": ["object", "null"]]), ("pacing?", ["type": ["object", "null"]])
    ]
    private static let target = Schema.object(
        [("target", Schema.text), ("governed", Schema.moment)] + policy)

    private static let list = Endpoint(
        .get, "/v1/targets", "listTargets", "Targets with a policy, latest change first", access: .member(nil),
        query: Paging.parameters,
        answers: [
            .json(200, "A page", Schema.object([("targets", Schema.list(target)), ("next", ["type": ["integer", "null"]])]))
        ]
    ) { call in
        let page = try Paging(call)
        let targets = try await call.rooms.targets.targets(before: page.before, limit: page.limit)
        return Answer.json(["targets": .array(targets.map(json)), "next": page.next(targets.map(\.sequence))])
    }

    private static let read = Endpoint(
        .get, "/v1/targets/{target}", "readTarget", "What is wanted of those who scan or report a target, by any of its names",
        access: .member(nil), answers: [.json(200, "The target", target)]
    ) { call in
        Answer.json(
            json(try await call.rooms.targets.target(try ScanTarget(try call.parameter("target"), at: "path parameter target"))))
    }

    private static let govern = Endpoint(
        .put, "/v1/targets/{target}", "governTarget",
        "Say how a target may be scanned and reported: opt-out, pacing, channel. Replaces what was said before",
        access: .member(.governTargets),
        body: .init(
            mediaTypes: ["application/json"], schema: Schema.object(policy), maximumByteCount: BodyLimit.command
        ),
        answers: [.json(200, "The target", target)]
    ) { call in
        let target = try ScanTarget(try call.parameter("target"), at: "path parameter target")
        let policy = try TargetPolicy(json: try await call.json().value)
        try await call.rooms.targets.govern(target, policy, by: try call.caller())
        return Answer.json(json(try await call.rooms.targets.target(target)))
    }

    static func json(_ target: GovernedTarget) -> JSONValue {
        .object(
            JSONObject(
                [("target", .string(target.name)), ("governed", .string(target.governed.description))]
                    + (target.policy.json.object?.members.map { ($0.key, $0.value) } ?? [])))
    }
}
