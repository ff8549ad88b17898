/// What one value or name is to another, as sets of products (NIST IR 7696, clause 6.1.1).
public enum CPERelation: Hashable, Sendable {
    /// They have nothing in common.
    case disjoint
    /// They are the same.
    case equal
    /// The first lies in the second.
    case subset
    /// The second lies in the first.
    case superset
    /// The specification gives no relation.
    case undefined
}

extension CPEValue {
    /// What this value, the source, is to another, the target: table 6-2 of NIST IR 7696, row by row.
    ///
    /// No source has a relation to a target with wildcards (rows 4, 8, 11 and 17).
    public func relation(to target: CPEValue) -> CPERelation {
        switch (self, target) {
        case (_, .pattern(let pattern)) where pattern.hasWildcards: .undefined
        case (.any, .any), (.notApplicable, .notApplicable): .equal
        case (.any, _): .superset
        case (_, .any): .subset
        case (.notApplicable, _), (_, .notApplicable): .disjoint
        case (.pattern(let source), .pattern(let text)):
            if source.hasWildcards {
                source.matches(text.literal) ? .superset : .disjoint
            } else {
                source == text ? .equal : .disjoint
            }
        }
    }
}

extension CPE {
    /// What this name, the source, is to another, the target: table 6-4 of NIST IR 7696.
    ///
    /// Disjoint when one pair of values is; equal, subset or superset when all pairs are that or equal; else undefined.
    public func relation(to target: CPE) -> CPERelation {
        var result = CPERelation.equal
        for attribute in Attribute.allCases {
            let relation = self[attribute].relation(to: target[attribute])
            if relation == .disjoint { return .disjoint }
            if relation == .equal || result == relation { continue }
            result = result == .equal ? relation : .undefined
        }
        return result
    }
}
