import CivilTime
import JSONText
import Journal
import Sealing
import TestKit
import Testing

@testable import Clearinghouse
@testable import Sandbox

@Suite struct ValidationTests {
    /// A house with one finding that has a reproducer.
    struct Scene {
        let house: House
        let sandbox: FakeSandbox
        let lab: Principal
        let finding: FindingReceipt

        init(_ sandbox: FakeSandbox = FakeSandbox(), seed: UInt64 = 1) async throws {
            self.sandbox = sandbox
            house = try House(seed: seed, runner: sandbox.runner)
            lab = try await house.enrol("lab-a", as: .finder)
            finding = try await house.submit(Sample.report(), by: lab)
            try await house.validation.attach(
                Sample.manifest.canonicalBytes(), try Sample.bundle(), to: finding.finding, by: lab
            )
        }

        func validate(fix: String? = nil) async throws -> ValidationSummary {
            let validation = try await house.validation.request(finding: finding.finding, fix: fix, by: House.desk)
            #expect(try await house.validation.runNextReplay())
            return try await house.validation.summary(validation, for: House.desk)
        }
    }

    @Test func `a replay's verdict is recorded, signed and shown`() async throws {
        let scene = try await Scene()
        let waiting = try await scene.house.validation.request(finding: scene.finding.finding, by: House.desk)
        let before = try await scene.house.validation.summary(waiting, for: House.desk)
        #expect(before.outcome == nil && before.envelope == nil)
        #expect(try await scene.house.validation.runNextReplay())
        let after = try await scene.house.validation.summary(waiting, for: House.desk)
        #expect(after.outcome == "reproduced" && after.runCount == 3 && after.crashCount == 3)
        #expect(after.crashType == "Heap-buffer-overflow\nWRITE 2" && after.crashState == "tide_expand_levels\ntide_decode")
        #expect(try await scene.house.validation.runNextReplay() == false, "the queue is empty")
        try await scene.house.expectProvable()
    }

    @Test func `the verdict's envelope verifies, and no byte of it can change`() async throws {
        let scene = try await Scene()
        let summary = try await scene.validate()
        let envelope = Array(try #require(summary.envelope).utf8)
        let key = scene.house.environment.signingKey.verificationKey
        let statement = try InTotoStatement(try UnverifiedEnvelope(parsing: envelope).verified(by: [key], threshold: 1))
        #expect(statement.predicateType == Verdict.predicateType)
        #expect(statement.subjects.map(\.sha256) == [Digest(hashing: Sample.manifest.canonicalBytes())])
        #expect(statement.predicate["outcome"]?.string == "reproduced" && statement.predicate["crashCount"]?.integer == 3)
        #expect(statement.predicate["validation"]?.string == summary.identifier)
        #expect(statement.predicate["time"]?.string == scene.house.now.description)

        let foreign = House.key(of: "somebody else").verificationKey
        #expect(throws: SealingError.self) {
            try UnverifiedEnvelope(parsing: envelope).verified(by: [foreign], threshold: 1)
        }
        let json = try JSONValue(parsing: envelope)
        let (payload, signature) = (
            try #require(json["payload"]?.string), try #require(json["signatures"]?.array?.first?["sig"]?.string)
        )
        for signed in [payload, signature] {
            let start = try #require(envelope.firstRange(of: Array(signed.utf8))).lowerBound
            for index in start..<start + signed.utf8.count {
                var changed = envelope
                changed[index] = changed[index] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
                let verified = try? UnverifiedEnvelope(parsing: changed).verified(by: [key], threshold: 1)
                #expect(verified == nil, "byte \(index) of \(envelope.count)")
            }
        }
    }

