package import JSONText
package import Sealing
import TransparencyLog

/// The name and keys of a clearinghouse, pinned on first contact.
package struct ClearinghouseIdentity: Sendable, Hashable {
    package let origin: String
    /// The log's key, as C2SP signed-note writes it.
    package let logKey: String
    package let signingKey: VerificationKey

    package init(json: JSONValue) throws {
        guard
            let origin = json["origin"]?.string, let logKey = json["logKey"]?.string,
            let key = json["signingKey"]?.string.flatMap(Hexadecimal.decode).flatMap({ VerificationKey(bytes: $0) })
        else { throw AgentError(.malformed, "the clearinghouse's identity is not complete") }
        self.origin = origin
        self.logKey = logKey
        self.signingKey = key
    }

    var json: JSONValue {
        [
            "logKey": .string(logKey), "origin": .string(origin), "signingKey": .string(Hexadecimal.encode(signingKey.bytes))
        ]
    }

    func trustedLog() throws -> TrustedLog {
        TrustedLog(origin: origin, verifiers: [try NoteVerifier(vkey: logKey)])
    }
}
