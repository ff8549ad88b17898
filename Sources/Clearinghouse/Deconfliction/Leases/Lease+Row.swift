import CivilTime
import Journal

extension Lease {
    static let columns = """
        id, target, revision, revision_only, subsystem, bug_class, tool_family, model_family, member, priority, may_be_named, token, \
        claimed, until, window_end, time_to_live, ending, budget, spent
        """

    /// - Parameter now: the journal's time at which the row was read.
    init(row: SQLRow, asOf now: Timestamp) throws {
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
            budget: try row.optionalText(17).flatMap(ScanBudget.init(text:)),
            spent: try row.optionalText(18).flatMap(ScanBudget.init(text:)),
            ending: try row.optionalText(16).flatMap(Ending.init(rawValue:)), asOf: now
        )
    }
}

extension ScanBudget {
    /// As rows have it: an amount, a blank, and the unit, which has none.
    var text: String { "\(amount) \(unit)" }

    init?(text: String) {
        let parts = text.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, let amount = Int64(parts[0]) else { return nil }
        try? self.init(amount: amount, unit: String(parts[1]))
    }
}

extension JournalSnapshot {
    func lease(_ identifier: String, at now: Timestamp) throws -> Lease? {
        try firstRow("SELECT \(Lease.columns) FROM scan_lease WHERE id = $1", [.text(identifier)])
            .map { try Lease(row: $0, asOf: now) }
    }

    /// - Throws: `notFound` also where it is another's: that it exists is not the caller's to know.
    func lease(_ identifier: String, of principal: Principal, at now: Timestamp) throws -> Lease {
        guard let lease = try lease(identifier, at: now), lease.member == principal.member || principal.seesEverything else {
            throw Refusal(.notFound, "there is no lease \(identifier) of yours")
        }
        return lease
    }

    /// The lease that its holder keeps or ends.
    /// - Throws: `notFound` as above, `forbidden` for a coordinator who does not hold it, `conflict` unless it lives and this is its token.
    func heldLease(_ identifier: String, _ token: Int64, by principal: Principal, at now: Timestamp) throws -> Lease {
        let lease = try lease(identifier, of: principal, at: now)
        guard lease.member == principal.member else {
            throw Refusal(.forbidden, "only its holder keeps a lease and says what came of it; a coordinator may revoke it")
        }
        try lease.requireHeld(with: token)
        return lease
    }

    /// The leases that live at this moment on a target, under any of its names, soonest to end first.
    func liveLeases(on target: String, at now: Timestamp) throws -> [Lease] {
        try rows(
            "SELECT \(Lease.columns) FROM scan_lease WHERE target IN \(TargetNames.list) AND until > $2 ORDER BY until, id",
            [.text(target), .integer(now.millisecondsSinceEpoch)]
        ).map { try Lease(row: $0, asOf: now) }
    }
}
