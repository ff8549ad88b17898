package import CivilTime

/// What a policy came of, kept beside the wishes themselves: so that a federation's feeds neither bring back what was lifted here nor
/// overrule what was set here.
package struct PolicyOrigin: Sendable, Hashable {
    /// When the opt-out was asked for that was lifted here last; only a later one is taken in.
    package private(set) var liftedOptOut: Timestamp?
    /// True while the channel is what a federation's route says.
    package private(set) var isChannelRouted = false

    init(liftedOptOut: Timestamp? = nil, isChannelRouted: Bool = false) {
        self.liftedOptOut = liftedOptOut
        self.isChannelRouted = isChannelRouted
    }

    /// After a change by a coordinator or the maintainer here.
    func changed(from earlier: TargetPolicy, to later: TargetPolicy) -> PolicyOrigin {
        var result = self
        if let lifted = earlier.optOut, later.optOut == nil {
            result.liftedOptOut = max(lifted.requested, liftedOptOut ?? lifted.requested)
        }
        if (earlier.channel, earlier.channelVerified) != (later.channel, later.channelVerified) { result.isChannelRouted = false }
        return result
    }

    /// After a route was taken in.
    func routed() -> PolicyOrigin { PolicyOrigin(liftedOptOut: liftedOptOut, isChannelRouted: true) }
}
