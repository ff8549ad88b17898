import CivilTime
import JSONText
import Journal
import TestKit
import Testing

@testable import Clearinghouse
@testable import Sandbox

@Suite struct RemediationTests {
    /// A house with an open case whose finding has a reproducer.
    struct Scene {
        let sandbox = FakeSandbox()
        let house: House
        let vendor: Principal
        let lab: Principal
        let finding: FindingReceipt
        let caseIdentifier: String

        init() async throws {
            house = try House(runner: sandbox.runner)
            vendor = try await house.enrol("vendor", as: .vendor)
            lab = try await house.enrol("lab-a", as: .finder)
            finding = try await house.submit(Sample.report(), by: lab)
            try await house.validation.attach(
                Sample.manifest.canonicalBytes(), try Sample.bundle(), to: finding.finding, by: lab
            )
            let opening = CaseOpening(
                vulnerability: finding.vulnerability, vendor: "vendor", title: "Overflow",
                embargoUntil: house.now.advanced(by: .seconds(86_400))
            )
            caseIdentifier = try await house.coordination.open(opening, by: House.desk)
        }

        func attach(_ patch: String = "--- a\n+++ b\n@@ -1 +1 @@\n-a\n+b\n", version: String = "1.2.1") async throws -> String {
            try await house.remediation.attach(patch: Array(patch.utf8), fixedVersion: version, to: caseIdentifier, by: vendor)
        }

        /// Replays, with every run ending as `run` says.
        func replay(fix: String? = nil, finding: String? = nil, _ run: FakeSandbox.Run) async throws -> String {
            sandbox.change(runs: [run])
            let validation = try await house.validation.request(
                finding: finding ?? self.finding.finding, fix: fix, by: House.desk
            )
            #expect(try await house.validation.runNextReplay())
            return validation
        }

        func judge(_ fix: String, by validation: String) async throws -> CaseState.FixState {
            try await house.remediation.judge(fix, by: validation, principal: House.desk)
        }

        func fixStates() async throws -> [String] {
            try await house.coordination.caseSummary(caseIdentifier, for: House.desk).fixes.map(\.state)
        }
    }

    private static func diff(_ line: String) -> String { "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-x\n+\(line)\n" }

    @Test(arguments: [
        ("junk", "/patch"), ("--- a/x\n+++ b/x\n", "/patch"), ("@@ -1 +1 @@\n-a\n+b\n", "/patch"),
        ("--- a/x\n+++ b/x\n@@ -1,2 +1 @@\n a\n", "/patch, line 5"),
        ("--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n-a\njunk\n", "/patch, line 5"),
        ("--- a/x\n+++ b/x\n@@ -1,99999999999999999999 +1 @@\n-a\n", "/patch"), ("--- a/x\n+++ b/x\n@@ -1 +1 @@\n a\n", "/patch")
    ])
    func `refuses a patch that is no unified diff, with the line where it breaks`(text: String, place: String) {
        let refusal = #expect(throws: Refusal.self) { try ProposedPatch(Array(text.utf8), fixedVersion: "1") }
        #expect(refusal?.code == .malformed && refusal?.place == place, "\(text): \(String(describing: refusal))")
    }

    @Test(arguments: [
        "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b",
        "From 1 Mon Sep 17\nSubject: x\n\n---\n x | 2 +-\n\ndiff --git a/x b/x\nindex 1..2 100644\n"
            + "--- a/x\n+++ b/x\n@@ -1,3 +1,2 @@ int f()\n a\n--- b\n\n@@ -9 +8 @@\n-c\n\\ No newline at end of file\n+d\n-- \n2.39\n",
        "--- /dev/null\n+++ b/x\n@@ -0,0 +1,2 @@\n+a\n+b\n"
    ])
    func `takes what diff and git write`(text: String) throws {
        #expect(try ProposedPatch(Array(text.utf8), fixedVersion: "1").content.bytes.count == text.utf8.count)
    }

