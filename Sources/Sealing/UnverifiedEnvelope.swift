internal import JSONText

/// A DSSE envelope as someone sent it: well-formed, and believed by nobody.
///
/// It gives away its payload only through `verified(by:threshold:)`.
public struct UnverifiedEnvelope: Sendable, Hashable {
    /// How many signatures are read; more are refused. Each may cost one verification per trusted key, and no honest
    /// envelope has more than a handful.
    public static let maximumSignatureCount = 32

    private let envelope: DSSEEnvelope

    /// What the sender says that the payload is.
    public var claimedPayloadType: String { envelope.payloadType }

    /// Reads the JSON envelope of envelope.md: Base 64 of either alphabet, members that we do not know are ignored.
    ///
    /// - Throws: `malformedEnvelope`, with the place, for anything that is not such an envelope, has no signature or
    ///   more than `maximumSignatureCount`.
    public init(parsing bytes: [UInt8]) throws(SealingError) {
        do {
            self.envelope = try JSONReader.read(bytes) { (reader) throws(JSONError) in
                try UnverifiedEnvelope.readEnvelope(&reader)
            }
        } catch {
            let place = JSONText.pointer(toByteOffset: error.byteOffset, in: bytes)
            throw SealingError(.malformedEnvelope, error.reason, at: place.isEmpty ? "byte \(error.byteOffset)" : place)
        }
    }

    /// The envelope, if enough of the given keys signed it.
    ///
    /// Each key counts once, however often it signed. Signatures that no given key made are skipped, and hints are not
    /// looked at: they are not authenticated (protocol.md, "Multi-signature Verification").
    ///
    /// - Parameters:
    ///   - keys: The keys that the caller trusts for this kind of payload.
    ///   - threshold: How many different ones must have signed; at least 1.
    /// - Throws: `tooFewSignatures`, also if the threshold is below 1, which would trust anything.
    public func verified(by keys: [VerificationKey], threshold: Int) throws(SealingError) -> VerifiedEnvelope {
        let message = DSSE.preAuthenticationEncoding(payloadType: envelope.payloadType, payload: envelope.payload)
        let signatures = envelope.signatures.compactMap { Signature(bytes: $0.bytes) }
        var signers: [VerificationKey] = []
        for key in keys where !signers.contains(key) {
            if signatures.contains(where: { key.isValid(signature: $0, for: message) }) { signers.append(key) }
        }
        guard threshold >= 1, signers.count >= threshold else {
            throw SealingError(
                .tooFewSignatures, "\(signers.count) trusted keys signed, and \(threshold) are required (at least 1)")
        }
        return VerifiedEnvelope(payloadType: envelope.payloadType, payload: envelope.payload, signers: signers)
    }
}

/// An envelope that enough trusted keys signed. Only `UnverifiedEnvelope.verified(by:threshold:)` makes one.
public struct VerifiedEnvelope: Sendable, Hashable {
    /// What the payload is; covered by the signatures.
    public let payloadType: String
    /// The signed bytes.
    public let payload: [UInt8]
    /// The trusted keys that signed, each once, in the order in which they were given.
    public let signers: [VerificationKey]

    init(payloadType: String, payload: [UInt8], signers: [VerificationKey]) {
        self.payloadType = payloadType
        self.payload = payload
        self.signers = signers
    }

    /// The payload, if it is of the type that the caller can read. Types are compared byte by byte.
    ///
    /// - Throws: `unexpectedPayloadType`.
    public func payload(ofType type: String) throws(SealingError) -> [UInt8] {
        guard type.utf8.elementsEqual(payloadType.utf8) else {
            throw SealingError(.unexpectedPayloadType, "the payload is of another type", at: "/payloadType")
        }
        return payload
    }
}

extension UnverifiedEnvelope {
    private static func readEnvelope(_ reader: inout JSONReader) throws(JSONError) -> DSSEEnvelope {
        var payload: [UInt8]?
        var payloadType: String?
        var signatures: [DSSESignature]?
        let start = reader.offset
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "payload": payload = try readBase64(&reader)
            case "payloadType": payloadType = try reader.readString()
            case "signatures": signatures = try readSignatures(&reader)
            default: break
            }
        }
        guard let payload, let payloadType, !payloadType.isEmpty, let signatures, !signatures.isEmpty else {
            throw reader.failure(.missingMember, "an envelope needs payload, payloadType and signatures", at: start)
        }
        return DSSEEnvelope(payloadType: payloadType, payload: payload, signatures: signatures)
    }

    private static func readSignatures(_ reader: inout JSONReader) throws(JSONError) -> [DSSESignature] {
        var signatures: [DSSESignature] = []
        try reader.readArray { (reader) throws(JSONError) in
            guard signatures.count < maximumSignatureCount else {
                throw reader.failure(.tooLarge, "more than \(maximumSignatureCount) signatures")
            }
            signatures.append(try readSignature(&reader))
        }
        return signatures
    }

    private static func readSignature(_ reader: inout JSONReader) throws(JSONError) -> DSSESignature {
        var keyID: String?
        var bytes: [UInt8]?
        let start = reader.offset
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "keyid": keyID = try reader.readString()
            case "sig": bytes = try readBase64(&reader)
            default: break
            }
        }
        guard let bytes else { throw reader.failure(.missingMember, "a signature needs sig", at: start) }
        return DSSESignature(keyID: keyID, bytes: bytes)
    }

    /// Verifiers must read both alphabets (protocol.md). The URL alphabet is customarily written without padding too
    /// (RFC 4648 section 5), so there it may be missing.
    private static func readBase64(_ reader: inout JSONReader) throws(JSONError) -> [UInt8] {
        let start = reader.offset
        let text = try reader.readString()
        if let bytes = try? Base64.decode(text) { return bytes }
        if let bytes = try? Base64.decode(text, alphabet: .url, padding: .optional) { return bytes }
        throw reader.failure(.badValue, "not Base 64", at: start)
    }
}
