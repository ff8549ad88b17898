import CivilTime
import Clearinghouse
import HTTPTypes
import JSONText
import Sealing

/// Cases, their embargo, fixes and publication.
enum CaseEndpoints {
    static let all = [open, list, read, moveEmbargo, attachFix, judgeFix, publish]

    private static let summary = Schema.object([
        ("id", Schema.text), ("vulnerability", Schema.text), ("vendor", Schema.text), ("title", Schema.text),
        ("embargoUntil", Schema.moment), ("phase", Schema.text), ("advisory", Schema.optionalText),
        ("fixes", Schema.list(Schema.anything)), ("validations", Schema.list(Schema.anything)),
        ("finderCount", Schema.integer), ("embargoSuggestion", ["type": ["object", "null"]]),
        // Of `readCase`: members of the federation that say they hold it too; empty for all but coordinators.
        ("peers?", FederationEndpoints.peers),
        (
            "channels",
            Schema.list(
                Schema.object([("target", Schema.text), ("channel", Schema.text), ("channelVerified", Schema.optionalText)]))
        )
    ])

    private static let open = Endpoint(
        .post, "/v1/cases", "openCase",
        "Open the case of a vulnerability. The embargo is what the policy says for so many independent finders unless told; a longer one needs a reason",
        access: .member(.coordinate),
        body: .init(
            mediaTypes: ["application/json"],
            schema: Schema.object([
                ("vulnerability", Schema.text), ("vendor", Schema.text), ("title", Schema.text),
                ("embargoUntil?", Schema.moment), ("longerBecause?", Schema.optionalText), ("patch?", Schema.optionalText),
                ("fixedVersion?", Schema.optionalText)
            ]), maximumByteCount: 4 * ProposedPatch.maximumByteCount
        ),
        answers: [.json(201, "The case", summary)]
    ) { call in
        let body = try await call.json()
        let opening = CaseOpening(
            vulnerability: try body.text("vulnerability"), vendor: try body.text("vendor"), title: try body.text("title"),
            embargoUntil: try body.optionalMoment("embargoUntil"), longerBecause: try body.optionalText("longerBecause"),
            patch: try body.optionalText("patch").map {
                try ProposedPatch(Array($0.utf8), fixedVersion: try body.optionalText("fixedVersion") ?? "")
            }
        )
        let identifier = try await call.rooms.coordination.open(opening, by: try call.caller())
        return Answer.json(
            json(try await call.rooms.coordination.caseSummary(identifier, for: try call.caller())), status: 201
        )
    }

    private static let list = Endpoint(
        .get, "/v1/cases", "listCases", "Cases the caller may see, latest first", access: .member(nil),
        query: Paging.parameters,
        answers: [
            .json(200, "A page", Schema.object([("cases", Schema.list(summary)), ("next", ["type": ["integer", "null"]])]))
        ]
    ) { call in
        let page = try Paging(call)
        let cases = try await call.rooms.coordination.cases(
            before: page.before, limit: page.limit, for: try call.caller()
        )
        return Answer.json(["cases": .array(cases.map(json)), "next": page.next(cases.map(\.sequence))])
    }

    private static let read = Endpoint(
        .get, "/v1/cases/{case}", "readCase", "One case", access: .member(nil), answers: [.json(200, "The case", summary)]
    ) { call in
        let caller = try call.caller()
        let file = try await call.rooms.coordination.caseSummary(try call.parameter("case"), for: caller)
        let peers = try await call.rooms.claims?.peers(ofVulnerability: file.vulnerability, for: caller) ?? []
        guard case .object(var object) = json(file) else { return Answer.json(json(file)) }
        object["peers"] = FederationEndpoints.json(peers)
        return Answer.json(.object(object))
    }

    private static let moveEmbargo = Endpoint(
        .put, "/v1/cases/{case}/embargo", "moveEmbargo", "Move the embargo's end, for a recorded reason",
        access: .member(.coordinate),
        body: .init(
            mediaTypes: ["application/json"],
            schema: Schema.object([("until", Schema.moment), ("reason", Schema.text)]), maximumByteCount: BodyLimit.command
        ),
        answers: [.json(200, "The case", summary)]
    ) { call in
        let (body, identifier) = (try await call.json(), try call.parameter("case"))
        try await call.rooms.coordination.moveEmbargo(
            of: identifier, until: try body.moment("until"), reason: try body.text("reason"), by: try call.caller()
        )
        return Answer.json(json(try await call.rooms.coordination.caseSummary(identifier, for: try call.caller())))
    }

