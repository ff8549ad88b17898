package import Journal
import Runners
package import Sealing

/// Having sources looked at by the runners an operator turned on, with their owners' word.
package struct Scanning: Sendable {
    let journal: any Journal
    let environment: ClearinghouseEnvironment
    let discovery: Discovery
    let settings: ScanSettings

    package init(
        journal: any Journal, environment: ClearinghouseEnvironment, discovery: Discovery, settings: ScanSettings
    ) {
        self.journal = journal
        self.environment = environment
        self.discovery = discovery
        self.settings = settings
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

    /// Runs of one member that wait or run at one time: one worker does them all, by turns.
    static let mostOpenRuns: Int64 = 16

    /// Asks for a run. The authorisation is verified now, and kept with the run; it, the policies of the targets and the runner's
    /// set-up are looked at again before each portion. Where somebody else scans, the run waits.
    /// - Returns: the run's identifier; the run itself is a job.
    /// - Throws: `forbidden` where the runner is off, the authorisation does not cover the target and tool now, its signer is
    ///   neither owner nor, for public source, a coordinator, or a maintainer opted out; `notFound` for a source of somebody else;
    ///   `notYet` for a member with as many runs under way as it may have. Nothing was recorded then.
    package func request(
        _ tool: String, on target: RunTarget, source: Digest, authorisation: [UInt8], authoriser: String, by principal: Principal
    ) async throws -> String {
        try principal.require(.requestRuns)
        let driver = try settings.runner(tool).driver
        let identifier = Identifier.text("u", environment.random(10))
        _ = try await journal.append { snapshot in
            guard try snapshot.hasSource(source, of: principal.member) else {
                throw Refusal(.notFound, "there is no source \(source.hex) of yours; upload it first", place: "/source")
            }
            let asking = RunAsking(member: principal.member, authoriser: authoriser)
            let signed = try snapshot.authorisation(authorisation, for: target, tool, of: asking)
            let request = RunRequest(
                identifier: identifier, member: principal.member, tool: tool, target: target, source: source,
                authoriser: authoriser, authorisation: signed.envelope.digest, authorisedUntil: signed.until, driver: driver)
            try snapshot.requireScannable(request, authorisation)
            try snapshot.requireFewRuns(of: principal.member)
            return Decision([try ScanningRecords.requested(request, signed.envelope)])
        }
        return identifier
    }

    /// Stops a run; nothing of what it found is handed in.
    /// - Throws: `notFound` for somebody else's, `conflict` for one that has ended, or is handing in what it found.
    package func cancel(_ run: String, by principal: Principal) async throws {
        try principal.require(.requestRuns)
        _ = try await journal.append { snapshot in
            guard let state = try snapshot.run(run), principal.seesEverything || state.request.member == principal.member else {
                throw Refusal(.notFound, "there is no run \(run) of yours")
            }
            guard !state.isFinished else { throw Refusal(.conflict, "the run \(run) has ended") }
            guard state.conclusion == nil else {
                throw Refusal(.conflict, "the run \(run) is handing in what it found")
            }
            let finished = try ScanningRecords.finished(
                state.request, .cancelled, reason: "stopped by \(principal.member)", outcome: nil, by: principal.member,
                version: state.version)
            return Decision([finished] + (try snapshot.releases(of: state, isComplete: false, findingCount: 0)))
        }
    }
}

extension JournalSnapshot {
    fileprivate func hasSource(_ digest: Digest, of member: String) throws -> Bool {
        try firstRow("SELECT 1 FROM source WHERE digest = $1 AND member = $2", [.text(digest.hex), .text(member)]) != nil
    }

    fileprivate func requireFewRuns(of member: String) throws {
        let open = try firstRow("SELECT count(*) FROM run WHERE member = $1 AND ending IS NULL", [.text(member)])
        guard try open?.integer(0) ?? 0 < Scanning.mostOpenRuns else {
            throw Refusal(.notYet, "\(Scanning.mostOpenRuns) runs of \(member) are under way; one more when one of them ends")
        }
    }
}
