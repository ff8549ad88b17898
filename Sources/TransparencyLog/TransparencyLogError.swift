/// Why the log's arithmetic or one of its texts was refused. Match on `code`; `reason` is for people.
///
/// Nothing in this target has state that an error could leave half changed: after a throw, the receiver is as before.
public struct TransparencyLogError: Error, Sendable {
    /// What went wrong, by kind. Later versions may add codes, so a `switch` over them needs a `default`.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Kind: String {
            case indexOutOfRange, sizeOutOfRange, invalidSubtree, wrongProofLength, rootMismatch
            case malformedPath, malformedTile, missingTile, malformedEntryBundle, entryTooLong
            case malformedNote, malformedKey, malformedCheckpoint, malformedRequest
            case invalidSignature, untrusted, unexpectedOrigin, tooFewCosignatures, timestampOutOfRange, cannotSign
        }

        private let kind: Kind

        /// The entry is not in the tree or subtree.
        public static let indexOutOfRange = Code(kind: .indexOutOfRange)
        /// The sizes do not stand in the relation that the operation needs, or are beyond `TreeHead.maximumSize`.
        public static let sizeOutOfRange = Code(kind: .sizeOutOfRange)
        /// The interval is not a subtree.
        public static let invalidSubtree = Code(kind: .invalidSubtree)
        /// The proof has more or fewer hashes than the sizes demand.
        public static let wrongProofLength = Code(kind: .wrongProofLength)
        /// The proof leads to another hash than the one stated.
        public static let rootMismatch = Code(kind: .rootMismatch)
        /// The text is not the path of a tile or bundle, in the one form it may have.
        public static let malformedPath = Code(kind: .malformedPath)
        /// The bytes are not a tile of the stated width.
        public static let malformedTile = Code(kind: .malformedTile)
        /// A tile that is needed is not there, or is narrower than needed.
        public static let missingTile = Code(kind: .missingTile)
        /// The bytes are not an entry bundle of the stated width.
        public static let malformedEntryBundle = Code(kind: .malformedEntryBundle)
        /// The entry is longer than a bundle can hold.
        public static let entryTooLong = Code(kind: .entryTooLong)
        /// The bytes are not a signed note.
        public static let malformedNote = Code(kind: .malformedNote)
        /// The text is not a verifier key that we know how to use, or the name is not a key name.
        public static let malformedKey = Code(kind: .malformedKey)
        /// The note's text is not a checkpoint.
        public static let malformedCheckpoint = Code(kind: .malformedCheckpoint)
        /// The bytes are not an add-checkpoint request.
        public static let malformedRequest = Code(kind: .malformedRequest)
        /// A signature that names a trusted key is not valid.
        public static let invalidSignature = Code(kind: .invalidSignature)
        /// No trusted key signed.
        public static let untrusted = Code(kind: .untrusted)
        /// The checkpoint is of another log than the one asked for.
        public static let unexpectedOrigin = Code(kind: .unexpectedOrigin)
        /// Fewer witnesses cosigned than required.
        public static let tooFewCosignatures = Code(kind: .tooFewCosignatures)
        /// A cosignature cannot state this time.
        public static let timestampOutOfRange = Code(kind: .timestampOutOfRange)
        /// The cryptographic library refused to sign.
        public static let cannotSign = Code(kind: .cannotSign)

        /// The code's name.
        public var description: String { kind.rawValue }
    }

    /// The kind of failure.
    public let code: Code
    /// A sentence for logs.
    public let reason: String
    /// Where: a line, a byte offset or a tile path, if there is a place.
    public let path: String?

    init(_ code: Code, _ reason: String, at path: String? = nil) {
        self.code = code
        self.reason = reason
        self.path = path
    }
}

extension TransparencyLogError: CustomStringConvertible {
    /// Code, reason and place in one line.
    public var description: String {
        "\(code): \(reason)" + (path.map { " (at \($0))" } ?? "")
    }
}
