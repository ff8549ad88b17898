/// CISA's Binding Operational Directive 26-04 as CERT/CC's SSVC decision table `cisa:DT_BOD2604:1.0.0`
/// (https://certcc.github.io/SSVC/, `data/json/decision_tables/cisa/cisa_bod_26_04_1_0_0.json`).
enum BOD2604 {
    /// The outcome of one row. The rows stand in the table's own order, so that the two can be read side by side.
    static func outcome(of facts: CompleteFacts) -> RemediationTimeline {
        switch (facts.isKnownExploited, facts.isPubliclyExposed, facts.isAutomatable, facts.technicalImpact) {
        case (false, false, false, .partial): .nextUpgrade
        case (true, false, false, .partial): .fourteenDays
        case (false, true, false, .partial): .sixtyDays
        case (false, false, true, .partial): .sixtyDays
        case (false, false, false, .total): .nextUpgrade
        case (true, true, false, .partial): .fourteenDays
        case (true, false, true, .partial): .fourteenDays
        case (false, true, true, .partial): .fourteenDays
        case (true, false, false, .total): .fourteenDays
        case (false, true, false, .total): .fourteenDays
        case (false, false, true, .total): .sixtyDays
        case (true, true, true, .partial): .threeDays
        case (true, true, false, .total): .threeDaysWithForensicTriage
        case (true, false, true, .total): .threeDaysWithForensicTriage
        case (false, true, true, .total): .threeDays
        case (true, true, true, .total): .threeDaysWithForensicTriage
        }
    }
}
