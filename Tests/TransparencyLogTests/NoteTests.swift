import Sealing
import Testing
import TransparencyLog

@Suite struct NoteTests {
    /// The example of https://c2sp.org/signed-note, "Verifier keys".
    private static let vkey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
    private static let example = """
        This is an example message.

        — example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=

        """

    private func signer(_ name: String = "example.org/log", _ filler: UInt8 = 1) throws -> NoteSigner {
        try NoteSigner(name: NoteKeyName(name), key: SigningKey(seed: [UInt8](repeating: filler, count: 32)))
    }

    private func parse(_ text: String) throws -> UnverifiedNote {
        try UnverifiedNote(parsing: Array(text.utf8))
    }

    private func note(_ text: String, _ signatures: [NoteSignature]) -> String {
        text + "\n" + signatures.map { String(decoding: $0.line, as: UTF8.self) }.joined()
    }

    @Test func `verifies the specification's example`() throws {
        let verifier = try NoteVerifier(vkey: Self.vkey)
        #expect(verifier.vkey == Self.vkey)
        #expect(verifier.keyID == 0x530d_903a)
        let verified = try parse(Self.example).verified(by: [verifier])
        #expect(verified.text == Array("This is an example message.\n".utf8))
        #expect(verified.signatures.map(\.verifier) == [verifier])
        #expect(verified.signatures[0].timestamp == nil)
        for (old, new) in [("message.", "message!"), ("Uw2QOkn8", "Uw2QOkn9")] {
            let changed = try parse(Self.example.replacing(old, with: new))
            #expect(refusal { _ = try changed.verified(by: [verifier]) } == .invalidSignature, "\(new)")
        }
    }

    @Test func `prints the lines it parsed`() throws {
        let note = try parse(Self.example)
        #expect(String(decoding: note.unverifiedText, as: UTF8.self) == "This is an example message.\n")
        #expect(Self.example.hasSuffix(String(decoding: note.signatures[0].line, as: UTF8.self)))
    }

    @Test func `the text goes up to the last empty line`() throws {
        let signer = try signer()
        let text = "one\n\n— two\n\n"
        let signature = try signer.signature(over: Array(text.utf8))
        let verified = try parse(note(text, [signature])).verified(by: [signer.verifier])
        #expect(verified.text == Array(text.utf8))
    }

    @Test func `ignores signatures of unknown keys, also if they share a name or a key ID`() throws {
        let text = Array("x\n".utf8)
        let mine = try signer()
        let sameName = try signer("example.org/log", 2)
        let other = try signer("example.org/other", 2)
        let good = try mine.signature(over: text)
        let garbage = [
            NoteSignature(name: good.name, keyID: good.keyID ^ 1, bytes: [1]),
            NoteSignature(name: other.verifier.name, keyID: good.keyID, bytes: [1, 2, 3]),
            try sameName.signature(over: text),
            try other.signature(over: text)
        ]
        let verified = try parse(note("x\n", garbage + [good])).verified(by: [mine.verifier])
        #expect(verified.signatures.map(\.signature) == [good])
        #expect(refusal { _ = try parse(note("x\n", garbage)).verified(by: [mine.verifier]) } == .untrusted)
        #expect(refusal { _ = try parse(note("x\n", [good])).verified(by: []) } == .untrusted)
    }

    @Test func `refuses the whole note if one signature of a trusted key is not valid`() throws {
        let text = Array("x\n".utf8)
        let signers = try [signer(), signer("example.org/second", 2)]
        let good = try signers.map { try $0.signature(over: text) }
        let verifiers = signers.map(\.verifier)
        #expect(try parse(note("x\n", good)).verified(by: verifiers).signatures.count == 2)
        #expect(try parse(note("x\n", good + good)).verified(by: verifiers).signatures.count == 4)
        let bad = try signers[1].signature(over: Array("y\n".utf8))
        let short = NoteSignature(name: good[1].name, keyID: good[1].keyID, bytes: Array(good[1].bytes.dropLast()))
        for wrong in [[good[0], bad], [bad, good[0]], [good[1], bad], [good[0], short]] {
            #expect(refusal { _ = try parse(note("x\n", wrong)).verified(by: verifiers) } == .invalidSignature)
        }
        let known = try parse(note("x\n", [good[0], bad])).verified(by: [verifiers[0]])
        #expect(known.signatures.count == 1)
    }

