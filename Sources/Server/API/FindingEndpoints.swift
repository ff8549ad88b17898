import AdvisoryFormats
import CivilTime
import Clearinghouse
import HTTPTypes
import Hummingbird
import JSONText

/// Handing findings in and following them.
enum FindingEndpoints {
    static let all = [submit, submitBulk, list, read, readOriginal, review, reassign, readVulnerability]

    static let receipt = Schema.object([
        ("finding", Schema.text), ("vulnerability", Schema.text), ("joinedExisting", Schema.boolean),
        ("reasons", Schema.list(Schema.text))
    ])

    /// Files by two names.
    private static let renames = Schema.list(Schema.object([("from", Schema.text), ("to", Schema.text)]))

    /// One finding as a finder writes it, also a line of the bulk transfer. It names a package or a repository.
    static let report = Schema.object([
        ("title", Schema.text), ("package?", Schema.text), ("repository?", Schema.text), ("commit?", Schema.text),
        ("weakness?", Schema.text), ("description?", Schema.text), ("patch?", Schema.text), ("crash?", Schema.text),
        ("renames?", renames), ("entry?", Schema.text), ("sink?", Schema.text),
        ("severity?", Schema.choice(FindingSeverity.allCases.map(\.rawValue))),
        (
            "location?",
            Schema.object([("file", Schema.text), ("function?", Schema.text), ("startLine?", Schema.integer)])
        ),
        ("provenance?", ["type": "object"]), ("fingerprints?", ["type": "object"]), ("idempotencyKey?", Schema.text),
        ("discoveredAt?", Schema.moment)
    ])

    /// What a document is about, said beside it.
    static let subject: [Endpoint.QueryParameter] = [
        .init(
            name: "package", meaning: "the package URL of what the document is about, instead of the document's own",
            isInteger: false
        ),
        .init(name: "repository", meaning: "the repository the document is about", isInteger: false)
    ]

    private static let submit = Endpoint(
        .post, "/v1/findings", "submitFindings",
        "Hand in findings in any format that is read; repeating it with the same Idempotency-Key gives the same answer",
        access: .member(.submitFindings),
        query: [
            .init(
                name: "format",
                meaning: "the format, where Content-Type does not say it: "
                    + FindingFormat.allCases.map(\.rawValue).joined(separator: ", "), isInteger: false
            )
        ] + subject + [
            .init(
                name: "Idempotency-Key", meaning: "the same key and body again give the same answer",
                isInteger: false, isHeader: true
            )
        ],
        body: .init(
            mediaTypes: FindingFormat.mediaTypes, schema: report,
            maximumByteCount: BodyLimit.report
        ),
        answers: [
            .json(
                201, "One receipt a finding that was taken, durable; what was left out, by place",
                Schema.object([("findings", Schema.list(receipt)), ("leftOut", Schema.list(Schema.text))])
            )
        ]
    ) { call in
        let bytes = try await call.bytes()
        let key = try call.idempotencyKey()
        let batch = try FindingReader.batch(
            in: bytes, as: try format(of: call), package: call.query("package"), repository: call.query("repository"),
            idempotencyKey: key
        )
        let answers = try await call.rooms.discovery.submit(
            batch.submissions, asOne: true, under: batch.key, by: try call.caller()
        )
        let leftOut = batch.leftOut + answers.compactMap(refused)
        return Answer.json(
            [
                "findings": .array(answers.compactMap { try? json($0.get()) }),
                "leftOut": .array(leftOut.map { .string($0) })
            ],
            status: 201
        )
    }

    /// One finding that is refused stops no other of its document; it is told with its place.
    private static func refused(_ answer: Result<FindingReceipt, Refusal>) -> String? {
        guard case .failure(let refusal) = answer else { return nil }
        return "\(refusal.place ?? "/"): left out: \(refusal.reason)"
    }

    /// What the parameter says, or else the media type.
    private static func format(of call: Call) throws -> FindingFormat {
        guard let name = call.query("format") else { return FindingFormat(mediaType: call.mediaType) ?? .finding }
        guard let format = FindingFormat(rawValue: name) else {
            let known = FindingFormat.allCases.map(\.rawValue).joined(separator: ", ")
            throw Refusal(.malformed, "\(name) is no format of findings, which are \(known)", place: "query parameter format")
        }
        return format
    }

    private static let submitBulk = Endpoint(
        .post, "/v1/findings/bulk", "submitFindingsInBulk",
        "Hand in findings as NDJSON; answers one line a line, each durable when it is sent, so that a broken transfer resumes after the last answer",
        access: .member(.submitFindings),
        body: .init(mediaTypes: ["application/x-ndjson"], schema: Schema.text, maximumByteCount: .max),
        answers: [
            .init(status: 200, meaning: "One JSON line a line, in order", mediaType: "application/x-ndjson", schema: Schema.text)
        ]
    ) { call in
        BulkIntake(call: call).response()
    }

