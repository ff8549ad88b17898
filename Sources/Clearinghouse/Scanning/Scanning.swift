package import Journal
import Runners
package import Sealing

/// Having sources looked at by the runners an operator turned on, with their owners' word.
package struct Scanning: Sendable {
    let journal: any Journal
    let environment: ClearinghouseEnvironment
    let discovery: Discovery
    let settings: ScanSettings
    let rules: ScanRules

    package init(
        journal: any Journal, environment: ClearinghouseEnvironment, discovery: Discovery, settings: ScanSettings
    ) {
        self.journal = journal
        self.environment = environment
        self.discovery = discovery
        self.settings = settings
        rules = settings.rules ?? .policies(of: Targets(journal: journal, environment: environment))
    }

    /// Keeps an archive for later runs of its member; the same archive again changes nothing.
    /// - Throws: `malformed` for what is no archive. It is not unpacked here; a damaged one ends its run.
    package func upload(_ bytes: [UInt8], by principal: Principal) async throws -> Digest {
        try principal.require(.requestRuns)
        do throws(RunnerError) { _ = try SourceArchive(bytes) } catch { throw Refusal(.malformed, error.reason, place: "byte 0") }
        let source = Content(bytes)
        let identifier = Identifier.derived(
            "s", secret: environment.identifierSecret, from: [principal.member, source.digest.hex])
        _ = try await journal.append { snapshot in
            if try snapshot.hasSource(source.digest, of: principal.member) { return Decision([]) }
            return Decision([try ScanningRecords.uploaded(source, as: identifier, by: principal.member)])
        }
        return source.digest
    }

    /// Asks for a run. The authorisation is verified now, and kept with the run; target and authorisation are looked at again
    /// before each portion.
    /// - Returns: the run's identifier; the run itself is a job.
    /// - Throws: `forbidden` where the runner is off, the authorisation does not cover the target and tool now, its signer is
    ///   neither owner nor, for public source, a coordinator, or the rules refuse; `notFound` for a source of somebody else.
    package func request(
        _ tool: String, on target: RunTarget, source: Digest, authorisation: [UInt8], authoriser: String, by principal: Principal
    ) async throws -> String {
        try principal.require(.requestRuns)
        _ = try settings.runner(tool)
        if let refusal = try await rules.mayScan(target, tool) { throw refusal }
        var owners: [String?] = []
        for name in target.names { owners.append(try await rules.owner(name)) }
        let identifier = Identifier.text("u", environment.random(10))
        let (now, isOwner) = (environment.now(), owners.allSatisfy { $0 == authoriser })
        _ = try await journal.append { snapshot in
            guard try snapshot.hasSource(source, of: principal.member) else {
                throw Refusal(.notFound, "there is no source \(source.hex) of yours; upload it first", place: "/source")
            }
            let signed = try snapshot.authorisation(authorisation, by: authoriser, isOwner: isOwner)
            try signed.require(target.names, tool, by: principal.member, at: now)
            let request = RunRequest(
                identifier: identifier, member: principal.member, tool: tool, target: target, source: source,
                authoriser: authoriser, authorisation: signed.envelope.digest, authorisedUntil: signed.until)
            return Decision([try ScanningRecords.requested(request, signed.envelope)])
        }
        return identifier
    }

    /// Stops a run; what it found is not handed in.
    /// - Throws: `notFound` for somebody else's, `conflict` for one that has ended.
    package func cancel(_ run: String, by principal: Principal) async throws {
        try principal.require(.requestRuns)
        _ = try await journal.append { snapshot in
            guard let state = try snapshot.run(run), principal.seesEverything || state.request.member == principal.member else {
                throw Refusal(.notFound, "there is no run \(run) of yours")
            }
            guard !state.isFinished else { throw Refusal(.conflict, "the run \(run) has ended") }
            return Decision([
                try ScanningRecords.finished(
                    state.request, .cancelled, reason: "stopped by \(principal.member)", outcome: nil, by: principal.member,
                    version: state.version)
            ])
        }
    }
}

extension JournalSnapshot {
    fileprivate func hasSource(_ digest: Digest, of member: String) throws -> Bool {
        try firstRow("SELECT 1 FROM source WHERE digest = $1 AND member = $2", [.text(digest.hex), .text(member)]) != nil
    }

    /// - Throws: `forbidden` where the member may not authorise.
    fileprivate func authorisation(_ envelope: [UInt8], by member: String, isOwner: Bool) throws -> ScanAuthorisation {
        guard
            let key = try verificationKey(of: member),
            let row = try firstRow("SELECT roles FROM member WHERE id = $1", [.text(member)])
        else { throw Refusal(.forbidden, "\(member) is no member with a registered key", place: "/authoriser") }
        let signed = try ScanAuthorisation(envelope, by: member, key: key)
        if isOwner { return signed }
        let isCoordinator = try row.text(0).split(separator: " ").contains { $0 == MemberRole.coordinator.rawValue }
        guard signed.isForPublicSource, isCoordinator else {
            throw Refusal(
                .forbidden, "\(member) is not the registered owner of the target, nor a coordinator who signs for public source",
                place: "/authoriser")
        }
        return signed
    }
}
