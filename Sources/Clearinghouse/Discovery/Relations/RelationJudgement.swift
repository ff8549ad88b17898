import Correlation
import JSONText

/// What the signals say of two findings.
struct RelationJudgement: Sendable {
    let first: String
    let second: String
    let kind: RelationKind
    /// 0…1; 0.5 and more is a duplicate.
    let score: Float
    /// The largest first.
    let signals: [(signal: Signal, logOdds: Float)]
    let version: Int64

    var scoreInThousandths: Int64 { Int64((Double(score) * 1_000).rounded()) }

    var signalsJSON: JSONValue {
        .array(
            signals.map { part in
                ["logOdds": Self.number(part.logOdds), "signal": .string(part.signal.name)]
            })
    }

    private static func number(_ value: Float) -> JSONValue {
        JSONNumber((Double(value) * 100).rounded() / 100).map { .number($0) } ?? .null
    }

    /// Whether both share an exact key.
    var isExact: Bool { signals.contains { $0.signal == .fingerprint && $0.logOdds > 0 } }

    /// Whether one names a kind of weakness that the other's is not, and no crash shows that they are one all the same.
    var namesOtherWeakness: Bool {
        signals.contains { $0.signal == .otherWeakness && $0.logOdds < 0 } && !signals.contains { $0.signal == .crashState }
    }

    /// The relation's name: two findings have one, whoever sees it first, and on whichever server.
    func relation(secret: [UInt8]) -> String {
        Identifier.derived("rel", secret: secret, from: [min(first, second), max(first, second)])
    }

    /// The strongest signals in words, for the reasons of a move.
    var words: String {
        signals.prefix(4).map { part in
            let hundredths = Int((Double(abs(part.logOdds)) * 100).rounded())
            let digits = "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
            return "\(part.signal.name) \(part.logOdds < 0 ? "-" : "+")\(digits)"
        }.joined(separator: ", ")
    }
}

/// What is recorded of a pair.
struct RelationFinding {
    let relation: String
    let judgement: RelationJudgement
    let joiner: PlacedFinding
    let move: RelationMove?
    let obstacle: String?
}