    private static let findingMembers = [
        ("id", Schema.text), ("member", Schema.text), ("title", Schema.text), ("package", Schema.optionalText),
        ("weakness", Schema.optionalText), ("severity", Schema.optionalText), ("file", Schema.optionalText),
        ("function", Schema.optionalText), ("repository", Schema.optionalText), ("commit", Schema.optionalText),
        ("startLine", ["type": ["integer", "null"]]), ("received", Schema.moment), ("vulnerability", Schema.text),
        ("sequence", Schema.integer), ("finderCount", Schema.integer), ("needsReview", Schema.boolean)
    ]

    private static let finding = Schema.object(findingMembers)

    /// The case of the finding's vulnerability; null where there is none.
    private static let caseFile: JSONValue = [
        "type": ["object", "null"], "required": ["id", "state"],
        "properties": ["id": Schema.text, "state": Schema.choice(["open", "published"])]
    ]

    private static let findingDetail = Schema.object(
        findingMembers + [
            ("description", Schema.text), ("patch", Schema.optionalText), ("crash", Schema.optionalText), ("renames", renames),
            ("entry", Schema.optionalText), ("sink", Schema.optionalText), ("case", caseFile),
            ("provenance", ["type": ["object", "null"]]),
            ("original", Schema.text), ("hasReproducer", Schema.boolean), ("validations", Schema.list(Schema.text)),
            ("discoveredAt", Schema.optionalText), ("further", ["type": ["object", "null"]]),
            ("references", Schema.list(Schema.text)), ("credits", Schema.list(Schema.text)),
            ("doubts", Schema.list(Schema.text)),
            // Members of the federation that say they hold it too; empty for all but coordinators.
            ("peers", FederationEndpoints.peers)
        ]
    )

    private static let filters: [Endpoint.QueryParameter] = [
        .init(name: "needsReview", meaning: "true or false: whether a person has to read it yet", isInteger: false),
        .init(name: "model", meaning: "the exact name of the model that found it", isInteger: false),
        .init(name: "harness", meaning: "the exact name of the program that ran the model or the analysis", isInteger: false),
        .init(
            name: "humanReviewed", meaning: "true or false: whether its finder says that a person looked at it", isInteger: false)
    ]

    private static let list = Endpoint(
        .get, "/v1/findings", "listFindings", "Findings the caller may see, latest first", access: .member(.readFindings),
        query: Paging.parameters + filters,
        answers: [
            .json(200, "A page", Schema.object([("findings", Schema.list(finding)), ("next", ["type": ["integer", "null"]])]))
        ]
    ) { call in
        let page = try Paging(call)
        let findings = try await call.rooms.discovery.findings(
            before: page.before, limit: page.limit, where: try FindingFilter { call.query($0) }, for: try call.caller())
        return Answer.json(["findings": .array(findings.map(json)), "next": page.next(findings.map(\.sequence))])
    }

    private static let read = Endpoint(
        .get, "/v1/findings/{finding}", "readFinding",
        "One finding with everything its finder said, for its finder, the coordinators and the vendor of its case",
        access: .member(.readFindings), answers: [.json(200, "The finding", findingDetail)]
    ) { call in
        let (identifier, caller) = (try call.parameter("finding"), try call.caller())
        let detail = try await call.rooms.discovery.finding(identifier, for: caller)
        let peers = try await call.rooms.claims?.peers(ofFinding: identifier, for: caller) ?? []
        guard case .object(var object) = json(detail) else { return Answer.json(json(detail)) }
        object["peers"] = FederationEndpoints.json(peers)
        return Answer.json(.object(object))
    }

    private static let readOriginal = Endpoint(
        .get, "/v1/findings/{finding}/original", "readFindingOriginal",
        "The bytes the finding arrived in, exactly, for its finder and the coordinators", access: .member(.readFindings),
        answers: [
            .init(status: 200, meaning: "The document", mediaType: "application/octet-stream", schema: Schema.text)
        ]
    ) { call in
        let bytes = try await call.rooms.discovery.original(of: try call.parameter("finding"), for: try call.caller())
        return Answer.bytes(bytes, "application/octet-stream")
    }

    private static let review = Endpoint(
        .post, "/v1/findings/{finding}/review", "reviewFinding",
        "Say that a person compared a finding read from free text with its original; it is joined and counted from then on",
        access: .member(.correlate),
        answers: [.json(200, "Where it belongs now", Schema.object([("vulnerability", Schema.text)]))]
    ) { call in
        let target = try await call.rooms.discovery.review(try call.parameter("finding"), by: try call.caller())
        return Answer.json(["vulnerability": .string(target)])
    }

