import CivilTime
import Journal

extension Lease {
    static let columns = """
        id, target, revision, revision_only, subsystem, bug_class, tool_family, model_family, member, priority, may_be_named, token, \
        claimed, until, window_end, time_to_live, ending
        """

    init(row: SQLRow) throws {
        func moment(_ index: Int) throws -> Timestamp { Timestamp(millisecondsSinceEpoch: try row.integer(index)) }
        self.init(
            identifier: try row.text(0),
            scope: try ScanScope(
                target: ScanTarget(name: try row.text(1), revision: try row.optionalText(2)),
                isRevisionOnly: try row.integer(3) == 1, subsystem: try row.optionalText(4),
                bugClass: try row.optionalText(5).map { try BugClass($0) }, toolFamily: try row.optionalText(6),
                modelFamily: try row.optionalText(7)
            ),
            member: try row.text(8), priority: ScanPriority(rawValue: try row.integer(9)) ?? .routine,
            mayBeNamed: try row.integer(10) == 1, token: try row.integer(11), claimed: try moment(12), until: try moment(13),
            windowEnd: try moment(14), timeToLive: .seconds(try row.integer(15)),
            ending: try row.optionalText(16).flatMap(Ending.init(rawValue:))
        )
    }
}

extension JournalSnapshot {
    /// - Throws: `notFound` also where it is another's: that it exists is not the caller's to know.
    func lease(_ identifier: String, of principal: Principal) throws -> Lease {
        let row = try firstRow("SELECT \(Lease.columns) FROM scan_lease WHERE id = $1", [.text(identifier)])
        guard let lease = try row.map(Lease.init(row:)), lease.member == principal.member || principal.seesEverything else {
            throw Refusal(.notFound, "there is no lease \(identifier) of yours")
        }
        return lease
    }

    /// The leases that live at this moment on a target, soonest to end first.
    func liveLeases(on target: String, at now: Timestamp) throws -> [Lease] {
        try rows(
            "SELECT \(Lease.columns) FROM scan_lease WHERE target = $1 AND until > $2 ORDER BY until, id",
            [.text(target), .integer(now.millisecondsSinceEpoch)]
        ).map(Lease.init(row:))
    }
}
