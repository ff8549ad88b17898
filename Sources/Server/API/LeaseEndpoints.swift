import CivilTime
import Clearinghouse
import HTTPTypes
import Hummingbird
import JSONText

/// Scan leases: claimed before a scan, kept by heartbeats, ended with what came of it.
enum LeaseEndpoints {
    static let all = [claim, list, read, renew, release, revoke]

    private static let budget = Schema.object([("amount", Schema.integer), ("unit", Schema.text)])
    private static let scope: [(String, JSONValue)] = [
        ("target", Schema.text), ("revision?", Schema.optionalText), ("revisionOnly?", Schema.boolean),
        ("subsystem?", Schema.optionalText), ("bugClass?", Schema.optionalText), ("toolFamily?", Schema.optionalText),
        ("modelFamily?", Schema.optionalText)
    ]
    private static let lease = Schema.object(
        [("lease", Schema.text)] + scope + [
            ("member", Schema.text), ("priority", Schema.text), ("state", Schema.choice(Lease.Phase.allCases.map(\.rawValue))),
            ("token", Schema.integer),
            ("claimed", Schema.moment), ("until", Schema.moment), ("windowEnd", Schema.moment),
            ("ttlSeconds", Schema.integer), ("budget?", budget), ("spent?", budget), ("coverage?", Schema.list(Schema.anything))
        ])

    private static let claim = Endpoint(
        .post, "/v1/leases", "claimLease",
        "Claim a scan: a target and what is looked for there. Where others are at it the answer is 409 with `until` and `Retry-After`",
        access: .member(.claimLeases),
        query: [
            .init(
                name: "Idempotency-Key",
                meaning: "A claim repeated under its key is answered with its lease as it stands now, which `state` says",
                isInteger: false, isHeader: true)
        ],
        body: .init(
            mediaTypes: ["application/json"],
            schema: Schema.object(
                scope + [
                    ("priority?", Schema.choice(ScanPriority.allCases.map(\.name))), ("ttlSeconds?", Schema.integer),
                    ("windowEnd?", Schema.optionalText), ("mayBeNamed?", Schema.boolean),
                    ("skipCoveredSeconds?", Schema.integer), ("budget?", budget), ("authorisation?", ["type": "object"])
                ]), maximumByteCount: BodyLimit.command
        ),
        answers: [.json(201, "The lease, with the latest searches of its target", lease)]
    ) { call in
        let (answer, now) = try await call.rooms.leases.timedAnswer(
            to: try scanClaim(try await call.json(), key: try call.idempotencyKey()), by: try call.caller()
        )
        switch answer {
        case .granted(let lease, let coverage):
            let entries = coverage.map { CoverageEndpoints.json($0, at: now) }
            return Answer.json(json(lease, [("coverage", .array(entries))]), status: 201)
        case .held(let until, let holder):
            let name = holder.map { [("holder", JSONValue.string($0))] } ?? []
            return notGranted("held", "somebody scans there until \(until)", name, until: until, at: now)
        case .covered(let entry):
            return notGranted(
                "covered", "the same revision was searched in vain on \(entry.searched)",
                [("coverage", CoverageEndpoints.json(entry, at: now))]
            )
        case .optedOut(let since, let reason):
            return notGranted(
                "opted-out", "the maintainer asked on \(since.date) not to be scanned",
                reason.map { [("reason", .string($0))] } ?? []
            )
        case .paced(let until, let reason): return notGranted("paced", reason, until: until, at: now)
        }
    }

    private static let list = Endpoint(
        .get, "/v1/leases", "listLeases", "Leases of the caller, latest first; a coordinator sees all",
        access: .member(.claimLeases), query: Paging.parameters,
        answers: [
            .json(200, "A page", Schema.object([("leases", Schema.list(lease)), ("next", ["type": ["integer", "null"]])]))
        ]
    ) { call in
        let page = try Paging(call)
        let leases = try await call.rooms.leases.leases(before: page.before, limit: page.limit, for: try call.caller())
        return Answer.json(["leases": .array(leases.map { json($0) }), "next": page.next(leases.map(\.token))])
    }

    private static let read = Endpoint(
        .get, "/v1/leases/{lease}", "readLease", "One lease", access: .member(.claimLeases),
        answers: [.json(200, "The lease", lease)]
    ) { call in
        let lease = try await call.rooms.leases.lease(try call.parameter("lease"), for: try call.caller())
        return Answer.json(json(lease))
    }

    private static let renew = Endpoint(
        .post, "/v1/leases/{lease}/heartbeat", "renewLease",
        "Keep a lease alive for another ttlSeconds, within its window; before a third of them has passed it stays as it is",
        access: .member(.claimLeases),
        body: .init(
            mediaTypes: ["application/json"], schema: Schema.object([("token", Schema.integer)]),
            maximumByteCount: BodyLimit.command
        ),
        answers: [.json(200, "The lease", lease)]
    ) { call in
        let token = try await call.json().integer("token")
        let lease = try await call.rooms.leases.renew(try call.parameter("lease"), token: token, by: try call.caller())
        return Answer.json(json(lease))
    }

