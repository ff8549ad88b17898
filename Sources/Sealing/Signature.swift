/// An Ed25519 signature (RFC 8032 section 5.1.6): 64 bytes that claim something until a `VerificationKey` says so.
public struct Signature: Sendable, Hashable {
    /// The length of every signature, in bytes.
    public static let byteCount = 64

    /// The 64 bytes, R then S.
    public let bytes: [UInt8]

    /// The signature with these bytes, or nil unless there are exactly 64.
    public init?(bytes: [UInt8]) {
        guard bytes.count == Signature.byteCount else { return nil }
        self.bytes = bytes
    }

    /// The signature with these bytes, or nil unless there are exactly 64.
    public init?(bytes: ArraySlice<UInt8>) {
        self.init(bytes: [UInt8](bytes))
    }
}
