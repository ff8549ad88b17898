import CivilTime
import Clearinghouse
import HTTPTypes
import JSONText
import Sealing

/// Sources, and what the runners that an operator turned on say of them.
enum RunEndpoints {
    static let all = [upload, request, list, read, readLog, cancel]

    private static let upload = Endpoint(
        .post, "/v1/sources", "uploadSource",
        "Upload an archive (tar, bare or compressed, or zip) for runs of your own; sealed, and the same one again changes nothing",
        access: .member(.requestRuns),
        body: .init(
            mediaTypes: [
                "application/octet-stream", "application/x-tar", "application/gzip", "application/zstd", "application/x-xz",
                "application/x-bzip2", "application/zip"
            ],
            schema: Schema.text, maximumByteCount: BodyLimit.report
        ),
        answers: [.json(201, "Durable", Schema.object([("source", Schema.text)]))]
    ) { call in
        let source = try await call.rooms.scanning.upload(try await call.bytes(), by: try call.caller())
        return Answer.json(["source": .string(source.hex)], status: 201)
    }

    private static let request = Endpoint(
        .post, "/v1/runs", "requestRun",
        "Have a runner look at an uploaded source, with the word of its owner (a DSSE envelope), or of a coordinator for public source",
        access: .member(.requestRuns),
        body: .init(
            mediaTypes: ["application/json"],
            schema: Schema.object([
                ("tool", Schema.text), ("source", Schema.text), ("repository?", Schema.optionalText),
                ("commit?", Schema.optionalText), ("package?", Schema.optionalText), ("authoriser", Schema.text),
                ("authorisation", ["type": "object"])
            ]),
            maximumByteCount: BodyLimit.command
        ),
        answers: [.json(202, "The run is queued", Schema.object([("run", Schema.text)]))]
    ) { call in
        let body = try await call.json()
        guard let source = Digest(hex: try body.text("source")) else {
            throw Refusal(.malformed, "a source is a SHA-256 in hexadecimal digits", place: "/source")
        }
        guard let authorisation = body.value["authorisation"], authorisation.object != nil else {
            throw Refusal(.malformed, "authorisation is a DSSE envelope", place: "/authorisation")
        }
        let target = try RunTarget(
            repository: try body.optionalText("repository"), commit: try body.optionalText("commit"),
            package: try body.optionalText("package"))
        let run = try await call.rooms.scanning.request(
            try body.text("tool"), on: target, source: source, authorisation: authorisation.bytes(),
            authoriser: try body.text("authoriser"), by: try call.caller())
        return Answer.json(["run": .string(run)], status: 202)
    }

    private static let run = Schema.object([
        ("run", Schema.text), ("member", Schema.text), ("tool", Schema.text), ("repository", Schema.optionalText),
        ("commit", Schema.optionalText), ("package", Schema.optionalText), ("source", Schema.text), ("authoriser", Schema.text),
        ("authorisedUntil", Schema.moment), ("requested", Schema.moment), ("sequence", Schema.integer),
        ("filesDone", Schema.integer), ("heldUntil?", Schema.moment),
        ("files", ["type": ["integer", "null"]]), ("ending", Schema.optionalText), ("reason", Schema.optionalText),
        ("findings", ["type": ["integer", "null"]]), ("toolVersion", Schema.optionalText), ("finished", Schema.optionalText)
    ])

    private static let list = Endpoint(
        .get, "/v1/runs", "listRuns", "Runs, latest first: the caller's, or all for coordinators", access: .member(.requestRuns),
        query: Paging.parameters,
        answers: [
            .json(
                200, "A page, and the runners that are on here",
                Schema.object([
                    ("runs", Schema.list(run)), ("runners", Schema.list(Schema.text)), ("next", ["type": ["integer", "null"]])
                ]))
        ]
    ) { call in
        let page = try Paging(call)
        let scanning = call.rooms.scanning
        let found = try await scanning.runs(before: page.before, limit: page.limit, for: try call.caller())
        return Answer.json([
            "runs": .array(found.map(json)), "runners": .array(scanning.toolNames.map { .string($0) }),
            "next": page.next(found.map(\.sequence))
        ])
    }

    private static let read = Endpoint(
        .get, "/v1/runs/{run}", "readRun",
        "A run, how far it is, and until when it waits at least for somebody else who scans there", access: .member(.requestRuns),
        answers: [.json(200, "The run", run)]
    ) { call in
        Answer.json(json(try await call.rooms.scanning.summary(try call.parameter("run"), for: try call.caller())))
    }

    private static let readLog = Endpoint(
        .get, "/v1/runs/{run}/sarif", "readRunLog", "What a run that has ended found, and what it did not look at",
        access: .member(.requestRuns),
        answers: [.init(status: 200, meaning: "SARIF 2.1.0", mediaType: "application/sarif+json", schema: ["type": "object"])]
    ) { call in
        let bytes = try await call.rooms.scanning.log(of: try call.parameter("run"), for: try call.caller())
        return Answer.bytes(bytes, "application/sarif+json")
    }

    private static let cancel = Endpoint(
        .delete, "/v1/runs/{run}", "cancelRun",
        "Stop a run that has not ended and does not hand in its findings yet; nothing of what it found is handed in",

        access: .member(.requestRuns), answers: [.json(200, "Stopped", Schema.object([("cancelled", Schema.text)]))]
    ) { call in
        let run = try call.parameter("run")
        try await call.rooms.scanning.cancel(run, by: try call.caller())
        return Answer.json(["cancelled": .string(run)])
    }

    private static func json(_ run: RunSummary) -> JSONValue {
        var members = facts(run).object ?? JSONObject()
        if let heldUntil = run.heldUntil { members["heldUntil"] = .string(heldUntil.description) }
        return .object(members)
    }

    private static func facts(_ run: RunSummary) -> JSONValue {
        [
            "run": .string(run.identifier), "member": .string(run.member), "tool": .string(run.tool),
            "repository": text(run.repository), "commit": text(run.commit), "package": text(run.package),
            "source": .string(run.source), "authoriser": .string(run.authoriser),
            "authorisedUntil": .string(run.authorisedUntil.description), "requested": .string(run.requested.description),
            "sequence": .number(JSONNumber(run.sequence)), "filesDone": .number(JSONNumber(run.done)),
            "files": number(run.total), "ending": text(run.ending?.rawValue), "reason": text(run.reason),
            "findings": number(run.findings), "toolVersion": text(run.toolVersion), "finished": text(run.finished?.description)
        ]
    }

    private static func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
    private static func number(_ number: Int64?) -> JSONValue { number.map { .number(JSONNumber($0)) } ?? .null }
}
