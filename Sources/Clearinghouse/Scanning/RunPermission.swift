import CivilTime
import Journal
import Runners
import Sealing

/// Who asks for a run, by whose word.
struct RunAsking {
    let member: String
    let authoriser: String
}

extension RunRequest {
    var asked: RunAsking { RunAsking(member: member, authoriser: authoriser) }
}

extension JournalSnapshot {
    /// The owner's word as it was kept with the run.
    /// - Throws: `forbidden` where it was withdrawn.
    func envelope(of request: RunRequest) throws -> [UInt8] {
        guard
            let bytes = try content(request.authorisation, sealedUnder: DiscoveryRecords.contentKey(of: request.member))
        else { throw Refusal(.forbidden, "the authorisation was withdrawn") }
        return bytes
    }

    /// Verifies a word against keys, owners and roles as they are now.
    /// - Throws: `forbidden` where the authoriser has no key here or did not sign it, where it does not cover every name of the
    ///   target, the tool, the member or this moment, and where the authoriser neither owns all that is named nor is a coordinator
    ///   who signs for public source; what a policy calls closed is none.
    func authorisation(
        _ envelope: [UInt8], for target: RunTarget, _ tool: String, of asking: RunAsking
    ) throws -> ScanAuthorisation {
        guard
            let key = try verificationKey(of: asking.authoriser),
            let row = try firstRow("SELECT roles FROM member WHERE id = $1", [.text(asking.authoriser)])
        else { throw Refusal(.forbidden, "\(asking.authoriser) is no member with a registered key", place: "/authoriser") }
        let signed = try ScanAuthorisation(envelope, by: asking.authoriser, key: key)
        try signed.require(target.names, tool, by: asking.member, at: try appendTime())
        let policies = try target.scanTargets().map { try governedTarget(try targetName($0.name))?.policy }
        if policies.allSatisfy({ $0?.maintainer == asking.authoriser }) { return signed }
        let isCoordinator = try row.text(0).split(separator: " ").contains { $0 == MemberRole.coordinator.rawValue }
        guard signed.isForPublicSource, isCoordinator else {
            throw Refusal(
                .forbidden,
                "\(asking.authoriser) is not the registered owner of the target, nor a coordinator who signs for public source",
                place: "/authoriser")
        }
        guard !policies.contains(where: { $0?.isClosed == true }) else {
            throw Refusal(.forbidden, "the target is closed: its source is not public", place: "/authorisation")
        }
        return signed
    }
}

extension ScanSettings {
    /// - Throws: `forbidden` where the run's runner is off here, or set up otherwise than when it was asked for: what one model found
    ///   is not told as another's.
    func require(_ request: RunRequest) throws(Refusal) {
        guard let runner = runners.first(where: { $0.name == request.tool }) else {
            throw Refusal(.forbidden, "the runner \(request.tool) was turned off")
        }
        guard runner.driver == request.driver else {
            throw Refusal(
                .forbidden, "the runner \(request.tool) is set up otherwise than when the run was asked for; ask for a new one")
        }
    }
}
