import CivilTime
import Testing

@testable import Scoring

@Suite struct RemediationAdviceTests {
    private let published = Timestamp(rfc3339: "2026-11-24T08:00:00Z") ?? Timestamp(millisecondsSinceEpoch: 0)

    @Test func `says what to do until when, and why`() {
        let facts = RemediationFacts(
            isKnownExploited: true, isPubliclyExposed: true, isAutomatable: false, technicalImpact: .total
        )
        let advice = RemediationAdvice(facts, published: published)
        #expect(
            advice.instruction
                == "Fix this by Friday 27 November 2026, and look for signs that somebody has already broken in."
        )
        #expect(
            advice.reasons == [
                "Attackers are already using this weakness.", "Your system can be reached from the internet.",
                "Attackers have to work on each system one by one.", "An attacker gets full control or all the data."
            ]
        )
    }

    @Test func `names what is not known and does not matter`() {
        let facts = RemediationFacts(isKnownExploited: false, isPubliclyExposed: false, isAutomatable: true)
        let advice = RemediationAdvice(facts, published: published)
        #expect(advice.instruction == "Fix this by Saturday 23 January 2027.")
        #expect(advice.reasons.last == "Not known: how much an attacker gets. The date is the same either way.")
    }

    @Test func `gives no date where an answer is missing that decides`() {
        let facts = RemediationFacts(isKnownExploited: false, isAutomatable: true, technicalImpact: .total)
        let advice = RemediationAdvice(facts, published: published)
        #expect(advice.deadline == nil)
        #expect(advice.instruction == "There is no date yet: an answer is missing.")
        #expect(
            advice.reasons.suffix(2) == [
                "Not known: whether your system can be reached from the internet.",
                "It may have to be fixed within 3 days, or within 60 days."
            ]
        )
    }

    @Test func `speaks plainly of every combination`() {
        for facts in RemediationFacts.all {
            let advice = RemediationAdvice(facts, published: published)
            #expect((advice.deadline == nil) == (RemediationDecision(facts).outcome == nil), "\(facts)")
            // One sentence for each input, known or not, and one more where the outcome is open.
            #expect(advice.reasons.count == DecisionPoint.allCases.count + (advice.deadline == nil ? 1 : 0), "\(facts)")
            for sentence in advice.reasons + [advice.instruction] {
                #expect(sentence.last == "." && sentence.utf8.count <= 140, "\(facts): \(sentence)")
                for jargon in ["KEV", "SSVC", "BOD", "automatable", "exploit", "CVE"] {
                    #expect(!sentence.contains(jargon), "\(facts): \(sentence)")
                }
            }
        }
    }
}
