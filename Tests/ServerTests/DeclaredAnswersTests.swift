import HTTPTypes
import JSONText
import Testing

@testable import Server

/// The check every answer is held to has to be able to fail.
@Suite
struct DeclaredAnswersTests {
    @Test
    func `notices missing members, wrong types and words that were not declared`() {
        let schema = Schema.object([
            ("id", Schema.text), ("count?", Schema.integer), ("state", Schema.choice(["on", "off"])),
            ("parts", Schema.list(Schema.object([("name", Schema.optionalText)])))
        ])
        let good: JSONValue = ["id": "a", "state": "on", "parts": [["name": nil], ["name": "b"]]]
        #expect(DeclaredAnswers.violations(of: good, schema, at: "").isEmpty)
        let wrong: [JSONValue] = [
            ["state": "on", "parts": []], ["id": 1, "state": "on", "parts": []], ["id": "a", "state": "up", "parts": []],
            ["id": "a", "state": "on", "parts": [[:]]], ["id": "a", "state": "on", "parts": [["name": 7]]],
            ["id": "a", "state": "on", "parts": [], "count": "1"], []
        ]
        for value in wrong { #expect(!DeclaredAnswers.violations(of: value, schema, at: "").isEmpty, "\(value)") }
    }

    @Test
    func `notices answers of an undeclared status or media type, and problems that say nothing`() {
        func violations(_ status: Int, _ type: String, _ body: String) -> [String] {
            let reply = Reply(status: status, headers: [.contentType: type], bytes: Array(body.utf8))
            return DeclaredAnswers.violations(of: reply, to: .get, "/v1/health")
        }
        #expect(!violations(200, "text/html", "<p>").isEmpty)
        #expect(!violations(200, "application/json", "{}").isEmpty)
        #expect(!violations(204, "application/json", "").isEmpty)
        #expect(!violations(500, "application/problem+json", "{\"title\":\"\",\"status\":500}").isEmpty)
        #expect(
            !violations(500, "application/problem+json", "{\"type\":\"t\",\"title\":\"t\",\"detail\":\"d\",\"status\":400}")
                .isEmpty)
    }
}
