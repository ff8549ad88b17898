public import Sealing

/// A key that may have signed notes, with the name and the key ID under which its signatures stand.
///
/// https://c2sp.org/signed-note, "Signature types" and "Verifier keys". Of the assigned types, those are known that
/// logs and witnesses sign checkpoints with today; ML-DSA-44 (type 6) is not, since our cryptographic library lacks it.
public struct NoteVerifier: Sendable, Hashable {
    /// The signature type, with the key.
    public enum Kind: Sendable, Hashable {
        /// Type 1: Ed25519 over the note's text.
        case ed25519(VerificationKey)
        /// Type 4: a witness's Ed25519 signature over a time and the note's text (https://c2sp.org/tlog-cosignature).
        case cosignature(VerificationKey)
        /// Type 5: the tree head signature of an RFC 6962 log (https://c2sp.org/static-ct-api, "Checkpoints").
        case treeHeadSignature(P256VerificationKey)
    }

    /// The name.
    public let name: NoteKeyName
    /// The type and the key.
    public let kind: Kind
    /// The first 32 bits of a hash over name, type and key.
    public let keyID: UInt32

    /// A key under a name.
    public init(name: NoteKeyName, kind: Kind) {
        self.name = name
        self.kind = kind
        self.keyID = NoteVerifier.keyID(name, NoteVerifier.encoded(kind))
    }

    /// Reads a verifier key ("vkey"): `<name>+<key ID in hexadecimal>+<Base 64 of type and key>`.
    ///
    /// - Throws: `malformedKey` if it is not one, its type is not 1 or 4, or its key ID is not that of name and key.
    public init(vkey: String) throws(TransparencyLogError) {
        // Only Base 64 can contain further plus signs.
        let parts = vkey.utf8.split(separator: UInt8(ascii: "+"), maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let material = try? Base64.decode(String(Substring(parts[2]))),
            let kind = NoteVerifier.kind(material)
        else { throw TransparencyLogError(.malformedKey, "not a verifier key of a known type") }
        self.init(name: try NoteKeyName(String(Substring(parts[0]))), kind: kind)
        guard parts[1].elementsEqual(hexKeyID.utf8) else {
            throw TransparencyLogError(.malformedKey, "the key ID is not that of name and key")
        }
    }

    /// The verifier key, or nil for type 5, for which none is defined.
    public var vkey: String? {
        if case .treeHeadSignature = kind { return nil }
        return "\(name)+\(hexKeyID)+\(Base64.encode(NoteVerifier.encoded(kind)))"
    }

    private var hexKeyID: String {
        Hexadecimal.encode((0..<4).map { UInt8(truncatingIfNeeded: keyID >> (24 - 8 * UInt32($0))) })
    }

    /// The key without type and name, to tell that two verifiers are the same party.
    var keyBytes: [UInt8] { [UInt8](NoteVerifier.encoded(kind).dropFirst()) }

    /// The type byte and the key, as the key ID covers them. For type 5 the log ID stands for the key.
    private static func encoded(_ kind: Kind) -> [UInt8] {
        switch kind {
        case .ed25519(let key): [0x01] + key.bytes
        case .cosignature(let key): [0x04] + key.bytes
        case .treeHeadSignature(let key): [0x05] + Digest(hashing: key.subjectPublicKeyInfo).bytes
        }
    }

    private static func kind(_ encoded: [UInt8]) -> Kind? {
        guard let type = encoded.first, let key = VerificationKey(bytes: encoded.dropFirst()) else { return nil }
        return switch type {
        case 0x01: .ed25519(key)
        case 0x04: .cosignature(key)
        default: nil
        }
    }

    private static func keyID(_ name: NoteKeyName, _ encoded: [UInt8]) -> UInt32 {
        Digest(hashing: Array(name.text.utf8) + [0x0A] + encoded).bytes[..<4].reduce(0) { $0 << 8 | UInt32($1) }
    }
}

/// When a signature says that it was made; covered by it.
public enum NoteTimestamp: Sendable, Hashable {
    /// Seconds since 1970-01-01T00:00:00Z, of a cosignature.
    case seconds(UInt64)
    /// Milliseconds since 1970-01-01T00:00:00Z, of an RFC 6962 tree head.
    case milliseconds(UInt64)
}

extension NoteVerifier {
    /// What a signature of this key over the note's text turns out to be.
    enum Judgement {
        case invalid
        case valid(NoteTimestamp?)
    }

    /// Whether the signature stands under this key's name and ID, so that it must be valid.
    func isNamed(by signature: NoteSignature) -> Bool {
        keyID == signature.keyID && name == signature.name
    }

    func judge(_ signature: NoteSignature, over text: [UInt8]) -> Judgement {
        switch kind {
        case .ed25519(let key):
            guard let signature = Signature(bytes: signature.bytes), key.isValid(signature: signature, for: text)
            else { return .invalid }
            return .valid(nil)
        case .cosignature(let key):
            return Cosignature.judge(signature.bytes, by: key, over: text)
        case .treeHeadSignature(let key):
            return TreeHeadSignature.judge(signature.bytes, by: key, named: name, over: text)
        }
    }
}
