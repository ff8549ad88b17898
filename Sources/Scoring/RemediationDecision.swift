/// What BOD 26-04 decides on the facts at hand. Pure: the same facts give the same decision.
package enum RemediationDecision: Sendable, Hashable {
    /// Every input is known.
    case decided(RemediationTimeline)
    /// Inputs are missing, and every answer to them would give this same outcome.
    case decidedWithout([DecisionPoint], RemediationTimeline)
    /// Inputs are missing that would change the outcome. `possible` holds the outcomes they may still lead to, the most urgent
    /// first; which one it is, nobody guesses.
    case undetermined(missing: [DecisionPoint], possible: [RemediationTimeline])

    package init(_ facts: RemediationFacts) {
        let missing = facts.missing
        let possible = Set(facts.completions.map(BOD2604.outcome)).sorted(by: >)
        guard let outcome = possible.first, possible.count == 1 else {
            self = .undetermined(missing: missing, possible: possible)
            return
        }
        self = missing.isEmpty ? .decided(outcome) : .decidedWithout(missing, outcome)
    }

    /// The outcome; nil while it is undetermined.
    package var outcome: RemediationTimeline? {
        switch self {
        case .decided(let outcome), .decidedWithout(_, let outcome): outcome
        case .undetermined: nil
        }
    }
}

/// The four inputs, all answered: one row of the table.
struct CompleteFacts {
    let isKnownExploited: Bool
    let isPubliclyExposed: Bool
    let isAutomatable: Bool
    let technicalImpact: TechnicalImpact
}

extension RemediationFacts {
    /// Every way to answer what is missing; the facts themselves where nothing is.
    var completions: [CompleteFacts] {
        answers(isKnownExploited).flatMap { exploited in
            answers(isPubliclyExposed).flatMap { exposed in
                answers(isAutomatable).flatMap { automatable in
                    (technicalImpact.map { [$0] } ?? TechnicalImpact.allCases).map { impact in
                        CompleteFacts(
                            isKnownExploited: exploited, isPubliclyExposed: exposed, isAutomatable: automatable,
                            technicalImpact: impact
                        )
                    }
                }
            }
        }
    }

    private func answers(_ known: Bool?) -> [Bool] {
        known.map { [$0] } ?? [false, true]
    }
}
