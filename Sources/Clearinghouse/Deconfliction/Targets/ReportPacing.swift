import CivilTime
import JSONText
import Journal

/// Whether a maintainer takes another report now. Asked by whatever hands one over.
struct ReportPacing {
    let target: String
    let policy: TargetPolicy
    /// Cases of this target that are open.
    let openCount: Int64

    /// - Throws: `conflict` where the maintainer opted out or wants a patch that there is none of, `notYet` where it takes no more for
    ///   now, with the moment where one is known.
    func requireRoom(hasPatch: Bool, at now: Timestamp) throws(Refusal) {
        if let optOut = policy.optOut {
            throw Refusal(
                .conflict, "the maintainer of \(target) asked on \(optOut.requested.date) not to be contacted",
                place: "/vulnerability"
            )
        }
        guard hasPatch || !policy.pacing.requiresPatch else {
            throw Refusal(.conflict, "the maintainer of \(target) takes reports with a patch only", place: "/patch")
        }
        if let limit = policy.pacing.openReports, openCount >= limit {
            throw Refusal(
                .notYet, "\(openCount) cases of \(target) are open, and its maintainer takes \(limit) at one time",
                place: "/vulnerability"
            )
        }
        let next = policy.pacing.nextWindow(from: now)
        guard next <= now else {
            throw Refusal(.notYet, "the maintainer of \(target) takes reports again from \(next)", place: "/vulnerability")
        }
    }
}

extension JournalSnapshot {
    /// Findings of a vulnerability that are asked what they are about: the first ones. Later ones repeat them.
    private static var mostFindingsAsked: Int64 { 200 }

    /// Every target a vulnerability is in, by the names its findings give: their packages and repositories.
    func targets(of vulnerability: String) throws -> [String] {
        let findings = try rows(
            "SELECT id FROM finding WHERE vulnerability = $1 ORDER BY sequence LIMIT $2",
            [.text(vulnerability), .integer(Self.mostFindingsAsked)]
        )
        let stated = try findings.flatMap { row -> [String] in
            let submitted = try records(of: DiscoveryRecords.findingStream(try row.text(0))).first
            let report = submitted?.payload?["report"].flatMap(FindingReport.init(json:))
            return [report?.package, report?.repository].compactMap(\.self)
        }
        return Set(stated.flatMap { (try? ScanTarget($0))?.names ?? [] }).sorted()
    }

    /// The pace of those of the targets that have a policy, each once, by whichever of its names it is called.
    func reportPacing(of targets: [String]) throws -> [ReportPacing] {
        try Set(targets.map { try targetName($0) }).sorted().compactMap { name in
            guard let known = try governedTarget(name) else { return nil }
            let open = try firstRow(
                """
                SELECT count(DISTINCT case_file.id) FROM case_target JOIN case_file ON case_file.id = case_target.case_file
                WHERE case_target.target IN \(TargetNames.list) AND case_file.phase = 'open'
                """,
                [.text(name)]
            )
            return ReportPacing(target: name, policy: known.policy, openCount: try open?.integer(0) ?? 0)
        }
    }
}
