import Clearinghouse
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import JSONText
import TestKit
import Testing

@testable import Server

@Suite
struct AnonymousReportTests {
    private static let finding: JSONValue = ["title": "A <hidden> flaw", "package": "pkg:npm/left-pad@1.2.0"]

    private static func withReports(_ test: @escaping @Sendable (Desk) async throws -> Void) async throws {
        try await TestClearinghouse.open { desk in
            let server = BreakwaterServer(rooms: desk.house.rooms.takingAnonymousReports(), logLevel: "critical")
            try await Application(router: server.router()).test(.router) { client in
                try await test(Desk(house: desk.house, client: client))
            }
        }
    }

    @Test
    func `is off unless it was turned on`() async throws {
        try await TestClearinghouse.open { desk in
            #expect(try await desk.post("/v1/reports", Self.finding).status == 403)
            let page = try await desk.get("/report")
            #expect(page.status == 200 && page.text.contains("takes no reports without a token"))
        }
    }

    @Test
    func `is handed in without a token, followed and added to with the code, credited, and taken back`() async throws {
        try await Self.withReports { desk in
            let handedIn = try await desk.post("/v1/reports", Self.finding)
            #expect(handedIn.status == 201, "\(handedIn.text)")
            #expect(handedIn.headers[.cacheControl] == "private, no-store")
            let (report, code) = (try handedIn.text("report"), ["Claim-Code": try handedIn.text("claimCode")])
            #expect(try handedIn.json.object?.members.count == 2, "nothing tells whether it was known")
            let added = try await desk.post("/v1/report/messages", ["text": "It happens at night."], headers: code)
            #expect(added.status == 201)
            let answered = try await desk.post(
                "/v1/reports/\(report)/messages", ["text": "Thank you."], as: desk.house.adminToken)
            #expect(answered.status == 201)
            let state = try await desk.send(.get, "/v1/report", headers: code)
            #expect(try state.text("state") == "answered")
            #expect(state.headers[.cacheControl] == "private, no-store")
            #expect(try state.list("messages").compactMap { $0["from"]?.string } == ["reporter", "clearinghouse"])
            let token = try await desk.member("lab-a", "finder")
            #expect(try await desk.send(.post, "/v1/report/credit", headers: code).status == 401)
            let credited = try await desk.send(.post, "/v1/report/credit", as: token, headers: code)
            #expect(try credited.text("credited") == "lab-a")
            let byDesk = try await desk.get("/v1/reports/\(report)", as: desk.house.adminToken)
            #expect(try byDesk.text("finding").isEmpty == false)
            #expect(try await desk.get("/v1/reports/\(report)", as: token).status == 403)
            #expect(try await desk.send(.delete, "/v1/report", headers: code).status == 200)
            #expect(try await desk.send(.get, "/v1/report", headers: code).status == 404)
        }
    }

