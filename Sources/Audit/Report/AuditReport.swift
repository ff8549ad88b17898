/// What an audit found, and how much it looked at.
package struct AuditReport: Sendable {
    /// In the order in which the checks ran; at most `FindingList.maximumListed` of each check and grade.
    package let findings: [AuditFinding]
    /// Findings beyond those listed.
    package let unlisted: [UnlistedFindings]
    package let counts: AuditCounts

    /// Whether everything could be checked and nothing contradicts anything. An audit without the keys is never clean as
    /// long as there is something sealed: what was not looked at did not pass.
    package var isClean: Bool { !hasContradictions && isComplete }

    /// Whether anything is wrong.
    package var hasContradictions: Bool { findings.contains { $0.grade == .contradiction } }

    /// Whether every check could be made.
    package var isComplete: Bool { !findings.contains { $0.grade == .notCheckable } }

    /// All findings of a grade, listed or not.
    package func count(of grade: AuditFinding.Grade) -> Int {
        findings.count { $0.grade == grade } + unlisted.filter { $0.grade == grade }.reduce(0) { $0 + $1.count }
    }
}

/// What was looked at.
package struct AuditCounts: Sendable, Hashable {
    package var records: Int64 = 0
    package var streams: Int64 = 0
    package var sealedRecords: Int64 = 0
    /// Records whose content key was destroyed: their payload is gone for everyone, their commitment is not.
    package var destroyedRecords: Int64 = 0
    /// Records whose payload could not be read for want of the master key.
    package var opaqueRecords: Int64 = 0
    package var contents: Int64 = 0
    package var tiles: Int64 = 0
    package var checkpoints: Int64 = 0
    /// The size of the latest checkpoint.
    package var logSize: Int64 = 0
    /// Records that no checkpoint covers yet.
    package var recordsBehind: Int64 = 0
    package var tables: Int64 = 0
    /// Rows of projections that equal what a replay derives.
    package var rows: Int64 = 0
    package var jobs: Int64 = 0
    package var advisoryStatements: Int64 = 0
    package var verdicts: Int64 = 0
}
