/// Features of all records, in contiguous arrays.
struct FeatureStore {
    /// What is fixed in size of one record.
    struct Header {
        var start: Int
        var ends: InlineArray<16, UInt16>
        var summary: FeatureSummary
        /// Length of the vector of words, weighted.
        var norm: Float
        var signature: MinHashSignature
        var isLive = true
    }

    private(set) var headers: [Header] = []
    private(set) var tokens: [UInt32] = []

    var count: Int { headers.count }

    mutating func reserve(records: Int, tokensEach: Int) {
        headers.reserveCapacity(records)
        tokens.reserveCapacity(records * tokensEach)
    }

    mutating func append(_ features: FindingFeatures, _ weights: TokenWeights) -> Int {
        headers.append(header(features, weights, start: tokens.count))
        tokens.append(contentsOf: features.tokens)
        return headers.count - 1
    }

    mutating func remove(_ slot: Int) { headers[slot].isLive = false }

    mutating func reweigh(_ weights: TokenWeights) {
        for slot in headers.indices {
            headers[slot].norm = withView(slot) { view in Self.norm(view.tokens(.word), weights) }
        }
    }

    private func header(_ features: FindingFeatures, _ weights: TokenWeights, start: Int) -> Header {
        let norm = features.tokens.withUnsafeBufferPointer { all in
            Self.norm(UnsafeBufferPointer(rebasing: all[features.range(.word)]), weights)
        }
        return Header(
            start: start, ends: features.ends, summary: features.summary, norm: norm, signature: features.signature)
    }

    private static func norm(_ words: UnsafeBufferPointer<UInt32>, _ weights: TokenWeights) -> Float {
        var sum: Float = 0
        for word in words {
            let weight = weights.weight(word)
            sum += weight * weight
        }
        return max(sum, 1e-6).squareRoot()
    }

    func withView<Result>(_ slot: Int, _ body: (FeatureView) -> Result) -> Result { withViews { body($0(slot)) } }

    /// All views point into the same arrays.
    func withViews<Result>(_ body: (_ view: (Int) -> FeatureView) -> Result) -> Result {
        tokens.withUnsafeBufferPointer { all in
            headers.withUnsafeBufferPointer { headers in
                body { slot in FeatureView(headers: headers, slot: slot, all: all) }
            }
        }
    }
}

/// One record's features where they lie; valid only within the call that made it.
struct FeatureView {
    private let headers: UnsafeBufferPointer<FeatureStore.Header>
    private let slot: Int
    private let all: UnsafeBufferPointer<UInt32>

    init(headers: UnsafeBufferPointer<FeatureStore.Header>, slot: Int, all: UnsafeBufferPointer<UInt32>) {
        self.headers = headers
        self.slot = slot
        self.all = all
    }

    @inline(__always) func tokens(_ kind: TokenKind) -> UnsafeBufferPointer<UInt32> {
        let first = headers[slot].start
        let start = kind.rawValue == 0 ? 0 : Int(headers[slot].ends[kind.rawValue - 1])
        return UnsafeBufferPointer(rebasing: all[(first + start)..<(first + Int(headers[slot].ends[kind.rawValue]))])
    }

    @inline(__always) func has(_ kind: TokenKind) -> Bool { !tokens(kind).isEmpty }
    var summary: FeatureSummary { headers[slot].summary }
    var norm: Float { headers[slot].norm }
    func lane(_ lane: Int) -> UInt16 { headers[slot].signature[lane] }
}
