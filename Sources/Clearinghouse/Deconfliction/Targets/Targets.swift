package import CivilTime
import JSONText
package import Journal
import Sealing

/// What is scanned and how its maintainers want it: policies, opt-outs, pacing.
package struct Targets: Sendable {
    let journal: any Journal
    let environment: ClearinghouseEnvironment

    package init(journal: any Journal, environment: ClearinghouseEnvironment) {
        self.journal = journal
        self.environment = environment
    }

    /// How far a date that was stated may lie ahead of the journal's time: clocks of honest senders are minutes apart.
    static let clockTolerance: Duration = .seconds(300)

    /// Sets what is wanted of everybody who scans or reports; replaces what was set before, but for an opt-out: that stands until it is
    /// lifted in so many words.
    ///
    /// A coordinator sets all of it. A maintainer sets what concerns its own targets, but not who maintains them, how critical
    /// they are, and which other names they have: left out, these stay.
    /// - Parameter liftingOptOut: an opt-out ends where the policy has none.
    /// - Parameter sequence: of the policy that this one replaces (`GovernedTarget.sequence`); nil where there is none yet.
    /// - Throws: `forbidden` without the scope or for another's target, `preconditionRequired` and `preconditionFailed` where another
    ///   policy stands than the caller says, `malformed`, `notFound` for a maintainer who is no member, `conflict` for an alias that is
    ///   another target's; nothing was recorded.
    package func govern(
        _ target: ScanTarget, _ policy: TargetPolicy, liftingOptOut: Bool = false, replacing sequence: Int64? = nil,
        by principal: Principal
    ) async throws {
        try principal.require(.governTargets)
        let secret = environment.identifierSecret
        _ = try await journal.append { snapshot in
            let name = try snapshot.targetName(target.name)
            let known = try snapshot.governedTarget(name)
            var policy = try Targets.allowed(policy, of: name, over: known?.policy, by: principal)
            try Targets.require(sequence, of: known, named: name)
            if policy.optOut == nil, !liftingOptOut { policy.optOut = known?.policy.optOut }
            try Targets.require(policy, of: name, in: snapshot)
            guard policy != known?.policy else { return Decision([]) }
            let origin = (known?.origin ?? PolicyOrigin()).changed(from: known?.policy ?? TargetPolicy(), to: policy)
            return Decision([
                TargetRecords.governed(
                    name, policy, origin, previous: known?.policy.aliases ?? [], source: nil, secret: secret, by: principal.member
                )
            ])
        }
    }

    /// Two who change one policy must not undo each other's change unseen.
    private static func require(_ sequence: Int64?, of known: GovernedTarget?, named name: String) throws {
        guard sequence != known?.sequence else { return }
        guard let known else { throw Refusal(.preconditionFailed, "\(name) has no policy yet", place: "header If-Match") }
        guard sequence != nil else {
            throw Refusal(
                .preconditionRequired, "\(name) has a policy; say with If-Match which one is replaced (\(known.sequence) now)",
                place: "header If-Match"
            )
        }
        throw Refusal(
            .preconditionFailed, "the policy of \(name) was changed meanwhile (\(known.sequence) now); read it again",
            place: "header If-Match"
        )
    }

    private static func allowed(
        _ policy: TargetPolicy, of name: String, over known: TargetPolicy?, by principal: Principal
    ) throws -> TargetPolicy {
        if principal.seesEverything { return policy }
        guard let known, known.maintainer == principal.member else {
            throw Refusal(.forbidden, "\(name) is not maintained by \(principal.member); a coordinator says who maintains it")
        }
        var result = policy
        guard policy.maintainer == nil || policy.maintainer == known.maintainer else {
            throw Refusal(.forbidden, "a coordinator says who maintains a target", place: "/maintainer")
        }
        guard policy.aliases.isEmpty || Set(policy.aliases) == Set(known.aliases) else {
            throw Refusal(.forbidden, "a coordinator says which names are one target", place: "/aliases")
        }
        guard policy.criticality == 0 || policy.criticality == known.criticality else {
            throw Refusal(.forbidden, "a coordinator says how critical a target is", place: "/criticality")
        }
        (result.maintainer, result.aliases, result.criticality) = (known.maintainer, known.aliases, known.criticality)
        return result
    }

    private static func require(_ policy: TargetPolicy, of name: String, in snapshot: JournalSnapshot) throws {
        let latest = try snapshot.appendTime().advanced(by: clockTolerance)
        for (moment, place) in [(policy.optOut?.requested, "/optOut/requestedAt"), (policy.channelVerified, "/channelVerified")] {
            if let moment, moment > latest { throw Refusal(.malformed, "that lies in the future", place: place) }
        }
        if let maintainer = policy.maintainer,
            try snapshot.firstRow("SELECT 1 FROM member WHERE id = $1 AND withdrawn IS NULL", [.text(maintainer)]) == nil
        {
            throw Refusal(.notFound, "there is no member \(maintainer)", place: "/maintainer")
        }
        for (index, alias) in policy.aliases.enumerated() {
            let place = "/aliases/\(index)"
            guard alias != name else { throw Refusal(.malformed, "that is the target's own name", place: place) }
            let holder = try snapshot.targetName(alias)
            guard holder == name || holder == alias else {
                throw Refusal(.conflict, "\(alias) is a name of \(holder)", place: place)
            }
            guard try snapshot.governedTarget(alias) == nil else {
                throw Refusal(.conflict, "\(alias) has a policy of its own", place: place)
            }
        }
    }

    /// Targets with a policy, latest change first.
    package func targets(before sequence: Int64, limit: Int64) async throws -> [GovernedTarget] {
        try await journal.read { snapshot in
            try snapshot.rows(
                """
                SELECT \(GovernedTarget.columns) FROM scan_target WHERE sequence < $1 ORDER BY sequence DESC LIMIT $2
                """,
                [.integer(sequence), .integer(limit)]
            ).map(GovernedTarget.init(row:))
        }
    }

    /// A target by any of its names.
    /// - Throws: `notFound` where nobody set anything for it.
    package func target(_ target: ScanTarget) async throws -> GovernedTarget {
        try await journal.read { snapshot in
            let name = try snapshot.targetName(target.name)
            guard let known = try snapshot.governedTarget(name) else {
                throw Refusal(.notFound, "nothing is set for \(name): it may be scanned, and reported without limits")
            }
            return known
        }
    }
}

