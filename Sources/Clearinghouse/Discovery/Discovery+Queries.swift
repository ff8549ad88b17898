package import CivilTime
import JSONText
import Journal
import Sealing

/// A finding as lists and pages show it.
package struct FindingSummary: Sendable {
    package let identifier: String
    package let member: String
    package let title: String
    package let package: String?
    package let weakness: String?
    package let severity: String?
    package let repository: String?
    package let commit: String?
    package let file: String?
    package let function: String?
    package let startLine: Int64?
    package let received: Timestamp
    package let vulnerability: String
    package let sequence: Int64
    /// Whether doubts about it stand that nobody has cleared up.
    package let needsReview: Bool
    /// Independent finders of its vulnerability.
    package var finderCount = 1
}

/// A vulnerability with what is known of it.
package struct VulnerabilitySummaryView: Sendable {
    package let identifier: String
    package let title: String
    package let package: String?
    package let weakness: String?
    package let opened: Timestamp
    package let findings: [FindingSummary]
    /// Members that found it independently; see `independentFinders(of:)`.
    package let finderCount: Int
    /// Every join and move of a finding, in order, with its reasons.
    package let history: [MembershipEvent]
}

/// A finding joined or left a vulnerability, when, by whom and why.
package struct MembershipEvent: Sendable {
    package let finding: String
    package let joined: Bool
    package let reasons: [String]
    package let actor: String
    package let time: Timestamp
}

/// A finding with everything its finder said, and what came of it.
package struct FindingDetail: Sendable {
    package let summary: FindingSummary
    package let report: FindingReport
    /// SHA-256 of the bytes it arrived in, in hexadecimal.
    package let originalDigest: String
    package let hasReproducer: Bool
    /// Its validations, oldest first.
    package let validations: [String]
    /// The case of its vulnerability, where one was opened.
    package let caseFile: FindingCase?
}

/// What everybody who may read a finding is told of its case: that there is one, and whether it is open. The rest is for those who
/// take part in it.
package struct FindingCase: Sendable {
    package let identifier: String
    /// `open` or `published`.
    package let phase: String
    /// Whether the principal may read the case itself.
    package let isReadable: Bool
}

extension Discovery {

    /// Findings the principal may see, latest first.
    package func findings(
        before sequence: Int64, limit: Int64, where filter: FindingFilter = FindingFilter(), for principal: Principal
    ) async throws -> [FindingSummary] {
        try principal.require(.readFindings)
        let member = principal.seesEverything ? "" : principal.member
        return try await journal.read { snapshot in
            try snapshot.rows(
                """
                SELECT \(FindingSummary.columns) FROM finding WHERE sequence < $1 AND ($2 = '' OR member = $2)
                AND \(FindingFilter.condition)
                ORDER BY sequence DESC LIMIT $3
                """,
                [.integer(sequence), .text(member), .integer(limit)] + filter.parameters
            ).map(FindingSummary.init(row:)).withFinderCounts(in: snapshot)
        }
    }

    /// A finding, for its finder, the coordinators and the vendor of its case.
    /// - Throws: `notFound` also where the caller may not read it: that it exists is not the caller's to know.
    package func finding(_ identifier: String, for principal: Principal) async throws -> FindingDetail {
        try principal.require(.readFindings)
        return try await journal.read { try FindingDetail(try $0.finding(identifier, for: principal), in: $0, for: principal) }
    }

    /// The bytes a finding arrived in, exactly, for its finder and the coordinators. Not for the vendor of its case: a log may
    /// hold findings of other cases beside it.
    /// - Throws: `notFound` where the caller may not read them.
    package func original(of identifier: String, for principal: Principal) async throws -> [UInt8] {
        try principal.require(.readFindings)
        return try await journal.read { snapshot in
            let member = try snapshot.finding(identifier, for: principal).member
            guard principal.seesEverything || member == principal.member else {
                throw Refusal(.notFound, "the original of \(identifier) is its finder's")
            }
            let digest = try snapshot.firstRow("SELECT original FROM finding WHERE id = $1", [.text(identifier)])
                .flatMap { Digest(hex: try $0.text(0)) }
            let bytes = try digest.flatMap { try snapshot.content($0, sealedUnder: DiscoveryRecords.contentKey(of: member)) }
            guard let bytes else { throw JournalError(.contradiction, "the original of \(identifier) is missing") }
            return bytes
        }
    }

