package import Correlation
package import Sealing

/// A mark that two findings share which have enough coarse keys in common, and that says nothing to anybody else.
///
/// The first eight bytes of SHA-256 over the domain, the epoch, and the kinds with the outputs of the oblivious function, all of
/// fixed length. With twelve million of them and six asked at a time, one question in 250 billion meets a stranger's by chance,
/// and the clearinghouse notices when such a match is opened.
package struct QuestionTag: Sendable, Hashable, Comparable {
    package static let byteCount = 8

    /// The eight bytes, most significant first.
    package let value: UInt64

    package init(value: UInt64) { self.value = value }

    package init?(hex: String) {
        guard hex.utf8.count == 2 * Self.byteCount, let bytes = Hexadecimal.decode(hex) else { return nil }
        value = bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// - Parameter outputs: of the kinds of the combination, in their order.
    init(epoch: Int64, _ outputs: [(kind: CoarseKey.Kind, output: ObliviousOutput)]) {
        var hasher = SHA256Hasher()
        hasher.update("breakwater question tag v1\n")
        withUnsafeBytes(of: epoch.bigEndian) { hasher.update($0) }
        for (kind, output) in outputs {
            hasher.update(kind.rawValue)
            hasher.update(output.bytes)
        }
        value = hasher.finalize().bytes.prefix(Self.byteCount).reduce(0) { $0 << 8 | UInt64($1) }
    }

    package var bytes: [UInt8] { withUnsafeBytes(of: value.bigEndian) { Array($0) } }
    package var hex: String { Hexadecimal.encode(bytes) }

    package static func < (left: QuestionTag, right: QuestionTag) -> Bool { left.value < right.value }
}

/// Which coarse keys must be the same for two findings to be called the same bug.
///
/// Two of five, with two exceptions (decision 16). The function and its file are one statement about one place, not two, so they
/// count once: without it everybody who reads the same function would meet. A crash state counts alone: it is made of the kind of the
/// crash and at least two lines of the stack.
package enum MatchRule {
    package static let combinations: [[CoarseKey.Kind]] = [
        [.state], [.function, .weakness], [.file, .weakness], [.function, .hunk], [.file, .hunk], [.weakness, .hunk]
    ]

    /// The tags of a finding about one subject: one for each combination that it has all keys of.
    package static func tags(of outputs: [CoarseKey.Kind: ObliviousOutput], epoch: Int64) -> [QuestionTag] {
        combinations.compactMap { kinds in
            let parts = kinds.compactMap { kind in outputs[kind].map { (kind: kind, output: $0) } }
            return parts.count == kinds.count ? QuestionTag(epoch: epoch, parts) : nil
        }
    }
}

extension CoarseKey {
    /// What the oblivious function is asked: the SHA-256 of the text, because inputs of RFC 9497 have at most 65,535 bytes.
    package var input: [UInt8] { Digest(hashing: canonicalText).bytes }
}
