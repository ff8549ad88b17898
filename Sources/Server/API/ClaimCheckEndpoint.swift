import Clearinghouse
import Hummingbird
import JSONText
import Sealing

/// scrutineer's `POST /claim-check` (its openapi.yaml). It is there only while a federation is configured: else, and for every other
/// method, the path answers like any that nobody knows, so that nobody can tell who takes part.
enum ClaimCheckEndpoint {
    /// A digest in hexadecimal and its name, with room for spaces.
    private static let maximumByteCount = 1_024

    static func endpoint(_ claims: Claims) -> Endpoint {
        Endpoint(
            .post, "/claim-check", "claimCheck", "Check whether this instance already holds a federated finding claim",
            access: .anyone,
            body: .init(
                mediaTypes: ["application/json"], schema: Schema.object([("hash", Schema.text)]),
                maximumByteCount: maximumByteCount),
            answers: [
                .json(200, "Claim-check result", Schema.object([("match", Schema.boolean), ("contact?", Schema.text)])),
                .init(
                    status: 503, meaning: "The findings are still being read; ask again after Retry-After",
                    mediaType: "application/problem+json", schema: Schema.object([("detail", Schema.text)]))
            ]
        ) { call in
            let text = try await call.json().text("hash")
            guard text.utf8.allSatisfy({ !(0x41...0x5A).contains($0) }), let hash = Digest(hex: text) else {
                throw Refusal(.malformed, "hash is 64 lower-case hexadecimal digits", place: "/hash")
            }
            let contact = try await claims.contact(for: hash)
            let members = [("match", JSONValue.bool(contact != nil))] + (contact.map { [("contact", .string($0))] } ?? [])
            return Answer.json(.object(JSONObject(members)))
        }
    }
}