    private static let attachFix = Endpoint(
        .post, "/v1/cases/{case}/fixes", "attachFix", "Attach a patch (a unified diff, -p1) and the version that carries it",
        access: .member(.attachFixes),
        body: .init(
            mediaTypes: ["application/json"],
            schema: Schema.object([("patch", Schema.text), ("fixedVersion", Schema.text)]),
            maximumByteCount: 4 * ProposedPatch.maximumByteCount
        ),
        answers: [.json(201, "The fix", Schema.object([("fix", Schema.text)]))]
    ) { call in
        let body = try await call.json()
        let fix = try await call.rooms.remediation.attach(
            patch: Array(try body.text("patch").utf8), fixedVersion: try body.text("fixedVersion"),
            to: try call.parameter("case"), by: try call.caller()
        )
        return Answer.json(["fix": .string(fix)], status: 201)
    }

    private static let judgeFix = Endpoint(
        .post, "/v1/fixes/{fix}/judgement", "judgeFix", "Judge a fix by a validation that ran with it applied",
        access: .member(.validate),
        body: .init(
            mediaTypes: ["application/json"], schema: Schema.object([("validation", Schema.text)]),
            maximumByteCount: BodyLimit.command
        ),
        answers: [.json(200, "Verified or refuted", Schema.object([("state", Schema.choice(["verified", "refuted"]))]))]
    ) { call in
        let body = try await call.json()
        let state = try await call.rooms.remediation.judge(
            try call.parameter("fix"), by: try body.text("validation"), principal: try call.caller()
        )
        return Answer.json(["state": .string(state.rawValue)])
    }

    private static let publish = Endpoint(
        .post, "/v1/cases/{case}/publication", "publishCase",
        "Publish the case as OSV and CSAF 2.0 in one atomic step, signed and logged", access: .member(.publish),
        body: .init(
            mediaTypes: ["application/json"],
            schema: Schema.object([
                ("summary", Schema.text), ("details", Schema.text), ("package", Schema.text), ("ecosystem", Schema.text),
                ("name", Schema.text), ("introduced", Schema.text), ("weakness?", Schema.optionalText),
                ("severity?", Schema.optionalText), ("knownExploited?", Schema.optionalText),
                ("automatable?", Schema.optionalText),
                ("technicalImpact?", Schema.optionalText), ("earlyBecause?", Schema.optionalText)
            ]), maximumByteCount: BodyLimit.finding
        ),
        answers: [.json(201, "The advisory", Schema.object([("advisory", Schema.text)]))]
    ) { call in
        let body = try await call.json()
        let order = PublicationOrder(
            summary: try body.text("summary"), details: try body.text("details"), package: try body.text("package"),
            ecosystem: try body.text("ecosystem"), name: try body.text("name"), introduced: try body.text("introduced"),
            weakness: try body.optionalText("weakness"), severity: try body.optionalText("severity"),
            knownExploited: try body.optionalText("knownExploited"),
            automatable: try body.optionalText("automatable"), technicalImpact: try body.optionalText("technicalImpact"),
            earlyBecause: try body.optionalText("earlyBecause")
        )
        let advisory = try await call.rooms.distribution.publish(try call.parameter("case"), order, by: try call.caller())
        return Answer.json(["advisory": .string(advisory)], status: 201)
    }

    private static func json(_ summary: CaseSummary) -> JSONValue {
        let fixes = summary.fixes.map { fix -> JSONValue in
            ["fix": .string(fix.identifier), "fixedVersion": .string(fix.fixedVersion), "state": .string(fix.state)]
        }
        return [
            "id": .string(summary.identifier), "vulnerability": .string(summary.vulnerability),
            "vendor": .string(summary.vendor), "title": .string(summary.title),
            "embargoUntil": .string(summary.embargoUntil.description), "phase": .string(summary.phase),
            "advisory": summary.advisory.map { .string($0) } ?? .null, "opened": .string(summary.opened.description),
            "fixes": .array(fixes), "validations": .array(summary.validations.map(ValidationEndpoints.json)),
            "finderCount": .number(JSONNumber(Int64(summary.finderCount))),
            "embargoSuggestion": summary.suggestion.map(json) ?? .null, "channels": .array(summary.channels.map(json))
        ]
    }

    private static func json(_ channel: ReportChannel) -> JSONValue {
        [
            "target": .string(channel.target), "channel": .string(channel.channel),
            "channelVerified": channel.verified.map { .string($0.description) } ?? .null
        ]
    }

    private static func json(_ suggestion: EmbargoSuggestion) -> JSONValue {
        [
            "embargoUntil": .string(suggestion.until.description), "finders": .number(JSONNumber(suggestion.finders))
        ]
    }
}
