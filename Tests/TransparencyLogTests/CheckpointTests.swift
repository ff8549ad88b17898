import Sealing
import Testing
import TransparencyLog

@Suite struct CheckpointTests {
    private static let text = """
        example.com/behind-the-sofa
        20852163
        CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

        """

    private func key(_ filler: UInt8) throws -> SigningKey {
        try SigningKey(seed: [UInt8](repeating: filler, count: 32))
    }

    private func signer(_ filler: UInt8 = 1) throws -> NoteSigner {
        try NoteSigner(name: NoteKeyName("example.org/log"), key: key(filler))
    }

    private func witness(_ filler: UInt8, _ name: String? = nil) throws -> Cosigner {
        try Cosigner(name: NoteKeyName(name ?? "witness.example/\(filler)"), key: key(filler))
    }

    private func checkpoint(_ origin: String = "example.org/log", extensions: [String] = []) throws -> Checkpoint {
        try Checkpoint(origin: origin, treeHead: TreeHead(size: 5, root: MerkleHash.leaf([5])), extensionLines: extensions)
    }

    @Test func `reads and prints the specification's example`() throws {
        let checkpoint = try Checkpoint(parsing: Array(Self.text.utf8))
        #expect(checkpoint.origin == "example.com/behind-the-sofa")
        #expect(checkpoint.treeHead.size == 20_852_163)
        #expect(checkpoint.treeHead.root.base64 == "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=")
        #expect(checkpoint.extensionLines.isEmpty)
        #expect(checkpoint.text == Array(Self.text.utf8))
        let longer = Self.text + "one\ntwo\n"
        let extended = try Checkpoint(parsing: Array(longer.utf8))
        #expect(extended.extensionLines == ["one", "two"])
        #expect(extended.text == Array(longer.utf8))
        #expect(extended != checkpoint)
    }

    @Test func `refuses every other way to write one`() {
        let root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="
        for text in [
            "", "\n", "a\n", "a\n1\n", "a\n1\n\(root)", "\n1\n\(root)\n", "a\n\n\(root)\n", "a\n1\n\n", "a\n1\n\(root)\n\n",
            "a\n1\n\(root)\n\nb\n", "a\n1\n\(root)\nb", "a\n01\n\(root)\n", "a\n00\n\(root)\n", "a\n+1\n\(root)\n",
            "a\n-1\n\(root)\n", "a\n 1\n\(root)\n", "a\n1 \n\(root)\n", "a\n1.0\n\(root)\n", "a\n0x1\n\(root)\n",
            "a\n１\n\(root)\n", "a\n9223372036854775808\n\(root)\n", "a\n18446744073709551616\n\(root)\n",
            "a\n1\n\(root.dropLast())\n", "a\n1\n\(root)=\n", "a\n1\n\(root.replacing("2I=", with: "2J="))\n",
            "a\n1\n\(root.replacing("/", with: "_"))\n", "a\n1\nAAAA\n", "a\n1\n \(root)\n", "a\n1\n\(root) \n",
            "a\r\n1\n\(root)\n", "a\t\n1\n\(root)\n", "a\n1\n\(root)\nb\u{7}\n"
        ] {
            #expect(refusal { _ = try Checkpoint(parsing: Array(text.utf8)) } == .malformedCheckpoint, "\(text.debugDescription)")
        }
        #expect((try? Checkpoint(parsing: Array("a b+c\n9223372036854775807\n\(root)\n".utf8))) != nil)
        #expect((try? Checkpoint(parsing: Array("a\n0\n\(root)\n".utf8))) != nil)
        for origin in ["", "a\nb", "\u{1}"] {
            #expect(refusal { _ = try Checkpoint(origin: origin, treeHead: .empty) } == .malformedCheckpoint)
        }
        #expect(refusal { _ = try Checkpoint(origin: "a", treeHead: .empty, extensionLines: [""]) } == .malformedCheckpoint)
        let huge = TreeHead(size: .max, root: MerkleHash.emptyRoot)
        #expect(refusal { _ = try Checkpoint(origin: "a", treeHead: huge) } == .malformedCheckpoint)
    }

    @Test func `origins that only look alike are different`() throws {
        let composed = try checkpoint("caf\u{E9}")
        let decomposed = try checkpoint("cafe\u{301}")
        #expect(composed != decomposed)
        let signer = try signer()
        let note = try composed.note(signedBy: [signer.signature(over: composed.text)])
        let log = TrustedLog(origin: "cafe\u{301}", verifiers: [signer.verifier])
        #expect(refusal { _ = try UnverifiedCheckpoint(parsing: note).verified(as: log) } == .unexpectedOrigin)
    }

    @Test func `is verified if its own log signed it`() throws {
        let signer = try signer()
        let log = TrustedLog(origin: "example.org/log", verifiers: [signer.verifier])
        let checkpoint = try checkpoint()
        let note = try checkpoint.note(signedBy: [signer.signature(over: checkpoint.text)])
        let verified = try UnverifiedCheckpoint(parsing: note).verified(as: log)
        #expect(verified.checkpoint == checkpoint)
        #expect(verified.logSignatures.count == 1)
        let other = TrustedLog(origin: "example.org/other", verifiers: [signer.verifier])
        #expect(refusal { _ = try UnverifiedCheckpoint(parsing: note).verified(as: other) } == .unexpectedOrigin)
        let stranger = TrustedLog(origin: "example.org/log", verifiers: [try self.signer(2).verifier])
        #expect(refusal { _ = try UnverifiedCheckpoint(parsing: note).verified(as: stranger) } == .untrusted)
        #expect(refusal { _ = try checkpoint.note(signedBy: []) } == .malformedNote)
    }

