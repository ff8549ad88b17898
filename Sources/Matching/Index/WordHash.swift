/// Hashes over 64-bit words, stable across processes and machines: they are part of the file format.
///
/// They find packages and accidental damage. Neither resists somebody who makes collisions on purpose; an index is made on the
/// machine that reads it.
struct WordHash {
    private(set) var value: UInt64

    /// An odd constant without structure: the golden ratio's fraction.
    private static let factor: UInt64 = 0x9E37_79B9_7F4A_7C15

    @inline(__always)
    init(seed: UInt64 = 0) { value = seed &+ Self.factor }

    @inline(__always)
    mutating func combine(_ word: UInt64) {
        let product = (value ^ word).multipliedFullWidth(by: Self.factor)
        value = product.high ^ product.low &+ Self.factor
    }

    /// Bytes in words of eight, the last one filled with zeros, and then their count.
    @inline(__always)
    mutating func combine(_ bytes: UnsafeRawBufferPointer) {
        var offset = 0
        while offset &+ 8 <= bytes.count {
            combine(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
            offset &+= 8
        }
        var last: UInt64 = 0
        var shift: UInt64 = 0
        while offset < bytes.count {
            last |= UInt64(bytes[offset]) &<< shift
            shift &+= 8
            offset &+= 1
        }
        combine(last)
        combine(UInt64(bytes.count))
    }

    /// The checksum of a file's words in eight lanes: a product takes longer than the next eight bytes, and eight of them run at the
    /// speed of memory.
    static func checksum(_ words: UnsafeBufferPointer<UInt64>) -> UInt64 {
        var lanes = (WordHash(seed: 1), WordHash(seed: 2), WordHash(seed: 3), WordHash(seed: 4))
        var others = (WordHash(seed: 5), WordHash(seed: 6), WordHash(seed: 7), WordHash(seed: 8))
        var index = 0
        while index &+ 8 <= words.count {
            lanes.0.combine(words[index])
            lanes.1.combine(words[index &+ 1])
            lanes.2.combine(words[index &+ 2])
            lanes.3.combine(words[index &+ 3])
            others.0.combine(words[index &+ 4])
            others.1.combine(words[index &+ 5])
            others.2.combine(words[index &+ 6])
            others.3.combine(words[index &+ 7])
            index &+= 8
        }
        var result = WordHash(seed: UInt64(words.count))
        while index < words.count {
            result.combine(words[index])
            index &+= 1
        }
        for lane in [lanes.0, lanes.1, lanes.2, lanes.3, others.0, others.1, others.2, others.3] { result.combine(lane.value) }
        return result.value
    }
}