    @Test func `a verdict counts once when two workers race`() async throws {
        let slow = FakeSandbox(runs: [.expected])
        let scene = try await Scene(slow)
        let house = scene.house
        let validation = try await house.validation.request(finding: scene.finding.finding, by: House.desk)
        // The first worker is overtaken in the middle of its replay: its lease ends and another takes the job.
        let second = house.validation(with: FakeSandbox(runs: [.calm]).runner)
        let overtaken = house.validation(
            with: ReplayRunner { job, policy in
                if policy == .build {
                    house.wait(.seconds(86_400))
                    #expect(try await second.runNextReplay())
                }
                return try await slow.runner.run(job, policy)
            }
        )
        #expect(try await overtaken.runNextReplay())
        let summary = try await house.validation.summary(validation, for: House.desk)
        #expect(summary.outcome == "not-reproduced", "the verdict that was first stands")
        let verdicts = try await house.records().filter { $0.kind == ValidationRecords.concluded }
        #expect(verdicts.count == 1)
        #expect(try await house.validation.runNextReplay() == false)
        try await house.expectProvable()
    }

    @Test func `many workers share a queue without doing anything twice`() async throws {
        let scene = try await Scene()
        let house = scene.house
        for _ in 0..<6 { _ = try await house.validation.request(finding: scene.finding.finding, by: House.desk) }
        let done = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<3 {
                group.addTask {
                    var count = 0
                    while try await house.validation.runNextReplay() { count += 1 }
                    return count
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(done == 6)
        #expect(scene.sandbox.calls.count == 6 * 4)
    }

    @Test func `a worker without a sandbox gives the job back`() async throws {
        let scene = try await Scene(FakeSandbox(build: .refused(.unavailable("no bwrap"))))
        let validation = try await scene.house.validation.request(finding: scene.finding.finding, by: House.desk)
        await #expect(throws: SandboxError.self) { try await scene.house.validation.runNextReplay() }
        scene.sandbox.change(build: .success)
        #expect(try await scene.house.validation.runNextReplay(), "free at once, without waiting for the lease")
        #expect(try await scene.house.validation.summary(validation, for: House.desk).outcome == "reproduced")
    }

    @Test func `a reproducer that was withdrawn ends its replay and holds up nobody`() async throws {
        let scene = try await Scene()
        let other = try await scene.house.enrol("lab-b", as: .finder)
        let second = try await scene.house.submit(Sample.report("Other", function: "tide_decode"), by: other)
        try await scene.house.validation.attach(
            Sample.manifest.canonicalBytes(), try Sample.bundle(), to: second.finding, by: other
        )
        let gone = try await scene.house.validation.request(finding: scene.finding.finding, by: House.desk)
        let behind = try await scene.house.validation.request(finding: second.finding, by: House.desk)
        try await scene.house.journal.destroy(DiscoveryRecords.contentKey(of: "lab-a"))
        #expect(try await scene.house.validation.runNextReplay())
        #expect(try await scene.house.validation.runNextReplay() == false, "its request left with it")
        try await scene.house.expectRefusal(.notFound) {
            _ = try await scene.house.validation.summary(gone, for: House.desk)
        }
        #expect(try await scene.house.validation.summary(behind, for: House.desk).outcome == "reproduced")
    }

    @Test func `a finder that leaves while its replay runs leaves no verdict behind, and no job`() async throws {
        let scene = try await Scene()
        _ = try await scene.house.validation.request(finding: scene.finding.finding, by: House.desk)
        let leaving = scene.house.validation(
            with: ReplayRunner { job, policy in
                try await scene.house.journal.destroy(DiscoveryRecords.contentKey(of: "lab-a"))
                return try await scene.sandbox.runner.run(job, policy)
            }
        )
        let once = scene.house.validation(
            with: ReplayRunner { job, policy in
                // Only the build is there to leave in; the runs after it find the key gone already.
                policy == .build ? try await leaving.runner.run(job, policy) : try await scene.sandbox.runner.run(job, policy)
            })
        #expect(try await once.runNextReplay())
        #expect(try await scene.house.validation.runNextReplay() == false)
        #expect(try await scene.house.records().contains { $0.kind == ValidationRecords.concluded } == false)
        try await scene.house.expectProvable()
    }

    @Test func `a replay that fails every time is given up with a verdict that says why`() async throws {
        let scene = try await Scene(FakeSandbox(build: .refused(.couldNotStart("no memory"))))
        let validation = try await scene.house.validation.request(finding: scene.finding.finding, by: House.desk)
        for _ in 1..<Validation.maximumAttempts {
            await #expect(throws: SandboxError.self) { try await scene.house.validation.runNextReplay() }
        }
        #expect(try await scene.house.validation.runNextReplay())
        let summary = try await scene.house.validation.summary(validation, for: House.desk)
        #expect(summary.outcome == "not-run" && summary.explanation?.contains("no memory") == true)
        #expect(try await scene.house.validation.runNextReplay() == false)
    }

    @Test func `a replay that ends its worker every time is given up without another try`() async throws {
        let scene = try await Scene()
        let validation = try await scene.house.validation.request(finding: scene.finding.finding, by: House.desk)
        for _ in 0..<Validation.maximumAttempts {
            // Leased and never heard of again.
            _ = try await scene.house.journal.leaseJob(kinds: [ValidationRecords.jobKind], for: .seconds(60))
            scene.house.wait(.seconds(61))
        }
        #expect(try await scene.house.validation.runNextReplay())
        #expect(scene.sandbox.calls.isEmpty)
        #expect(try await scene.house.validation.summary(validation, for: House.desk).outcome == "not-run")
    }

    @Test func `where there is no sandbox a replay waits, however long`() async throws {
        let scene = try await Scene(FakeSandbox(build: .refused(.unavailable("bwrap is not installed"))))
        let validation = try await scene.house.validation.request(finding: scene.finding.finding, by: House.desk)
        for _ in 0..<(3 * Validation.maximumAttempts) {
            await #expect(throws: SandboxError.self) { try await scene.house.validation.runNextReplay() }
        }
        scene.sandbox.change(build: .success)
        #expect(try await scene.house.validation.runNextReplay())
        #expect(try await scene.house.validation.summary(validation, for: House.desk).outcome == "reproduced")
    }

    @Test func `a job that no sandbox would take ends its replay and holds up nobody`() async throws {
        let scene = try await Scene(FakeSandbox(build: .refused(.invalidJob("collect path .. is not plain"))))
        let summary = try await scene.validate()
        #expect(summary.outcome == "not-built" && summary.explanation?.contains("not plain") == true)
        #expect(try await scene.house.validation.runNextReplay() == false)
    }

    @Test func `a later reproducer replaces the earlier one, for later validations only`() async throws {
        let scene = try await Scene()
        let early = try await scene.house.validation.request(finding: scene.finding.finding, by: House.desk)
        let once = Sample.manifest.replacing("repeats", with: 1)
        try await scene.house.validation.attach(
            once.canonicalBytes(), try Sample.bundle(once), to: scene.finding.finding, by: scene.lab
        )
        let late = try await scene.house.validation.request(finding: scene.finding.finding, by: House.desk)
        while try await scene.house.validation.runNextReplay() {}
        #expect(try await scene.house.validation.summary(early, for: House.desk).runCount == 3)
        #expect(try await scene.house.validation.summary(late, for: House.desk).runCount == 1)
        try await scene.house.expectProvable()
    }

    @Test func `refuses reproducers to findings of others, and validations of nothing`() async throws {
        let scene = try await Scene()
        let other = try await scene.house.enrol("lab-b", as: .finder)
        let bare = try await scene.house.submit(Sample.report("Bare", function: "f"), by: scene.lab)
        for finding in [scene.finding.finding, "f0"] {
            try await scene.house.expectRefusal(.notFound) {
                try await scene.house.validation.attach(
                    Sample.manifest.canonicalBytes(), try Sample.bundle(), to: finding, by: other
                )
            }
        }
        for finding in [bare.finding, "f0"] {
            try await scene.house.expectRefusal(.notFound) {
                _ = try await scene.house.validation.request(finding: finding, by: House.desk)
            }
        }
        try await scene.house.expectRefusal(.notFound) {
            _ = try await scene.house.validation.request(finding: scene.finding.finding, fix: "x0", by: House.desk)
        }
        try await scene.house.expectRefusal(.forbidden) {
            _ = try await scene.house.validation.request(finding: scene.finding.finding, by: scene.lab)
        }
        let validation = try await scene.house.validation.request(finding: scene.finding.finding, by: House.desk)
        try await scene.house.expectRefusal(.notFound) {
            _ = try await scene.house.validation.summary(validation, for: other)
        }
        #expect(try await scene.house.validation.summary(validation, for: scene.lab).finding == scene.finding.finding)
    }
}
