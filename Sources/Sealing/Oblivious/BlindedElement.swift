internal import Crypto
internal import CryptoExtras

/// What whoever asks sends: its input, hidden behind a random blind. A point of P-384, uniformly distributed whatever the
/// input is, so it says nothing about it to anybody, however much they can compute.
///
/// RFC 9497, section 3.3.2 (mode VOPRF), suite P384-SHA384 (section 4.4).
public struct BlindedElement: Sendable, Hashable {
    /// The length of every element, in bytes: a compressed point (SEC 1, section 2.3.3).
    public static let byteCount = 49

    /// The compressed point.
    public let bytes: [UInt8]

    /// Reads an element that somebody sent.
    ///
    /// - Parameter path: Where it stands in the input, for the error.
    /// - Throws: `malformedElement` unless the bytes are the compressed form of a point of the curve, the point at infinity
    ///   excepted (RFC 9497, section 2.1, DeserializeElement).
    public init(parsing bytes: [UInt8], at path: String? = nil) throws(SealingError) {
        try BlindedElement.requirePoint(bytes, at: path)
        self.bytes = bytes
    }

    init(_ element: P384._VOPRF.BlindedElement) {
        bytes = [UInt8](element.oprfRepresentation)
    }

    /// The library also reads uncompressed points and would reduce none of it: what is not the one canonical form is refused.
    static func requirePoint(_ bytes: [UInt8], at path: String?) throws(SealingError) {
        guard bytes.count == byteCount else {
            throw SealingError(.malformedElement, "an element is \(byteCount) bytes, not \(bytes.count)", at: path)
        }
        guard bytes[0] == 2 || bytes[0] == 3,
            let point = try? P384._VOPRF.BlindedElement(oprfRepresentation: bytes),
            [UInt8](point.oprfRepresentation) == bytes
        else { throw SealingError(.malformedElement, "not a compressed point of P-384", at: path) }
    }
}
