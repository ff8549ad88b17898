package import CivilTime

/// A decision in words: what to do until when, and why, for somebody who has never heard of SSVC.
package struct RemediationAdvice: Sendable, Hashable {
    /// Nil while the decision is undetermined.
    package let deadline: RemediationDeadline?
    /// One sentence: "Fix this by Friday 27 November 2026."
    package let instruction: String
    /// Short sentences: first what is known, then what is not and whether that matters.
    package let reasons: [String]

    /// - Parameter published: when the advisory was published; days are counted from it.
    package init(_ facts: RemediationFacts, published: Timestamp) {
        let decision = RemediationDecision(facts)
        let deadline = decision.outcome.map { RemediationDeadline($0, published: published) }
        self.deadline = deadline
        instruction = RemediationAdvice.instruction(deadline)
        reasons = facts.sentences + RemediationAdvice.sentences(about: decision)
    }

    private static func instruction(_ deadline: RemediationDeadline?) -> String {
        guard let deadline else { return "There is no date yet: an answer is missing." }
        let search = deadline.outcome.includesForensicTriage ? ", and look for signs that somebody has already broken in" : ""
        return "Fix this \(deadline)\(search)."
    }

    private static func sentences(about decision: RemediationDecision) -> [String] {
        switch decision {
        case .decided: []
        case .decidedWithout(let missing, _):
            missing.map { "Not known: \($0.question). The date is the same either way." }
        case .undetermined(let missing, let possible):
            missing.map { "Not known: \($0.question)." }
                + ["It may have to be fixed \(span(of: possible))."]
        }
    }

    /// The most and the least urgent outcome; who reads this needs no list of five.
    private static func span(of possible: [RemediationTimeline]) -> String {
        let ends = [possible.first, possible.last].compactMap { $0?.description }.joined(separator: ", or ")
        return possible.count > 2 ? ends + ", or between" : ends
    }
}

extension RemediationFacts {
    /// One sentence for each answer there is.
    fileprivate var sentences: [String] {
        [
            isKnownExploited.map {
                $0 ? "Attackers are already using this weakness." : "It is not on the list of weaknesses used in attacks."
            },
            isPubliclyExposed.map {
                $0 ? "Your system can be reached from the internet." : "Your system can't be reached from the internet."
            },
            isAutomatable.map {
                $0
                    ? "Attackers can let a program do the attack, on many systems at once."
                    : "Attackers have to work on each system one by one."
            },
            technicalImpact.map { impact in
                switch impact {
                case .partial: "An attacker gets some control or some data, not all of it."
                case .total: "An attacker gets full control or all the data."
                }
            }
        ].compactMap(\.self)
    }
}

extension DecisionPoint {
    /// Continues "Not known: …".
    fileprivate var question: String {
        switch self {
        case .knownExploited: "whether attackers are already using this weakness"
        case .publiclyExposed: "whether your system can be reached from the internet"
        case .automatable: "whether a program can do the attack by itself"
        case .technicalImpact: "how much an attacker gets"
        }
    }
}
