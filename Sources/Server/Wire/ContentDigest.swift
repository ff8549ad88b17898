import Clearinghouse
import Sealing

/// The header `Content-Digest` (RFC 9530): digests of a body by algorithm, `sha-256=:<base64>:`.
struct ContentDigest {
    /// Nil where only other algorithms are named, which a reader may pass over (section 5).
    let sha256: Digest?

    /// - Throws: `malformed` for a SHA-256 that is none.
    init(_ field: String) throws {
        var found: Digest?
        for member in field.split(separator: ",") {
            let pair = member.split(separator: "=", maxSplits: 1)
            guard pair.count == 2, pair[0].filter({ $0 != " " }).lowercased() == "sha-256" else { continue }
            let value = pair[1].filter { $0 != " " }
            guard value.hasPrefix(":"), value.hasSuffix(":"),
                let bytes = try? Base64.decode(String(value.dropFirst().dropLast())),
                let digest = Digest(bytes: bytes)
            else {
                throw Refusal(.malformed, "a SHA-256 is written sha-256=:base64:", place: "header Content-Digest")
            }
            found = digest
        }
        sha256 = found
    }
}
