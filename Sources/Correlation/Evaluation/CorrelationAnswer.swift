package import JSONText

/// What `breakwater correlate --json` prints: one object a relation and one a vulnerability.
extension CorrelationRun {
    /// `{"relation": "duplicate", "first": …, "second": …, "score": …, "signals": [{"signal": …, "logOdds": …}]}`.
    package func answer(_ relation: Relation, in index: CorrelationIndex) -> JSONValue {
        let signals = index.explanation(relation.first, relation.second).map { part -> JSONValue in
            ["signal": .string(part.signal.name), "logOdds": Self.number(part.logOdds)]
        }
        return [
            "relation": .string(relation.kind.name), "first": .string(ids[Int(relation.first)]),
            "second": .string(ids[Int(relation.second)]), "score": Self.number(relation.score), "signals": .array(signals)
        ]
    }

    /// `{"vulnerability": [ids], "collisions": n}`: how many independent finders reached it.
    package func answer(cluster: [UInt32], in index: CorrelationIndex) -> JSONValue {
        let collisions = VulnerabilityClusters.collisionCount(of: cluster, in: index)
        return [
            "vulnerability": .array(cluster.map { .string(ids[Int($0)]) }), "collisions": .number(JSONNumber(Int64(collisions)))
        ]
    }

    private static func number(_ value: Float) -> JSONValue {
        JSONNumber((Double(value) * 1_000).rounded() / 1_000).map { .number($0) } ?? .null
    }
}

extension PrecisionCurve {
    /// `{"truePairs": …, "unjudged": …, "atThreshold": point, "points": [points]}` with at most a few hundred points.
    package func answer(threshold: Float) -> JSONValue {
        let step = max(1, points.count / 400)
        let shown = points.indices.filter { $0 % step == 0 || $0 == points.count - 1 }.map { Self.answer(points[$0]) }
        return [
            "truePairs": .number(JSONNumber(Int64(truePairCount))), "unjudged": .number(JSONNumber(Int64(unjudgedCount))),
            "atThreshold": point(at: threshold).map(Self.answer) ?? .null, "points": .array(shown)
        ]
    }

    private static func answer(_ point: Point) -> JSONValue {
        func number(_ value: Double) -> JSONValue {
            JSONNumber((value * 100_000).rounded() / 100_000).map { .number($0) } ?? .null
        }
        return [
            "threshold": number(Double(point.threshold)), "precision": number(point.precision), "recall": number(point.recall)
        ]
    }
}
