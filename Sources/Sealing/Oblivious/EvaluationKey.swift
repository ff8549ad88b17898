internal import Crypto
internal import CryptoExtras

/// The secret half of a verifiable oblivious pseudorandom function: VOPRF P384-SHA384 of RFC 9497.
///
/// Whoever holds it evaluates blinded elements without learning what is asked, and computes outputs of inputs it knows. Both
/// give the same output for the same input. What the output is of can't be found by anybody who lacks the key, not even by
/// trying all likely inputs; whoever holds the key can. The key never describes itself.
///
/// Its derivation from a seed (section 3.2.1, DeriveKeyPair) is not in the public interface of the crypto library; keys are
/// drawn at random.
public struct EvaluationKey: Sendable {
    /// The length of every key, in bytes: a scalar of P-384.
    public static let byteCount = 48

    /// The scalar, for keeping it sealed.
    public let bytes: [UInt8]
    /// The half that may be public.
    public let publicKey: EvaluationPublicKey

    /// The key with this scalar.
    ///
    /// - Throws: `malformedKey` unless the bytes are a number from 1 to the group's order less one, in 48 bytes.
    public init(bytes: [UInt8]) throws(SealingError) {
        guard bytes.count == EvaluationKey.byteCount, let key = try? P384._VOPRF.PrivateKey(rawRepresentation: bytes) else {
            throw SealingError(.malformedKey, "not a scalar of P-384")
        }
        self.bytes = bytes
        publicKey = EvaluationPublicKey(key.publicKey)
    }

    /// A new key from a cryptographic random source, which gives so many bytes.
    ///
    /// - Throws: `malformedKey` where the source gives nothing that can be a key a hundred times; a good one fails once in 2^190.
    public init(random: (Int) -> [UInt8]) throws(SealingError) {
        for _ in 0..<100 {
            if let key = try? EvaluationKey(bytes: random(EvaluationKey.byteCount)) {
                self = key
                return
            }
        }
        throw SealingError(.malformedKey, "the source of randomness gives no key")
    }

    /// Evaluates what somebody asks, each with its proof, in order. The proofs differ each time, the elements don't.
    ///
    /// - Throws: `malformedElement` where the library refuses what `BlindedElement` let through; never seen.
    public func evaluate(_ elements: [BlindedElement]) throws(SealingError) -> [Evaluation] {
        let key = try libraryKey()
        var evaluations: [Evaluation] = []
        for element in elements {
            guard let point = try? P384._VOPRF.BlindedElement(oprfRepresentation: element.bytes),
                let evaluation = try? key.evaluate(point)
            else { throw SealingError(.malformedElement, "the element can't be evaluated") }
            evaluations.append(Evaluation(evaluation))
        }
        return evaluations
    }

    /// The outputs of inputs that the key's holder knows, in order (section 3.3.1, Evaluate): no blind, no proof.
    ///
    /// - Throws: `inputTooLong` above 65,535 bytes.
    public func outputs(of inputs: [[UInt8]]) throws(SealingError) -> [ObliviousOutput] {
        let key = try libraryKey()
        var outputs: [ObliviousOutput] = []
        for input in inputs {
            try ObliviousOutput.requireLength(of: input)
            guard let output = try? key.evaluate(input), let value = ObliviousOutput(bytes: [UInt8](output)) else {
                throw SealingError(.malformedElement, "the input can't be evaluated")
            }
            outputs.append(value)
        }
        return outputs
    }

    /// The library's key is no `Sendable` value, hence made for each call.
    private func libraryKey() throws(SealingError) -> P384._VOPRF.PrivateKey {
        guard let key = try? P384._VOPRF.PrivateKey(rawRepresentation: bytes) else {
            throw SealingError(.malformedKey, "not a scalar of P-384")
        }
        return key
    }
}

extension EvaluationKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Shows nothing of the key.
    public var description: String { "EvaluationKey(redacted)" }
    /// The same as `description`.
    public var debugDescription: String { description }
    /// Shows nothing of the key.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// The public half of an `EvaluationKey`: with it whoever asked checks that everybody is answered under one key. A server that
/// answered one asker under a key of its own would recognise that asker's outputs later.
public struct EvaluationPublicKey: Sendable, Hashable {
    /// The compressed point (SEC 1, section 2.3.3), as RFC 9497 serialises it.
    public let bytes: [UInt8]

    /// Reads a key.
    ///
    /// - Throws: `malformedKey` unless the bytes are the compressed form of a point of P-384 other than infinity.
    public init(parsing bytes: [UInt8]) throws(SealingError) {
        guard (try? BlindedElement.requirePoint(bytes, at: nil)) != nil else {
            throw SealingError(.malformedKey, "not a compressed point of P-384")
        }
        self.bytes = bytes
    }

    init(_ key: P384._VOPRF.PublicKey) {
        bytes = [UInt8](key.oprfRepresentation)
    }
}

/// 48 bytes that look random to everybody who can't ask the key's holder.
public struct ObliviousOutput: Sendable, Hashable {
    /// The length of every output, in bytes: a SHA-384.
    public static let byteCount = 48
    /// The longest input, in bytes (RFC 9497, section 3.3: `len(input)` is two bytes).
    public static let maximumInputByteCount = 65_535

    /// The output.
    public let bytes: [UInt8]

    /// The output with these bytes, or nil unless there are exactly 48.
    public init?(bytes: [UInt8]) {
        guard bytes.count == ObliviousOutput.byteCount else { return nil }
        self.bytes = bytes
    }

    static func requireLength(of input: [UInt8]) throws(SealingError) {
        guard input.count <= maximumInputByteCount else {
            throw SealingError(
                .inputTooLong, "an input has at most \(maximumInputByteCount) bytes", at: "byte \(maximumInputByteCount)")
        }
    }
}
