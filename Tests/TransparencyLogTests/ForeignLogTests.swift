import Foundation
import Sealing
import TestSupport
import Testing
import TransparencyLog

/// Logs, witnesses and mirrors that other implementations wrote, read with ours.
@Suite struct ForeignLogTests {
    /// What stands below a `tile/` folder. Some resources of the suites are stand-ins, which must be refused.
    private struct Served {
        var map = TileMap()
        var tiles: [Tile] = []
        var bundles: [EntryBundle] = []
        var refused: [String: TransparencyLogError.Code] = [:]

        init(_ folder: String) throws {
            for file in try SharedSuite.files(below: folder + "/tile") {
                let path = String(file.dropFirst(folder.count + 1))
                refused[path] = refusal { try read(path, SharedSuite.bytes(file)) }
            }
        }

        private mutating func read(_ path: String, _ bytes: [UInt8]) throws {
            let resource = try TileResource(path: path)
            #expect(resource.path == path)
            switch resource {
            case .tile(let coordinate):
                let tile = try Tile(coordinate, parsing: bytes)
                #expect(tile.bytes == bytes, "\(path)")
                tiles.append(tile)
                map.insert(tile)
            case .entries(let coordinate):
                let bundle = try EntryBundle(coordinate, parsing: bytes)
                #expect(bundle.bytes == bytes, "\(path)")
                bundles.append(bundle)
            }
        }
    }

    // MARK: transparency-dev/tessera

    private static let tessera = "tlog/tessera/testdata/log"

