internal import Crypto

/// SHA-256 (FIPS 180-4) of content that arrives in pieces.
///
/// A copy continues on its own: finalizing one does not disturb the other, so a running digest can be read at any point.
public struct SHA256Hasher: Sendable {
    private var state = SHA256()

    /// A hasher that has seen nothing: its digest is that of the empty string.
    public init() {}

    /// Adds bytes.
    public mutating func update(_ bytes: UnsafeRawBufferPointer) {
        state.update(bufferPointer: bytes)
    }

    /// Adds bytes.
    public mutating func update(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { state.update(bufferPointer: $0) }
    }

    /// Adds bytes.
    public mutating func update(_ bytes: ArraySlice<UInt8>) {
        bytes.withUnsafeBytes { state.update(bufferPointer: $0) }
    }

    /// Adds the text's UTF-8 bytes.
    public mutating func update(_ text: String) {
        var text = text
        text.withUTF8 { state.update(bufferPointer: UnsafeRawBufferPointer($0)) }
    }

    /// Adds one byte.
    public mutating func update(_ byte: UInt8) {
        withUnsafeBytes(of: byte) { state.update(bufferPointer: $0) }
    }

    /// The digest of everything added so far. The hasher can go on.
    public func finalize() -> Digest {
        Digest(state.finalize())
    }
}
