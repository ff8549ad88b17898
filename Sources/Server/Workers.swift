import CivilTime
import Clearinghouse
import Journal
import Logging
import ServiceLifecycle

/// Brings the transparency log up to the journal a few times a second.
struct Sequencer: Service {
    let journal: any Journal
    let logger: Logger

    /// What an inclusion proof waits for at most; a checkpoint costs one sync.
    private static let interval: Duration = .milliseconds(200)

    func run() async throws {
        await repeatUntilShutdown(every: Sequencer.interval) {
            do {
                _ = try await journal.integrate()
            } catch {
                logger.error("the log could not be integrated", metadata: ["error": "\(error)"])
            }
            return false
        }
    }
}

/// Runs waiting replays, one at a time.
struct ReplayWorker: Service {
    let validation: Validation
    let logger: Logger

    /// How long a new job waits for an idle worker at most.
    private static let interval: Duration = .milliseconds(100)
    /// How long the worker rests after a replay that could not be run: what is missing is not there a moment later.
    private static let restAfterFailure: Duration = .seconds(10)

    func run() async throws {
        await repeatUntilShutdown(every: ReplayWorker.interval) {
            do {
                return try await validation.runNextReplay()
            } catch {
                logger.error("a replay could not be run and stays queued", metadata: ["error": "\(error)"])
                try? await Task.sleep(for: ReplayWorker.restAfterFailure)
                return false
            }
        }
    }
}

/// Brings waiting runs further, one portion at a time.
struct RunWorker: Service {
    let scanning: Scanning
    let logger: Logger

    private static let interval: Duration = .milliseconds(200)
    private static let restAfterFailure: Duration = .seconds(10)

    func run() async throws {
        await repeatUntilShutdown(every: RunWorker.interval) {
            do {
                return try await scanning.runNextPortion { run, words in
                    logger.warning("a run failed", metadata: ["run": "\(run)", "error": "\(words)"])
                }
            } catch {
                logger.error("a run could not go on and stays queued", metadata: ["error": "\(error)"])
                try? await Task.sleep(for: RunWorker.restAfterFailure)
                return false
            }
        }
    }
}

/// Finds what findings are to each other, and records it.
struct CorrelationWorker: Service {
    let correlator: FindingCorrelator
    let logger: Logger

    /// How long a new finding waits for an idle worker at most.
    private static let interval: Duration = .milliseconds(200)
    /// How long the worker rests after what was found could not be recorded: it waits, and is recorded then.
    private static let restAfterFailure: Duration = .seconds(10)

    func run() async throws {
        await repeatUntilShutdown(every: CorrelationWorker.interval) {
            do {
                return try await correlator.step()
            } catch {
                logger.error("findings could not be correlated", metadata: ["error": "\(error)"])
                try? await Task.sleep(for: CorrelationWorker.restAfterFailure)
                return false
            }
        }
    }
}

/// Keeps the tags of blinded questions up to the findings, and ends epochs that are old enough.
struct TagWorker: Service {
    let questions: Questions
    let logger: Logger

    /// How long a new finding is unknown to those who ask, at most, on an idle server.
    private static let interval: Duration = .seconds(1)

    func run() async throws {
        await repeatUntilShutdown(every: TagWorker.interval) {
            do {
                return try await questions.maintain()
            } catch {
                logger.error("the tags of questions could not be extended", metadata: ["error": "\(error)"])
                return false
            }
        }
    }
}

/// Says in the log when the journal's time is ahead of this server's clock: its own clock is behind, or that of another server of the
/// database ran ahead and took the journal's time along. The journal can't tell which (decision 15); whoever keeps the clocks can.
struct ClockWatch: Service {
    let journal: any Journal
    let now: @Sendable () -> Timestamp
    let logger: Logger

    private static let interval: Duration = .seconds(60)
    /// Clocks that something keeps agree far better; a lease is no shorter.
    private static let tolerated: Duration = .seconds(10)

    func run() async throws {
        await repeatUntilShutdown(every: ClockWatch.interval) {
            if let lead = try? await lead() {
                logger.warning(
                    "the journal's time is ahead of this server's clock; set the clocks of its servers",
                    metadata: ["ahead": "\(lead)"])
            }
            return false
        }
    }

    /// How far the journal's time is ahead; nil where that is tolerated.
    func lead() async throws -> Duration? {
        let now = now()
        let time = try await journal.read { try $0.time(atLeast: now) }
        let lead: Duration = .milliseconds(time.millisecondsSinceEpoch - now.millisecondsSinceEpoch)
        return lead > ClockWatch.tolerated ? lead : nil
    }
}

/// Ends the keys of anonymous reports that were taken back.
struct ForgettingWorker: Service {
    let reports: AnonymousReports
    let logger: Logger

    /// How often it looks whether any wait; `AnonymousReports.forget` decides whether it is time.
    private static let interval: Duration = .seconds(60)

    func run() async throws {
        await repeatUntilShutdown(every: ForgettingWorker.interval) {
            do {
                try await reports.forget()
            } catch {
                logger.error("reports that were taken back could not be forgotten", metadata: ["error": "\(error)"])
            }
            return false
        }
    }
}

/// Keeps the hashes of a federation's claims up to the findings.
struct ClaimWorker: Service {
    let claims: Claims
    let logger: Logger

    /// How long a new finding is unknown to the federation, at most, on an idle server.
    private static let interval: Duration = .seconds(1)

    func run() async throws {
        await repeatUntilShutdown(every: ClaimWorker.interval) {
            do {
                return try await claims.extend()
            } catch {
                logger.error("findings could not be read for claim-check", metadata: ["error": "\(error)"])
                return false
            }
        }
    }
}

/// Calls `step` until the service is told to stop; at once again where it answered that there is more to do.
private func repeatUntilShutdown(every interval: Duration, _ step: @escaping @Sendable () async -> Bool) async {
    await cancelWhenGracefulShutdown {
        while !Task.isCancelled {
            if await step() { continue }
            try? await Task.sleep(for: interval)
        }
    }
}
