public import Sealing

/// What a log sends to a witness (https://c2sp.org/tlog-witness, "add-checkpoint"): the size of the tree that it thinks
/// the witness knows, a consistency proof from there, and the new checkpoint.
public struct AddCheckpointRequest: Sendable, Hashable {
    /// How many proof lines are allowed: no proof needs more.
    public static let maximumProofLength = 63

    /// The size of the tree before.
    public let oldSize: UInt64
    /// The hashes of the proof.
    public let proof: [Digest]
    /// The new checkpoint.
    public let checkpoint: UnverifiedCheckpoint

    /// Reads the body of a request.
    ///
    /// - Throws: `malformedRequest`, `malformedNote` or `malformedCheckpoint`.
    public init(parsing body: [UInt8]) throws(TransparencyLogError) {
        guard let split = AddCheckpointRequest.firstEmptyLine(in: body) else {
            throw TransparencyLogError(.malformedRequest, "no empty line before the checkpoint")
        }
        let lines = body[..<(split - 1)].split(separator: NoteText.lineFeed, omittingEmptySubsequences: false)
        guard lines.count <= 1 + AddCheckpointRequest.maximumProofLength else {
            throw TransparencyLogError(.malformedRequest, "\(lines.count - 1) proof lines are too many")
        }
        guard let first = lines.first, first.starts(with: "old ".utf8), let oldSize = ASCIIDecimal.parse(first.dropFirst(4))
        else { throw TransparencyLogError(.malformedRequest, "no old size", at: "line 1") }
        self.oldSize = oldSize
        self.proof = try AddCheckpointRequest.hashes(lines.dropFirst())
        self.checkpoint = try UnverifiedCheckpoint(parsing: [UInt8](body[(split + 1)...]))
    }

    /// The offset of the first line feed that ends an empty line. The checkpoint cannot have one before its own, since
    /// its lines are not empty, and the proof has none.
    private static func firstEmptyLine(in body: [UInt8]) -> Int? {
        body.indices.dropFirst().first { body[$0] == NoteText.lineFeed && body[$0 - 1] == NoteText.lineFeed }
    }

    private static func hashes(_ lines: ArraySlice<ArraySlice<UInt8>>) throws(TransparencyLogError) -> [Digest] {
        var hashes: [Digest] = []
        for (index, line) in lines.enumerated() {
            guard let hash = Digest(base64: String(decoding: line, as: UTF8.self)) else {
                throw TransparencyLogError(.malformedRequest, "not a hash", at: "line \(index + 2)")
            }
            hashes.append(hash)
        }
        return hashes
    }

    /// The body of a request: the other side, for our own log.
    ///
    /// - Throws: `malformedRequest` if the proof is too long.
    public static func body(
        oldSize: UInt64, proof: [Digest], checkpoint note: [UInt8]
    ) throws(TransparencyLogError) -> [UInt8] {
        guard proof.count <= maximumProofLength else {
            throw TransparencyLogError(.malformedRequest, "\(proof.count) proof lines are too many")
        }
        let lines = ["old \(oldSize)"] + proof.map(\.base64)
        return Array(lines.map { $0 + "\n" }.joined().utf8) + [NoteText.lineFeed] + note
    }
}