    /// A vulnerability: whole for the coordinators and the vendor of its case; a finder sees its own findings of it, and how many
    /// organisations reported it.
    /// - Throws: `notFound` where none of the caller's findings is in it; one whose findings were moved away is told where to.
    package func vulnerability(_ identifier: String, for principal: Principal) async throws -> VulnerabilitySummaryView {
        try principal.require(.readFindings)
        return try await journal.read { snapshot in
            let row = try snapshot.firstRow(
                "SELECT title, package, weakness, opened FROM vulnerability WHERE id = $1", [.text(identifier)]
            )
            let findings = try snapshot.rows(
                "SELECT \(FindingSummary.columns) FROM finding WHERE vulnerability = $1 ORDER BY sequence", [.text(identifier)]
            ).map(FindingSummary.init(row:))
            let seesAll = try principal.seesEverything || snapshot.isVendor(principal, of: identifier)
            let isConcerned = seesAll || findings.contains { $0.member == principal.member }
            guard let row, isConcerned else {
                if let target = try snapshot.vulnerability(followedFrom: identifier, by: principal.member) {
                    throw Refusal(.notFound, "your finding was moved from \(identifier) to \(target)").moved(to: target)
                }
                throw Refusal(.notFound, "there is no vulnerability \(identifier) with a finding of yours")
            }
            let visible = try findings.filter { seesAll || $0.member == principal.member }.withFinderCounts(in: snapshot)
            // Its name comes from its first finding, which is not every finder's to read.
            let own = seesAll ? nil : visible.first
            return VulnerabilitySummaryView(
                identifier: identifier, title: try own?.title ?? row.text(0),
                package: try own.map(\.package) ?? row.optionalText(1),
                weakness: try own.map(\.weakness) ?? row.optionalText(2),
                opened: Timestamp(millisecondsSinceEpoch: try row.integer(3)),
                findings: visible, finderCount: try snapshot.independentFinders(of: identifier),
                history: seesAll ? try snapshot.membershipHistory(of: identifier) : []
            )
        }
    }

    package func counts() async throws -> (findings: Int64, vulnerabilities: Int64) {
        try await journal.read { snapshot in
            (
                try snapshot.firstRow("SELECT count(*) FROM finding")?.integer(0) ?? 0,
                try snapshot.firstRow("SELECT count(*) FROM vulnerability")?.integer(0) ?? 0
            )
        }
    }
}

extension FindingDetail {
    fileprivate init(_ summary: FindingSummary, in snapshot: JournalSnapshot, for principal: Principal) throws {
        let payload = try snapshot.record(at: summary.sequence)?.payload
        guard let report = payload?["report"].flatMap(FindingReport.init(json:)) else {
            throw JournalError(
                .contradiction, "the finding \(summary.identifier) has no report at \(summary.sequence)"
            )
        }
        let key = [SQLValue.text(summary.identifier)]
        self.init(
            summary: try [summary].withFinderCounts(in: snapshot)[0], report: report,
            originalDigest: payload?["original"]?.string ?? "",
            hasReproducer: try snapshot.firstRow("SELECT 1 FROM reproducer WHERE finding = $1", key) != nil,
            validations: try snapshot.rows("SELECT id FROM validation WHERE finding = $1 ORDER BY requested, id", key)
                .map { try $0.text(0) },
            caseFile: try snapshot.caseFile(of: summary.vulnerability, for: principal)
        )
    }
}

extension FindingSummary {
    static let columns = """
        id, member, title, package, weakness, severity, file, function, received, vulnerability, sequence,
        (SELECT count(*) FROM awaited_review WHERE awaited_review.finding = finding.id), repository, revision, start_line
        """

