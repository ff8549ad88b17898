import Sealing
import Testing
import TransparencyLog

/// https://c2sp.org/tlog-witness, sentence by sentence.
@Suite struct WitnessTests {
    private static let origin = "example.org/log"
    private static let tree = ReferenceTree(size: 20)
    private static let table = NodeTable(tree.leaves)
    private let signer: NoteSigner
    private let cosigner: Cosigner
    private let witness: Witness

    init() throws {
        signer = try NoteSigner(name: NoteKeyName(Self.origin), key: SigningKey(seed: [UInt8](repeating: 1, count: 32)))
        cosigner = try Cosigner(name: NoteKeyName("w.example"), key: SigningKey(seed: [UInt8](repeating: 2, count: 32)))
        witness = Witness(cosigner: cosigner, logs: [TrustedLog(origin: Self.origin, verifiers: [signer.verifier])])
    }

    private static func head(_ size: Int) -> TreeHead {
        TreeHead(size: UInt64(size), root: tree.root(0..<size))
    }

    private func note(_ head: TreeHead, origin: String = WitnessTests.origin, signer: NoteSigner? = nil) throws -> [UInt8] {
        let checkpoint = try Checkpoint(origin: origin, treeHead: head)
        return try checkpoint.note(signedBy: [(signer ?? self.signer).signature(over: checkpoint.text)])
    }

    private func request(_ old: UInt64, _ proof: [Digest], _ note: [UInt8]) throws -> AddCheckpointRequest {
        try AddCheckpointRequest(parsing: AddCheckpointRequest.body(oldSize: old, proof: proof, checkpoint: note))
    }

    private func proof(_ old: Int, _ new: Int) throws -> [Digest] {
        try ConsistencyProof(oldSize: UInt64(old), newSize: UInt64(new), reading: Self.table.hash).hashes
    }

    private func decide(_ request: AddCheckpointRequest, _ latest: Int?) throws -> WitnessDecision {
        try witness.decide(request, latest: latest.map { Self.head($0) }, at: 1_700_000_000)
    }

    private func expectRefusal(
        _ status: Int, _ decision: WitnessDecision, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(decision.status == status, sourceLocation: sourceLocation)
        #expect(decision.record == nil, "a refusal stores nothing", sourceLocation: sourceLocation)
        #expect(decision.body.isEmpty == (status != 409), sourceLocation: sourceLocation)
    }

    @Test func `cosigns growth from nothing to every size, and remembers it`() throws {
        var latest: TreeHead?
        var old = 0
        for size in [0, 0, 1, 1, 2, 5, 8, 8, 13, 20] {
            let proof = old == 0 ? [] : try proof(old, size)
            let decision = try witness.decide(
                request(UInt64(old), proof, note(Self.head(size))), latest: latest, at: 1_700_000_000)
            #expect(decision.status == 200, "\(old) to \(size)")
            let record = try #require(decision.record)
            #expect(record.treeHead == Self.head(size))
            #expect(record.origin == Self.origin)
            let verified = try UnverifiedCheckpoint(parsing: record.note).verified(
                as: TrustedLog(origin: Self.origin, verifiers: [signer.verifier]), witnesses: [cosigner.verifier], quorum: 1)
            #expect(verified.cosignatures[0].timestamp == .seconds(1_700_000_000))
            #expect(decision.body == verified.cosignatures[0].signature.line)
            // A client may append the answer to its checkpoint.
            _ = try UnverifiedNote(parsing: note(Self.head(size)) + decision.body).verified(by: [cosigner.verifier])
            latest = record.treeHead
            old = size
        }
    }

    @Test func `404 if the origin is unknown`() throws {
        let other = try NoteSigner(name: NoteKeyName("o"), key: SigningKey(seed: [UInt8](repeating: 1, count: 32)))
        expectRefusal(404, try decide(request(0, [], note(Self.head(3), origin: "o", signer: other)), nil))
    }

    @Test func `403 if no trusted key signed, or one that signed is not valid`() throws {
        let stranger = try NoteSigner(name: NoteKeyName(Self.origin), key: SigningKey(seed: [UInt8](repeating: 9, count: 32)))
        expectRefusal(403, try decide(request(0, [], note(Self.head(3), signer: stranger)), nil))
        let good = try note(Self.head(3))
        let overAnother = try signer.signature(over: Checkpoint(origin: Self.origin, treeHead: Self.head(4)).text)
        expectRefusal(403, try decide(request(0, [], good + overAnother.line), nil))
        // Unknown keys do no harm beside a trusted one.
        let strange = try stranger.signature(over: Checkpoint(origin: Self.origin, treeHead: Self.head(3)).text)
        #expect(try decide(request(0, [], good + strange.line), nil).status == 200)
    }

    @Test func `400 if the old size is above the checkpoint's`() throws {
        expectRefusal(400, try decide(request(4, [], note(Self.head(3))), 4))
        expectRefusal(400, try decide(request(4, [], note(Self.head(3))), nil))
    }

