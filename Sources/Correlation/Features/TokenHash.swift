/// FNV-1a over bytes with a last mix, 32 bits of it: fast, the same on every machine and in every run.
///
/// It is no defence: a finder can make two texts collide. All it gains is a comparison, for a shared token only proposes a
/// pair or adds to its score together with others; what decides alone (identifiers, fingerprints) takes 64 bits:
/// two tokens that stay together (`TokenKind.isPaired`), or `wideValue`.
struct TokenHash {
    private var state: UInt64

    init(_ kind: TokenKind) { state = 0xCBF2_9CE4_8422_2325 ^ (UInt64(kind.rawValue) &* 0x9E37_79B9_7F4A_7C15) }

    @inline(__always) mutating func add(_ byte: UInt8) { state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }

    mutating func add(_ bytes: some Sequence<UInt8>) { for byte in bytes { add(byte) } }

    /// Never zero, which means absent.
    var value: UInt32 { Self.mixed(state) }

    /// 64 bits, for what decides alone. Never zero either.
    var wideValue: UInt64 { UInt64(Self.mixed(state)) << 32 | UInt64(Self.mixed(state ^ 0x9E37_79B9_7F4A_7C15)) }

    @inline(__always) static func mixed(_ word: UInt64) -> UInt32 {
        var word = word
        word = (word ^ (word >> 32)) &* 0xD6E8_FEB8_6659_FD93
        word ^= word >> 32
        let low = UInt32(truncatingIfNeeded: word)
        return low == 0 ? 1 : low
    }

    static func of(_ bytes: some Sequence<UInt8>, _ kind: TokenKind) -> UInt32 {
        var hash = TokenHash(kind)
        hash.add(bytes)
        return hash.value
    }

    static func lowercased(_ bytes: some Sequence<UInt8>, _ kind: TokenKind) -> UInt32 {
        var hash = TokenHash(kind)
        for byte in bytes { hash.add(byte.lowercased) }
        return hash.value
    }
}

extension UInt8 {
    @inline(__always) var lowercased: UInt8 { self >= UInt8(ascii: "A") && self <= UInt8(ascii: "Z") ? self | 0x20 : self }
    @inline(__always) var isUppercaseLetter: Bool { self >= UInt8(ascii: "A") && self <= UInt8(ascii: "Z") }
    /// A letter, digit or underscore, or a part of a letter beyond ASCII.
    @inline(__always) var isWord: Bool { isLetter || isDigit || self == UInt8(ascii: "_") || self >= 0x80 }
}
