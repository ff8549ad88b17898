import AdvisoryFormats

/// A target's policy while records are taken in.
struct StandingPolicy: Sendable {
    var policy: TargetPolicy
    var origin: PolicyOrigin

    /// Nothing is asked for a target that nobody governs.
    init(_ target: GovernedTarget?) {
        policy = target?.policy ?? TargetPolicy()
        origin = target?.origin ?? PolicyOrigin()
    }
}

/// What an opt-out or a route of a federation changes. Pure.
struct PolicyChange: Sendable {
    private enum Wish: Sendable {
        case optOut(reason: String?)
        case route(channel: String)
    }

    let target: ScanTarget
    /// When it was asked for, or verified.
    let moment: StatedMoment
    private let wish: Wish

    /// - Parameter place: of the record's predicate, with a slash at the end.
    /// - Throws: `malformed` for a repository that is no target, and for a moment that can't be kept.
    init(_ optOut: InterchangeRecord.OptOut, at place: String) throws(Refusal) {
        target = try ScanTarget(optOut.repository, at: place + "repository")
        moment = try StatedMoment(optOut.requestedAt, at: place + "requested_at")
        wish = .optOut(reason: optOut.reason)
    }

    /// As for an opt-out.
    init(_ route: InterchangeRecord.Route, at place: String) throws(Refusal) {
        target = try ScanTarget(route.repository, at: place + "repository")
        moment = try StatedMoment(route.verifiedAt, at: place + "verified_at")
        wish = .route(channel: route.channel)
    }

    /// Nil where nothing changes.
    func applied(to known: StandingPolicy) -> StandingPolicy? {
        // Whoever maintains it here speaks for itself.
        guard known.policy.maintainer == nil else { return nil }
        var changed = known
        switch wish {
        case .optOut(let reason):
            guard known.policy.optOut == nil, known.origin.liftedOptOut.map({ moment.value > $0 }) ?? true else { return nil }
            changed.policy.optOut = TargetPolicy.OptOut(requested: moment.value, reason: reason)
        case .route(let channel):
            // A channel that was set here stands, verified or not; of routes the newest does.
            let isOpen = known.policy.channel == nil || known.origin.isChannelRouted
            guard isOpen, known.policy.channelVerified.map({ moment.value > $0 }) ?? true else { return nil }
            changed.policy.channel = channel
            changed.policy.channelVerified = moment.value
            changed.origin = known.origin.routed()
        }
        return changed
    }
}