    @Test func `409 with the known size if the old size is another`() throws {
        for (old, latest) in [(0, 5), (4, 5), (6, 5), (6, nil)] {
            let decision = try decide(request(UInt64(old), [], note(Self.head(8))), latest)
            expectRefusal(409, decision)
            #expect(decision.body == Array("\(latest ?? 0)\n".utf8))
            #expect(decision.contentType == "text/x.tlog.size")
        }
    }

    @Test func `422 if the proof does not lead from the known tree to the new one`() throws {
        let good = try proof(5, 8)
        #expect(try decide(request(5, good, note(Self.head(8))), 5).status == 200)
        for wrong in [[], Array(good.dropLast()), good + [good[0]], good.map { $0.flipping(7) }, try proof(4, 8)] {
            expectRefusal(422, try decide(request(5, wrong, note(Self.head(8))), 5))
        }
        let fork = TreeHead(size: 8, root: MerkleHash.leaf([8]))
        expectRefusal(422, try decide(request(5, good, note(fork)), 5))
    }

    @Test func `422 for a proof from the empty tree, and for an empty tree with another root`() throws {
        expectRefusal(422, try decide(request(0, [MerkleHash.emptyRoot], note(Self.head(3))), nil))
        expectRefusal(422, try decide(request(0, [], note(TreeHead(size: 0, root: MerkleHash.leaf([])))), nil))
        expectRefusal(422, try decide(request(0, [], note(TreeHead(size: 0, root: MerkleHash.leaf([])))), 0))
    }

    @Test func `422 if the sizes are equal and the roots are not, and 200 if both are`() throws {
        #expect(try decide(request(5, [], note(Self.head(5))), 5).status == 200)
        expectRefusal(422, try decide(request(5, [], note(TreeHead(size: 5, root: MerkleHash.leaf([])))), 5))
        expectRefusal(422, try decide(request(5, [MerkleHash.emptyRoot], note(Self.head(5))), 5))
    }

    @Test func `checks in the order of the specification`() throws {
        let stranger = try NoteSigner(name: NoteKeyName(Self.origin), key: SigningKey(seed: [UInt8](repeating: 9, count: 32)))
        // Each of these is also wrong in all the ways that come after.
        let bad = [MerkleHash.emptyRoot]
        expectRefusal(404, try decide(request(9, bad, note(Self.head(3), origin: "o", signer: stranger)), 5))
        expectRefusal(403, try decide(request(9, bad, note(Self.head(3), signer: stranger)), 5))
        expectRefusal(400, try decide(request(9, bad, note(Self.head(3))), 5))
        expectRefusal(409, try decide(request(2, bad, note(Self.head(3))), 5))
    }

    @Test func `a clock that cannot be right decides nothing`() throws {
        let request = try request(0, [], note(Self.head(3)))
        #expect(refusal { _ = try witness.decide(request, latest: nil, at: 0) } == .timestampOutOfRange)
    }

    @Test func `400 for a request that cannot be read`() throws {
        expectRefusal(400, Witness.malformedRequest)
        let note = String(decoding: try note(Self.head(3)), as: UTF8.self)
        let hash = MerkleHash.emptyRoot.base64
        _ = try AddCheckpointRequest(parsing: Array("old 0\n\n\(note)".utf8))
        _ = try AddCheckpointRequest(parsing: Array("old 1\n\(hash)\n\(hash)\n\n\(note)".utf8))
        let most = String(repeating: hash + "\n", count: 63)
        #expect(try AddCheckpointRequest(parsing: Array("old 1\n\(most)\n\(note)".utf8)).proof.count == 63)
        for body in [
            "", "\n", "\n\n", "old 0\n", "old 0\n\n", "old 0\n\(note)", "\n\(note)", "\n\n\(note)", "old\n\n\(note)",
            "old \n\n\(note)",
            "old 00\n\n\(note)", "old 01\n\n\(note)", "old -1\n\n\(note)", "old  1\n\n\(note)", "old 1 \n\n\(note)",
            "Old 1\n\n\(note)", "new 1\n\n\(note)", " old 1\n\n\(note)", "old 18446744073709551616\n\n\(note)",
            "\(hash)\nold 1\n\n\(note)", "old 1\n\(hash.dropLast())\n\n\(note)", "old 1\n\(hash) \n\n\(note)",
            "old 1\nAAAA\n\n\(note)",
            "old 1\n\(most)\(hash)\n\n\(note)", "old 0\n\n\n\(note)", "old 0\r\n\r\n\(note)", "old 0\n\nx\n\(note)",
            "old 0\n\n\(note.dropLast())", "old 0\n\n\(note)\n"
        ] {
            let code = refusal { _ = try AddCheckpointRequest(parsing: Array(body.utf8)) }
            #expect([.malformedRequest, .malformedNote, .malformedCheckpoint].contains(code), "\(body.debugDescription)")
        }
        let tooMany = [Digest](repeating: MerkleHash.emptyRoot, count: 64)
        #expect(
            refusal {
                _ = try AddCheckpointRequest.body(oldSize: 1, proof: tooMany, checkpoint: [])
            } == .malformedRequest)
    }
}
