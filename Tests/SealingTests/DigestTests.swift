import Sealing
import Testing

@Suite struct DigestTests {
    private static let emptyHex = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    private static let abcHex = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

    @Test func `hashes as FIPS 180-4 says, whatever holds the bytes`() {
        let abc: [UInt8] = [0x61, 0x62, 0x63]
        #expect(Digest(hashing: [UInt8]()).hex == Self.emptyHex)
        #expect(Digest(hashing: "abc").hex == Self.abcHex)
        #expect(Digest(hashing: abc).hex == Self.abcHex)
        #expect(Digest(hashing: ([0] + abc + [0])[1..<4]).hex == Self.abcHex)
        #expect(Digest(hashing: abc.span).hex == Self.abcHex)
        #expect(Digest(hashing: abc.lazy.map { $0 }).hex == Self.abcHex)
        #expect(abc.withUnsafeBytes { Digest(hashing: $0) }.hex == Self.abcHex)
    }

    @Test func `a hasher fed in pieces agrees with one fed at once, and can be read in between`() {
        var hasher = SHA256Hasher()
        #expect(hasher.finalize().hex == Self.emptyHex)
        hasher.update(UInt8(0x61))
        var branch = hasher
        hasher.update("b")
        branch.update([0x78] as [UInt8])
        hasher.update([0, 0x63][1...])
        #expect(hasher.finalize().hex == Self.abcHex)
        #expect(branch.finalize() == Digest(hashing: "ax"))
        #expect(hasher.finalize().hex == Self.abcHex)
    }

    @Test func `refuses any length but 32 bytes`() {
        for count in [0, 31, 33, 64] {
            let bytes = [UInt8](repeating: 1, count: count)
            #expect(Digest(bytes: bytes) == nil, "\(count) bytes")
            #expect(Digest(bytes: bytes[...]) == nil, "\(count) bytes")
            #expect(bytes.withUnsafeBytes { Digest(bytes: $0) } == nil, "\(count) bytes")
        }
    }

    @Test func `bytes, hex and Base 64 read back`() {
        let digest = Digest(hashing: "abc")
        #expect(Digest(bytes: digest.bytes) == digest)
        #expect(Digest(bytes: ([7] + digest.bytes)[1...]) == digest)
        #expect(Digest(hex: digest.hex) == digest)
        #expect(Digest(hex: digest.hex.uppercased()) == digest)
        #expect(Digest(base64: digest.base64) == digest)
        #expect(digest.base64 == "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=")
        #expect(digest.withUnsafeBytes { Array($0) } == digest.bytes)
        #expect("\(digest)" == digest.hex)
    }

    @Test func `refuses hexadecimal and Base 64 that is not exactly a digest`() {
        let hex = Self.abcHex
        for text in [
            "", String(hex.dropLast()), hex + "0", hex + "00", "g" + hex.dropFirst(), "G" + hex.dropFirst(), " " + hex.dropFirst()
        ] {
            #expect(Digest(hex: text) == nil, "\(text)")
        }
        let base64 = Digest(hashing: "abc").base64
        // The last character carries two spare bits: "0" has none set, "1" has.
        for text in ["", String(base64.dropLast()), base64 + "=", base64.replacing("0=", with: "1=")] {
            #expect(Digest(base64: text) == nil, "\(text)")
        }
    }

    @Test func `every bit counts for equality, and the order is that of the bytes`() {
        let digest = Digest(hashing: "abc")
        for bit in 0..<256 {
            var bytes = digest.bytes
            bytes[bit / 8] ^= 0x80 >> UInt8(bit % 8)
            let other = Digest(bytes: bytes)
            #expect(other != digest, "bit \(bit)")
            if let other {
                let isGreater = bytes[bit / 8] > digest.bytes[bit / 8]
                #expect((digest < other) == isGreater, "bit \(bit)")
                #expect((other < digest) == !isGreater, "bit \(bit)")
                #expect(other.hashValue != digest.hashValue, "bit \(bit)")
            }
        }
        #expect(!(digest < digest))
    }

    /// RFC 4231, test cases 1, 2 and 6 (a key longer than a block).
    @Test func `derives keyed digests as RFC 4231 lists them`() {
        let cases: [(key: [UInt8], message: String, hex: String)] = [
            (
                [UInt8](repeating: 0x0B, count: 20), "Hi There",
                "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
            ),
            (
                Array("Jefe".utf8), "what do ya want for nothing?",
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
            ),
            (
                [UInt8](repeating: 0xAA, count: 131), "Test Using Larger Than Block-Size Key - Hash Key First",
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
            )
        ]
        for (key, message, hex) in cases {
            #expect(keyedDigest(key: key, message: Array(message.utf8)).hex == hex, "\(message)")
        }
    }
}