/// A target and what is wanted of its finders.
package struct GovernedTarget: Sendable {
    package let name: String
    package let policy: TargetPolicy
    package let origin: PolicyOrigin
    package let governed: Timestamp
    /// Of the record that set the policy: whoever replaces it names it.
    package let sequence: Int64

    fileprivate static let columns = "name, policy, governed, sequence, lifted_opt_out, channel_routed"

    fileprivate init(row: SQLRow) throws {
        name = try row.text(0)
        policy = try TargetPolicy(json: try JSONValue(parsing: Array(try row.text(1).utf8)))
        governed = Timestamp(millisecondsSinceEpoch: try row.integer(2))
        sequence = try row.integer(3)
        origin = PolicyOrigin(
            liftedOptOut: try row.optionalInteger(4).map { Timestamp(millisecondsSinceEpoch: $0) },
            isChannelRouted: try row.integer(5) == 1)
    }
}

extension JournalSnapshot {
    /// The name under which a target's policy stands.
    func targetName(_ name: String) throws -> String {
        try firstRow("SELECT target FROM target_alias WHERE alias = $1", [.text(name)])?.text(0) ?? name
    }

    func governedTarget(_ name: String) throws -> GovernedTarget? {
        try firstRow("SELECT \(GovernedTarget.columns) FROM scan_target WHERE name = $1", [.text(name)])
            .map(GovernedTarget.init(row:))
    }
}
