import Foundation
import TestSupport
import Testing

@testable import Scoring

/// The published decision table, as its CSV file has it.
struct DecisionTable {
    struct Row {
        let line: String
        let facts: RemediationFacts
        let outcome: RemediationTimeline
    }

    static let path = "ssvc/data/csv/cisa/cisa_bod_26_04_1_0_0.csv"

    let rows: [Row]

    init() throws {
        let text = try SharedSuite.text(DecisionTable.path)
        let lines = text.split(whereSeparator: \.isNewline).map(String.init)
        let header = try #require(lines.first).split(separator: ",").map(String.init)
        let columns = try ["In KEV", "Publicly Exposed", "Automatable", "Technical Impact", "CISA BOD 26-04"].map { name in
            try #require(header.firstIndex { $0.hasPrefix(name) }, "there is no column \(name)")
        }
        rows = try lines.dropFirst().map { line in
            let cells = line.split(separator: ",").map(String.init)
            let words = columns.map { cells[$0] }
            let facts = RemediationFacts(
                isKnownExploited: RemediationFacts.answer(words[0]), isPubliclyExposed: RemediationFacts.answer(words[1]),
                automatable: words[2], technicalImpact: words[3]
            )
            return Row(line: line, facts: facts, outcome: try #require(DecisionTable.outcomes[words[4]], "\(line)"))
        }
    }

    /// The names of the outcome group's values.
    private static let outcomes: [String: RemediationTimeline] = [
        "fix on system upgrade": .nextUpgrade, "60 days": .sixtyDays, "14 days": .fourteenDays, "3 days": .threeDays,
        "3 days & forensic investigation": .threeDaysWithForensicTriage
    ]
}

extension RemediationFacts {
    /// Every combination of answers and missing answers: 81.
    static let all: [RemediationFacts] = {
        let answers: [Bool?] = [nil, false, true]
        let impacts: [TechnicalImpact?] = [nil, .partial, .total]
        return answers.flatMap { exploited in
            answers.flatMap { exposed in
                answers.flatMap { automatable in
                    impacts.map {
                        RemediationFacts(
                            isKnownExploited: exploited, isPubliclyExposed: exposed, isAutomatable: automatable,
                            technicalImpact: $0
                        )
                    }
                }
            }
        }
    }()

    /// True where a row answers everything these facts answer in the same way.
    func agrees(with row: RemediationFacts) -> Bool {
        (isKnownExploited == nil || isKnownExploited == row.isKnownExploited)
            && (isPubliclyExposed == nil || isPubliclyExposed == row.isPubliclyExposed)
            && (isAutomatable == nil || isAutomatable == row.isAutomatable)
            && (technicalImpact == nil || technicalImpact == row.technicalImpact)
    }
}
