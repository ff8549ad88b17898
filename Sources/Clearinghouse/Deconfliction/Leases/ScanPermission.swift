import CivilTime
import JSONText
import Journal
import Sealing

/// Whether a target's maintainer lets a member scan, as its policy says now: asked by a claim, by a claim that is repeated under its
/// key, and by every heartbeat, so that an opt-out or the end of an owner's word also ends what was granted before it.
struct ScanPermission {
    /// The name that the target's policy stands under.
    let target: String
    let policy: TargetPolicy?
    /// The wish of whoever maintains the repository that the package URL of a claim states.
    let statedOptOut: TargetPolicy.OptOut?
    let member: String

    /// The maintainer's own scans are nobody else's to forbid.
    var isMaintainer: Bool { policy?.maintainer == member }

    /// The wish that keeps the member away; nil where there is none.
    var optOut: TargetPolicy.OptOut? { isMaintainer ? nil : policy?.optOut ?? statedOptOut }

    private var needsAuthorisation: Bool { policy?.isClosed == true && !isMaintainer }

    /// - Parameter envelope: the owner's word, if it was given; asked for only where it is needed.
    /// - Returns: the owner's word; nil where none is needed.
    /// - Throws: `forbidden` for a closed target without a word of its owner that holds now, `malformed` for what is none.
    func authorisation(
        from envelope: () throws -> [UInt8]?, for toolFamily: String?, at now: Timestamp, in snapshot: JournalSnapshot
    ) throws -> ScanAuthorisation? {
        guard needsAuthorisation else { return nil }
        guard let maintainer = policy?.maintainer, let envelope = try envelope(),
            let key = try snapshot.verificationKey(of: maintainer)
        else {
            throw Refusal(
                .forbidden, "\(target) is closed: its owner's signed statement is needed", place: "/authorisation"
            )
        }
        let statement = try ScanAuthorisation(envelope, by: maintainer, key: key)
        try statement.require([target], toolFamily, by: member, at: now)
        return statement
    }

    /// Whether a lease is kept.
    /// - Throws: `conflict` for an opt-out, `forbidden` where the owner's word is needed and no longer holds; the lease then runs out.
    func requireStill(for lease: Lease, in snapshot: JournalSnapshot) throws {
        if let optOut {
            throw Refusal(
                .conflict,
                "the maintainer asked on \(optOut.requested.date) not to be scanned; stop, the lease runs out at \(lease.until)"
            )
        }
        do {
            _ = try authorisation(
                from: { try snapshot.authorisation(of: lease) }, for: lease.scope.toolFamily, at: lease.asOf, in: snapshot)
        } catch let refusal as Refusal {
            throw Refusal(.forbidden, "\(refusal.reason); stop, the lease runs out at \(lease.until)")
        }
    }
}

extension JournalSnapshot {
    /// - Parameter name: any of the target's names.
    func scanPermission(
        on name: String, for member: String, statedRepository: String? = nil
    ) throws -> ScanPermission {
        let name = try targetName(name)
        return ScanPermission(
            target: name, policy: try governedTarget(name)?.policy,
            statedOptOut: try statedRepository.flatMap { try governedTarget(try targetName($0))?.policy.optOut }, member: member)
    }

    /// The owner's word that a lease was granted on, as it arrived.
    fileprivate func authorisation(of lease: Lease) throws -> [UInt8]? {
        let stated = try record(at: lease.token)?.payload?["authorisation"]?.string.flatMap { Digest(hex: $0) }
        return try stated.flatMap { try content($0, sealedUnder: DiscoveryRecords.contentKey(of: lease.member)) }
    }
}
