/// A signed note as someone sent it (https://c2sp.org/signed-note): well-formed, and believed by nobody.
public struct UnverifiedNote: Sendable, Hashable {
    /// How many signature lines are read. The specification asks for at least 16.
    public static let maximumSignatureCount = 100
    /// How many bytes are read. A hundred of the largest signatures in use, 5 kB each, fit.
    public static let maximumByteCount = 1_000_000

    /// What is claimed to be signed, with its final line feed. It must not be used before `verified(by:)` returns.
    public let unverifiedText: [UInt8]
    /// The signature lines in order.
    public let signatures: [NoteSignature]

    /// Reads a note.
    ///
    /// - Throws: `malformedNote` if it is too long, is not UTF-8, has control characters other than line feeds, lacks
    ///   the empty line before its signatures, or has none, too many, or lines among them that are no signatures.
    public init(parsing bytes: [UInt8]) throws(TransparencyLogError) {
        guard bytes.count <= UnverifiedNote.maximumByteCount else {
            throw TransparencyLogError(.malformedNote, "a note of \(bytes.count) bytes is too long")
        }
        guard NoteText.isAllowed(bytes) else {
            throw TransparencyLogError(.malformedNote, "not UTF-8, or it has control characters")
        }
        guard let split = UnverifiedNote.lastEmptyLine(in: bytes) else {
            throw TransparencyLogError(.malformedNote, "no empty line before the signatures")
        }
        self.unverifiedText = [UInt8](bytes[..<split])
        self.signatures = try UnverifiedNote.signatures(bytes[(split + 1)...])
    }

    /// The offset of the last line feed that ends an empty line.
    private static func lastEmptyLine(in bytes: [UInt8]) -> Int? {
        bytes.indices.dropFirst().last { bytes[$0] == NoteText.lineFeed && bytes[$0 - 1] == NoteText.lineFeed }
    }

    private static func signatures(_ bytes: ArraySlice<UInt8>) throws(TransparencyLogError) -> [NoteSignature] {
        guard bytes.last == NoteText.lineFeed else {
            throw TransparencyLogError(.malformedNote, "no signatures, or no line feed after them")
        }
        let lines = bytes.dropLast().split(separator: NoteText.lineFeed, omittingEmptySubsequences: false)
        guard lines.count <= maximumSignatureCount else {
            throw TransparencyLogError(.malformedNote, "\(lines.count) signatures are too many")
        }
        var signatures: [NoteSignature] = []
        for (index, line) in lines.enumerated() {
            guard let signature = NoteSignature(line: line) else {
                throw TransparencyLogError(.malformedNote, "not a signature", at: "signature line \(index + 1)")
            }
            signatures.append(signature)
        }
        return signatures
    }

    /// The note, if a trusted key signed it.
    ///
    /// Signatures under other names or key IDs are ignored, as the specification demands; they may be of types that we
    /// do not know. All signatures of trusted keys must be valid.
    ///
    /// - Throws: `invalidSignature` if one that stands under the name and ID of a trusted key is not valid;
    ///   `untrusted` if there is none.
    public func verified(by verifiers: [NoteVerifier]) throws(TransparencyLogError) -> VerifiedNote {
        var verified: [VerifiedNote.Signature] = []
        for signature in signatures {
            let candidates = verifiers.filter { $0.isNamed(by: signature) }
            guard !candidates.isEmpty else { continue }
            guard let valid = firstValid(signature, candidates) else {
                throw TransparencyLogError(.invalidSignature, "a signature by \(signature.name) is not valid")
            }
            verified.append(valid)
        }
        guard !verified.isEmpty else { throw TransparencyLogError(.untrusted, "no trusted key signed") }
        return VerifiedNote(text: unverifiedText, signatures: verified)
    }

    private func firstValid(_ signature: NoteSignature, _ candidates: [NoteVerifier]) -> VerifiedNote.Signature? {
        for verifier in candidates {
            if case .valid(let timestamp) = verifier.judge(signature, over: unverifiedText) {
                return VerifiedNote.Signature(verifier: verifier, timestamp: timestamp, signature: signature)
            }
        }
        return nil
    }
}

/// A note that a trusted key signed. Only `UnverifiedNote.verified(by:)` makes one.
public struct VerifiedNote: Sendable, Hashable {
    /// A signature that was found to be valid.
    public struct Signature: Sendable, Hashable {
        /// The trusted key that made it.
        public let verifier: NoteVerifier
        /// When it says it was made, if its type states a time.
        public let timestamp: NoteTimestamp?
        /// The signature line.
        public let signature: NoteSignature
    }

    /// What was signed, with its final line feed.
    public let text: [UInt8]
    /// The valid signatures of trusted keys, in the order of their lines; at least one. A key may have several.
    public let signatures: [Signature]
}

/// What the text of notes may contain.
enum NoteText {
    static let lineFeed: UInt8 = 0x0A

    static func isAllowed(_ bytes: [UInt8]) -> Bool {
        bytes.allSatisfy { $0 >= 0x20 || $0 == lineFeed } && (try? UTF8Span(validating: bytes.span)) != nil
    }
}
