package import Sealing

/// A mark that two findings share which have enough coarse keys in common, and that says nothing to anybody else.
///
/// The first eight bytes of SHA-256 over the domain, the epoch, the combination of keys and the output of the oblivious function for
/// it, all of fixed length. With ten million of them and five asked at a time, one question in 350 billion meets a stranger's by
/// chance, and the clearinghouse notices when such a match is opened.
package struct QuestionTag: Sendable, Hashable, Comparable {
    package static let byteCount = 8

    /// The eight bytes, most significant first.
    package let value: UInt64

    package init(value: UInt64) { self.value = value }

    package init?(hex: String) {
        guard hex.utf8.count == 2 * Self.byteCount, let bytes = Hexadecimal.decode(hex) else { return nil }
        value = bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }

    package init(epoch: Int64, _ combination: KeyCombination, _ output: ObliviousOutput) {
        var hasher = SHA256Hasher()
        hasher.update("breakwater question tag v1\n")
        withUnsafeBytes(of: epoch.bigEndian) { hasher.update($0) }
        hasher.update(combination.rawValue)
        hasher.update(output.bytes)
        value = hasher.finalize().bytes.prefix(Self.byteCount).reduce(0) { $0 << 8 | UInt64($1) }
    }

    package var bytes: [UInt8] { withUnsafeBytes(of: value.bigEndian) { Array($0) } }
    package var hex: String { Hexadecimal.encode(bytes) }

    package static func < (left: QuestionTag, right: QuestionTag) -> Bool { left.value < right.value }
}
