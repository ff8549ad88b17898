typealias MinHashSignature = InlineArray<32, UInt16>

/// MinHash of word shingles (Broder, 1997): the share of equal minima estimates the Jaccard similarity of two texts.
///
/// Sixteen bits of each minimum are kept, so that one in 65,536 lanes agrees by chance.
enum MinHash {
    static let lanes = 32

    /// Odd multipliers and offsets from SplitMix64 with seed 0.
    private static let permutations: [(multiplier: UInt64, offset: UInt64)] = {
        var state: UInt64 = 0
        func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var word = state
            word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
            word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
            return word ^ (word >> 31)
        }
        return (0..<lanes).map { _ in (next() | 1, next()) }
    }()

    static func signature(of shingles: [UInt32]) -> MinHashSignature {
        var minima = InlineArray<32, UInt32>(repeating: .max)
        permutations.withUnsafeBufferPointer { permutations in
            for shingle in shingles {
                for lane in 0..<lanes {
                    let (multiplier, offset) = permutations[lane]
                    let value = UInt32(truncatingIfNeeded: (UInt64(shingle) &* multiplier &+ offset) >> 32)
                    if value < minima[lane] { minima[lane] = value }
                }
            }
        }
        // The lower half: minima are small numbers.
        var signature = MinHashSignature(repeating: .max)
        for lane in 0..<lanes { signature[lane] = UInt16(truncatingIfNeeded: minima[lane]) }
        return signature
    }
}
