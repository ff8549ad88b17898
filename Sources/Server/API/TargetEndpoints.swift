import CivilTime
import Clearinghouse
import HTTPTypes
import Hummingbird
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
        [("target", Schema.text), ("governed", Schema.moment), ("sequence", Schema.integer), ("liftedOptOut?", Schema.moment)]
            + policy)

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
        answer(
            try await call.rooms.targets.target(try ScanTarget(try call.parameter("target"), at: "path parameter target")))
    }

    private static let govern = Endpoint(
        .put, "/v1/targets/{target}", "governTarget",
        "Say how a target may be scanned and reported: opt-out, pacing, channel. Replaces what was said before, except that an opt-out stands until `optOut` is null",
        access: .member(.governTargets),
        query: [
            .init(
                name: "If-Match", meaning: "The ETag of the policy that is replaced; needed where there is one", isInteger: false,
                isHeader: true)
        ],
        body: .init(
            mediaTypes: ["application/json"], schema: Schema.object(policy), maximumByteCount: BodyLimit.command
        ),
        answers: [.json(200, "The target", target)]
    ) { call in
        let target = try ScanTarget(try call.parameter("target"), at: "path parameter target")
        let body = try await call.json().value
        try await call.rooms.targets.govern(
            target, try TargetPolicy(json: body), liftingOptOut: body["optOut"]?.isNull == true,
            replacing: try call.header("If-Match").map(sequence), by: try call.caller()
        )
        return answer(try await call.rooms.targets.target(target))
    }

    /// With the sequence as its strong validator (RFC 9110 §8.8.3).
    private static func answer(_ target: GovernedTarget) -> Response {
        var response = Answer.json(json(target))
        response.headers[.eTag] = "\"\(target.sequence)\""
        return response
    }

    /// - Throws: `preconditionFailed` for what is no validator of ours, as for one that is out of date.
    private static func sequence(_ validator: String) throws(Refusal) -> Int64 {
        guard
            validator.utf8.count > 2, validator.hasPrefix("\""), validator.hasSuffix("\""),
            let sequence = Int64(validator.dropFirst().dropLast())
        else {
            throw Refusal(
                .preconditionFailed, "no policy has this ETag; take it from the target's answer", place: "header If-Match")
        }
        return sequence
    }

    static func json(_ target: GovernedTarget) -> JSONValue {
        .object(
            JSONObject(
                [
                    ("target", .string(target.name)), ("governed", .string(target.governed.description)),
                    ("sequence", .number(JSONNumber(target.sequence)))
                ] + (target.origin.liftedOptOut.map { [("liftedOptOut", .string($0.description))] } ?? [])
                    + (target.policy.json.object?.members.map { ($0.key, $0.value) } ?? [])))
    }
}
