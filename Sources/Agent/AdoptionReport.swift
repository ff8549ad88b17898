package import CivilTime
package import Client
import JSONText
package import Sealing

/// The operator's signed word that an advisory is dealt with. It names the advisory and nothing of the inventory.
package struct AdoptionReport: Sendable {
    package static let predicateType = "https://breakwater.dev/attestation/adoption/v1"

    private let envelope: [UInt8]

    package init(advisory: String, osv: [UInt8], status: String, at time: Timestamp, signedBy key: SigningKey) throws {
        let statement = try InTotoStatement(
            subjects: [.init(name: advisory, sha256: Digest(hashing: osv))], predicateType: AdoptionReport.predicateType,
            predicate: JSONObject([
                ("advisory", .string(advisory)), ("status", .string(status)), ("time", .string(time.description))
            ])
        )
        envelope = try DSSEEnvelope(
            payloadType: InTotoStatement.payloadType, payload: statement.jsonBytes(), signedBy: [key]
        ).jsonBytes()
    }

    /// - Returns: how many operators report the advisory done now.
    package func send(to client: ClearinghouseClient) async throws -> Int64 {
        let bytes = try await client.bytes(.post, "/v1/adoption", envelope)
        return try JSONValue(parsing: bytes)["done"]?.integer ?? 0
    }
}