    @Test(.enabled(if: SharedSuite.has(tessera), "needs the tessera log"))
    func `every signed checkpoint of the tessera log verifies and has the root of its tiles`() throws {
        let vkey = try SharedSuite.text("tlog/tessera/VERIFIER_KEY").trimmingCharacters(in: .newlines)
        let log = TrustedLog(origin: "example.com/log/testdata", verifiers: [try NoteVerifier(vkey: vkey)])
        let served = try Served(Self.tessera)
        #expect(served.refused.isEmpty)
        let entries = served.bundles.map(\.entries).max { $0.count < $1.count } ?? []
        var verified = 0
        let prefix = Self.tessera + "/checkpoint"
        for file in try SharedSuite.files(below: Self.tessera) where file.hasPrefix(prefix) {
            let note = try SharedSuite.bytes(file)
            let checkpoint = try UnverifiedCheckpoint(parsing: note).verified(as: log).checkpoint
            let head = checkpoint.treeHead
            if let size = UInt64(file.dropFirst(prefix.count + 1)) { #expect(head.size == size, "\(file)") }
            #expect(note.starts(with: checkpoint.text + [0x0A]), "\(file)")
            #expect(try TreeHead(size: head.size, reading: served.map.hash) == head, "\(file)")
            var frontier = MerkleFrontier()
            for entry in entries.prefix(Int(head.size)) { frontier.append(MerkleHash.leaf(entry)) }
            #expect(frontier.treeHead == head, "\(file)")
            verified += 1
        }
        print("tessera: \(verified) checkpoints, \(served.tiles.count) tiles and \(served.bundles.count) bundles right")
        #expect(verified > 1 && served.bundles.count > 0)
        for bundle in served.bundles {
            #expect(served.tiles.contains(bundle.tile), "the tile of bundle \(bundle.coordinate)")
        }
        let state = try JSONDecoder().decode(State.self, from: Data(SharedSuite.bytes(Self.tessera + "/.state/treeState")))
        #expect(try TreeHead(size: state.size, reading: served.map.hash).root == Digest(base64: state.root))
    }

    private struct State: Decodable {
        let size: UInt64
        let root: String
    }

    @Test(.enabled(if: SharedSuite.has(tessera), "needs the tessera log"))
    func `our builder makes the tessera log's tiles, and proofs between its checkpoints`() throws {
        let served = try Served(Self.tessera)
        let entries = served.bundles.map(\.entries).max { $0.count < $1.count } ?? []
        var builder = TileBuilder()
        var heads = [builder.treeHead]
        for entry in entries {
            try builder.append(MerkleHash.leaf(entry))
            for tile in builder.takeChangedTiles() { #expect(served.tiles.contains(tile), "\(tile.coordinate)") }
            heads.append(builder.treeHead)
        }
        for new in heads.dropFirst() {
            for old in heads[1...Int(new.size)] {
                try ConsistencyProof(oldSize: old.size, newSize: new.size, reading: served.map.hash)
                    .verify(oldRoot: old.root, newRoot: new.root)
                try InclusionProof(index: old.size - 1, size: new.size, reading: served.map.hash)
                    .verify(leafHash: MerkleHash.leaf(entries[Int(old.size) - 1]), root: new.root)
            }
        }
    }

    // MARK: FiloSottile/sunlight

    private static let sunlight = "tlog/sunlight-static-ct/cmd/skylight/testdata"

    private struct CTLog: Decodable {
        struct Head: Decodable {
            let sha256RootHash: String
            let timestamp: UInt64
            let treeSize: UInt64
        }
        let description: String
        let finalTreeHead: Head
        let key: String
        let logId: String
    }

    private static var decoder: JSONDecoder {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return decoder
    }

    private struct WitnessDescription: Decodable {
        let name: String
        let verifierKeys: [String]
    }

    private static func describedVerifiers(_ path: String) throws -> [NoteVerifier] {
        let bytes = try SharedSuite.bytes(path)
        return try decoder.decode(WitnessDescription.self, from: Data(bytes)).verifierKeys.map { vkey in
            let verifier = try NoteVerifier(vkey: vkey)
            #expect(verifier.vkey == vkey)
            return verifier
        }
    }

    private static func ctLog() throws -> (CTLog, TrustedLog) {
        let description = try decoder.decode(CTLog.self, from: Data(SharedSuite.bytes(sunlight + "/tree/log.v3.json")))
        let spki = try Base64.decode(description.key)
        #expect(Digest(hashing: spki).base64 == description.logId)
        let verifier = try NoteVerifier(
            name: NoteKeyName(description.description),
            kind: .treeHeadSignature(P256VerificationKey(subjectPublicKeyInfo: spki)))
        return (description, TrustedLog(origin: description.description, verifiers: [verifier]))
    }

    @Test(.enabled(if: SharedSuite.has(sunlight + "/tree"), "needs the sunlight log"))
    func `the sunlight log's checkpoint verifies as an RFC 6962 tree head`() throws {
        let (description, log) = try Self.ctLog()
        let note = try SharedSuite.bytes(Self.sunlight + "/tree/checkpoint")
        let verified = try UnverifiedCheckpoint(parsing: note).verified(as: log)
        let head = verified.checkpoint.treeHead
        #expect(head.size == description.finalTreeHead.treeSize)
        #expect(head.root.base64 == description.finalTreeHead.sha256RootHash)
        #expect(verified.logSignatures[0].timestamp == .milliseconds(description.finalTreeHead.timestamp))
        let changed = String(decoding: note, as: UTF8.self).replacing("\n300\n", with: "\n301\n")
        let other = try UnverifiedCheckpoint(parsing: Array(changed.utf8))
        #expect(refusal { _ = try other.verified(as: log) } == .invalidSignature)
        for file in try SharedSuite.files(below: Self.sunlight + "/tree/issuer") {
            #expect(try file.hasSuffix("/" + Digest(hashing: SharedSuite.bytes(file)).hex))
        }
        print("sunlight tree: checkpoint right")
    }

    @Test(.enabled(if: SharedSuite.has(sunlight + "/tree/tile"), "needs the sunlight log"))
    func `the sunlight log's stand-ins for tiles are refused`() throws {
        let served = try Served(Self.sunlight + "/tree")
        #expect(served.tiles.isEmpty && served.bundles.isEmpty)
        for (path, code) in served.refused {
            // Data and names tiles are not tlog-tiles; the others have the paths, but not the bytes.
            let isTile = !path.hasPrefix("tile/data/") && !path.hasPrefix("tile/names/")
            #expect(code == (isTile ? .malformedTile : .malformedPath), "\(path)")
        }
        #expect(!served.refused.isEmpty)
    }

    @Test(.enabled(if: SharedSuite.has(sunlight + "/witness"), "needs the sunlight witnesses"))
    func `the witnesses' published checkpoints carry their cosignatures, in the folder of the origin's hash`() throws {
        let (_, log) = try Self.ctLog()
        let file = "/\(Digest(hashing: log.origin).hex)/checkpoint"
        let witnessed = try UnverifiedCheckpoint(parsing: SharedSuite.bytes(Self.sunlight + "/witness" + file)).verified(
            as: log, witnesses: Self.describedVerifiers(Self.sunlight + "/witness/witness.v0.json"), quorum: 1)
        #expect(witnessed.cosignatures.count == 1)

        let milan = "/witness2/\(Digest(hashing: "milan2026h1.example.org").hex)/checkpoint"
        let second = try UnverifiedNote(parsing: SharedSuite.bytes(Self.sunlight + milan))
        let cosigners = try Self.describedVerifiers(Self.sunlight + "/witness2/witness.v0.json")
        let verified = try second.verified(by: cosigners)
        #expect(verified.signatures.map(\.timestamp) == [.seconds(1_767_139_200)])
        // The first witness did not cosign that one.
        let others = try Self.describedVerifiers(Self.sunlight + "/witness/witness.v0.json")
        #expect(refusal { _ = try second.verified(by: others) } == .untrusted)
    }

    @Test(.enabled(if: SharedSuite.has(sunlight + "/witness/mirror"), "needs the sunlight mirror"))
    func `the mirror's tiles have the root that it cosigned, and its stand-ins for bundles are refused`() throws {
        let folder = Self.sunlight + "/witness/mirror"
        let mirror = folder + "/" + Digest(hashing: "rome2026h1.example.org").hex
        let note = try UnverifiedNote(parsing: SharedSuite.bytes(mirror + "/checkpoint"))
        let verified = try note.verified(by: Self.describedVerifiers(folder + "/mirror.v0.json"))
        let checkpoint = try Checkpoint(parsing: verified.text)
        let served = try Served(mirror)
        let size = checkpoint.treeHead.size
        #expect(try TreeHead(size: size, reading: served.map.hash) == checkpoint.treeHead)
        #expect(Set(served.tiles.map(\.coordinate)) == Set(try TileCoordinate.changed(from: 0, to: size)))
        #expect(served.refused.values.allSatisfy { $0 == .malformedEntryBundle } && !served.refused.isEmpty)
        // Growth from any earlier tree can be proved from these tiles.
        for old in 1...size {
            let oldHead = try TreeHead(size: old, reading: served.map.hash)
            try ConsistencyProof(oldSize: old, newSize: size, reading: served.map.hash)
                .verify(oldRoot: oldHead.root, newRoot: checkpoint.treeHead.root)
        }
        print("sunlight mirror: checkpoint, root of \(size) entries and \(served.tiles.count) tiles right")
    }

    @Test(.enabled(if: SharedSuite.has(sunlight + "/witness/checkpoint"), "needs the sunlight witnesses"))
    func `decoys are no notes`() throws {
        for path in ["/witness/checkpoint", "/witness/mirror/checkpoint"] {
            let bytes = try SharedSuite.bytes(Self.sunlight + path)
            #expect(refusal { _ = try UnverifiedCheckpoint(parsing: bytes) } == .malformedNote)
        }
    }

    // MARK: FiloSottile/torchwood

    @Test(.enabled(if: SharedSuite.has("tlog/torchwood/witness-exchanges"), "needs the torchwood exchanges"))
    func `the bastion's back ends are named by digests`() throws {
        for file in try SharedSuite.files(below: "tlog/torchwood/witness-exchanges", suffix: "backends.txt") {
            let lines = try SharedSuite.lines(file)
            for line in lines { #expect(Digest(hex: line)?.hex == line, "\(file): \(line)") }
            #expect(!lines.isEmpty)
        }
    }
}
