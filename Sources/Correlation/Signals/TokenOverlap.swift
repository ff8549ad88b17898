/// What two sorted lists of tokens have in common.
struct TokenOverlap {
    var count = 0
    /// Sum of the squares of the shared tokens' weights.
    var squaredWeight: Float = 0
    /// The weight of the rarest shared token.
    var rarest: Float = 0

    @inline(__always)
    init(_ a: UnsafeBufferPointer<UInt32>, _ b: UnsafeBufferPointer<UInt32>, _ weights: TokenWeights) {
        var (i, j) = (0, 0)
        while i < a.count, j < b.count {
            let (x, y) = (a[i], b[j])
            if x == y {
                let weight = weights.weight(x)
                count += 1
                squaredWeight += weight * weight
                rarest = max(rarest, weight)
            }
            if x <= y { i += 1 }
            if y <= x { j += 1 }
        }
    }
}
