/// Why Sealing refused something. Match on `code`; `reason` is for people and never holds secret or embargoed bytes.
public struct SealingError: Error, Sendable {
    /// What went wrong, by kind. Later versions may add codes, so a `switch` over them needs a `default`.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Kind: String {
            case malformedBase64, malformedKey, malformedEnvelope, malformedStatement, malformedSealedContent
            case tooFewSignatures, unexpectedPayloadType
            case notAuthentic, commitmentMismatch
            case malformedElement, inputTooLong, unprovenEvaluation
        }

        private let kind: Kind

        /// The text is not Base 64 in the one canonical form.
        public static let malformedBase64 = Code(kind: .malformedBase64)
        /// The bytes are not a key of the stated kind.
        public static let malformedKey = Code(kind: .malformedKey)
        /// The bytes are not a DSSE JSON envelope.
        public static let malformedEnvelope = Code(kind: .malformedEnvelope)
        /// The payload is not an in-toto Statement v1.
        public static let malformedStatement = Code(kind: .malformedStatement)
        /// The bytes are not a sealed content frame.
        public static let malformedSealedContent = Code(kind: .malformedSealedContent)
        /// Fewer distinct trusted keys signed than the threshold asks for.
        public static let tooFewSignatures = Code(kind: .tooFewSignatures)
        /// The payload is of another type than the reader asked for.
        public static let unexpectedPayloadType = Code(kind: .unexpectedPayloadType)
        /// The key, the context or the bytes are not those that were sealed.
        public static let notAuthentic = Code(kind: .notAuthentic)
        /// The box opened, but to content other than the commitment beside it states.
        public static let commitmentMismatch = Code(kind: .commitmentMismatch)

        /// The bytes are not a point of the curve or a proof in the one canonical form.
        public static let malformedElement = Code(kind: .malformedElement)
        /// An input of the oblivious function has more bytes than RFC 9497 allows.
        public static let inputTooLong = Code(kind: .inputTooLong)
        /// The evaluation was not made with the stated key, or not of the blinded element that was sent.
        public static let unprovenEvaluation = Code(kind: .unprovenEvaluation)

        /// The code's name.
        public var description: String { kind.rawValue }
    }

    /// The kind of failure.
    public let code: Code
    /// A sentence for logs.
    public let reason: String
    /// Where, as a byte offset or a JSON Pointer (RFC 6901), if there is a place.
    public let path: String?

    package init(_ code: Code, _ reason: String, at path: String? = nil) {
        self.code = code
        self.reason = reason
        self.path = path
    }
}

extension SealingError: CustomStringConvertible {
    /// Code, reason and place in one line.
    public var description: String {
        "\(code): \(reason)" + (path.map { " (at \($0))" } ?? "")
    }
}
