/// When BOD 26-04 wants a vulnerability remediated: the outcome group `cisa:BOD2604:1.0.0`, the least urgent first.
package enum RemediationTimeline: String, Sendable, Hashable, CaseIterable, Comparable {
    /// The next time the asset gets a scheduled major upgrade or is rebuilt.
    case nextUpgrade = "FSU"
    case sixtyDays = "60D"
    case fourteenDays = "14D"
    case threeDays = "3D"
    /// As `threeDays`, and the asset is examined for signs that it is compromised.
    case threeDaysWithForensicTriage = "3DF"

    /// Calendar days, weekends included; nil where no day is set.
    package var dayCount: Int? {
        switch self {
        case .nextUpgrade: nil
        case .sixtyDays: 60
        case .fourteenDays: 14
        case .threeDays, .threeDaysWithForensicTriage: 3
        }
    }

    package var includesForensicTriage: Bool { self == .threeDaysWithForensicTriage }

    /// Less urgent is less.
    package static func < (left: RemediationTimeline, right: RemediationTimeline) -> Bool {
        left.urgency < right.urgency
    }

    private var urgency: Int {
        switch self {
        case .nextUpgrade: 0
        case .sixtyDays: 1
        case .fourteenDays: 2
        case .threeDays: 3
        case .threeDaysWithForensicTriage: 4
        }
    }
}

extension RemediationTimeline: CustomStringConvertible {
    /// As a sentence continues: "fix it within 14 days".
    package var description: String {
        switch self {
        case .nextUpgrade: "at the next planned upgrade"
        case .sixtyDays: "within 60 days"
        case .fourteenDays: "within 14 days"
        case .threeDays: "within 3 days"
        case .threeDaysWithForensicTriage: "within 3 days and with a search for signs of a break-in"
        }
    }
}
