import JSONText
import Sealing
import Testing
import TransparencyLog

/// What a client does that trusts nothing but the pinned log key: everything it needs comes over HTTP.
struct FeedVerifier {
    let desk: Desk
    let log: TrustedLog

    /// What does not hold. Thrown, not recorded: tests also ask that it is noticed.
    struct Mismatch: Error {
        let what: String
    }

    /// Pins the key of the first contact.
    init(_ desk: Desk) async throws {
        self.desk = desk
        let verifier = try NoteVerifier(vkey: try await desk.get("/v1/identity").text("logKey"))
        log = TrustedLog(origin: "log.example/test", verifiers: [verifier])
    }

    func checkpoint() async throws -> TreeHead {
        let bytes = try await desk.get("/log/checkpoint").bytes
        return try UnverifiedCheckpoint(parsing: bytes).verified(as: log).checkpoint.treeHead
    }

    /// Checks one line of the feed: documents, commitment, entry, inclusion.
    /// - Throws: whatever does not hold.
    func verify(_ line: JSONValue, in head: TreeHead) async throws {
        let index = UInt64(try #require(line["sequence"]?.integer))
        let body = try #require(line["body"]?.string)
        try verifyDocuments(line, body: try JSONValue(parsing: body))
        let salt = try #require(line["salt"]?.string.flatMap(Hexadecimal.decode).flatMap { CommitmentSalt(bytes: $0) })
        let commitment = Commitment(domain: .journalRecord, salt: salt, content: Array(body.utf8))
        guard try await entry(index, in: head) == commitment.digest.bytes else {
            throw Mismatch(what: "entry \(index) is another commitment")
        }
        let tiles = try await tiles(for: index, in: head)
        let proof = try InclusionProof(index: index, size: head.size) { (node) throws(TransparencyLogError) in
            try tiles.hash(of: node)
        }
        try proof.verify(leafHash: MerkleHash.leaf(commitment), root: head.root)
    }

    /// The body names the documents by digest; without this a server could send other documents with a true record.
    private func verifyDocuments(_ line: JSONValue, body: JSONValue) throws {
        let payload = try #require(body["payload"])
        for name in ["osv", "csaf"] {
            let stated = payload[name]?.string
            let given = line[name]?.string.map { Digest(hashing: $0).hex }
            guard stated == given else { throw Mismatch(what: "\(name) is not the document the record names") }
        }
    }

    private func entry(_ index: UInt64, in head: TreeHead) async throws -> [UInt8] {
        let width = min(256, head.size - index / 256 * 256)
        let coordinate = try EntryBundleCoordinate(index: index / 256, width: Int(width))
        let reply = try await desk.get("/log/" + TileResource.entries(coordinate).path)
        try #require(reply.status == 200, "\(reply.text)")
        return try EntryBundle(coordinate, parsing: reply.bytes).entries[Int(index % 256)]
    }

    private func tiles(for index: UInt64, in head: TreeHead) async throws -> TileMap {
        var tiles = TileMap()
        let nodes = try InclusionProof.nodes(index: index, size: head.size)
        for coordinate in try TileCoordinate.holding(nodes, treeSize: head.size) {
            let reply = try await desk.get("/log/" + TileResource.tile(coordinate).path)
            try #require(reply.status == 200, "\(reply.text)")
            tiles.insert(try Tile(coordinate, parsing: reply.bytes))
        }
        return tiles
    }

    /// Checks that a later head contains an earlier one whole.
    func verifyGrowth(from old: TreeHead, to new: TreeHead) async throws {
        var tiles = TileMap()
        let nodes = try ConsistencyProof.nodes(oldSize: old.size, newSize: new.size)
        for coordinate in try TileCoordinate.holding(nodes, treeSize: new.size) {
            tiles.insert(try Tile(coordinate, parsing: try await desk.get("/log/" + TileResource.tile(coordinate).path).bytes))
        }
        let held = tiles
        let proof = try ConsistencyProof(oldSize: old.size, newSize: new.size) { (node) throws(TransparencyLogError) in
            try held.hash(of: node)
        }
        try proof.verify(oldRoot: old.root, newRoot: new.root)
    }
}