    @Test func `refuses what is not a note`() throws {
        let line = String(decoding: try signer().signature(over: Array("x\n".utf8)).line, as: UTF8.self)
        _ = try parse("x\n\n" + line)
        let wrongLines = [
            "", String(line.dropLast()), "\(line)\n", "\(line)y\n", line.replacing("—", with: "-"),
            line.replacing("— ", with: "—"), line.replacing("— ", with: "—  "), line.replacing("\n", with: " \n"),
            " \(line)", line.replacing("\n", with: "\r\n"), "— example.org/log\n", "— example.org/log \n",
            "— example.org/log AAAAAA==\n", "— example.org/log AAAAAB=\n", "— example.org/log AAAAAAB=\n",
            "—  AAAAAAA=\n", "— a+b AAAAAAA=\n", "— a\u{A0}b AAAAAAA=\n", "— a\u{2003}b AAAAAAA=\n"
        ]
        let wrongTexts = ["x\t\n\n", "x\r\n\n", "x\0\n\n", "x\u{1F}\n\n", "x\n", "x", "\n"]
        let wrong = ["", "\n", "x", "x\n"] + wrongLines.map { "x\n\n\($0)" } + wrongTexts.map { "\($0)\(line)" }
        for text in wrong {
            #expect(refusal { _ = try parse(text) } == .malformedNote, "\(text.debugDescription)")
        }
        let notUTF8 = [0x78, 0xFF, 0x0A, 0x0A] + Array(line.utf8)
        #expect(refusal { _ = try UnverifiedNote(parsing: notUTF8) } == .malformedNote)
        _ = try parse("x\n\n— a AAAAAAA=\n")
    }

    @Test func `bounds the number of signatures and bytes`() throws {
        let line = "— a AAAAAAA=\n"
        _ = try parse("x\n\n" + String(repeating: line, count: UnverifiedNote.maximumSignatureCount))
        let tooMany = "x\n\n" + String(repeating: line, count: UnverifiedNote.maximumSignatureCount + 1)
        #expect(refusal { _ = try parse(tooMany) } == .malformedNote)
        let filler = UnverifiedNote.maximumByteCount - line.utf8.count - 2
        _ = try parse(String(repeating: "x", count: filler) + "\n\n" + line)
        let tooLong = String(repeating: "x", count: filler + 1) + "\n\n" + line
        #expect(refusal { _ = try parse(tooLong) } == .malformedNote)
    }

    @Test func `refuses to sign what could not stand in a note`() throws {
        let signer = try signer()
        for text in [[], Array("x".utf8), Array("x\t\n".utf8), [0xFF, 0x0A]] as [[UInt8]] {
            #expect(refusal { _ = try signer.signature(over: text) } == .malformedNote)
        }
    }

    @Test func `key names are compared by bytes and have no spaces`() throws {
        #expect(try NoteKeyName("caf\u{E9}") != NoteKeyName("cafe\u{301}"))
        #expect(try NoteKeyName("a") == NoteKeyName("a"))
        for name in ["", "a b", "a+b", "a\u{85}b", "a\u{2028}", "\u{3000}", "a\nb", "a\u{0}"] {
            #expect(refusal { _ = try NoteKeyName(name) } == .malformedKey, "\(name.debugDescription)")
        }
    }

    @Test func `refuses verifier keys that are not exactly one`() throws {
        let parts = Self.vkey.split(separator: "+").map(String.init)
        let material = try Base64.decode(parts[2])
        func text(_ type: UInt8, _ key: ArraySlice<UInt8>) -> String {
            // The key ID is computed here, so that nothing but the type or length can be the reason.
            let id = Digest(hashing: Array("n".utf8) + [0x0A, type] + key).hex.prefix(8)
            return "n+\(id)+\(Base64.encode([type] + key))"
        }
        _ = try NoteVerifier(vkey: text(1, material[1...]))
        _ = try NoteVerifier(vkey: text(4, material[1...]))
        for bad in [
            "", "+", "++", parts[0], "\(parts[0])+\(parts[1])", "+\(parts[1])+\(parts[2])",
            "\(parts[0])+530D903A+\(parts[2])", "\(parts[0])+530d903b+\(parts[2])", "\(parts[0])+530d903+\(parts[2])",
            "\(parts[0])x+\(parts[1])+\(parts[2])", "\(Self.vkey)=", " \(Self.vkey)", "\(Self.vkey)\n",
            text(2, material[1...]), text(0, material[1...]), text(6, material[1...]), text(1, material[2...]),
            text(1, material[1...] + [0]), text(1, [])
        ] {
            #expect(refusal { _ = try NoteVerifier(vkey: bad) } == .malformedKey, "\(bad.debugDescription)")
        }
    }
}
