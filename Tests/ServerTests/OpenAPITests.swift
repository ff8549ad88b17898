import HTTPTypes
import Hummingbird
import JSONText
import Testing

@testable import Server

@Suite
struct OpenAPITests {
    private static func document(_ desk: Desk) async throws -> JSONValue {
        try await desk.get("/openapi.json").json
    }

    private static func operations(_ document: JSONValue) -> [(method: String, path: String, operation: JSONValue)] {
        (document["paths"]?.object?.members ?? []).flatMap { path in
            (path.value.object?.members ?? []).map { ($0.key, path.key, $0.value) }
        }
    }

    @Test
    func `is a well-formed OpenAPI 3·1 document`() async throws {
        try await TestClearinghouse.open { desk in
            let document = try await Self.document(desk)
            #expect(document["openapi"]?.string?.hasPrefix("3.1.") == true)
            #expect(document["info"]?["title"]?.string?.isEmpty == false)
            #expect(document["info"]?["version"]?.string?.isEmpty == false)
            let methods: Set = ["get", "put", "post", "delete", "options", "head", "patch", "trace"]
            var names: [String] = []
            for (method, path, operation) in Self.operations(document) {
                let place = "\(method) \(path)"
                #expect(path.hasPrefix("/") && !path.contains("*"), "\(place)")
                #expect(methods.contains(method), "\(place)")
                names.append(operation["operationId"]?.string ?? "")
                checkParameters(operation, path, place)
                checkAnswers(operation, document, place)
            }
            #expect(Set(names).count == names.count, "operationIds repeat")
            #expect(!names.contains(""))
        }
    }

    /// Every `{name}` of the path is a required path parameter, and every path parameter is in the path.
    private func checkParameters(_ operation: JSONValue, _ path: String, _ place: String) {
        let inPath = path.split(separator: "/").filter { $0.hasPrefix("{") }.map { String($0.dropFirst().dropLast()) }
        let parameters = operation["parameters"]?.array ?? []
        let declared = parameters.filter { $0["in"]?.string == "path" }
        #expect(declared.compactMap { $0["name"]?.string }.sorted() == inPath.sorted(), "\(place)")
        #expect(declared.allSatisfy { $0["required"]?.bool == true }, "\(place)")
        for parameter in parameters {
            #expect(["path", "query", "header"].contains(parameter["in"]?.string ?? ""), "\(place)")
            #expect(parameter["schema"]?.object != nil, "\(place)")
        }
    }

