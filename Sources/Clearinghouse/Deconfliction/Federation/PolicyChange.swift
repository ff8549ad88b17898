import AdvisoryFormats
import CivilTime

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
        case optOut(TargetPolicy.OptOut)
        case route(channel: String, verified: Timestamp)
    }

    let target: ScanTarget
    private let wish: Wish
    /// Of the record's predicate, with a slash at the end.
    private let place: String

    /// Nil for a record from which no change follows.
    /// - Throws: `malformed` for a repository that is no target, and for a moment that the record's schema allows and nobody can keep: a
    ///   leap second, and one that its offset carries out of the years 0000 to 9999.
    init?(_ record: InterchangeRecord, place: String) throws(Refusal) {
        self.place = place
        switch record {
        case .optOut(let optOut):
            target = try ScanTarget(optOut.repository, at: place + "repository")
            wish = .optOut(.init(requested: try Self.moment(optOut.requestedAt, place + "requested_at"), reason: optOut.reason))
        case .route(let route):
            target = try ScanTarget(route.repository, at: place + "repository")
            wish = .route(channel: route.channel, verified: try Self.moment(route.verifiedAt, place + "verified_at"))
        case .claim, .certificate: return nil
        }
    }

    private static func moment(_ text: String, _ place: String) throws(Refusal) -> Timestamp {
        guard let moment = Timestamp(rfc3339: text) else {
            throw Refusal(.malformed, "a moment of the years 0000 to 9999 is needed, and no leap second", place: place)
        }
        return moment
    }

    /// - Throws: `malformed` for a moment that lies ahead: it would count as newer than all that comes until then.
    func requireNotAfter(_ latest: Timestamp) throws(Refusal) {
        let (moment, name) =
            switch wish {
            case .optOut(let optOut): (optOut.requested, "requested_at")
            case .route(_, let verified): (verified, "verified_at")
            }
        guard moment <= latest else { throw Refusal(.malformed, "\(moment) lies in the future", place: place + name) }
    }

    /// Nil where nothing changes.
    func applied(to known: StandingPolicy) -> StandingPolicy? {
        // Whoever maintains it here speaks for itself.
        guard known.policy.maintainer == nil else { return nil }
        var changed = known
        switch wish {
        case .optOut(let optOut):
            guard known.policy.optOut == nil, known.origin.liftedOptOut.map({ optOut.requested > $0 }) ?? true else { return nil }
            changed.policy.optOut = optOut
        case .route(let channel, let verified):
            // A channel that was set here stands, verified or not; of routes the newest does.
            let isOpen = known.policy.channel == nil || known.origin.isChannelRouted
            guard isOpen, known.policy.channelVerified.map({ verified > $0 }) ?? true else { return nil }
            changed.policy.channel = channel
            changed.policy.channelVerified = verified
            changed.origin = known.origin.routed()
        }
        return changed
    }
}
