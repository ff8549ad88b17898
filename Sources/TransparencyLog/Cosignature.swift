internal import Sealing

/// The Ed25519 cosignature of https://c2sp.org/tlog-cosignature: eight bytes of time, then the signature.
enum Cosignature {
    /// Times are below 2^63, so that signed numbers can hold them.
    static let latestTimestamp = UInt64(Int64.max)

    /// What is signed: a fixed line that separates domains, the time, and the checkpoint's text.
    static func message(text: [UInt8], seconds: UInt64) -> [UInt8] {
        Array("cosignature/v1\ntime \(seconds)\n".utf8) + text
    }

    /// A cosignature is about a checkpoint, so over any other text it is invalid.
    static func judge(_ bytes: [UInt8], by key: VerificationKey, over text: [UInt8]) -> NoteVerifier.Judgement {
        let seconds = BigEndian.number(bytes.prefix(8))
        guard seconds <= latestTimestamp, let signature = Signature(bytes: bytes.dropFirst(8)),
            (try? Checkpoint(parsing: text)) != nil,
            key.isValid(signature: signature, for: message(text: text, seconds: seconds))
        else { return .invalid }
        return .valid(.seconds(seconds))
    }
}

/// Numbers as TLS structures write them (RFC 8446 section 3.3).
enum BigEndian {
    static func number(_ bytes: some Sequence<UInt8>) -> UInt64 {
        bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }

    static func bytes(_ number: UInt64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * UInt64($0))) }
    }
}
