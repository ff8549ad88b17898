internal import Sealing

/// The decisions of a witness (https://c2sp.org/tlog-witness): which checkpoints it cosigns.
///
/// A pure state machine: the state is, for each log, the tree head of the latest checkpoint that was cosigned. The
/// caller keeps it, looks up the one of the request's `claimedOrigin`, and stores what the decision says **before** it
/// answers, in one transaction with the look-up: two requests that were both decided on the same state could otherwise
/// roll the log back.
public struct Witness: Sendable {
    private let cosigner: Cosigner
    private let logs: [TrustedLog]

    /// A witness for some logs.
    public init(cosigner: Cosigner, logs: [TrustedLog]) {
        self.cosigner = cosigner
        self.logs = logs
    }

    /// The answer to a request that could not be read.
    public static let malformedRequest = WitnessDecision(refusal: .badRequest)

    /// Decides about a request. The order of the checks is that of the specification, as of July 2026. Before that
    /// month it asked for 409 instead of 422 where sizes are equal and roots are not; no client tells these apart.
    ///
    /// - Parameters:
    ///   - request: What was sent.
    ///   - latest: The tree head of the latest cosigned checkpoint of the request's origin, nil if there is none.
    ///   - seconds: Now, in seconds since 1970-01-01T00:00:00Z.
    /// - Throws: `timestampOutOfRange` or `cannotSign`, which are the witness's own failures; nothing was decided.
    public func decide(
        _ request: AddCheckpointRequest, latest: TreeHead?, at seconds: UInt64
    ) throws(TransparencyLogError) -> WitnessDecision {
        guard let log = logs.first(where: { $0.hasOrigin(request.checkpoint.claimedOrigin) }) else {
            return WitnessDecision(refusal: .notFound)
        }
        guard let verified = try? request.checkpoint.verified(as: log) else {
            return WitnessDecision(refusal: .forbidden)
        }
        let latest = latest ?? .empty
        let head = verified.checkpoint.treeHead
        guard request.oldSize <= head.size else { return WitnessDecision(refusal: .badRequest) }
        guard request.oldSize == latest.size else { return WitnessDecision(conflictWith: latest.size) }
        guard Witness.isConsistent(head, after: latest, request.proof) else {
            return WitnessDecision(refusal: .unprocessable)
        }
        return try accept(verified, seconds)
    }

    private static func isConsistent(_ head: TreeHead, after latest: TreeHead, _ proof: [Digest]) -> Bool {
        if head.size == 0 && head.root != MerkleHash.emptyRoot { return false }
        // The empty tree is a prefix of every tree, and there is no proof to give.
        if latest.size == 0 { return proof.isEmpty }
        let proof = ConsistencyProof(oldSize: latest.size, newSize: head.size, hashes: proof)
        return (try? proof.verify(oldRoot: latest.root, newRoot: head.root)) != nil
    }

    private func accept(
        _ verified: VerifiedCheckpoint, _ seconds: UInt64
    ) throws(TransparencyLogError) -> WitnessDecision {
        let checkpoint = verified.checkpoint
        let cosignature = try cosigner.signature(over: checkpoint, at: seconds)
        let note = try checkpoint.note(signedBy: verified.logSignatures.map(\.signature) + [cosignature])
        let record = WitnessRecord(origin: checkpoint.origin, treeHead: checkpoint.treeHead, note: note)
        return WitnessDecision(accepting: record, cosignature)
    }
}

/// What a witness keeps of a log.
public struct WitnessRecord: Sendable, Hashable {
    /// The log.
    public let origin: String
    /// The state for the next decision.
    public let treeHead: TreeHead
    /// The checkpoint with the log's signatures and the cosignature, which the witness publishes.
    public let note: [UInt8]
}

/// What a witness answers, and what it must store first.
public struct WitnessDecision: Sendable, Hashable {
    /// Why a request is refused, other than that the log is elsewhere.
    enum Refusal: Int {
        case badRequest = 400
        case forbidden = 403
        case notFound = 404
        case unprocessable = 422
    }

    /// The HTTP status code: 200, 400, 403, 404, 409 or 422.
    public let status: Int
    /// The media type of the body, if the specification names one.
    public let contentType: String?
    /// The body: the cosignature line with 200, the size of the latest cosigned tree with 409, else nothing.
    public let body: [UInt8]
    /// With 200: what must be stored before the answer is sent. Otherwise nil, and the state stays as it is.
    public let record: WitnessRecord?

    init(refusal: Refusal) {
        self.init(status: refusal.rawValue, contentType: nil, body: [], record: nil)
    }

    init(conflictWith size: UInt64) {
        self.init(status: 409, contentType: "text/x.tlog.size", body: Array("\(size)\n".utf8), record: nil)
    }

    init(accepting record: WitnessRecord, _ cosignature: NoteSignature) {
        self.init(status: 200, contentType: nil, body: cosignature.line, record: record)
    }

    private init(status: Int, contentType: String?, body: [UInt8], record: WitnessRecord?) {
        self.status = status
        self.contentType = contentType
        self.body = body
        self.record = record
    }
}
