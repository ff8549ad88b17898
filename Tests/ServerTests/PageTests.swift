import HTTPTypes
import JSONText
import TestKit
import Testing

@testable import Server

@Suite
struct PageTests {
    private static let publicPaths = ["/", "/advisories", "/log", "/health", "/sign-in"]
    private static let memberPaths = ["/findings", "/cases"]

    @Test
    func `serves every public page without a token, as HTML that runs and loads nothing`() async throws {
        try await TestClearinghouse.open { desk in
            for path in Self.publicPaths {
                let reply = try await desk.get(path)
                #expect(reply.status == 200, "\(path)")
                #expect(reply.headers[.contentType] == "text/html; charset=utf-8", "\(path)")
                #expect(
                    reply.headers[.contentSecurityPolicy]?.hasPrefix("default-src 'none'; style-src 'sha256-") == true, "\(path)")
                #expect(reply.headers[.xContentTypeOptions] == "nosniff", "\(path)")
                #expect(reply.headers[.init("Referrer-Policy")!] == "same-origin", "\(path)")
                #expect(!reply.text.contains("<script"), "\(path)")
                #expect(!reply.text.contains(" style="), "the policy forbids style attributes: \(path)")
                #expect(reply.text.contains("<html lang=\"en\">"), "\(path)")
            }
        }
    }

    @Test
    func `has one heading of the first level and well-nested tags on every page`() async throws {
        try await TestClearinghouse.open { desk in
            let walk = try await Walk(desk)
            let (finding, vulnerability, caseIdentifier, advisory) = try await walk.published()
            try await desk.integrate()
            let paths =
                Self.publicPaths + Self.memberPaths + [
                    "/findings/\(finding)", "/vulnerabilities/\(vulnerability)", "/cases/\(caseIdentifier)",
                    "/advisories/\(advisory)", "/nothing"
                ]
            for path in paths {
                let reply = try await desk.page(path, as: walk.coordinator)
                let tags = Markup.tags(in: reply.text)
                #expect(tags.count { $0 == "<h1>" } == 1, "\(path)")
                #expect(tags.count { $0 == "<main>" } == 1, "\(path)")
                #expect(Self.unbalanced(tags) == nil, "\(path)")
                // Nothing of the walk holds a `<`: where one is escaped, our own markup was taken for text.
                #expect(!reply.text.contains("&lt;") && !reply.text.contains("HTML("), "\(path)")
            }
        }
    }

    /// The first end tag that ends something else than what is open; nil for a well-nested page.
    private static func unbalanced(_ tags: [String]) -> String? {
        let empty: Set = ["<meta>", "<input>", "<path>", "<path/>", "<br>", "<!doctype>"]
        var open: [String] = []
        for tag in tags where !empty.contains(tag) && !tag.hasPrefix("<path") {
            if tag.hasPrefix("</") {
                guard open.popLast() == "<" + tag.dropFirst(2) else { return tag }
            } else {
                open.append(tag)
            }
        }
        return open.last
    }

    @Test
    func `asks for a sign-in where a page needs one, with 401 and no word on what is there`() async throws {
        try await TestClearinghouse.open { desk in
            let walk = try await Walk(desk)
            let (finding, vulnerability) = try await walk.submitted()
            let caseIdentifier = try await walk.open(vulnerability)
            let paths =
                Self.memberPaths + ["/findings/\(finding)", "/vulnerabilities/\(vulnerability)", "/cases/\(caseIdentifier)"]
            for path in paths {
                let reply = try await desk.get(path)
                #expect(reply.status == 401, "\(path)")
                #expect(reply.text.contains("/sign-in?next="), "\(path)")
                #expect(!reply.text.contains("tide"), "\(path)")
            }
            for path in ["/cases", "/findings"] {
                let list = try await desk.page(path, as: walk.coordinator).text
                #expect(list.contains(path == "/cases" ? caseIdentifier : finding), "\(path)")
            }
            // The same answer for what does not exist: the page of a case nobody opened looks just like it.
            let (there, absent) = (try await desk.get("/cases/\(caseIdentifier)"), try await desk.get("/cases/BWC-2026-9999"))
            #expect(there.text.replacing(caseIdentifier, with: "") == absent.text.replacing("BWC-2026-9999", with: ""))
        }
    }

    @Test
    func `shows on public pages no more of what is under embargo than how much there is`() async throws {
        try await TestClearinghouse.open { desk in
            let walk = try await Walk(desk)
            let (finding, vulnerability) = try await walk.submitted()
            let caseIdentifier = try await walk.open(vulnerability)
            try await desk.integrate()
            for path in Self.publicPaths {
                let text = try await desk.get(path).text
                for secret in ["tide", "lab-a", finding, vulnerability, caseIdentifier, "CWE-122"] {
                    #expect(!text.contains(secret), "\(path) shows \(secret)")
                }
            }
            #expect(try await desk.get("/").text.contains("<dt>Findings</dt><dd>1</dd>"))
        }
    }

    @Test
    func `shows a finder its finding and keeps it from another`() async throws {
        try await TestClearinghouse.open { desk in
            let walk = try await Walk(desk)
            let stranger = try await desk.member("lab-b", "finder")
            let (finding, vulnerability) = try await walk.submitted()
            let own = try await desk.page("/findings/\(finding)", as: walk.finder)
            #expect(own.status == 200)
            for word in [
                "Heap overflow in tide_expand", "CWE-122", "A run length from the file is used unchecked.", "example-1", "kelp"
            ] {
                #expect(own.text.contains(word), "\(word)")
            }
            #expect(try await desk.page("/findings", as: walk.finder).text.contains(finding))
            #expect(!(try await desk.page("/findings", as: stranger).text.contains(finding)))
            for path in ["/findings/\(finding)", "/vulnerabilities/\(vulnerability)"] {
                #expect(try await desk.page(path, as: stranger).status == 404, "\(path)")
            }
        }
    }

    @Test
    func `shows why each finding belongs, and every move`() async throws {
        try await TestClearinghouse.open { desk in
            let walk = try await Walk(desk)
            let other = try await desk.member("lab-b", "finder")
            let (_, vulnerability) = try await walk.submitted()
            let second = try #require(try await walk.submit(Walk.report("Out-of-bounds write"), as: other)["finding"]?.string)
            _ = try await desk.post(
                "/v1/findings/\(second)/vulnerability", ["reason": "a different overflow"], as: walk.coordinator)
            let page = try await desk.page("/vulnerabilities/\(vulnerability)", as: walk.coordinator)
            #expect(page.text.contains("Belongs here:"))
            #expect(page.text.contains("a different overflow"))
        }
    }

    @Test
    func `shows a case with the end of its embargo in UTC, the time left, fixes, verdicts and the timeline`() async throws {
        try await TestClearinghouse.open { desk in
            let walk = try await Walk(desk)
            let (finding, vulnerability) = try await walk.submitted()
            try await walk.attachReproducer(to: finding)
            _ = try await walk.validate(finding)
            let caseIdentifier = try await walk.open(vulnerability)
            _ = try await walk.attachFix(to: caseIdentifier)
            _ = try await desk.send(
                .put, "/v1/cases/\(caseIdentifier)/embargo", as: walk.coordinator,
                bytes: Array("{\"until\":\"2027-02-01T09:30:00Z\",\"reason\":\"the vendor needs a week\"}".utf8)
            )
            let page = try await desk.page("/cases/\(caseIdentifier)", as: walk.vendor)
            #expect(page.status == 200)
            for words in [
                "Monday, 1 February 2027, 09:30 UTC", " left", "1.2.1", "proposed", "reproduced", "3 of 3 runs",
                "the vendor needs a week",
                "Embargo moved to", "Opened, with an embargo until"
            ] { #expect(page.text.contains(words), "\(words)") }
            desk.house.clock.advance(by: .seconds(400 * 86_400))
            #expect(try await desk.page("/cases/\(caseIdentifier)", as: walk.coordinator).status == 401, "the token has expired")
        }
    }

    @Test
    func `shows an advisory with ranges, references, documents and the way to its proof`() async throws {
        try await TestClearinghouse.open { desk in
            let walk = try await Walk(desk)
            _ = try await desk.postLines("/v1/advisories/import?source=go", [ImportTests.record("GO-1")], as: walk.coordinator)
            let advisory = try await walk.published().advisory
            let waiting = try await desk.get("/advisories/\(advisory)")
            #expect(waiting.text.contains("The next checkpoint"))
            try await desk.integrate()
            let page = try await desk.get("/advisories/\(advisory)")
            for words in [
                "1.0.0", "fixed in", "1.2.1", "/v1/advisories/\(advisory)/csaf", "/v1/advisories/\(advisory)/osv",
                "No operator has reported", "/log/tile/0/000.p/"
            ] {
                #expect(page.text.contains(words), "\(words)")
            }
            // Every link of the page leads somewhere.
            for link in Self.links(in: page.text) where link.hasPrefix("/") {
                let reply = try await desk.get(link.replacing("&amp;", with: "&"))
                #expect([200, 401].contains(reply.status), "\(link) answered \(reply.status)")
            }
            let imported = try await desk.get("/advisories/GO-1").text
            #expect(imported.contains("the first version"))
            #expect(imported.contains("rel=\"nofollow noopener noreferrer\""))
            #expect(!imported.contains("/csaf"))
            #expect(try await desk.get("/advisories?source=go").text.contains("GO-1"))
            #expect(!(try await desk.get("/advisories?source=breakwater").text.contains("GO-1")))
            #expect(try await desk.get("/advisories/GO-2").status == 404)
        }
    }

    private static func links(in text: String) -> [String] {
        text.split(separator: "href=\"").dropFirst().map { String($0.prefix { $0 != "\"" }) }
    }

    @Test
    func `finds an advisory by an alias that leads to it alone`() async throws {
        try await TestClearinghouse.open { desk in
            let walk = try await Walk(desk)
            let lines = [("GO-1", "CVE-2026-1"), ("GO-2", "CVE-2026-2"), ("GO-3", "CVE-2026-2")].map { identifier, alias in
                "{\"id\":\"\(identifier)\",\"modified\":\"2026-01-01T00:00:00Z\",\"aliases\":[\"\(alias)\"]}"
            }
            _ = try await desk.postLines("/v1/advisories/import", lines, as: walk.coordinator)
            #expect(try await desk.get("/advisories/CVE-2026-1").text.contains("GO-1"))
            #expect(try await desk.get("/advisories/CVE-2026-2").status == 404)
        }
    }

    @Test
    func `pages through advisories`() async throws {
        try await TestClearinghouse.open { desk in
            let walk = try await Walk(desk)
            _ = try await desk.postLines(
                "/v1/advisories/import", (0..<120).map { ImportTests.record("GO-\($0)") }, as: walk.coordinator)
            var (next, seen): (String?, [String]) = ("/advisories", [])
            while let path = next {
                let text = try await desk.get(path).text
                let links = Self.links(in: text)
                seen += links.filter { $0.hasPrefix("/advisories/GO-") }
                next = links.first { $0.contains("before=") }
            }
            #expect(seen.count == 120 && Set(seen).count == 120)
        }
    }
}

extension Desk {
    /// A page as somebody sees it who signed in with this token.
    func page(_ path: String, as token: String) async throws -> Reply {
        try await send(.get, path, headers: ["Cookie": "breakwater_token=\(token)"])
    }
}
