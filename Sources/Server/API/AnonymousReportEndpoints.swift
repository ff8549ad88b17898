import AdvisoryFormats
import CivilTime
import Clearinghouse
import HTTPTypes
import JSONText

/// Reports without a token, followed with a claim code. The code travels in a header: addresses end up in logs.
enum AnonymousReportEndpoints {
    static let all = [submit, read, message, credit, withdraw, list, readByDesk, answer, destroy].map(\.unstored)

    private static let claimCode = Endpoint.QueryParameter(
        name: "Claim-Code", meaning: "the code that was shown when the report was handed in", isInteger: false, isHeader: true
    )

    private static let members: [(String, JSONValue)] = [
        ("report", Schema.text), ("state", Schema.choice(AnonymousReport.State.allCases.map(\.rawValue))),
        ("received", Schema.moment), ("credited", Schema.optionalText), ("advisories", Schema.list(Schema.text)),
        (
            "messages",
            Schema.list(
                Schema.object([
                    ("from", Schema.choice(["reporter", "clearinghouse"])), ("text", Schema.text), ("sent", Schema.moment)
                ])
            )
        )
    ]
    private static let report = Schema.object(members)
    private static let text = Endpoint.BodyDescription(
        mediaTypes: ["application/json"], schema: Schema.object([("text", Schema.text)]), maximumByteCount: BodyLimit.command
    )

    private static let submit = Endpoint(
        .post, "/v1/reports", "submitAnonymousReport",
        "Report without a token, where this clearinghouse takes such reports: one finding as in submitFindings, text or mail, of at most 64 KiB. The claim code is shown once",
        access: .anyone, query: FindingEndpoints.subject,
        body: .init(
            mediaTypes: AnonymousReports.formats.map(\.mediaType), schema: FindingEndpoints.report,
            maximumByteCount: AnonymousReportLimits.maximumByteCount
        ),
        answers: [
            .json(201, "Durable", Schema.object([("report", Schema.text), ("claimCode", Schema.text)]))
        ]
    ) { call in
        let code = try await call.rooms.anonymousReports.submit(
            try await call.bytes(), as: FindingFormat(mediaType: call.mediaType) ?? .finding, package: call.query("package"),
            repository: call.query("repository")
        )
        return Answer.json(["report": .string(code.report), "claimCode": .string(code.text)], status: 201)
    }

    private static let read = Endpoint(
        .get, "/v1/report", "readAnonymousReport", "What became of a report, for whoever has its claim code", access: .anyone,
        query: [claimCode], answers: [.json(200, "The report", report)]
    ) { call in
        Answer.json(json(try await call.rooms.anonymousReports.report(with: try code(call))))
    }

    private static let message = Endpoint(
        .post, "/v1/report/messages", "addToAnonymousReport", "Add what the reporter has to say", access: .anyone,
        query: [claimCode], body: text, answers: [.json(201, "The report", report)]
    ) { call in
        let code = try code(call)
        let words = try await call.json().text("text")
        return Answer.json(json(try await call.rooms.anonymousReports.add(words, with: code)), status: 201)
    }

    private static let credit = Endpoint(
        .post, "/v1/report/credit", "claimCreditForReport",
        "Say that the reporter is the member whose token comes along; advisories then give it credit", access: .member(nil),
        query: [claimCode], answers: [.json(200, "The report", report)]
    ) { call in
        Answer.json(json(try await call.rooms.anonymousReports.credit(try call.caller(), with: try code(call))))
    }

    private static let withdraw = Endpoint(
        .delete, "/v1/report", "withdrawAnonymousReport",
        "Take a report back, for good: nobody can read it any more, and the key of its finding and its messages is destroyed within a day",
        access: .anyone,
        query: [claimCode], answers: [.json(200, "Withdrawn", Schema.object([("withdrawn", Schema.text)]))]
    ) { call in
        let code = try code(call)
        try await call.rooms.anonymousReports.withdraw(with: code)
        return Answer.json(["withdrawn": .string(code.report)])
    }