    @Test
    func `is written as mail or text too, and listed for the desk until it is answered`() async throws {
        try await Self.withReports { desk in
            let mail = "From: a@example.org\r\nSubject: A <hidden> flaw\r\n\r\nThe parser reads behind its buffer.\r\n"
            let sent = try await desk.send(
                .post, "/v1/reports?package=pkg:npm/left-pad", bytes: Array(mail.utf8), type: "message/rfc822")
            #expect(sent.status == 201, "\(sent.text)")
            #expect(try await desk.post("/v1/reports", Self.finding).status == 201)
            let sarif = try await desk.send(.post, "/v1/reports", bytes: Array("{}".utf8), type: "application/sarif+json")
            #expect(sarif.status == 415)
            let (report, desk_) = (try sent.text("report"), desk.house.adminToken)
            let list = try await desk.get("/v1/reports?limit=1", as: desk_)
            #expect(try list.list("reports").count == 1 && list.json["next"]?.integer != nil)
            let all = try await desk.get("/v1/reports", as: desk_).list("reports")
            let mailed = try #require(all.last)
            #expect(mailed["report"]?.string == report && mailed["title"] == "A <hidden> flaw" && mailed["awaitsAnswer"] == true)
            let finding = try await desk.get("/v1/findings/\(mailed["finding"]?.string ?? "")", as: desk_).json
            #expect(finding["package"] == "pkg:npm/left-pad" && finding["needsReview"] == true)
            let finder = try await desk.member("lab-a", "finder")
            #expect(try await desk.get("/v1/reports", as: finder).status == 403)
            let page = try await desk.page("/reports", as: desk_)
            #expect(page.status == 200 && page.text.contains("/reports/\(report)") && page.text.contains("waits for an answer"))
            for path in ["/reports", "/reports/\(report)"] {
                #expect(try await desk.page(path, as: finder).status == 403, "\(path)")
                #expect(try await desk.get(path).status == 401, "\(path)")
            }
            let code = ["Claim-Code": try sent.text("claimCode")]
            _ = try await desk.post("/v1/report/messages", ["text": "At <night>."], headers: code)
            #expect(try await desk.page("/reports/\(report)", as: desk_).text.contains("At &lt;night&gt;."))
            let form = "application/x-www-form-urlencoded"
            let cookie = ["Cookie": "breakwater_token=\(desk_)", "Sec-Fetch-Site": "same-origin"]
            let answered = try await desk.send(
                .post, "/reports/\(report)", bytes: Array("text=Thank+you.".utf8), type: form, headers: cookie)
            #expect(answered.status == 200 && answered.text.contains("Thank you."), "\(answered.text)")
            let strange = try await desk.send(
                .post, "/reports/\(report)", bytes: Array("text=x".utf8), type: form, headers: ["Cookie": cookie["Cookie"] ?? ""])
            #expect(strange.status == 403, "a form of another site")
            let told = try await desk.send(.get, "/v1/report", headers: code)
            #expect(try told.list("messages").compactMap { $0["text"]?.string } == ["At <night>.", "Thank you."])
            let later = try await desk.get("/v1/reports", as: desk_).list("reports")
            #expect(later.map { $0["awaitsAnswer"] } == [true, false] && later.last?["messageCount"]?.integer == 2)
            _ = try await desk.send(.delete, "/v1/report", headers: code)
            #expect(try await desk.get("/v1/reports", as: desk_).list("reports").count == 1)
        }
    }

    @Test
    func `refuses what is too long, no finding, or comes without a code, naming the place`() async throws {
        try await Self.withReports { desk in
            let long: JSONValue = ["title": .string(String(repeating: "x", count: 70_000))]
            #expect(try await desk.post("/v1/reports", long).status == 413)
            let nameless = try await desk.post("/v1/reports", ["package": "pkg:npm/left-pad@1.2.0"])
            #expect(nameless.status == 400)
            #expect(try !nameless.text("place").isEmpty || nameless.json["byteOffset"] != nil)
            let codeless = try await desk.get("/v1/report")
            #expect(codeless.status == 400)
            #expect(try codeless.text("place") == "header Claim-Code")
        }
    }

    @Test
    func `has a plain form that shows the code once, and one that looks after a report`() async throws {
        try await Self.withReports { desk in
            let own = ["Sec-Fetch-Site": "same-origin"]
            let form = "title=A+%3Chidden%3E+flaw&package=pkg%3Anpm%2Fleft-pad%401.2.0&repository=&weakness=&description=x"
            let type = "application/x-www-form-urlencoded"
            #expect(try await desk.get("/report").text.contains("<form class=\"box\" method=\"post\" action=\"/report\">"))
            let strange = try await desk.send(.post, "/report", bytes: Array(form.utf8), type: type)
            #expect(strange.status == 403, "a form of another site")
            let sent = try await desk.send(.post, "/report", bytes: Array(form.utf8), type: type, headers: own)
            #expect(sent.status == 201, "\(sent.text)")
            let code = try #require(sent.text.split(separator: "<pre>").last?.split(separator: "<").first)
            #expect(code.hasPrefix("bwr_"))
            let look = try await desk.send(
                .post, "/report/state", bytes: Array("code=+\(code)".utf8), type: type, headers: own)
            #expect(look.status == 200 && look.text.contains("received"), "\(look.text)")
            let wrong = try await desk.send(.post, "/report/state", bytes: Array("code=bwr_x_y".utf8), type: type, headers: own)
            #expect(wrong.status == 404)
        }
    }
}