    private static let release = Endpoint(
        .post, "/v1/leases/{lease}/release", "releaseLease",
        "End a lease and say what came of it: a complete search goes into the coverage ledger, most of all one in vain",
        access: .member(.claimLeases),
        body: .init(
            mediaTypes: ["application/json"],
            schema: Schema.object([
                ("token", Schema.integer), ("complete", Schema.boolean), ("findings?", Schema.integer),
                ("revision?", Schema.optionalText), ("spent?", budget)
            ]), maximumByteCount: BodyLimit.command
        ),
        answers: [.json(200, "The lease", lease)]
    ) { call in
        let (body, identifier, caller) = (try await call.json(), try call.parameter("lease"), try call.caller())
        let result = try ScanResult(
            isComplete: try body.flag("complete"), findingCount: try body.optionalInteger("findings") ?? 0,
            revision: try body.optionalText("revision"), spent: try scanBudget(body, "spent")
        )
        try await call.rooms.leases.release(identifier, token: try body.integer("token"), result, by: caller)
        let lease = try await call.rooms.leases.lease(identifier, for: caller)
        return Answer.json(json(lease))
    }

    private static let revoke = Endpoint(
        .post, "/v1/leases/{lease}/revoke", "revokeLease",
        "End another's lease, as a coordinator; nothing is said of what was searched",
        access: .member(.coordinate),
        body: .init(
            mediaTypes: ["application/json"], schema: Schema.object([("reason", Schema.text)]),
            maximumByteCount: BodyLimit.command
        ),
        answers: [.json(200, "The lease", lease)]
    ) { call in
        let (reason, identifier, caller) = (try await call.json().text("reason"), try call.parameter("lease"), try call.caller())
        try await call.rooms.leases.revoke(identifier, because: reason, by: caller)
        return Answer.json(json(try await call.rooms.leases.lease(identifier, for: caller)))
    }
}

extension LeaseEndpoints {
    private static func scanClaim(_ body: JSONBody, key: String?) throws -> ScanClaim {
        var target = try ScanTarget(try body.text("target"))
        if let revision = try body.optionalText("revision") { target = try target.at(revision) }
        let scope = try ScanScope(
            target: target, isRevisionOnly: try body.optionalFlag("revisionOnly") ?? false,
            subsystem: try body.optionalText("subsystem"), bugClass: try body.optionalText("bugClass").map { try BugClass($0) },
            toolFamily: try body.optionalText("toolFamily"), modelFamily: try body.optionalText("modelFamily")
        )
        return try ScanClaim(
            scope: scope, priority: try priority(body),
            timeToLive: try body.optionalInteger("ttlSeconds").map { .seconds($0) } ?? ScanClaim.usualTimeToLive,
            windowEnd: try body.optionalMoment("windowEnd"), mayBeNamed: try body.optionalFlag("mayBeNamed") ?? false,
            skipsWhatWasCovered: try body.optionalInteger("skipCoveredSeconds").map { .seconds($0) },
            budget: try scanBudget(body, "budget"),
            authorisation: body.value["authorisation"].flatMap { $0.isNull ? nil : $0.bytes() }, idempotencyKey: key
        )
    }

    private static func priority(_ body: JSONBody) throws -> ScanPriority {
        guard let name = try body.optionalText("priority") else { return .routine }
        guard let priority = ScanPriority(name: name) else {
            let names = ScanPriority.allCases.map(\.name).joined(separator: ", ")
            throw Refusal(.malformed, "priority is one of \(names)", place: "/priority")
        }
        return priority
    }

    private static func scanBudget(_ body: JSONBody, _ name: String) throws -> ScanBudget? {
        guard let member = body.value[name], !member.isNull else { return nil }
        guard let amount = member["amount"]?.integer, let unit = member["unit"]?.string else {
            throw Refusal(.malformed, "\(name) has an amount and a unit", place: "/\(name)")
        }
        return try ScanBudget(amount: amount, unit: unit, at: "/\(name)")
    }

    /// Not an error of the caller's, but nothing it may go on with: a problem whose type says which.
    private static func notGranted(_ type: String, _ detail: String, _ more: [(String, JSONValue)]) -> Response {
        Problem.response(409, type, detail, more)
    }

    /// The same, with the moment from which asking again may help, also as `Retry-After` (RFC 9110 §10.2.3) in seconds from the
    /// decision: the asker's clock need not agree with the journal's.
    private static func notGranted(
        _ type: String, _ detail: String, _ more: [(String, JSONValue)] = [], until: Timestamp, at now: Timestamp
    ) -> Response {
        var response = Problem.response(409, type, detail, [("until", .string(until.description))] + more)
        let milliseconds = max(0, until.millisecondsSinceEpoch - now.millisecondsSinceEpoch)
        response.headers[.retryAfter] = String((milliseconds + 999) / 1_000)
        return response
    }

    static func json(_ lease: Lease, _ more: [(String, JSONValue)] = []) -> JSONValue {
        let members: [(String, JSONValue)] = [
            ("lease", .string(lease.identifier)), ("member", .string(lease.member)),
            ("priority", .string(lease.priority.name)), ("state", .string(lease.phase.rawValue)),
            ("token", .number(JSONNumber(lease.token))), ("claimed", .string(lease.claimed.description)),
            ("until", .string(lease.until.description)), ("windowEnd", .string(lease.windowEnd.description)),
            ("ttlSeconds", .number(JSONNumber(lease.timeToLive.components.seconds)))
        ]
        let amounts = [("budget", lease.budget), ("spent", lease.spent)].compactMap { name, amount in
            amount.map { (name, json($0)) }
        }
        return .object(JSONObject(lease.scope.members + members + amounts + more))
    }

    private static func json(_ budget: ScanBudget) -> JSONValue {
        ["amount": .number(JSONNumber(budget.amount)), "unit": .string(budget.unit)]
    }
}
