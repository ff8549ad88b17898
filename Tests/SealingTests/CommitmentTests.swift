import Sealing
import Testing

@Suite struct CommitmentTests {
    private func salt(_ filler: UInt8) throws -> CommitmentSalt {
        try #require(CommitmentSalt(bytes: [UInt8](repeating: filler, count: 32)))
    }

    /// Written out by hand, so that a change of the layout cannot go unseen: published commitments would not open.
    @Test func `is SHA-256 of domain length, domain, salt, content length and content`() throws {
        let domain = try #require(CommitmentDomain("finding"))
        let content: [UInt8] = [0xDE, 0xAD]
        let input = [7] + Array("finding".utf8) + [UInt8](repeating: 4, count: 32) + [0, 0, 0, 0, 0, 0, 0, 2] + content
        let commitment = try Commitment(domain: domain, salt: salt(4), content: content)
        #expect(commitment.digest == Digest(hashing: input))
        #expect(try Commitment(domain: domain, salt: salt(4), content: ([1] + content)[1...]) == commitment)
        #expect(Commitment(digest: commitment.digest) == commitment)
    }

    @Test func `opens to its own domain, salt and content only`() throws {
        let domain = try #require(CommitmentDomain("finding"))
        let other = try #require(CommitmentDomain("findinh"))
        let commitment = try Commitment(domain: domain, salt: salt(4), content: [1, 2])
        #expect(commitment.isOpened(by: try salt(4), content: [1, 2], domain: domain))
        #expect(!commitment.isOpened(by: try salt(5), content: [1, 2], domain: domain))
        #expect(!commitment.isOpened(by: try salt(4), content: [1, 2, 3], domain: domain))
        #expect(!commitment.isOpened(by: try salt(4), content: [], domain: domain))
        #expect(!commitment.isOpened(by: try salt(4), content: [1, 2], domain: other))
    }

    @Test func `no bytes move between domain and salt unseen`() throws {
        // Without the length, "ab" + salt 0x63… and "abc" + salt 0x63… could give one input for fitting contents.
        let short = try #require(CommitmentDomain("ab"))
        let long = try #require(CommitmentDomain("abc"))
        let one = try Commitment(domain: short, salt: salt(0x63), content: [0x63])
        let two = try Commitment(domain: long, salt: salt(0x63), content: [])
        #expect(one != two)
    }

    @Test func `a domain is 1 to 255 bytes of printable ASCII`() {
        #expect(CommitmentDomain("") == nil)
        #expect(CommitmentDomain(String(repeating: "a", count: 255)) != nil)
        #expect(CommitmentDomain(String(repeating: "a", count: 256)) == nil)
        for name in ["a\nb", "a\u{7F}", "café", "\0"] { #expect(CommitmentDomain(name) == nil, "\(name)") }
    }
}
