/// What is known of one vulnerability on one operator's systems: the four inputs of BOD 26-04.
///
/// Nil is "nobody has said", which is never taken for "no". Only the exposure is the operator's own knowledge; the other three
/// come with the advisory.
package struct RemediationFacts: Sendable, Hashable {
    /// `cisa:KEV:1.0.0`: listed among CISA's Known Exploited Vulnerabilities.
    package var isKnownExploited: Bool?
    /// `cisa:PE:1.0.0`: anyone can reach the asset over public networks without proving who they are.
    package var isPubliclyExposed: Bool?
    /// `ssvc:A:2.0.0`: an attacker can automate the steps of an attack up to exploitation.
    package var isAutomatable: Bool?
    /// `ssvc:TI:1.0.0`.
    package var technicalImpact: TechnicalImpact?

    package init(
        isKnownExploited: Bool? = nil, isPubliclyExposed: Bool? = nil, isAutomatable: Bool? = nil,
        technicalImpact: TechnicalImpact? = nil
    ) {
        self.isKnownExploited = isKnownExploited
        self.isPubliclyExposed = isPubliclyExposed
        self.isAutomatable = isAutomatable
        self.technicalImpact = technicalImpact
    }

    /// The inputs nobody has answered, in the order of the table.
    package var missing: [DecisionPoint] {
        DecisionPoint.allCases.filter { point in
            switch point {
            case .knownExploited: isKnownExploited == nil
            case .publiclyExposed: isPubliclyExposed == nil
            case .automatable: isAutomatable == nil
            case .technicalImpact: technicalImpact == nil
            }
        }
    }
}

/// How much an attacker gains (`ssvc:TI:1.0.0`).
package enum TechnicalImpact: String, Sendable, Hashable, CaseIterable {
    /// Limited control or information, or a small chance of more.
    case partial
    /// Control over everything the software does, or all of its information.
    case total
}

/// One input of the decision.
package enum DecisionPoint: String, Sendable, Hashable, CaseIterable {
    case knownExploited = "KEV"
    case publiclyExposed = "PE"
    case automatable = "A"
    case technicalImpact = "TI"
}

extension RemediationFacts {
    /// The facts as advisories write them: `yes` and `no`, `partial` and `total` (SSVC's own words, in any case of ASCII).
    /// Any other word is no answer.
    package init(isKnownExploited: Bool?, isPubliclyExposed: Bool?, automatable: String?, technicalImpact: String?) {
        self.init(
            isKnownExploited: isKnownExploited, isPubliclyExposed: isPubliclyExposed,
            isAutomatable: automatable.flatMap(RemediationFacts.answer),
            technicalImpact: technicalImpact.flatMap { TechnicalImpact(rawValue: $0.lowercased()) }
        )
    }

    /// `yes` or `no`; nil for any other word.
    package static func answer(_ word: String) -> Bool? {
        switch word.lowercased() {
        case "yes": true
        case "no": false
        default: nil
        }
    }
}
