/// Precision and recall of proposed duplicates at every threshold.
package struct PrecisionCurve: Sendable {
    package struct Point: Sendable, Equatable {
        /// Scores from here up are proposed.
        package let threshold: Float
        package let precision: Double
        package let recall: Double
    }

    /// One for each distinct score, from the highest down.
    package let points: [Point]
    package let truePairCount: Int
    /// Proposals about which nothing is known.
    package let unjudgedCount: Int

    /// - Parameter half: only pairs with a record of this half count; nil counts all.
    package init(_ relations: [Relation], ids: [String], groups: JudgedGroups, half: Int? = nil) {
        truePairCount = groups.truePairCount(half: half)
        var points: [Point] = []
        var (right, wrong, unjudged) = (0, 0, 0)
        let sorted = relations.filter { $0.kind == .duplicate }.sorted { ($1.score, $0.pair) < ($0.score, $1.pair) }
        for (place, relation) in sorted.enumerated() {
            let (a, b) = (ids[Int(relation.first)], ids[Int(relation.second)])
            if half == nil || groups.half(of: a) == half || groups.half(of: b) == half {
                switch groups.verdict(a, b) {
                case true?: right += 1
                case false?: wrong += 1
                case nil: unjudged += 1
                }
            }
            let isLastOfScore = place + 1 == sorted.count || sorted[place + 1].score != relation.score
            guard isLastOfScore, right + wrong > 0 else { continue }
            let precision = Double(right) / Double(right + wrong)
            points.append(
                Point(
                    threshold: relation.score, precision: precision,
                    recall: truePairCount == 0 ? 0 : Double(right) / Double(truePairCount)))
        }
        self.points = points
        unjudgedCount = unjudged
    }

    /// Where all scores from the threshold up are proposed.
    package func point(at threshold: Float) -> Point? { points.last { $0.threshold >= threshold } }

    /// The point of the highest recall whose precision is at least so high.
    package func point(precision: Double) -> Point? { points.last { $0.precision >= precision } }
}
