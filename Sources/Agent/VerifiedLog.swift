import Sealing
import TransparencyLog

/// The leaf hashes of the log up to a verified checkpoint: what every record of the feed is checked against.
///
/// The whole tree is recomputed from the leaves, so inclusion and consistency need no proofs: a record is in the log when its
/// leaf stands at its index, and the log is consistent with an earlier checkpoint when its first leaves give that root.
struct VerifiedLog {
    let head: TreeHead
    private let leaves: [Digest]

    /// - Throws: `unverified` where the signature, the root or the consistency with `earlier` does not hold.
    init(
        checkpoint bytes: [UInt8], leaves: [Digest], identity: ClearinghouseIdentity, since earlier: AgentState
    ) throws {
        let verified = try VerifiedLog.verify(bytes, identity)
        var frontier = MerkleFrontier()
        for leaf in leaves.prefix(Int(verified.size)) {
            frontier.append(leaf)
            if frontier.size == earlier.checkpointSize, let root = earlier.checkpointRoot, frontier.root != root {
                throw AgentError(.unverified, "the log was rewritten: it no longer contains what it showed before")
            }
        }
        guard verified.size >= earlier.checkpointSize else {
            throw AgentError(.unverified, "the log shrank from \(earlier.checkpointSize) to \(verified.size) entries")
        }
        guard frontier.treeHead == verified else {
            throw AgentError(.unverified, "the log's entries do not give the root its checkpoint signs")
        }
        head = verified
        self.leaves = leaves
    }

    static func verify(_ checkpoint: [UInt8], _ identity: ClearinghouseIdentity) throws -> TreeHead {
        do {
            return try UnverifiedCheckpoint(parsing: checkpoint).verified(as: identity.trustedLog()).checkpoint.treeHead
        } catch {
            throw AgentError(.unverified, "the log's checkpoint does not verify: \(error)")
        }
    }

    /// - Throws: `unverified` where the record is not the one the log committed to at this place.
    func requireInclusion(of body: [UInt8], salt: CommitmentSalt, at sequence: Int64) throws {
        let commitment = Commitment(domain: .journalRecord, salt: salt, content: body)
        guard sequence >= 0, sequence < Int64(head.size), leaves[Int(sequence)] == MerkleHash.leaf(commitment) else {
            throw AgentError(.unverified, "record \(sequence) is not the one the log committed to")
        }
    }
}
