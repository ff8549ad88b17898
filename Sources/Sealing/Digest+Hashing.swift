internal import Crypto

extension Digest {
    /// The SHA-256 of the bytes in the buffer.
    public init(hashing bytes: UnsafeRawBufferPointer) {
        var hasher = SHA256()
        hasher.update(bufferPointer: bytes)
        self.init(hasher.finalize())
    }

    /// The SHA-256 of the bytes.
    public init(hashing bytes: [UInt8]) {
        self = bytes.withUnsafeBytes { Digest(hashing: $0) }
    }

    /// The SHA-256 of the bytes.
    public init(hashing bytes: ArraySlice<UInt8>) {
        self = bytes.withUnsafeBytes { Digest(hashing: $0) }
    }

    /// The SHA-256 of the bytes.
    public init(hashing bytes: Span<UInt8>) {
        self = bytes.withUnsafeBytes { Digest(hashing: $0) }
    }

    /// The SHA-256 of the text's UTF-8 bytes, exactly as it is (no Unicode normalisation).
    public init(hashing text: String) {
        var text = text
        self = text.withUTF8 { Digest(hashing: UnsafeRawBufferPointer($0)) }
    }

    /// The SHA-256 of the bytes. The general door: a sequence without contiguous storage is copied once.
    public init(hashing bytes: some Sequence<UInt8>) {
        let whole = bytes.withContiguousStorageIfAvailable { Digest(hashing: UnsafeRawBufferPointer($0)) }
        self = whole ?? Digest(hashing: [UInt8](bytes))
    }

    init(_ digest: SHA256.Digest) {
        self.init(storage: digest.withUnsafeBytes { bytes in InlineArray { bytes[$0] } })
    }
}
