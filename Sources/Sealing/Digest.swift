/// A SHA-256 digest: 32 bytes, stored in place.
///
/// SHA-256 is FIPS 180-4. The bytes live in the value itself (no heap), so a million digests are 32 MB and comparing
/// two of them is four machine words. The order is that of the bytes, most significant first, which is also the order
/// of `hex` and of a `memcmp` in a database.
///
/// A digest is not secret: equality takes a time that depends on the bytes. To compare authentication codes, sign or
/// seal instead.
@frozen
public struct Digest: Sendable {
    /// The length of every digest, in bytes.
    public static let byteCount = 32

    @usableFromInline
    internal var storage: InlineArray<32, UInt8>

    @inlinable
    internal init(storage: InlineArray<32, UInt8>) {
        self.storage = storage
    }

    /// The digest whose bytes are given, or nil unless there are exactly 32 of them.
    @inlinable
    public init?(bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        self.storage = InlineArray { bytes[$0] }
    }

    /// The digest whose bytes are given, or nil unless there are exactly 32 of them.
    @inlinable
    public init?(bytes: ArraySlice<UInt8>) {
        guard bytes.count == 32 else { return nil }
        let start = bytes.startIndex
        self.storage = InlineArray { bytes[start + $0] }
    }

    /// The digest whose bytes are given, or nil unless there are exactly 32 of them.
    @inlinable
    public init?(bytes: UnsafeRawBufferPointer) {
        guard bytes.count == 32 else { return nil }
        self.storage = InlineArray { bytes[$0] }
    }

    /// The 32 bytes as an array. It allocates; hot paths use `withUnsafeBytes`.
    public var bytes: [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 32) { buffer, count in
            for index in 0..<32 { buffer.initializeElement(at: index, to: storage[index]) }
            count = 32
        }
    }

    /// Calls `body` with the 32 bytes in place. The pointer must not outlive the call.
    @inlinable
    public func withUnsafeBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try storage.span.withUnsafeBytes { (bytes) throws(Failure) -> Result in try body(bytes) }
    }

    /// The eight bytes that start at byte `8 * index`, as a big-endian number.
    @inlinable
    internal func word(_ index: Int) -> UInt64 {
        withUnsafeBytes { UInt64(bigEndian: $0.loadUnaligned(fromByteOffset: 8 * index, as: UInt64.self)) }
    }
}

extension Digest: Hashable {
    @inlinable
    public static func == (left: Digest, right: Digest) -> Bool {
        left.word(0) == right.word(0) && left.word(1) == right.word(1)
            && left.word(2) == right.word(2) && left.word(3) == right.word(3)
    }

    /// Feeds all 32 bytes: a digest can be chosen by an adversary who grinds, so no part of it stands for the whole.
    @inlinable
    public func hash(into hasher: inout Hasher) {
        for index in 0..<4 { hasher.combine(word(index)) }
    }
}

extension Digest: Comparable {
    @inlinable
    public static func < (left: Digest, right: Digest) -> Bool {
        for index in 0..<4 {
            let (mine, theirs) = (left.word(index), right.word(index))
            if mine != theirs { return mine < theirs }
        }
        return false
    }
}

extension Digest: CustomStringConvertible {
    /// The same as `hex`.
    public var description: String { hex }
}
