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
