package import Correlation
import Sealing

/// Coarse keys that must all be the same for two findings to be called the same bug: two of five kinds, never a place alone.
///
/// A combination is one input of the oblivious function, not the sum of outputs of its keys: who asked `a` files and `b` weaknesses
/// one by one could put `a` times `b` combinations together at home, and would learn of a whole repository from a dozen questions.
/// So every element that is evaluated tries exactly one combination (decision 16).
package enum KeyCombination: UInt8, Sendable, Hashable, CaseIterable {
    /// Counts alone: it is made of the kind of the crash and at least two lines of its stack.
    case state = 0
    case functionAndWeakness = 1
    case fileAndWeakness = 2
    case functionAndHunk = 3
    /// The hunk names its file.
    case weaknessAndHunk = 4

    package var kinds: [CoarseKey.Kind] {
        switch self {
        case .state: [.state]
        case .functionAndWeakness: [.function, .weakness]
        case .fileAndWeakness: [.file, .weakness]
        case .functionAndHunk: [.function, .hunk]
        case .weaknessAndHunk: [.weakness, .hunk]
        }
    }

    /// What the oblivious function is asked: the SHA-256 of the combination's name and its keys' texts, because inputs of RFC 9497 have
    /// at most 65,535 bytes. The texts begin with a line that no other line of them can be, so two lists never collide. Nil where the
    /// finding lacks one of the keys.
    package func input(of keys: CoarseKeys) -> [UInt8]? {
        let texts = kinds.compactMap { kind in keys.keys.first { $0.kind == kind }?.canonicalText }
        guard texts.count == kinds.count else { return nil }
        return Digest(hashing: "breakwater-combination/v1/\(self)\n" + texts.joined(separator: "\n")).bytes
    }
}
