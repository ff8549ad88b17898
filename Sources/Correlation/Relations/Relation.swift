/// What two records are to each other.
package enum RelationKind: UInt8, Sendable, CaseIterable {
    /// The same vulnerability.
    case duplicate
    /// One is a part of the other: all that it names the other names too, and the other names at least twice as much.
    case subsumed
    /// One's sink is the other's entry in one package: together they reach further than each.
    case chain
    /// The same kind of mistake at another place of the same package, or the same text about another package.
    case variant

    package var name: String { "\(self)" }
}

/// A proposed relation of two records, by their places in the index, the smaller first.
package struct Relation: Sendable, Hashable {
    package let first: UInt32
    package let second: UInt32
    package let kind: RelationKind
    /// 0…1; what reaches 0.5 is a duplicate by default.
    package let score: Float

    package init(_ a: UInt32, _ b: UInt32, _ kind: RelationKind, score: Float) {
        first = min(a, b)
        second = max(a, b)
        self.kind = kind
        self.score = score
    }

    package var pair: UInt64 { UInt64(first) << 32 | UInt64(second) }
}
