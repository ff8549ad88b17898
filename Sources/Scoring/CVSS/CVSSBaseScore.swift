/// The base equation of CVSS 2.0 (section 3.2.1).
enum CVSS2Score {
    static func baseInTenths(_ values: CVSSMetrics.Values) -> Int {
        let metrics = CVSSMetrics.version2
        let intact = ["C", "I", "A"].reduce(1.0) { $0 * (1 - metrics.weight($1, values)) }
        let impact = 10.41 * (1 - intact)
        let exploitability = ["AV", "AC", "Au"].reduce(20.0) { $0 * metrics.weight($1, values) }
        guard impact > 0 else { return 0 }
        return FineScore((0.6 * impact + 0.4 * exploitability - 1.5) * 1.176).nearestTenth
    }
}

/// The base equations of CVSS 3.0 (section 8.1) and 3.1 (section 7.1), which differ in how they round up.
enum CVSS3Score {
    static func base(_ values: CVSSMetrics.Values) -> FineScore {
        let metrics = CVSSMetrics.version3
        let intact = ["C", "I", "A"].reduce(1.0) { $0 * (1 - metrics.weight($1, values)) }
        let (lost, isScopeChanged) = (1 - intact, values["S"] == "C")
        guard lost > 0 else { return FineScore(0) }
        let impact = isScopeChanged ? 7.52 * (lost - 0.029) - 3.25 * power15(lost - 0.02) : 6.42 * lost
        let privileges = isScopeChanged ? privilegesInChangedScope[values["PR"] ?? ""] : nil
        let exploitability =
            8.22 * ["AV", "AC", "UI"].reduce(1.0) { $0 * metrics.weight($1, values) }
            * (privileges ?? metrics.weight("PR", values))
        return FineScore(min((isScopeChanged ? 1.08 : 1) * (impact + exploitability), 10))
    }

    /// What `PR` weighs where the scope changes; `N` weighs what it always does.
    private static let privilegesInChangedScope: [String: Double] = ["L": 0.68, "H": 0.5]

    private static func power15(_ base: Double) -> Double {
        (0..<15).reduce(1.0) { product, _ in product * base }
    }
}

/// A score before it is rounded to tenths, in units of 10⁻¹⁰: the equations without powers have no finer digits, so that the
/// noise of binary fractions (about 10⁻¹⁵) can't lift a score to the next tenth.
struct FineScore {
    private static let unitsInTenth = 1_000_000_000
    private let units: Int

    /// A score from 0 to 10.
    init(_ score: Double) {
        units = Int((score * 10_000_000_000).rounded())
    }

    /// Version 2: "round to 1 decimal", halves up.
    var nearestTenth: Int { (units + FineScore.unitsInTenth / 2) / FineScore.unitsInTenth }

    /// Version 3.0: the smallest tenth that is not below the score.
    var nextTenth: Int { (units + FineScore.unitsInTenth - 1) / FineScore.unitsInTenth }

    /// Version 3.1 (appendix A): the same, of the score rounded to five decimals first.
    var nextTenthOfFiveDecimals: Int {
        let fiveDecimals = (units + 50_000) / 100_000
        return (fiveDecimals + 9_999) / 10_000
    }
}
