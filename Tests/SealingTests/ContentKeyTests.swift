import Crypto
import Foundation
import Sealing
import Testing

@Suite struct ContentKeyTests {
    private let keyBytes = [UInt8](repeating: 0x5C, count: 32)
    private let nonce = [UInt8](repeating: 3, count: 12)
    private let content = Array("heap overflow in the parser".utf8)
    private let context = Array("case:7/record:2".utf8)

    private func key(_ filler: UInt8 = 0x5C) throws -> ContentKey {
        try ContentKey(bytes: [UInt8](repeating: filler, count: 32))
    }

    private func salt(_ filler: UInt8 = 9) throws -> CommitmentSalt {
        try #require(CommitmentSalt(bytes: [UInt8](repeating: filler, count: 32)))
    }

    private func seal() throws -> SealedContent {
        try key().seal(content, context: context, nonce: nonce, salt: salt())
    }

    private func expectRefusal(
        _ code: SealingError.Code, sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> Void
    ) {
        let error = #expect(throws: SealingError.self, sourceLocation: sourceLocation) { try body() }
        #expect(error?.code == code, sourceLocation: sourceLocation)
    }

    @Test func `opens what it sealed, through the stored form`() throws {
        let sealed = try seal()
        let opened = try key().open(SealedContent(parsing: sealed.bytes), context: context)
        #expect(opened.content == content)
        #expect(opened.salt == (try salt()))
        #expect(try SealedContent(parsing: sealed.bytes) == sealed)
        #expect(sealed.bytes.count == 1 + 32 + 12 + 32 + content.count + 16)
        let empty = try key().seal([], context: [], nonce: nonce, salt: salt())
        #expect(try key().open(empty, context: []).content.isEmpty)
    }

    /// The box is AES-256-GCM and nothing of our own: the same library's plain call opens it.
    @Test func `the ciphertext is AES-256-GCM over salt and content`() throws {
        let sealed = try seal()
        let box = try AES.GCM.SealedBox(
            nonce: AES.GCM.Nonce(data: sealed.nonce), ciphertext: sealed.ciphertext.dropLast(16),
            tag: sealed.ciphertext.suffix(16))
        let data = Array("breakwater content box v1".utf8) + [0] + context
        let frame = try AES.GCM.open(box, using: SymmetricKey(data: keyBytes), authenticating: data)
        #expect(Array(frame) == (try salt()).bytes + content)
    }

    @Test func `another key, context or domain does not open it`() throws {
        let sealed = try seal()
        expectRefusal(.notAuthentic) { _ = try key(0x5D).open(sealed, context: context) }
        expectRefusal(.notAuthentic) { _ = try key().open(sealed, context: context + [0]) }
        expectRefusal(.notAuthentic) { _ = try key().open(sealed, context: []) }
        let domain = try #require(CommitmentDomain("other"))
        expectRefusal(.commitmentMismatch) { _ = try key().open(sealed, context: context, domain: domain) }
    }

    @Test func `no changed bit of the stored form opens`() throws {
        let bytes = try seal().bytes
        for bit in 0..<(8 * bytes.count) {
            var changed = bytes
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(throws: SealingError.self, "bit \(bit)") {
                try key().open(SealedContent(parsing: changed), context: context)
            }
        }
    }

    /// The attack that GCM alone permits: whoever holds the key encrypts a frame other than the one committed to.
    @Test func `a box whose content is not what its commitment states does not open`() throws {
        var bytes = try seal().bytes
        let lie = try key().seal(Array("a harmless typing error....".utf8), context: context, nonce: nonce, salt: salt())
        bytes.replaceSubrange(1..<33, with: lie.commitment.digest.bytes)
        let mixed = try SealedContent(parsing: bytes)
        expectRefusal(.commitmentMismatch) { _ = try key().open(mixed, context: context) }
    }

    @Test func `the commitment opens with the salt and content inside, and depends on nothing else`() throws {
        let sealed = try seal()
        let opened = try key().open(sealed, context: context)
        #expect(sealed.commitment.isOpened(by: opened.salt, content: opened.content, domain: .sealedContent))
        let elsewhere = try key(1).seal(content, context: [], nonce: [UInt8](repeating: 8, count: 12), salt: salt())
        #expect(elsewhere.commitment == sealed.commitment)
        #expect(elsewhere.ciphertext != sealed.ciphertext)
        let domain = try #require(CommitmentDomain("finding"))
        let named = try key().seal(content, context: context, nonce: nonce, salt: salt(), domain: domain)
        #expect(named.commitment != sealed.commitment)
        #expect(try key().open(named, context: context, domain: domain).content == content)
    }

    @Test func `a wrapped key opens what the key sealed, under its master and context only`() throws {
        let wrapped = try key().wrapped(under: key(2), context: context, nonce: nonce, salt: salt())
        let unwrapped = try ContentKey(unwrapping: SealedContent(parsing: wrapped.bytes), under: key(2), context: context)
        #expect(try unwrapped.open(seal(), context: context).content == content)
        expectRefusal(.notAuthentic) { _ = try ContentKey(unwrapping: wrapped, under: key(3), context: context) }
        expectRefusal(.notAuthentic) { _ = try ContentKey(unwrapping: wrapped, under: key(2), context: []) }
    }

    @Test func `a key box is not a content box, nor the other way round`() throws {
        let wrapped = try key().wrapped(under: key(2), context: context, nonce: nonce, salt: salt())
        expectRefusal(.notAuthentic) { _ = try key(2).open(wrapped, context: context) }
        let content = try key(2).seal(keyBytes, context: context, nonce: nonce, salt: salt())
        expectRefusal(.notAuthentic) { _ = try ContentKey(unwrapping: content, under: key(2), context: context) }
    }

    @Test func `refuses keys, nonces and stored forms of other lengths, and other versions`() throws {
        for count in [0, 16, 31, 33] {
            expectRefusal(.malformedKey) { _ = try ContentKey(bytes: [UInt8](repeating: 0, count: count)) }
            #expect(CommitmentSalt(bytes: [UInt8](repeating: 0, count: count)) == nil)
        }
        for count in [0, 11, 13, 16] {
            let nonce = [UInt8](repeating: 0, count: count)
            expectRefusal(.malformedSealedContent) {
                _ = try key().seal(content, context: [], nonce: nonce, salt: salt())
            }
        }
        let shortest = try key().seal([], context: [], nonce: nonce, salt: salt()).bytes
        for count in 0..<shortest.count {
            expectRefusal(.malformedSealedContent) { _ = try SealedContent(parsing: Array(shortest.prefix(count))) }
        }
        expectRefusal(.malformedSealedContent) { _ = try SealedContent(parsing: [2] + shortest.dropFirst()) }
    }

    @Test func `keys, salts and opened content never show their bytes`() throws {
        let opened = try key().open(seal(), context: context)
        for secret: Any in [try key(), try salt(), opened] {
            var dumped = ""
            dump(secret, to: &dumped)
            for text in ["\(secret)", String(reflecting: secret), String(describing: [secret]), dumped] {
                #expect(text.contains("redacted"), "\(text)")
                // As an array prints, as `dump` prints an array line by line, and as text.
                for bytes in ["92, 92", "- 92", "5c5c", "9, 9", "- 9\n", "0909", "104, 101", "- 104", "overflow"] {
                    #expect(!text.lowercased().contains(bytes), "\(text)")
                }
            }
        }
    }
}