    private static let reassign = Endpoint(
        .post, "/v1/findings/{finding}/vulnerability", "reassignFinding",
        "Move a finding to another vulnerability, or to one of its own; the reason is kept, and moving back is the same call",
        access: .member(.correlate),
        body: .init(
            mediaTypes: ["application/json"],
            schema: Schema.object([("vulnerability?", Schema.optionalText), ("reason", Schema.text)]),
            maximumByteCount: BodyLimit.command
        ),
        answers: [.json(200, "Where it belongs now", Schema.object([("vulnerability", Schema.text)]))]
    ) { call in
        let body = try await call.json()
        let target = try await call.rooms.discovery.reassign(
            try call.parameter("finding"), to: try body.optionalText("vulnerability"), reason: try body.text("reason"),
            by: try call.caller()
        )
        return Answer.json(["vulnerability": .string(target)])
    }

    private static let readVulnerability = Endpoint(
        .get, "/v1/vulnerabilities/{vulnerability}", "readVulnerability",
        "One vulnerability, its findings, and why each belongs to it", access: .member(.readFindings),
        answers: [
            .json(
                200, "The vulnerability",
                Schema.object([
                    ("id", Schema.text), ("title", Schema.text), ("opened", Schema.moment), ("finderCount", Schema.integer),
                    ("findings", Schema.list(finding)), ("history", Schema.list(Schema.anything))
                ])
            )
        ]
    ) { call in
        let found = try await call.rooms.discovery.vulnerability(try call.parameter("vulnerability"), for: try call.caller())
        return Answer.json(json(found))
    }
}

extension FindingFilter {
    /// By the names of query parameters, of the API and of the page.
    /// - Throws: `malformed` with the parameter.
    init(_ value: (String) -> String?) throws {
        self.init()
        func choice(_ name: String) throws -> Bool? {
            switch value(name) {
            case nil, "": nil
            case "true": true
            case "false": false
            default: throw Refusal(.malformed, "\(name) is true or false", place: "query parameter \(name)")
            }
        }
        (needsReview, humanReviewed) = (try choice("needsReview"), try choice("humanReviewed"))
        (model, harness) = (value("model"), value("harness"))
    }
}

extension FindingEndpoints {
    static func json(_ receipt: FindingReceipt) -> JSONValue {
        [
            "finding": .string(receipt.finding), "vulnerability": .string(receipt.vulnerability),
            "joinedExisting": .bool(receipt.joinedExisting),
            "reasons": .array(receipt.reasons.map { .string($0) })
        ]
    }

    private static func json(_ finding: FindingSummary) -> JSONValue {
        [
            "id": .string(finding.identifier), "member": .string(finding.member), "title": .string(finding.title),
            "package": text(finding.package), "weakness": text(finding.weakness), "severity": text(finding.severity),
            "file": text(finding.file), "function": text(finding.function), "repository": text(finding.repository),
            "commit": text(finding.commit), "startLine": finding.startLine.map { .number(JSONNumber($0)) } ?? .null,
            "received": .string(finding.received.description), "vulnerability": .string(finding.vulnerability),
            "sequence": .number(JSONNumber(finding.sequence)),
            "finderCount": .number(JSONNumber(Int64(finding.finderCount))), "needsReview": .bool(finding.needsReview)
        ]
    }

    private static func json(_ detail: FindingDetail) -> JSONValue {
        let report = detail.report
        let more: [(String, JSONValue)] = [
            ("description", .string(report.detail)), ("patch", text(report.patch)), ("crash", text(report.crash)),
            ("renames", .array(report.renames.map { ["from": .string($0.from), "to": .string($0.to)] })),
            ("entry", text(report.entry)), ("sink", text(report.sink)),
            ("case", detail.caseFile.map { ["id": .string($0.identifier), "state": .string($0.phase)] } ?? .null),
            ("provenance", report.provenance.map { .object($0) } ?? .null), ("original", .string(detail.originalDigest)),
            ("hasReproducer", .bool(detail.hasReproducer)),
            ("validations", .array(detail.validations.map { .string($0) })),
            ("discoveredAt", text(report.discoveredAt)), ("further", report.further.map { .object($0) } ?? .null),
            ("references", .array(report.references.map { .string($0) })),
            ("credits", .array(report.credits.map { .string($0) })),
            ("doubts", .array(report.doubts.map { .string($0) }))
        ]
        let members = json(detail.summary).object?.members.map { ($0.key, $0.value) } ?? []
        return .object(JSONObject(members + more))
    }

    private static func json(_ vulnerability: VulnerabilitySummaryView) -> JSONValue {
        let history = vulnerability.history.map { event -> JSONValue in
            [
                "finding": .string(event.finding), "joined": .bool(event.joined), "actor": .string(event.actor),
                "reasons": .array(event.reasons.map { .string($0) }), "time": .string(event.time.description)
            ]
        }
        return [
            "id": .string(vulnerability.identifier), "title": .string(vulnerability.title),
            "package": text(vulnerability.package), "weakness": text(vulnerability.weakness),
            "opened": .string(vulnerability.opened.description),
            "finderCount": .number(JSONNumber(Int64(vulnerability.finderCount))),
            "findings": .array(vulnerability.findings.map(json)), "history": .array(history)
        ]
    }

    private static func text(_ value: String?) -> JSONValue {
        value.map { .string($0) } ?? .null
    }
}
