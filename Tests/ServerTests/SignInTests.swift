import HTTPTypes
import TestKit
import Testing

@testable import Server

@Suite
struct SignInTests {
    private static let own = ["Sec-Fetch-Site": "same-origin"]

    private static func signIn(
        _ desk: Desk, _ token: String, next: String? = nil, headers: [String: String] = own
    ) async throws -> Reply {
        let body = "token=\(PercentEncoding.encode(token))" + (next.map { "&next=\(PercentEncoding.encode($0))" } ?? "")
        return try await desk.send(
            .post, "/sign-in", bytes: Array(body.utf8), type: "application/x-www-form-urlencoded", headers: headers)
    }

    @Test
    func `keeps the token in a cookie that no script reads and no other site sends`() async throws {
        try await TestClearinghouse.open { desk in
            let token = try await desk.member("lab-a", "finder")
            let reply = try await Self.signIn(desk, " \(token)\n")
            #expect(reply.status == 303)
            #expect(reply.headers[.location] == "/")
            #expect(reply.headers[.setCookie] == "breakwater_token=\(token); Path=/; HttpOnly; SameSite=Strict")
            #expect(try await desk.page("/findings", as: token).status == 200)
            let page = try await desk.page("/", as: token)
            #expect(page.text.contains("Sign out lab-a"))
            #expect(page.headers[.cacheControl] == "private, no-store")
        }
    }

    @Test
    func `marks the cookie secure where the browser came over TLS`() async throws {
        try await TestClearinghouse.open { desk in
            let token = try await desk.member("lab-a", "finder")
            let reply = try await Self.signIn(desk, token, headers: Self.own.merging(["X-Forwarded-Proto": "https"]) { $1 })
            #expect(reply.headers[.setCookie]?.hasSuffix("; Secure") == true)
        }
    }

    @Test
    func `refuses a wrong token without repeating it, and sets no cookie`() async throws {
        try await TestClearinghouse.open { desk in
            for token in ["", "wrong", "bw_t0_<script>", "bw_a_b; Path=/x"] {
                let reply = try await Self.signIn(desk, token)
                #expect(reply.status == 401, "\(token)")
                #expect(reply.headers[.setCookie] == nil, "\(token)")
                #expect(token.isEmpty || !reply.text.contains(token), "\(token)")
            }
        }
    }

    @Test
    func `refuses forms that another site sent`() async throws {
        try await TestClearinghouse.open { desk in
            let token = try await desk.member("lab-a", "finder")
            let foreign: [[String: String]] = [
                [:], ["Sec-Fetch-Site": "cross-site"], ["Sec-Fetch-Site": "same-site"], ["Sec-Fetch-Site": "none"],
                ["Origin": "null"],
                ["Origin": "https://evil.example"], ["Origin": "http://localhost.evil.example"],
                ["Origin": "http://localhost:81"],
                ["Origin": "http://localhost", "Sec-Fetch-Site": "cross-site"]
            ]
            for headers in foreign {
                let reply = try await Self.signIn(desk, token, headers: headers)
                #expect(reply.status == 403, "\(headers)")
                #expect(reply.headers[.setCookie] == nil, "\(headers)")
                let out = try await desk.send(.post, "/sign-out", bytes: [], headers: headers)
                #expect(out.status == 403, "\(headers)")
            }
            #expect(try await Self.signIn(desk, token, headers: ["Origin": "http://localhost"]).status == 303)
        }
    }

    @Test
    func `goes on to pages of this site and nowhere else`() async throws {
        try await TestClearinghouse.open { desk in
            let token = try await desk.member("lab-a", "finder")
            for path in ["/findings", "/findings/f1", "/vulnerabilities/v1", "/cases/BWC-2026-0001"] {
                #expect(try await Self.signIn(desk, token, next: path).headers[.location] == path, "\(path)")
            }
            let elsewhere = [
                "https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil.example", "/findings/..//evil.example",
                "/cases@evil.example",
                "/findings\r\nSet-Cookie: a=b", "javascript:alert(1)", "/sign-out", "", "/findings?x=1", "/.//evil.example",
                "findings"
            ]
            for path in elsewhere {
                #expect(try await Self.signIn(desk, token, next: path).headers[.location] == "/", "\(path)")
                let form = try await desk.get("/sign-in?next=\(PercentEncoding.encode(path))")
                #expect(form.text.contains("name=\"next\" value=\"/\""), "\(path)")
            }
        }
    }

    @Test
    func `removes the cookie when signing out`() async throws {
        try await TestClearinghouse.open { desk in
            let reply = try await desk.send(.post, "/sign-out", bytes: [], headers: Self.own)
            #expect(reply.status == 303)
            #expect(reply.headers[.setCookie]?.contains("breakwater_token=; Max-Age=0") == true)
        }
    }

    @Test
    func `treats an expired or foreign cookie as no cookie`() async throws {
        try await TestClearinghouse.open { desk in
            _ = try await desk.member("lab-a", "finder")
            let token = try await desk.token(of: "lab-a", lifetimeInSeconds: 60)
            desk.house.clock.advance(by: .seconds(61))
            for cookie in [token, "x", "bw_1_2", "\"\""] {
                #expect(try await desk.page("/", as: cookie).status == 200, "\(cookie)")
                #expect(try await desk.page("/findings", as: cookie).status == 401, "\(cookie)")
            }
        }
    }

    @Test
    func `tells a member without the scope that it lacks it`() async throws {
        try await TestClearinghouse.open { desk in
            let token = try await desk.member("hospital", "operator")
            let reply = try await desk.page("/findings", as: token)
            #expect(reply.status == 403)
            #expect(reply.text.contains("findings:read"))
        }
    }

    @Test
    func `does not take a form that is too long`() async throws {
        try await TestClearinghouse.open { desk in
            let reply = try await Self.signIn(desk, String(repeating: "a", count: 5_000))
            #expect(reply.status == 413)
        }
    }
}
