import Clearinghouse
import HTTPTypes
import HummingbirdTesting
import JSONText
import JournalSQLite
import NIOCore
import Server
import Testing

/// Where a test stands when it talks to a clearinghouse: requests go out, every answer is held to its declared schema.
struct Desk: Sendable {
    let house: TestClearinghouse
    let client: any TestClientProtocol

    func send(
        _ method: HTTPRequest.Method, _ uri: String, as token: String? = nil, bytes: [UInt8]? = nil,
        type: String = "application/json",
        headers: [String: String] = [:]
    ) async throws -> Reply {
        var fields = HTTPFields()
        if let token { fields[.authorization] = "Bearer \(token)" }
        if bytes != nil { fields[.contentType] = type }
        for (name, value) in headers {
            fields[try #require(HTTPField.Name(name))] = value
        }
        let response = try await client.executeRequest(
            uri: uri, method: method, headers: fields, body: bytes.map { ByteBuffer(bytes: $0) }
        )
        let reply = Reply(status: response.status.code, headers: response.headers, bytes: Array(response.body.readableBytesView))
        let violations = DeclaredAnswers.violations(of: reply, to: method, uri)
        #expect(violations.isEmpty, "\(method) \(uri) answered \(reply.status) \(reply.text): \(violations)")
        return reply
    }

    func get(_ uri: String, as token: String? = nil) async throws -> Reply {
        try await send(.get, uri, as: token)
    }

    func post(
        _ uri: String, _ body: JSONValue, as token: String? = nil, headers: [String: String] = [:]
    ) async throws -> Reply {
        try await send(.post, uri, as: token, bytes: body.bytes(), headers: headers)
    }

    /// Lines as NDJSON.
    func postLines(_ uri: String, _ lines: [String], as token: String?) async throws -> Reply {
        try await send(
            .post, uri, as: token, bytes: Array(lines.map { $0 + "\n" }.joined().utf8), type: "application/x-ndjson"
        )
    }

    /// Registers a member of one role with the usual scopes, or these.
    /// - Returns: its token.
    func member(_ identifier: String, _ role: String, scopes: [String]? = nil, key: String? = nil) async throws -> String {
        let registered = try await post(
            "/v1/members",
            [
                "id": .string(identifier), "name": .string("The \(identifier)"), "roles": [.string(role)],
                "verificationKey": key.map { .string($0) } ?? .null
            ],
            as: house.adminToken
        )
        try #require(registered.status == 201, "\(registered.text)")
        return try await token(of: identifier, scopes: scopes)
    }

    func token(of member: String, scopes: [String]? = nil, lifetimeInSeconds: Int64 = 90 * 86_400) async throws -> String {
        var body = JSONObject([("lifetimeInSeconds", .number(JSONNumber(lifetimeInSeconds)))])
        if let scopes { body["scopes"] = .array(scopes.map { .string($0) }) }
        let issued = try await post("/v1/members/\(member)/tokens", .object(body), as: house.adminToken)
        return try issued.text("token")
    }

    /// Brings the log up to the journal, as the sequencer does a few times a second.
    func integrate() async throws {
        _ = try await house.journal.integrate()
    }

    /// Correlates what was handed in, as the worker does.
    func correlateAll() async throws {
        let correlator = FindingCorrelator(journal: house.journal, environment: house.rooms.environment)
        while try await correlator.step() {}
    }

    /// Runs every waiting replay, as the worker does.
    func replayAll() async throws {
        while try await house.rooms.validation.runNextReplay() {}
    }
}

/// What came back.
struct Reply: Sendable {
    let status: Int
    let headers: HTTPFields
    let bytes: [UInt8]

    var text: String { String(decoding: bytes, as: UTF8.self) }

    var json: JSONValue {
        get throws { try JSONValue(parsing: bytes) }
    }

    /// The lines of an NDJSON answer.
    var lines: [JSONValue] {
        get throws { try text.split(separator: "\n").map { try JSONValue(parsing: String($0)) } }
    }

    func text(_ member: String) throws -> String {
        try #require(try json[member]?.string, "no \(member) in \(status) \(text)")
    }

    func list(_ member: String) throws -> [JSONValue] {
        try #require(try json[member]?.array, "no \(member) in \(status) \(text)")
    }
}
