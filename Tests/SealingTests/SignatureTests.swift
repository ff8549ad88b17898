import Sealing
import Testing

@Suite struct SignatureTests {
    /// RFC 8032 section 7.1, tests 1 to 3: seed, public key, message, signature.
    private static let samples = [
        (
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        ),
        (
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ),
        (
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
        )
    ]

    @Test func `signs and verifies the tests of RFC 8032`() throws {
        for (seed, publicKey, message, expected) in Self.samples {
            let key = try SigningKey(seed: #require(Hexadecimal.decode(seed)))
            let message = try #require(Hexadecimal.decode(message))
            let signature = try key.signature(for: message)
            #expect(Hexadecimal.encode(key.verificationKey.bytes) == publicKey)
            #expect(Hexadecimal.encode(signature.bytes) == expected)
            #expect(key.verificationKey.isValid(signature: signature, for: message))
        }
    }

    @Test func `any other message, key or signature does not verify`() throws {
        let key = try SigningKey(seed: [UInt8](repeating: 1, count: 32))
        let other = try SigningKey(seed: [UInt8](repeating: 2, count: 32))
        let message: [UInt8] = [1, 2, 3]
        let signature = try key.signature(for: message)
        #expect(key.verificationKey.isValid(signature: signature, for: message))
        #expect(!key.verificationKey.isValid(signature: signature, for: message + [0]))
        #expect(!other.verificationKey.isValid(signature: signature, for: message))
        for bit in 0..<512 {
            var bytes = signature.bytes
            bytes[bit / 8] ^= 1 << UInt8(bit % 8)
            let changed = try #require(Signature(bytes: bytes))
            #expect(!key.verificationKey.isValid(signature: changed, for: message), "bit \(bit)")
        }
    }

    /// The group's order L is added to S: the curve equation still holds, RFC 8032 section 5.1.7 refuses it.
    @Test func `refuses a second form of a valid signature`() throws {
        let key = try SigningKey(seed: [UInt8](repeating: 1, count: 32))
        let signature = try key.signature(for: [])
        let order = try #require(
            Hexadecimal.decode("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010"))
        var bytes = signature.bytes
        var carry = 0
        for index in 0..<32 {
            let sum = Int(bytes[32 + index]) + Int(order[index]) + carry
            bytes[32 + index] = UInt8(truncatingIfNeeded: sum)
            carry = sum >> 8
        }
        #expect(carry == 0)
        #expect(!key.verificationKey.isValid(signature: try #require(Signature(bytes: bytes)), for: []))
    }

    @Test func `refuses keys and signatures of other lengths`() {
        for count in [0, 31, 33] {
            let bytes = [UInt8](repeating: 1, count: count)
            let error = #expect(throws: SealingError.self) { try SigningKey(seed: bytes) }
            #expect(error?.code == .malformedKey)
            #expect(VerificationKey(bytes: bytes) == nil)
        }
        #expect(Signature(bytes: [UInt8](repeating: 0, count: 63)) == nil)
        #expect(Signature(bytes: [UInt8](repeating: 0, count: 65)[...]) == nil)
    }

    @Test func `bytes that are no point of the curve verify nothing`() throws {
        let signature = try SigningKey(seed: [UInt8](repeating: 1, count: 32)).signature(for: [])
        for filler in [UInt8(0xFF), 0x02] {
            let key = try #require(VerificationKey(bytes: [UInt8](repeating: filler, count: 32)))
            #expect(!key.isValid(signature: signature, for: []))
        }
    }

    @Test func `a signing key never shows its seed`() throws {
        let seed = [UInt8](repeating: 0xA7, count: 32)
        let key = try SigningKey(seed: seed)
        var dumped = ""
        dump(key, to: &dumped)
        for text in ["\(key)", String(reflecting: key), String(describing: [key]), dumped] {
            #expect(!text.contains("167"), "\(text)")
            #expect(!text.lowercased().contains("a7a7"), "\(text)")
            #expect(text.contains(Hexadecimal.encode(key.verificationKey.bytes)), "\(text)")
        }
    }
}
