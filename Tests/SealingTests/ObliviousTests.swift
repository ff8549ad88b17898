import Crypto
import Foundation
import Sealing
import TestSupport
import Testing

@testable import CryptoExtras

/// VOPRF P384-SHA384 (RFC 9497). What the public interface of the crypto library fixes at random (blinds, the scalars of proofs) is
/// injected through its internals here, so that every field of every vector is compared.
@Suite struct ObliviousTests {
    private typealias Scalar = P384._VOPRF.H2G.G.Scalar
    private typealias Element = P384._VOPRF.H2G.G.Element

    private struct Suite: Decodable {
        let identifier: String
        let mode: Int
        let skSm: String
        let pkSm: String?
        let vectors: [Vector]
    }

    private struct Vector: Decodable {
        struct Proof: Decodable { let proof: String, r: String }
        let batch: Int
        let blind, blindedElement, evaluationElement, input, output: String
        let proof: Proof?

        enum CodingKeys: String, CodingKey {
            case batch = "Batch"
            case blind = "Blind"
            case blindedElement = "BlindedElement"
            case evaluationElement = "EvaluationElement"
            case input = "Input"
            case output = "Output"
            case proof = "Proof"
        }
    }

    private static let path = "oprf/rfc9497-subset.json"

    private static func suite() throws -> Suite {
        let suites = try JSONDecoder().decode([Suite].self, from: Data(SharedSuite.bytes(path)))
        return try #require(suites.first { $0.identifier == "P384-SHA384" && $0.mode == 1 })
    }

