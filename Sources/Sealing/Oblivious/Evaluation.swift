internal import Crypto
internal import CryptoExtras

/// What the holder of the key answers: the blinded element under its key, and the proof (DLEQ) that this key was used.
///
/// RFC 9497, sections 2.2 and 3.3.2. The proof is of a batch of one: the public interface of the crypto library proves one
/// element at a time, and proofs of batches would need arithmetic of our own.
public struct Evaluation: Sendable, Hashable {
    /// The length of every evaluation, in bytes: an element and a proof of two scalars.
    public static let byteCount = BlindedElement.byteCount + 2 * 48

    /// The evaluated element, then the challenge and the response of the proof.
    public let bytes: [UInt8]

    /// Reads an evaluation that somebody sent. Whether it proves anything says `BlindedInput.output(from:under:)`.
    ///
    /// - Parameter path: Where it stands in the input, for the error.
    /// - Throws: `malformedElement` unless the bytes are a point other than infinity and two scalars below the group's order.
    public init(parsing bytes: [UInt8], at path: String? = nil) throws(SealingError) {
        guard bytes.count == Evaluation.byteCount else {
            throw SealingError(
                .malformedElement, "an evaluation is \(Evaluation.byteCount) bytes, not \(bytes.count)", at: path)
        }
        try BlindedElement.requirePoint(Array(bytes.prefix(BlindedElement.byteCount)), at: path)
        // The library takes scalars modulo the order, so that one proof would have several spellings.
        guard let read = try? P384._VOPRF.BlindEvaluation(rawRepresentation: bytes), [UInt8](read.rawRepresentation) == bytes
        else { throw SealingError(.malformedElement, "not a proof of two scalars below the order of P-384", at: path) }
        self.bytes = bytes
    }

    init(_ evaluation: P384._VOPRF.BlindEvaluation) {
        bytes = [UInt8](evaluation.rawRepresentation)
    }

    /// The evaluated element without its proof.
    public var element: [UInt8] { Array(bytes.prefix(BlindedElement.byteCount)) }
}
