/// The metrics of one version of CVSS: which values each may have, and what the base metrics weigh.
struct CVSSMetrics: Sendable {
    /// A base metric with the weight of each value.
    let base: [String: [String: Double]]
    /// The other metrics with their values.
    let optional: [String: [String]]

    /// The value of every base metric, by its name.
    typealias Values = [String: String]

    /// Reads parts like `AV:N`, apart by slashes.
    func values(in parts: Substring) throws(CVSSError) -> Values {
        var seen: Set<String> = []
        var values: Values = [:]
        for part in parts.split(separator: "/", omittingEmptySubsequences: false) {
            let halves = part.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
            guard halves.count == 2, isValue(halves[1], of: halves[0]) else {
                throw CVSSError(.malformed, "a part is not one of the version's metrics with one of its values")
            }
            guard seen.insert(halves[0]).inserted else { throw CVSSError(.repeated, "the metric \(halves[0]) is named twice") }
            if base[halves[0]] != nil { values[halves[0]] = halves[1] }
        }
        if let missing = base.keys.sorted().first(where: { values[$0] == nil }) {
            throw CVSSError(.incomplete, "the base metric \(missing) is missing")
        }
        return values
    }

    private func isValue(_ value: String, of metric: String) -> Bool {
        base[metric].map { $0[value] != nil } ?? optional[metric]?.contains(value) ?? false
    }

    /// The weight of a base metric's value; 0 for what `values(in:)` would have refused.
    func weight(_ metric: String, _ values: Values) -> Double {
        values[metric].flatMap { base[metric]?[$0] } ?? 0
    }
}

extension CVSSVector.Version {
    var metrics: CVSSMetrics {
        switch self {
        case .v20: .version2
        case .v30, .v31: .version3
        }
    }
}

extension CVSSMetrics {
    /// Version 2, sections 2.1 to 2.3 and 3.2.1.
    static let version2: CVSSMetrics = {
        let impact: [String: Double] = ["N": 0, "P": 0.275, "C": 0.660]
        let requirement = ["L", "M", "H", "ND"]
        return CVSSMetrics(
            base: [
                "AV": ["L": 0.395, "A": 0.646, "N": 1], "AC": ["H": 0.35, "M": 0.61, "L": 0.71],
                "Au": ["M": 0.45, "S": 0.56, "N": 0.704], "C": impact, "I": impact, "A": impact
            ],
            optional: [
                "E": ["U", "POC", "F", "H", "ND"], "RL": ["OF", "TF", "W", "U", "ND"], "RC": ["UC", "UR", "C", "ND"],
                "CDP": ["N", "L", "LM", "MH", "H", "ND"], "TD": ["N", "L", "M", "H", "ND"], "CR": requirement,
                "IR": requirement, "AR": requirement
            ]
        )
    }()

    /// Versions 3.0 and 3.1, sections 2 to 4 and 7.4 (8.4 in 3.0). `PR` weighs differently where the scope changes; see
    /// `CVSS3Score`. `S` has no weight of its own.
    static let version3: CVSSMetrics = {
        let impact: [String: Double] = ["N": 0, "L": 0.22, "H": 0.56]
        let (requirement, modifiedImpact) = (["X", "L", "M", "H"], ["X", "N", "L", "H"])
        return CVSSMetrics(
            base: [
                "AV": ["N": 0.85, "A": 0.62, "L": 0.55, "P": 0.2], "AC": ["L": 0.77, "H": 0.44],
                "PR": ["N": 0.85, "L": 0.62, "H": 0.27], "UI": ["N": 0.85, "R": 0.62], "S": ["U": 0, "C": 0], "C": impact,
                "I": impact, "A": impact
            ],
            optional: [
                "E": ["X", "U", "P", "F", "H"], "RL": ["X", "O", "T", "W", "U"], "RC": ["X", "U", "R", "C"],
                "CR": requirement, "IR": requirement, "AR": requirement, "MAV": ["X", "N", "A", "L", "P"],
                "MAC": ["X", "L", "H"], "MPR": ["X", "N", "L", "H"], "MUI": ["X", "N", "R"], "MS": ["X", "U", "C"],
                "MC": modifiedImpact, "MI": modifiedImpact, "MA": modifiedImpact
            ]
        )
    }()
}
