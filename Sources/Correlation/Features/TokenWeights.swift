/// How many records have each token: counted once over a set, then frozen into `TokenWeights`.
///
/// Tokens share 2²² counters by their low bits; where two meet, both look more common than they are, which lowers scores and
/// raises none.
package struct TokenStatistics: Sendable {
    private var counts = [UInt32](repeating: 0, count: TokenWeights.size)
    package private(set) var recordCount = 0

    package init() {}

    package mutating func add(_ features: FindingFeatures) {
        recordCount += 1
        counts.withUnsafeMutableBufferPointer { counts in
            for token in features.tokens { counts[Int(token) & TokenWeights.mask] &+= 1 }
            for token in [features.summary.text, features.summary.title] where token != 0 {
                counts[Int(token) & TokenWeights.mask] &+= 1
            }
        }
    }

    package func weights() -> TokenWeights { TokenWeights(counts: counts, recordCount: recordCount) }
}

/// What a shared token of each rarity is worth: its inverse document frequency, in sixteenths of a nat.
///
/// Frozen, so that the score of two records depends on nothing but the two: the order of arrival, and what else arrived
/// since, change nothing. Better statistics are adopted by `CorrelationIndex.adopt`, which scores everything anew.
///
/// A small set says little about which words are common. Hence each count begins with what general English and the
/// language of advisories would give in `priorRecords` records (`CommonWords`).
package struct TokenWeights: Sendable {
    static let size = 1 << 22
    static let mask = size - 1
    private static let priorRecords = 20_000.0
    private static let scale: Float = 16

    private let table: [UInt8]
    /// The weight of a token that one record has.
    let largest: Float

    init(counts: [UInt32], recordCount: Int) {
        var prior = [Int: Double]()
        for (words, share) in CommonWords.shares {
            for word in words.split(whereSeparator: \.isWhitespace) {
                prior[Int(TokenHash.of(word.utf8, .word)) & Self.mask, default: 0] += share * Self.priorRecords
            }
        }
        let all = Double(recordCount) + Self.priorRecords
        largest = Float(Self.logarithm(all))
        var byCount = [UInt8](repeating: 0, count: 4_096)
        func weight(_ count: Double) -> UInt8 {
            UInt8(clamping: Int(Float(Self.logarithm(max(1, all / max(1, count)))) * Self.scale + 0.5))
        }
        for count in byCount.indices { byCount[count] = weight(Double(count)) }
        table = counts.indices.map { place in
            let count = counts[place]
            if let common = prior[place] { return weight(Double(count) + common) }
            return count < 4_096 ? byCount[Int(count)] : weight(Double(count))
        }
    }

    /// Weights of a set about which nothing is known: only `CommonWords`.
    package static let general = TokenStatistics().weights()

    @inline(__always) func weight(_ token: UInt32) -> Float {
        table.withUnsafeBufferPointer { Float($0[Int(token) & Self.mask]) } / Self.scale
    }

    /// Natural logarithm by its series, since this floor has no C library: |error| < 1e-9 for numbers from 1 up.
    private static func logarithm(_ value: Double) -> Double {
        var mantissa = value.significand
        var exponent = Double(value.exponent)
        if mantissa > 1.4 { (mantissa, exponent) = (mantissa / 2, exponent + 1) }
        let ratio = (mantissa - 1) / (mantissa + 1)
        var (term, sum, divisor) = (ratio, 0.0, 1.0)
        while abs(term) > 1e-12 {
            sum += term / divisor
            term *= ratio * ratio
            divisor += 2
        }
        return 2 * sum + exponent * 0.693_147_180_559_945_3
    }
}
