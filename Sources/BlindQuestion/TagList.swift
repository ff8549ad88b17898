import Sealing

/// The tags of one epoch as members fetch them: sorted, each eight bytes, behind a header of 40 bytes.
///
/// | bytes | is |
/// |---|---|
/// | 0–7 | `BWTAGS1` and a line feed |
/// | 8–15 | the epoch |
/// | 16–23 | the change that the list begins after; -1 for the whole list |
/// | 24–31 | the last change that is in it |
/// | 32–39 | how many tags follow |
///
/// Numbers are big-endian, 64 bits. Most members fetch it whole or from where they stood, so what they look for can't be told from what
/// they fetch.
package struct TagList: Sendable, Equatable {
    package let epoch: Int64
    /// -1 for a whole list.
    package let after: Int64
    package let through: Int64
    /// In ascending order.
    package let tags: [QuestionTag]

    package static let headerByteCount = 40
    private static let magic = Array("BWTAGS1\n".utf8)

    package init(epoch: Int64, after: Int64 = -1, through: Int64, tags: [QuestionTag]) {
        self.epoch = epoch
        self.after = after
        self.through = through
        self.tags = tags.sorted()
    }

    package var bytes: [UInt8] {
        var bytes = Self.magic
        bytes.reserveCapacity(Self.headerByteCount + tags.count * QuestionTag.byteCount)
        for number in [epoch, after, through, Int64(tags.count)] {
            withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
        }
        for tag in tags { withUnsafeBytes(of: tag.value.bigEndian) { bytes.append(contentsOf: $0) } }
        return bytes
    }

    /// What is wrong with bytes that are no list, and where.
    package struct Malformation: Error, Equatable, CustomStringConvertible {
        package let reason: String
        package let byteOffset: Int
        package var description: String { "\(reason) (at byte \(byteOffset))" }
    }

    /// - Throws: `Malformation` unless the bytes are exactly one list with its tags in order.
    package init(parsing bytes: [UInt8]) throws(Malformation) {
        guard bytes.count >= Self.headerByteCount, bytes.starts(with: Self.magic) else {
            throw Malformation(reason: "not a list of tags", byteOffset: 0)
        }
        let numbers = (1...4).map { Int64(bitPattern: Self.word(bytes, at: 8 * $0)) }
        let room = (bytes.count - Self.headerByteCount) / QuestionTag.byteCount
        guard numbers[3] == Int64(room), bytes.count == Self.headerByteCount + room * QuestionTag.byteCount else {
            throw Malformation(reason: "the header says \(numbers[3]) tags, \(room) follow", byteOffset: 32)
        }
        (epoch, after, through) = (numbers[0], numbers[1], numbers[2])
        tags = (0..<room).map { QuestionTag(value: Self.word(bytes, at: Self.headerByteCount + 8 * $0)) }
        for place in tags.indices.dropFirst() where tags[place] < tags[place - 1] {
            throw Malformation(reason: "the tags are not in order", byteOffset: Self.headerByteCount + 8 * place)
        }
    }

    private static func word(_ bytes: [UInt8], at offset: Int) -> UInt64 {
        bytes.withUnsafeBytes { UInt64(bigEndian: $0.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) }
    }

    /// By bisection; whoever asks does it at home.
    package func contains(_ tag: QuestionTag) -> Bool {
        var (low, high) = (0, tags.count)
        while low < high {
            let middle = (low + high) / 2
            if tags[middle] < tag { low = middle + 1 } else { high = middle }
        }
        return low < tags.count && tags[low] == tag
    }
}