    @Test func `a quorum counts different witnesses, and no witness stands for the log`() throws {
        let signer = try signer()
        let log = TrustedLog(origin: "example.org/log", verifiers: [signer.verifier])
        let checkpoint = try checkpoint()
        let witnesses = try [witness(11), witness(12), witness(13)]
        let trusted = witnesses.map(\.verifier)
        let byLog = try signer.signature(over: checkpoint.text)
        let cosignatures = try witnesses.map { try $0.signature(over: checkpoint, at: 1_700_000_000) }
        func verify(_ signatures: [NoteSignature], _ trusted: [NoteVerifier], _ quorum: Int) throws -> VerifiedCheckpoint {
            try UnverifiedCheckpoint(parsing: checkpoint.note(signedBy: signatures))
                .verified(as: log, witnesses: trusted, quorum: quorum)
        }
        let verified = try verify([byLog] + cosignatures, trusted, 3)
        #expect(
            verified.cosignatures.map(\.timestamp) == [.seconds(1_700_000_000), .seconds(1_700_000_000), .seconds(1_700_000_000)])
        #expect(refusal { _ = try verify([byLog] + cosignatures, trusted, 4) } == .tooFewCosignatures)
        #expect(refusal { _ = try verify([byLog] + cosignatures, Array(trusted[1...]), 3) } == .tooFewCosignatures)
        #expect(refusal { _ = try verify(cosignatures, trusted, 3) } == .untrusted)
        let again = try witnesses[0].signature(over: checkpoint, at: 1_700_000_001)
        #expect(refusal { _ = try verify([byLog, cosignatures[0], again], trusted, 2) } == .tooFewCosignatures)
        // One key under two names is one witness; a log's own key or a plain signature is none.
        let alias = try witness(11, "witness.example/alias")
        let aliased = try alias.signature(over: checkpoint, at: 1)
        #expect(
            refusal {
                _ = try verify([byLog, cosignatures[0], aliased], trusted + [alias.verifier], 2)
            } == .tooFewCosignatures)
        #expect(refusal { _ = try verify([byLog], [signer.verifier], 1) } == .tooFewCosignatures)
    }

    /// https://c2sp.org/tlog-cosignature, "Ed25519 signed message", built by hand.
    @Test func `a cosignature covers a header, the time and the whole text`() throws {
        let checkpoint = try checkpoint(extensions: ["more"])
        let witness = try witness(11)
        let signature = try witness.signature(over: checkpoint, at: 1_679_315_147)
        let time: [UInt8] = [0, 0, 0, 0, 0x64, 0x18, 0x50, 0xCB]
        #expect(Array(signature.bytes[..<8]) == time)
        let message = Array("cosignature/v1\ntime 1679315147\n".utf8) + checkpoint.text
        #expect(try Array(signature.bytes[8...]) == key(11).signature(for: message).bytes)
        let note = try UnverifiedNote(parsing: checkpoint.note(signedBy: [signature]))
        #expect(try note.verified(by: [witness.verifier]).signatures[0].timestamp == .seconds(1_679_315_147))
        for bit in 0..<64 {
            var bytes = signature.bytes
            bytes[bit / 8] ^= 1 << UInt8(bit % 8)
            let changed = NoteSignature(name: signature.name, keyID: signature.keyID, bytes: bytes)
            let note = try UnverifiedNote(parsing: checkpoint.note(signedBy: [changed]))
            #expect(refusal { _ = try note.verified(by: [witness.verifier]) } == .invalidSignature, "bit \(bit)")
        }
        for seconds in [0, UInt64(1) << 63, .max] {
            #expect(refusal { _ = try witness.signature(over: checkpoint, at: seconds) } == .timestampOutOfRange)
        }
    }

    @Test func `a cosignature beyond 2^63 seconds or over anything but a checkpoint is not valid`() throws {
        let key = try key(11)
        let verifier = try NoteVerifier(name: NoteKeyName("w"), kind: .cosignature(key.verificationKey))
        func note(_ text: String, _ seconds: UInt64) throws -> UnverifiedNote {
            let message = Array("cosignature/v1\ntime \(seconds)\n\(text)".utf8)
            let time = (0..<8).map { UInt8(truncatingIfNeeded: seconds >> (56 - 8 * UInt64($0))) }
            let bytes = try time + key.signature(for: message).bytes
            let line = NoteSignature(name: verifier.name, keyID: verifier.keyID, bytes: bytes).line
            return try UnverifiedNote(parsing: Array(text.utf8) + [0x0A] + line)
        }
        let text = String(decoding: try checkpoint().text, as: UTF8.self)
        _ = try note(text, 1 << 63 - 1).verified(by: [verifier])
        #expect(refusal { _ = try note(text, 1 << 63).verified(by: [verifier]) } == .invalidSignature)
        #expect(refusal { _ = try note("not a checkpoint\n", 1).verified(by: [verifier]) } == .invalidSignature)
    }

    @Test func `the same key under another type is another key`() throws {
        let name = try NoteKeyName("n")
        let signer = try NoteVerifier(name: name, kind: .ed25519(key(1).verificationKey))
        let cosigner = try NoteVerifier(name: name, kind: .cosignature(key(1).verificationKey))
        #expect(signer.keyID != cosigner.keyID)
    }
}
