/// Something that keeps a range from being canonical; see `VersRange.findings`.
public struct VersFinding: Hashable, Sendable {
    /// `order`, `duplicate` or `sequence`.
    public let code: VersError.Code
    /// The constraint at which it was noticed, counted from 0.
    public let index: Int
    /// One sentence for a log or a form.
    public let reason: String
}

extension VersRange {
    /// What keeps the range from being canonical: versions that occur twice, and neighbours of which one is redundant. A
    /// range from `init(parsing:)` has none.
    ///
    /// The rule for neighbours, all `!=` left aside, is that of "Constraints simplification": `=`, `<` and `<=` are not
    /// followed by `<` or `<=`, nor `>` and `>=` by `=`, `>` or `>=`. It includes the alternation that the core
    /// specification asks for.
    public var findings: [VersFinding] {
        let scheme = versionScheme
        return Self.findings(in: constraints.map { PlacedConstraint($0, at: 0, in: scheme) })
    }

    static func findings(in placed: [PlacedConstraint]) -> [VersFinding] {
        var result = orderFindings(placed)
        var previous: VersConstraint.Comparator?
        for (index, constraint) in placed.enumerated() where constraint.comparator != .notEqual {
            if let previous, isRedundant(previous, before: constraint.comparator) {
                let reason = "'\(constraint.comparator.rawValue)' must not follow '\(previous.rawValue)'."
                result.append(VersFinding(code: .sequence, index: index, reason: reason))
            }
            previous = constraint.comparator
        }
        return result.sorted { $0.index < $1.index }
    }

    /// Whether of two neighbours one says nothing.
    static func isRedundant(_ first: VersConstraint.Comparator, before next: VersConstraint.Comparator) -> Bool {
        first.isGreater ? next == .equal || next.isGreater : next.isLess
    }

    private static func orderFindings(_ placed: [PlacedConstraint]) -> [VersFinding] {
        func duplicate(_ index: Int) -> VersFinding {
            VersFinding(code: .duplicate, index: index, reason: "A version occurs only once.")
        }
        let keys = placed.compactMap(\.key)
        if keys.count < placed.count {
            // Without an order only the same spelling is surely the same version.
            var seen: Set<String> = []
            return placed.indices.filter { !seen.insert(placed[$0].constraint.version).inserted }.map(duplicate)
        }
        return keys.indices.dropFirst().compactMap { index in
            if keys[index - 1] < keys[index] { return nil }
            if keys[index - 1] == keys[index] { return duplicate(index) }
            return VersFinding(code: .order, index: index, reason: "The constraints are not sorted by version.")
        }
    }
}