    @Test func `refutes the wrong patch and verifies the right one`() async throws {
        let scene = try await Scene()
        _ = try await scene.replay(.expected)
        let wrong = try await scene.attach(Self.diff("wrong"))
        #expect(try await scene.fixStates() == ["proposed"])
        #expect(try await scene.judge(wrong, by: try await scene.replay(fix: wrong, .expected)) == .refuted)
        scene.house.wait(.seconds(60))
        let right = try await scene.attach(Self.diff("right"))
        #expect(try await scene.judge(right, by: try await scene.replay(fix: right, .calm)) == .verified)
        #expect(try await scene.fixStates() == ["refuted", "verified"])
        let patches = scene.sandbox.calls.filter { $0.policy == .build }.map { call in
            call.job.inputs.values.map { String(decoding: $0.bytes, as: UTF8.self) }.filter { $0.hasPrefix("---") }
        }
        #expect(patches == [[], [Self.diff("wrong")], [Self.diff("right")]], "each fix was judged with its own patch")
        try await scene.house.expectProvable()
    }

    @Test func `refutes a fix that crashes elsewhere, sometimes, hangs, or does not build`() async throws {
        let scene = try await Scene()
        _ = try await scene.replay(.expected)
        let runs: [FakeSandbox.Run] = [
            .crash(kind: "heap-use-after-free", function: "free_frame"), .ending(.limitHit(.wallTime)), .ending(.signalled(11))
        ]
        for run in runs {
            let fix = try await scene.attach()
            #expect(try await scene.judge(fix, by: try await scene.replay(fix: fix, run)) == .refuted, "\(run)")
        }
        let flaky = try await scene.attach()
        scene.sandbox.change(runs: [.calm, .calm, .expected])
        let validation = try await scene.house.validation.request(
            finding: scene.finding.finding, fix: flaky, by: House.desk
        )
        #expect(try await scene.house.validation.runNextReplay())
        #expect(try await scene.judge(flaky, by: validation) == .refuted)
        scene.sandbox.change(build: .failure(code: 1, said: "1 out of 1 hunk FAILED"))
        let unbuilt = try await scene.attach()
        #expect(try await scene.judge(unbuilt, by: try await scene.replay(fix: unbuilt, .calm)) == .refuted)
        try await scene.house.expectProvable()
    }

    @Test func `a reproducer that never crashed the shipped build verifies nothing`() async throws {
        let scene = try await Scene()
        let fix = try await scene.attach()
        let calm = try await scene.replay(fix: fix, .calm)
        try await scene.house.expectRefusal(.notYet) { _ = try await scene.judge(fix, by: calm) }
        _ = try await scene.replay(.calm)
        try await scene.house.expectRefusal(.notYet) { _ = try await scene.judge(fix, by: calm) }
        _ = try await scene.replay(.expected)
        #expect(try await scene.judge(fix, by: calm) == .verified)
        // A crash counts against a fix in any case.
        let other = try await scene.attach()
        #expect(try await scene.judge(other, by: try await scene.replay(fix: other, .expected)) == .refuted)
    }

    @Test func `a reproducer exchanged after it had crashed verifies nothing`() async throws {
        let scene = try await Scene()
        _ = try await scene.replay(.expected)
        let harmless = Sample.manifest.replacing("run", with: ["true"])
        try await scene.house.validation.attach(
            harmless.canonicalBytes(), try Sample.bundle(harmless), to: scene.finding.finding, by: scene.lab
        )
        let fix = try await scene.attach()
        let calm = try await scene.replay(fix: fix, .calm)
        try await scene.house.expectRefusal(.notYet) { _ = try await scene.judge(fix, by: calm) }
    }

    @Test func `a fix that crashed once is not verified by another replay`() async throws {
        let scene = try await Scene()
        _ = try await scene.replay(.expected)
        let fix = try await scene.attach()
        let crashed = try await scene.replay(fix: fix, .expected)
        let calm = try await scene.replay(fix: fix, .calm)
        try await scene.house.expectRefusal(.conflict) { _ = try await scene.judge(fix, by: calm) }
        #expect(try await scene.judge(fix, by: crashed) == .refuted)
    }

    @Test func `a finding of another vulnerability can't judge a fix`() async throws {
        let scene = try await Scene()
        let other = try await scene.house.submit(Sample.report("Other", function: "g"), by: scene.lab)
        try await scene.house.validation.attach(
            Sample.manifest.canonicalBytes(), try Sample.bundle(), to: other.finding, by: scene.lab
        )
        let fix = try await scene.attach()
        try await scene.house.expectRefusal(.conflict, at: "/fix") {
            _ = try await scene.house.validation.request(finding: other.finding, fix: fix, by: House.desk)
        }
        // Moved into the case, it can.
        _ = try await scene.house.discovery.reassign(
            other.finding, to: scene.finding.vulnerability, reason: "same root", by: House.desk
        )
        _ = try await scene.house.validation.request(finding: other.finding, fix: fix, by: House.desk)
    }

