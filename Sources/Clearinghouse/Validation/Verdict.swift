import CivilTime
package import Correlation
import JSONText
import Sandbox
import Sealing

/// What a validator found, as data to be signed.
package struct Verdict: Sendable {
    package enum Outcome: String, Sendable, CaseIterable {
        /// Every run crashed as the manifest says.
        case reproduced
        /// Some runs did.
        case flaky
        /// No run did.
        case notReproduced = "not-reproduced"
        /// The target could not be built, so nothing is known of its crash.
        case notBuilt = "not-built"
        /// The replay could not be run, or what it needs was withdrawn: nothing is known of target or fix.
        case notRun = "not-run"
    }

    package let outcome: Outcome
    package let runCount: Int
    package let crashCount: Int
    /// The first crash that counted; nil also where what counted was a run that a signal or a limit ended.
    package let crash: CrashReport?
    package let explanation: String

    /// On the shipped build a run counts where the crash is of the expected kind and, if a function is expected, passes through
    /// it within the three frames of the crash state. On a fixed build every crash counts, and so does every run that a signal
    /// or a limit ended: a fix that moves the crash elsewhere or makes a hang of it is no fix.
    package init(_ result: ReplayResult, expecting manifest: ReproducerManifest, onFixedBuild: Bool) {
        switch result {
        case .notBuilt(let reason):
            self = Verdict(.notBuilt, because: reason)
        case .ran(let runs):
            let bad = runs.filter { onFixedBuild ? !$0.isCalm : Verdict.matches($0, manifest) }
            runCount = runs.count
            crashCount = bad.count
            crash = bad.lazy.compactMap(\.crash).first
            outcome = bad.isEmpty ? .notReproduced : bad.count == runs.count ? .reproduced : .flaky
            explanation = "\(bad.count) of \(runs.count) runs showed \(bad.first?.name ?? manifest.expectedKind)"
        }
    }

    /// For a replay that could not be run, however often it was tried.
    static func givenUp(after attempts: Int64, because reason: String) -> Verdict {
        Verdict(.notRun, because: "given up after \(attempts) attempts: \(reason)")
    }

    /// A verdict without any run.
    init(_ outcome: Outcome, because reason: String) {
        self.outcome = outcome
        runCount = 0
        crashCount = 0
        crash = nil
        explanation = reason
    }

    private static func matches(_ run: ReplayedRun, _ manifest: ReproducerManifest) -> Bool {
        guard let crash = run.crash, crash.kind == manifest.expectedKind else { return false }
        guard let function = manifest.expectedFunction else { return true }
        return crash.crashState.contains(function)
    }
}

extension ReplayedRun {
    fileprivate var isCalm: Bool {
        switch self {
        case .calm: true
        case .crashed, .stopped: false
        }
    }

    fileprivate var crash: CrashReport? {
        switch self {
        case .crashed(let crash): crash
        case .calm, .stopped: nil
        }
    }

    /// Continues "3 of 3 runs showed …".
    fileprivate var name: String {
        switch self {
        case .calm: "nothing"
        case .crashed(let crash): crash.kind
        case .stopped(.signalled(let signal)): "an end by signal \(signal)"
        case .stopped(.limitHit(let limit)): "an end by the limit on \(limit.rawValue)"
        case .stopped(.exited(let code)): "exit code \(code)"
        }
    }
}

extension Verdict {
    static let predicateType = "https://breakwater.dev/attestation/verdict/v1"

    /// The verdict as an in-toto statement in a DSSE envelope, about the reproducer (and the patch, where one was applied).
    func signed(
        request: ValidationRequest, at time: Timestamp, validator: String, by key: SigningKey
    ) throws -> [UInt8] {
        var subjects = [InTotoStatement.Subject(name: "reproducer", sha256: request.reproducer)]
        if let patch = request.patch { subjects.append(.init(name: "patch", sha256: patch)) }
        let predicate = JSONObject([
            ("crash", crash.map(\.json) ?? .null),
            ("crashCount", .number(JSONNumber(Int64(crashCount)))),
            ("explanation", .string(explanation)),
            ("outcome", .string(outcome.rawValue)),
            ("runCount", .number(JSONNumber(Int64(runCount)))),
            ("time", .string(time.description)),
            ("validation", .string(request.identifier)),
            ("validator", .string(validator))
        ])
        let statement = try InTotoStatement(subjects: subjects, predicateType: Verdict.predicateType, predicate: predicate)
        return try DSSEEnvelope(
            payloadType: InTotoStatement.payloadType, payload: statement.jsonBytes(), signedBy: [key]
        ).jsonBytes()
    }
}

extension CrashReport {
    var json: JSONValue {
        [
            "frames": .array(crashState.map { .string($0) }), "kind": .string(kind), "type": .string(crashType)
        ]
    }
}