    private static let summary = Schema.object([
        ("report", Schema.text), ("finding", Schema.text), ("title", Schema.text), ("received", Schema.moment),
        ("messageCount", Schema.integer), ("awaitsAnswer", Schema.boolean), ("sequence", Schema.integer)
    ])

    private static let list = Endpoint(
        .get, "/v1/reports", "listReports", "Anonymous reports that were not taken back, latest first, for coordinators",
        access: .member(.coordinate), query: Paging.parameters,
        answers: [
            .json(200, "A page", Schema.object([("reports", Schema.list(summary)), ("next", ["type": ["integer", "null"]])]))
        ]
    ) { call in
        let page = try Paging(call)
        let reports = try await call.rooms.anonymousReports.reports(
            before: page.before, limit: page.limit, for: try call.caller())
        return Answer.json(["reports": .array(reports.map(json)), "next": page.next(reports.map(\.sequence))])
    }

    private static let readByDesk = Endpoint(
        .get, "/v1/reports/{report}", "readReport", "An anonymous report and its finding, for coordinators",
        access: .member(.coordinate),
        answers: [.json(200, "The report", Schema.object(members + [("finding", Schema.text)]))]
    ) { call in
        let found = try await call.rooms.anonymousReports.report(try call.parameter("report"), for: try call.caller())
        return Answer.json(json(found, [("finding", .string(found.finding))]))
    }

    private static let answer = Endpoint(
        .post, "/v1/reports/{report}/messages", "answerReport", "Answer an anonymous reporter, who reads it with the claim code",
        access: .member(.coordinate), body: text, answers: [.json(201, "The report", report)]
    ) { call in
        let words = try await call.json().text("text")
        let found = try await call.rooms.anonymousReports.answer(
            try call.parameter("report"), words, by: try call.caller()
        )
        return Answer.json(json(found), status: 201)
    }

    private static let destroy = Endpoint(
        .delete, "/v1/reports/{report}", "destroyReport", "Destroy an anonymous report, for good", access: .member(.coordinate),
        query: [.init(name: "reason", meaning: "why; needed, and kept in the clear", isInteger: false)],
        answers: [.json(200, "Destroyed", Schema.object([("withdrawn", Schema.text)]))]
    ) { call in
        let report = try call.parameter("report")
        try await call.rooms.anonymousReports.destroy(report, reason: call.query("reason") ?? "", by: try call.caller())
        return Answer.json(["withdrawn": .string(report)])
    }
}

extension Endpoint {
    /// The same operation, whose answers are kept by nobody: they have a claim code or what only its owner may read.
    fileprivate var unstored: Endpoint {
        Endpoint(
            method, path, operation, summary, access: access, query: query, body: body, answers: answers
        ) { call in Answer.unstored(try await handle(call)) }
    }
}

extension AnonymousReportEndpoints {
    private static func code(_ call: Call) throws -> ClaimCode {
        guard let text = call.header("Claim-Code") else {
            throw Refusal(.malformed, "the claim code is missing", place: "header Claim-Code")
        }
        return try ClaimCode(text)
    }

    private static func json(_ report: ReportSummary) -> JSONValue {
        [
            "report": .string(report.identifier), "finding": .string(report.finding), "title": .string(report.title),
            "received": .string(report.received.description), "messageCount": .number(JSONNumber(report.messageCount)),
            "awaitsAnswer": .bool(report.awaitsAnswer), "sequence": .number(JSONNumber(report.sequence))
        ]
    }

    private static func json(_ report: AnonymousReport, _ more: [(String, JSONValue)] = []) -> JSONValue {
        let messages = report.messages.map { message -> JSONValue in
            [
                "from": .string(message.isReporters ? "reporter" : "clearinghouse"), "text": .string(message.text),
                "sent": .string(message.sent.description)
            ]
        }
        let members: [(String, JSONValue)] = [
            ("report", .string(report.identifier)), ("state", .string(report.state.rawValue)),
            ("received", .string(report.received.description)),
            ("credited", report.credited.map { .string($0) } ?? .null),
            ("advisories", .array(report.advisories.map { .string($0) })), ("messages", .array(messages))
        ]
        return .object(JSONObject(members + more))
    }
}