    private func checkAnswers(_ operation: JSONValue, _ document: JSONValue, _ place: String) {
        let answers = operation["responses"]?.object?.members ?? []
        #expect(answers.contains { $0.key.hasPrefix("2") }, "\(place) has no success")
        #expect(answers.contains { $0.key == "default" }, "\(place) has no problem")
        for answer in answers {
            #expect(answer.key == "default" || Int(answer.key).map { (100...599).contains($0) } == true, "\(place)")
            #expect(answer.value["description"]?.string?.isEmpty == false, "\(place)")
            for content in answer.value["content"]?.object?.members ?? [] {
                #expect(content.key.contains("/"), "\(place)")
                let reference = content.value["schema"]?["$ref"]?.string
                if let reference { #expect(reference == "#/components/schemas/Problem", "\(place)") }
            }
        }
        #expect(document["components"]?["schemas"]?["Problem"]?.object != nil)
        for requirement in operation["security"]?.array ?? [] {
            for scheme in requirement.object?.keys ?? [] {
                #expect(document["components"]?["securitySchemes"]?[scheme]?.object != nil, "\(place)")
            }
        }
    }

    @Test
    func `knows every route that is served, and names none that is not`() async throws {
        try await TestClearinghouse.open { desk in
            let router = BreakwaterServer(rooms: desk.house.rooms, logLevel: "critical").router()
            let served = Set(router.routes.map { "\($0.method.rawValue) \($0.path)" })
            let pages = Set(PageRoutes.known.map { "\($0.method.rawValue) \($0.template)" })
            let documented = Set(
                Self.operations(try await Self.document(desk)).map { method, path, _ in
                    "\(method.uppercased()) \(path == "/log/tile/{resource}" ? "/log/tile/**" : path)"
                }
            )
            #expect(served.subtracting(pages).subtracting(["GET /openapi.json"]) == documented)
            #expect(pages.isSubset(of: served))
            #expect(pages.isDisjoint(with: documented))
        }
    }

    @Test
    func `says which operations need a token, and which scope`() async throws {
        try await TestClearinghouse.open { desk in
            for (method, path, operation) in Self.operations(try await Self.document(desk)) {
                let url = path.split(separator: "/").map { $0.hasPrefix("{") ? "none" : String($0) }.reduce("") { "\($0)/\($1)" }
                let verb = try #require(HTTPRequest.Method(method.uppercased()))
                let reply = try await desk.send(verb, url)
                #expect((reply.status == 401) == (operation["security"] != nil), "\(method) \(path) answered \(reply.status)")
            }
        }
    }

    @Test
    func `answers every operation at least once as it declares`() async throws {
        try await TestClearinghouse.open { desk in
            let walk = try await Walk(desk)
            let (finding, vulnerability, caseIdentifier, advisory) = try await walk.published()
            try await desk.integrate()
            // What the walk to the advisory did not call; every answer is held to its declaration by the desk.
            let reads = [
                "/v1/members", "/v1/findings", "/v1/findings/\(finding)", "/v1/vulnerabilities/\(vulnerability)", "/v1/cases",
                "/v1/cases/\(caseIdentifier)", "/v1/advisories", "/v1/advisories/\(advisory)/osv",
                "/v1/advisories/\(advisory)/csaf",
                "/v1/advisories/\(advisory)/adoption", "/v1/feed", "/v1/identity", "/v1/health", "/log/checkpoint",
                "/log/tile/0/000.p/1"
            ]
            for path in reads {
                let reply = try await desk.get(path, as: walk.coordinator)
                #expect(reply.status == 200, "\(path): \(reply.text)")
                #expect(reply.headers[.xContentTypeOptions] == "nosniff", "\(path)")
            }
        }
    }
}

@Suite
struct UnknownRouteTests {
    @Test
    func `answers unknown paths of the API with a problem, and others with a page`() async throws {
        try await TestClearinghouse.open { desk in
            for path in ["/v1", "/v1/nothing", "/v1/findings/a/b/c", "/log/nothing"] {
                let reply = try await desk.get(path)
                #expect(reply.status == 404, "\(path)")
                #expect(reply.headers[.contentType] == "application/problem+json", "\(path)")
            }
            for path in ["/nothing", "/findings/a/b", "/favicon.ico"] {
                let reply = try await desk.get(path)
                #expect(reply.status == 404, "\(path)")
                #expect(reply.headers[.contentType]?.hasPrefix("text/html") == true, "\(path)")
            }
        }
    }

    @Test
    func `answers known paths with a method they do not know with 405, naming those they do`() async throws {
        try await TestClearinghouse.open { desk in
            let reply = try await desk.send(.delete, "/v1/findings")
            #expect(reply.status == 405)
            #expect(reply.headers[.allow]?.split(separator: ", ").sorted() == ["GET", "POST"])
            // A finding could be named so, but its route does not get the path.
            let bulk = try await desk.get("/v1/findings/bulk")
            #expect(bulk.status == 405)
            #expect(bulk.headers[.allow] == "POST")
            #expect(try await desk.send(.post, "/log/tile/0/000").status == 405)
            #expect(try await desk.send(.put, "/advisories").status == 405)
        }
    }

    @Test
    func `answers HEAD like GET without a body`() async throws {
        try await TestClearinghouse.open { desk in
            for path in ["/", "/v1/health", "/v1/feed", "/openapi.json"] {
                let reply = try await desk.send(.head, path)
                #expect(reply.status == 200, "\(path)")
                #expect(reply.bytes.isEmpty, "\(path)")
            }
        }
    }

    @Test
    func `matches templates segment by segment`() {
        let cases: [(String, String, Bool)] = [
            ("/v1/findings/{finding}", "/v1/findings/f1", true), ("/v1/findings/{finding}", "/v1/findings", false),
            ("/v1/findings/{finding}", "/v1/findings/f1/x", false), ("/log/tile/**", "/log/tile/0/000.p/7", true),
            ("/log/tile/**", "/log/tile", false), ("/", "/", true), ("/", "/x", false), ("/v1/health", "/v1/healthy", false)
        ]
        for (template, path, taken) in cases { #expect(KnownRoute(.get, template).takes(path) == taken, "\(template) \(path)") }
    }
}
