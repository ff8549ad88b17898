/// A log that we know: its origin, and the keys that may sign for it.
public struct TrustedLog: Sendable, Hashable {
    /// The first line of its checkpoints.
    public let origin: String
    /// The keys, of which at least one must have signed each checkpoint.
    public let verifiers: [NoteVerifier]

    /// A log.
    public init(origin: String, verifiers: [NoteVerifier]) {
        self.origin = origin
        self.verifiers = verifiers
    }

    func hasOrigin(_ other: String) -> Bool {
        origin.utf8.elementsEqual(other.utf8)
    }
}

/// A signed checkpoint as someone sent it: well-formed, and believed by nobody.
public struct UnverifiedCheckpoint: Sendable, Hashable {
    private let note: UnverifiedNote
    private let checkpoint: Checkpoint

    /// The log that it claims to be of, by which to find the keys.
    public var claimedOrigin: String { checkpoint.origin }

    /// Reads a note whose text is a checkpoint.
    ///
    /// - Throws: `malformedNote` or `malformedCheckpoint`.
    public init(parsing bytes: [UInt8]) throws(TransparencyLogError) {
        note = try UnverifiedNote(parsing: bytes)
        checkpoint = try Checkpoint(parsing: note.unverifiedText)
    }

    /// The checkpoint, if the log signed it and enough witnesses cosigned it.
    ///
    /// - Parameters:
    ///   - log: The log that it must be of.
    ///   - witnesses: The witnesses that the caller trusts; only their cosignatures (type 4) count.
    ///   - quorum: How many different ones must have cosigned. Without any, a log can show everyone another tree.
    /// - Throws: `unexpectedOrigin`; `untrusted` if the log did not sign; `invalidSignature` if a signature that names
    ///   one of the keys is not valid; `tooFewCosignatures`.
    public func verified(
        as log: TrustedLog, witnesses: [NoteVerifier] = [], quorum: Int = 0
    ) throws(TransparencyLogError) -> VerifiedCheckpoint {
        guard log.hasOrigin(checkpoint.origin) else {
            throw TransparencyLogError(.unexpectedOrigin, "the checkpoint is of another log", at: "line 1")
        }
        let verified = try note.verified(by: log.verifiers + witnesses)
        let byLog = verified.signatures.filter { log.verifiers.contains($0.verifier) }
        guard !byLog.isEmpty else { throw TransparencyLogError(.untrusted, "the log did not sign") }
        let byWitnesses = verified.signatures.filter { $0.isCosignature && witnesses.contains($0.verifier) }
        let count = Set(byWitnesses.map(\.verifier.keyBytes)).count
        guard count >= quorum else {
            throw TransparencyLogError(.tooFewCosignatures, "\(count) witnesses cosigned, and \(quorum) are required")
        }
        return VerifiedCheckpoint(checkpoint: checkpoint, logSignatures: byLog, cosignatures: byWitnesses)
    }
}

/// A checkpoint that its log signed, and as many witnesses as were asked for. Only `UnverifiedCheckpoint` makes one.
public struct VerifiedCheckpoint: Sendable, Hashable {
    /// What was signed.
    public let checkpoint: Checkpoint
    /// The valid signatures of the log's trusted keys; at least one.
    public let logSignatures: [VerifiedNote.Signature]
    /// The valid cosignatures of trusted witnesses, in the order of their lines.
    public let cosignatures: [VerifiedNote.Signature]
}

extension VerifiedNote.Signature {
    fileprivate var isCosignature: Bool {
        if case .cosignature = verifier.kind { true } else { false }
    }
}