    private static func lists(_ text: String) throws -> [[UInt8]] {
        try text.split(separator: ",").map { try #require(Hexadecimal.decode(String($0))) }
    }

    private static func scalar(_ text: String) throws -> Scalar {
        try Scalar(bytes: Data(#require(Hexadecimal.decode(text))))
    }

    @Test(.enabled(if: SharedSuite.has(path))) func `keys, evaluated elements and outputs are those of RFC 9497`() throws {
        let suite = try Self.suite()
        let key = try EvaluationKey(bytes: #require(Hexadecimal.decode(suite.skSm)))
        #expect(Hexadecimal.encode(key.publicKey.bytes) == suite.pkSm)
        for vector in suite.vectors {
            let elements = try Self.lists(vector.blindedElement).map { try BlindedElement(parsing: $0) }
            #expect(elements.count == vector.batch)
            #expect(try key.evaluate(elements).map(\.element) == Self.lists(vector.evaluationElement))
            #expect(try key.outputs(of: Self.lists(vector.input)).map(\.bytes) == Self.lists(vector.output))
        }
        #expect(suite.vectors.count == 3)
    }

    @Test(.enabled(if: SharedSuite.has(path))) func `blinded elements and proofs of RFC 9497, with the vectors' randomness`()
        throws
    {
        let suite = try Self.suite()
        let secret = try #require(Hexadecimal.decode(suite.skSm))
        let library = try P384._VOPRF.PrivateKey(rawRepresentation: secret)
        for vector in suite.vectors {
            let blinds = try vector.blind.split(separator: ",").map { try Self.scalar(String($0)) }
            let inputs = try Self.lists(vector.input)
            let blinded = try zip(inputs, blinds).map { try library.publicKey.blind($0, with: $1) }
            #expect(try blinded.map { [UInt8]($0.blindedElement.oprfRepresentation) } == Self.lists(vector.blindedElement))
            let proof = try #require(vector.proof)
            guard blinded.count == 1 else { continue }
            let evaluation = try library.evaluate(blinded[0].blindedElement, using: Self.scalar(proof.r))
            let expected = try #require(Hexadecimal.decode(vector.evaluationElement + proof.proof))
            #expect([UInt8](evaluation.rawRepresentation) == expected)
            // The vector's own proof, read by us, is taken by the finalization.
            let read = try Evaluation(parsing: expected)
            let again = try P384._VOPRF.BlindEvaluation(rawRepresentation: read.bytes)
            #expect(Hexadecimal.encode([UInt8](try library.publicKey.finalize(blinded[0], using: again))) == vector.output)
        }
    }

    @Test(.enabled(if: SharedSuite.has(path))) func `the proof of a batch, which only the library's inside can make`() throws {
        let suite = try Self.suite()
        let vector = try #require(suite.vectors.first { $0.batch == 2 })
        let key = try Self.scalar(suite.skSm)
        let pairs = try zip(Self.lists(vector.blindedElement), Self.lists(vector.evaluationElement)).map {
            (C: try Element(oprfRepresentation: Data($0)), D: try Element(oprfRepresentation: Data($1)))
        }
        let proof = try DLEQ<P384._VOPRF.H2G>.proveEquivalenceBetween(
            k: key, A: Element.generator, B: key * Element.generator, CDs: pairs,
            dst: OPRF.setupContext(mode: .verifiable, suite: P384._VOPRF.ciphersuite, v8CompatibilityMode: false),
            proofScalar: Self.scalar(#require(vector.proof).r), v8CompatibilityMode: false
        )
        let expected = try #require(Hexadecimal.decode(vector.proof?.proof ?? ""))
        #expect((proof.c.rawRepresentation + proof.s.rawRepresentation).elementsEqual(expected))
    }

    @Test func `who asks blindly gets the output that the key's holder computes`() throws {
        let key = try EvaluationKey { _ in SymmetricKey(size: .init(bitCount: 384)).withUnsafeBytes { Array($0) } }
        let input = Array("a coarse key".utf8)
        let (first, second) = (try BlindedInput(input), try BlindedInput(input))
        #expect(first.element != second.element, "two questions about one thing look like two things")
        for question in [first, second] {
            let evaluation = try key.evaluate([question.element])[0]
            #expect(try question.output(from: evaluation, under: key.publicKey) == key.outputs(of: [input])[0])
        }
    }

    @Test func `an evaluation under another key, of another question or with a changed byte proves nothing`() throws {
        let random: (Int) -> [UInt8] = { count in (0..<count).map { _ in UInt8.random(in: 0...255) } }
        let (key, other) = (try EvaluationKey(random: random), try EvaluationKey(random: random))
        let question = try BlindedInput([1])
        let evaluation = try key.evaluate([question.element])[0]
        func refused(_ evaluation: Evaluation, _ key: EvaluationPublicKey, _ comment: Comment) {
            let error = #expect(throws: SealingError.self, comment) { try question.output(from: evaluation, under: key) }
            #expect(error?.code == .unprovenEvaluation, comment)
        }
        refused(evaluation, other.publicKey, "the other key's public half")
        refused(try other.evaluate([question.element])[0], key.publicKey, "made with another key")
        refused(try key.evaluate([BlindedInput([1]).element])[0], key.publicKey, "of another blinding of the same input")
        for place in stride(from: 0, to: Evaluation.byteCount, by: 7) {
            var bytes = evaluation.bytes
            bytes[place] ^= 1
            // Some are no evaluation at all any more, which is as good.
            if let changed = try? Evaluation(parsing: bytes) { refused(changed, key.publicKey, "byte \(place)") }
        }
    }

    @Test func `refuses what is no point, with its place`() throws {
        let point = try BlindedInput([7]).element.bytes
        let infinity: [UInt8] = [0]
        let offCurve = [2] + [UInt8](repeating: 0, count: 47) + [5]
        let aboveField = [2] + [UInt8](repeating: 0xFF, count: 48)
        let wrong: [[UInt8]] = [
            [], infinity, [UInt8](repeating: 0, count: 49), Array(point.dropLast()), point + [0], [4] + point.dropFirst(),
            aboveField
        ]
        for bytes in wrong + [offCurve].filter({ (try? P384.Signing.PublicKey(compressedRepresentation: $0)) == nil }) {
            let error = #expect(throws: SealingError.self) { try BlindedElement(parsing: bytes, at: "/elements/3") }
            #expect(error?.code == .malformedElement)
            #expect(error?.path == "/elements/3")
            #expect(throws: SealingError.self) { try EvaluationPublicKey(parsing: bytes) }
        }
        let uncompressed = [UInt8](P384.Signing.PrivateKey().publicKey.x963Representation)
        #expect(throws: SealingError.self) { try BlindedElement(parsing: uncompressed) }
    }

    @Test func `refuses a proof whose scalars are not below the order`() throws {
        let key = try EvaluationKey(bytes: [UInt8](repeating: 1, count: 48))
        let good = try key.evaluate([BlindedInput([7]).element])[0].bytes
        for bytes in [[], Array(good.dropLast()), good + [0], Array(good.prefix(97)) + [UInt8](repeating: 0xFF, count: 48)] {
            let error = #expect(throws: SealingError.self) { try Evaluation(parsing: bytes, at: "/evaluations/0") }
            #expect(error?.code == .malformedElement)
            #expect(error?.path == "/evaluations/0")
        }
    }

    @Test func `refuses keys out of range and inputs that are too long`() throws {
        for bytes in [[], [UInt8](repeating: 0, count: 48), [UInt8](repeating: 0xFF, count: 48), [UInt8](repeating: 1, count: 47)]
        {
            #expect(throws: SealingError.self) { try EvaluationKey(bytes: bytes) }
        }
        let key = try EvaluationKey(bytes: [UInt8](repeating: 1, count: 48))
        let long = [UInt8](repeating: 0, count: ObliviousOutput.maximumInputByteCount + 1)
        #expect(throws: SealingError.self) { try BlindedInput(long) }
        #expect(throws: SealingError.self) { try key.outputs(of: [long]) }
        #expect(!"\(key)\(key.customMirror)".contains(Hexadecimal.encode(key.bytes)))
    }
}