    fileprivate init(row: SQLRow) throws {
        self.init(
            identifier: try row.text(0), member: try row.text(1), title: try row.text(2), package: try row.optionalText(3),
            weakness: try row.optionalText(4), severity: try row.optionalText(5), repository: try row.optionalText(12),
            commit: try row.optionalText(13), file: try row.optionalText(6), function: try row.optionalText(7),
            startLine: try row.optionalInteger(14), received: Timestamp(millisecondsSinceEpoch: try row.integer(8)),
            vulnerability: try row.optionalText(9) ?? "", sequence: try row.integer(10),
            needsReview: try row.integer(11) > 0
        )
    }
}

extension [FindingSummary] {
    /// Each vulnerability is counted once, however many of these belong to it.
    fileprivate func withFinderCounts(in snapshot: JournalSnapshot) throws -> [FindingSummary] {
        var counts: [String: Int] = [:]
        return try map { finding in
            let count = try counts[finding.vulnerability] ?? snapshot.independentFinders(of: finding.vulnerability)
            counts[finding.vulnerability] = count
            var counted = finding
            counted.finderCount = count
            return counted
        }
    }
}

extension JournalSnapshot {
    /// - Throws: `notFound` also where the principal may not read it.
    func finding(_ identifier: String, for principal: Principal) throws -> FindingSummary {
        let found = try firstRow("SELECT \(FindingSummary.columns) FROM finding WHERE id = $1", [.text(identifier)])
            .map(FindingSummary.init(row:))
        guard let found, try canRead(found, principal) else {
            throw Refusal(.notFound, "there is no finding \(identifier) of yours")
        }
        return found
    }

    func canRead(finding identifier: String, _ principal: Principal) throws -> Bool {
        try firstRow("SELECT \(FindingSummary.columns) FROM finding WHERE id = $1", [.text(identifier)])
            .map { try canRead(FindingSummary(row: $0), principal) } ?? false
    }

    private func canRead(_ finding: FindingSummary, _ principal: Principal) throws -> Bool {
        try principal.seesEverything || finding.member == principal.member || isVendor(principal, of: finding.vulnerability)
    }

    fileprivate func isVendor(_ principal: Principal, of vulnerability: String) throws -> Bool {
        try firstRow(
            "SELECT 1 FROM case_file WHERE vulnerability = $1 AND vendor = $2",
            [.text(vulnerability), .text(principal.member)]
        ) != nil
    }

    fileprivate func caseFile(of vulnerability: String, for principal: Principal) throws -> FindingCase? {
        try firstRow("SELECT id, phase, vendor FROM case_file WHERE vulnerability = $1", [.text(vulnerability)]).map { row in
            let isReadable = try principal.seesEverything || row.text(2) == principal.member
            return FindingCase(identifier: try row.text(0), phase: try row.text(1), isReadable: isReadable)
        }
    }

    /// Where the member's first finding that left a vulnerability is now; nil where none of its findings ever was there.
    fileprivate func vulnerability(followedFrom identifier: String, by member: String) throws -> String? {
        for record in try records(of: DiscoveryRecords.vulnerabilityStream(identifier)) where record.kind == DiscoveryRecords.left
        {
            guard let finding = record.payload?["finding"]?.string else { continue }
            let row = try firstRow(
                "SELECT vulnerability FROM finding WHERE id = $1 AND member = $2", [.text(finding), .text(member)])
            if let target = try row?.optionalText(0) { return target }
        }
        return nil
    }

    fileprivate func membershipHistory(of vulnerability: String) throws -> [MembershipEvent] {
        try records(of: DiscoveryRecords.vulnerabilityStream(vulnerability)).compactMap { record in
            guard let payload = record.payload, let finding = payload["finding"]?.string else { return nil }
            let reasons = (payload["reasons"]?.array ?? []).compactMap(\.string) + [payload["reason"]?.string].compactMap { $0 }
            return MembershipEvent(
                finding: finding, joined: record.kind == DiscoveryRecords.joined, reasons: reasons, actor: record.actor,
                time: record.time
            )
        }
    }
}
