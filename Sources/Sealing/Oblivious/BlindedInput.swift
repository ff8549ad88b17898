internal import Crypto
internal import CryptoExtras

/// The asker's side of one question: the input, the secret blind, and the element that hides the one behind the other.
///
/// RFC 9497, section 3.3.2: Blind and Finalize. It stays with the asker, and is not to be used for a second question.
public struct BlindedInput {
    /// What is sent.
    public let element: BlindedElement
    private let blinded: P384._VOPRF.BlindedInput

    /// Blinds an input with fresh randomness of the system.
    ///
    /// - Throws: `inputTooLong` above 65,535 bytes.
    public init(_ input: [UInt8]) throws(SealingError) {
        try ObliviousOutput.requireLength(of: input)
        guard let blinded = try? BlindedInput.anyKey.blind(input) else {
            throw SealingError(.malformedElement, "the input can't be blinded")
        }
        self.blinded = blinded
        element = BlindedElement(blinded.blindedElement)
    }

    /// The output that the evaluation gives, once its proof has been checked.
    ///
    /// - Throws: `unprovenEvaluation` unless it was made of this element with the secret half of this key; nothing is learnt then.
    public func output(
        from evaluation: Evaluation, under key: EvaluationPublicKey
    ) throws(SealingError) -> ObliviousOutput {
        guard let library = try? P384._VOPRF.PublicKey(compressedRepresentation: key.bytes) else {
            throw SealingError(.malformedKey, "not a compressed point of P-384")
        }
        guard let read = try? P384._VOPRF.BlindEvaluation(rawRepresentation: evaluation.bytes),
            let output = try? library.finalize(blinded, using: read), let value = ObliviousOutput(bytes: [UInt8](output))
        else { throw SealingError(.unprovenEvaluation, "the evaluation was not made of this question with this key") }
        return value
    }

    /// Blinding does not depend on the key, but the library asks one for it: the generator, whose secret half is 1.
    private static var anyKey: P384._VOPRF.PublicKey {
        get throws { try P384._VOPRF.PrivateKey(rawRepresentation: [UInt8](repeating: 0, count: 47) + [1]).publicKey }
    }
}
