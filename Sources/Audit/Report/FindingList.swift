/// Collects findings while the checks run; used by one thread.
///
/// A broken page can make ten thousand records wrong. The first of each kind are listed, all are counted.
final class FindingList {
    /// Findings listed of one check and grade: enough to see a pattern, few enough to read.
    static let maximumListed = 100

    private struct Kind: Hashable {
        let check: AuditCheck
        let grade: AuditFinding.Grade
    }

    private(set) var findings: [AuditFinding] = []
    private var totals: [Kind: Int] = [:]

    func add(
        _ check: AuditCheck, at place: @autoclosure () -> String, _ detail: @autoclosure () -> String,
        grade: AuditFinding.Grade = .contradiction
    ) {
        let kind = Kind(check: check, grade: grade)
        totals[kind, default: 0] += 1
        guard totals[kind, default: 0] <= FindingList.maximumListed else { return }
        findings.append(AuditFinding(check: check, grade: grade, place: place(), detail: detail()))
    }

    /// What was found and not listed, by check and grade, in the order of the checks.
    var unlisted: [UnlistedFindings] {
        totals.filter { $0.value > FindingList.maximumListed }
            .map { UnlistedFindings(check: $0.key.check, grade: $0.key.grade, count: $0.value - FindingList.maximumListed) }
            .sorted { ($0.check.rawValue, $0.grade.rawValue) < ($1.check.rawValue, $1.grade.rawValue) }
    }
}

/// How many findings of one kind stand behind the ones that are listed.
package struct UnlistedFindings: Sendable, Hashable {
    package let check: AuditCheck
    package let grade: AuditFinding.Grade
    package let count: Int
}