    @Test func `refuses judgements without a verdict, or by a replay of something else`() async throws {
        let scene = try await Scene()
        let shipped = try await scene.replay(.expected)
        let (fix, other) = (try await scene.attach(), try await scene.attach())
        let waiting = try await scene.house.validation.request(finding: scene.finding.finding, fix: fix, by: House.desk)
        try await scene.house.expectRefusal(.notYet) { _ = try await scene.judge(fix, by: waiting) }
        for (fix, validation) in [(fix, shipped), (other, waiting), ("x0", waiting), (fix, "r0")] {
            try await scene.house.expectRefusal(.notFound) { _ = try await scene.judge(fix, by: validation) }
        }
        try await scene.house.expectRefusal(.forbidden) {
            _ = try await scene.house.remediation.judge(fix, by: waiting, principal: scene.vendor)
        }
    }

    @Test func `refuses empty and huge patches, and patches of who has no part in the case`() async throws {
        let scene = try await Scene()
        let stranger = try await scene.house.enrol("stranger", as: .vendor)
        let huge = Array(repeating: UInt8(ascii: "x"), count: ProposedPatch.maximumByteCount + 1)
        for patch in [[], huge] {
            try await scene.house.expectRefusal(.malformed, at: "/patch") {
                _ = try await scene.house.remediation.attach(
                    patch: patch, fixedVersion: "1", to: scene.caseIdentifier, by: scene.vendor
                )
            }
        }
        try await scene.house.expectRefusal(.malformed, at: "/fixedVersion") { _ = try await scene.attach(version: "") }
        try await scene.house.expectRefusal(.forbidden) {
            _ = try await scene.house.remediation.attach(
                patch: [1], fixedVersion: "1", to: scene.caseIdentifier, by: scene.lab
            )
        }
        // Somebody else's case and no case at all are answered alike: that there is one is not the caller's to know.
        var reasons: Set<String> = []
        for identifier in [scene.caseIdentifier, "BWC-2026-0099"] {
            try await scene.house.expectRefusal(.notFound) {
                do {
                    _ = try await scene.house.remediation.attach(
                        patch: Array(Self.diff("y").utf8), fixedVersion: "1", to: identifier, by: stranger)
                } catch let refusal as Refusal {
                    reasons.insert(refusal.reason.replacing(identifier, with: "…"))
                    throw refusal
                }
            }
        }
        #expect(reasons.count == 1, "\(reasons)")
    }

    @Test func `keeps the patch sealed under the case's key`() async throws {
        let scene = try await Scene()
        _ = try await scene.attach(Self.diff("a telling patch"))
        for record in try await scene.house.records() {
            #expect(!String(decoding: record.storedPayload, as: UTF8.self).contains("1.2.1"), "\(record.kind)")
        }
        let contents = try await scene.house.journal.read { try $0.rows("SELECT bytes FROM content").map { try $0.blob(0) } }
        #expect(contents.allSatisfy { !String(decoding: $0, as: UTF8.self).contains("telling") })
    }

    @Test func `a withdrawn patch is not built, and never taken for the shipped build`() async throws {
        let scene = try await Scene()
        let fix = try await scene.attach()
        let validation = try await scene.house.validation.request(finding: scene.finding.finding, fix: fix, by: House.desk)
        try await scene.house.journal.destroy(CoordinationRecords.contentKey(of: scene.caseIdentifier))
        #expect(try await scene.house.validation.runNextReplay())
        #expect(try await scene.house.validation.summary(validation, for: House.desk).outcome == "not-run")
        #expect(scene.sandbox.calls.isEmpty)
    }

    @Test func `a replay that could not be run says nothing about a fix`() async throws {
        let scene = try await Scene()
        let fix = try await scene.attach()
        scene.sandbox.change(build: .refused(.couldNotStart("no memory")))
        let validation = try await scene.house.validation.request(finding: scene.finding.finding, fix: fix, by: House.desk)
        for _ in 1..<Validation.maximumAttempts { _ = try? await scene.house.validation.runNextReplay() }
        #expect(try await scene.house.validation.runNextReplay())
        try await scene.house.expectRefusal(.notYet) {
            _ = try await scene.house.remediation.judge(fix, by: validation, principal: House.desk)
        }
    }
}
