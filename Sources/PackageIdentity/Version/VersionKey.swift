/// The place of a version in the order of its scheme, as a byte string.
///
/// Comparing two keys of the same scheme byte by byte (`memcmp`, and where one key is a prefix of the other the shorter one
/// first) gives exactly the order of the scheme; two keys are equal exactly when the scheme calls the versions equal. So a
/// range is two comparisons, a sorted array is an index, and a B-tree of any database answers range queries. Keys of
/// different schemes must not be compared: the result means nothing.
///
/// Every key that an encoder makes is self-delimiting (none is a prefix of another), begins with a byte above `0x00`, and is
/// stable: the layouts are documented at the schemes (`SemVerScheme.swift`, `DpkgScheme.swift`, …) and at `KeyWriter`, and
/// change only together with the name of a scheme.
///
/// In memory a key takes 32 bytes; only the part of a key beyond 23 bytes is allocated, and few versions are so long.
public struct VersionKey: Sendable {
    /// Raised whenever any scheme gives another key for the same version: whoever stores keys makes them anew then.
    public static let encodingRevision = 4

    /// The longest version that is encoded, in bytes. Real ones stay below 100; a key takes at most ten times as many bytes.
    public static let maximumVersionLength = 65_536

    /// Bytes 0…7 of the key as a big-endian number, padded with zeros.
    @usableFromInline let high: UInt64
    /// Bytes 8…15, likewise.
    @usableFromInline let middle: UInt64
    /// Bytes 16…22, likewise, and in the last byte the length of the key, where 24 stands for everything longer than 23.
    /// With the length last, comparing numbers compares byte strings, a prefix before its extensions.
    @usableFromInline let low: UInt64
    /// The bytes of the key from the twenty-fourth on, or nil when there are none: nil costs no reference count, the empty
    /// array does.
    @usableFromInline let tail: [UInt8]?

    static let inlineCapacity = 23

    /// Below the key of every version in every scheme: the empty byte string. It stands for OSV's `introduced: "0"`.
    public static var lowest: VersionKey { VersionKey(high: 0, middle: 0, low: 0, tail: nil) }

    /// Whether this is `lowest`.
    public var isLowest: Bool { low == 0 }

    /// A key that was made before, from its bytes. Any byte string is accepted and ordered.
    public init(bytes: some Collection<UInt8>) {
        var words: (UInt64, UInt64, UInt64) = (0, 0, 0)
        var index = 0
        for byte in bytes.prefix(Self.inlineCapacity) {
            let shifted = UInt64(byte) << UInt64(56 - 8 * (index & 7))
            switch index >> 3 {
            case 0: words.0 |= shifted
            case 1: words.1 |= shifted
            default: words.2 |= shifted
            }
            index += 1
        }
        let rest = [UInt8](bytes.dropFirst(Self.inlineCapacity))
        let length = rest.isEmpty ? index : Self.inlineCapacity + 1
        self.init(high: words.0, middle: words.1, low: words.2 | UInt64(length), tail: rest.isEmpty ? nil : rest)
    }

    init(high: UInt64, middle: UInt64, low: UInt64, tail: [UInt8]?) {
        self.high = high
        self.middle = middle
        self.low = low
        self.tail = tail
    }

    /// The key as an index stores it: three words that compare like the first 23 bytes and the length (24 for anything longer),
    /// and the bytes behind them.
    @inlinable package var words: (high: UInt64, middle: UInt64, low: UInt64) { (high, middle, low) }
    /// The bytes from the twenty-fourth on, or nil where there are none.
    @inlinable package var bytesBeyondWords: [UInt8]? { tail }
    /// A key from what an index stored of it.
    package init(words: (high: UInt64, middle: UInt64, low: UInt64), bytesBeyondWords: [UInt8]?) {
        self.init(high: words.high, middle: words.middle, low: words.low, tail: bytesBeyondWords)
    }
    /// How many bytes stand in `words`.
    package static var wordCapacity: Int { inlineCapacity }

    /// The number of bytes in the key.
    public var count: Int { tail.map { Self.inlineCapacity + $0.count } ?? Int(low & 0xFF) }

    /// The bytes of the key, for storing it.
    public var bytes: [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(count)
        append(to: &result)
        return result
    }

    /// Appends the bytes of the key to `buffer`.
    public func append(to buffer: inout [UInt8]) {
        for index in 0..<min(count, Self.inlineCapacity) {
            let word = index < 8 ? high : index < 16 ? middle : low
            buffer.append(UInt8(truncatingIfNeeded: word >> UInt64(56 - 8 * (index & 7))))
        }
        if let tail { buffer.append(contentsOf: tail) }
    }
}

extension VersionKey: Comparable, Hashable {
    /// Byte order, the order of the scheme.
    @inlinable
    public static func < (left: VersionKey, right: VersionKey) -> Bool {
        if left.high != right.high { return left.high < right.high }
        if left.middle != right.middle { return left.middle < right.middle }
        if left.low != right.low { return left.low < right.low }
        return left.isTailLess(than: right)
    }

    /// Whether the scheme calls the versions equal.
    @inlinable
    public static func == (left: VersionKey, right: VersionKey) -> Bool {
        left.high == right.high && left.middle == right.middle && left.low == right.low && left.tail == right.tail
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(high)
        hasher.combine(middle)
        hasher.combine(low)
        if let tail { hasher.combine(tail) }
    }

    @usableFromInline
    func isTailLess(than other: VersionKey) -> Bool {
        guard let tail, let other = other.tail else { return false }
        return tail.lexicographicallyPrecedes(other)
    }
}

extension VersionKey: CustomStringConvertible {
    /// The bytes in hexadecimal, for logs and failing tests.
    public var description: String {
        let digits = Array("0123456789abcdef")
        return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 0xF)]] })
    }
}
