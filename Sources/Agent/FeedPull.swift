package import Client
import JSONText
import Sealing
import TransparencyLog

/// What a pull brought.
package struct PullSummary: Sendable {
    package let taken: Int
    package let logSize: UInt64
    package let isFirstContact: Bool
}

/// Brings the operator's copy of the feed up to date: everything is verified before anything is kept.
package struct FeedPull: Sendable {
    let client: ClearinghouseClient
    let directory: AgentDirectory

    package init(client: ClearinghouseClient, directory: AgentDirectory) {
        self.client = client
        self.directory = directory
    }

    /// - Throws: `identityChanged` or `unverified`; the copy stays as it was.
    package func run() async throws -> PullSummary {
        let (identity, isFirst) = try await identity()
        var state = try directory.state()
        let log = try await verifiedLog(identity, since: state)
        var lines: [UInt8] = []
        var taken = 0
        try await client.forEachLine(.get, "/v1/feed?after=\(state.lastSequence)") { line in
            let entry = try FeedRecord(line: Array(line))
            // What was recorded after the checkpoint was fetched comes with the next pull.
            guard entry.sequence < Int64(log.head.size) else { return }
            try log.requireInclusion(of: entry.body, salt: entry.salt, at: entry.sequence)
            try entry.verifyDocuments(signedBy: identity.signingKey)
            lines += entry.osv.filter { $0 != UInt8(ascii: "\n") } + [UInt8(ascii: "\n")]
            state.lastSequence = max(state.lastSequence, entry.sequence)
            taken += 1
        }
        try directory.appendAdvisories(lines)
        state.checkpointSize = log.head.size
        state.checkpointRoot = log.head.root
        try directory.save(state)
        return PullSummary(taken: taken, logSize: log.head.size, isFirstContact: isFirst)
    }

    private func identity() async throws -> (ClearinghouseIdentity, isFirst: Bool) {
        let shown = try ClearinghouseIdentity(json: try await client.json(.get, "/v1/identity"))
        guard let pinned = try directory.pinnedIdentity() else {
            try directory.pin(shown)
            return (shown, true)
        }
        guard pinned == shown else {
            throw AgentError(.identityChanged, "the clearinghouse shows other keys than those pinned in \(directory.path)")
        }
        return (pinned, false)
    }

    private func verifiedLog(_ identity: ClearinghouseIdentity, since state: AgentState) async throws -> VerifiedLog {
        let checkpoint = try await client.bytes(.get, "/log/checkpoint")
        let size = try VerifiedLog.verify(checkpoint, identity).size
        var leaves: [Digest] = []
        var index: UInt64 = 0
        while let coordinate = TileCoordinate(level: 0, index: index, treeSize: size) {
            let bytes = try await client.bytes(.get, "/log/" + TileResource.tile(coordinate).path)
            leaves += try Tile(coordinate, parsing: bytes).hashes
            index += 1
        }
        return try VerifiedLog(checkpoint: checkpoint, leaves: leaves, identity: identity, since: state)
    }
}

/// One line of the feed, parsed and not yet believed.
private struct FeedRecord {
    let sequence: Int64
    let body: [UInt8]
    let salt: CommitmentSalt
    let osv: [UInt8]
    let csaf: [UInt8]?

    init(line: [UInt8]) throws {
        let json = try JSONValue(parsing: line)
        guard
            let sequence = json["sequence"]?.integer, let body = json["body"]?.string, let osv = json["osv"]?.string,
            let salt = json["salt"]?.string.flatMap(Hexadecimal.decode).flatMap({ CommitmentSalt(bytes: $0) })
        else { throw AgentError(.malformed, "a line of the feed is not complete") }
        self.sequence = sequence
        self.body = Array(body.utf8)
        self.salt = salt
        self.osv = Array(osv.utf8)
        csaf = json["csaf"]?.string.map { Array($0.utf8) }
    }

    /// The documents are those the record names, and what this clearinghouse published itself is signed by it.
    func verifyDocuments(signedBy key: VerificationKey) throws {
        guard let payload = try JSONValue(parsing: body)["payload"] else {
            throw AgentError(.malformed, "record \(sequence) has no payload")
        }
        // A record that names no document says nothing about one: any document could be sent along with it.
        guard payload["osv"]?.string == Digest(hashing: osv).hex,
            payload["csaf"]?.string == csaf.map({ Digest(hashing: $0).hex })
        else {
            throw AgentError(.unverified, "a document of record \(sequence) is not the one it names")
        }
        guard let envelope = payload["statement"]?.string else { return }
        do {
            let verified = try UnverifiedEnvelope(parsing: Array(envelope.utf8)).verified(by: [key], threshold: 1)
            let subjects = try InTotoStatement(verified).subjects.map(\.sha256)
            guard subjects.contains(Digest(hashing: osv)), csaf.map({ subjects.contains(Digest(hashing: $0)) }) ?? true else {
                throw AgentError(.unverified, "the signature of record \(sequence) is about other documents")
            }
        } catch let error as SealingError {
            throw AgentError(.unverified, "the signature of record \(sequence) does not verify: \(error)")
        }
    }
}
