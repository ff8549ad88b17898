import AdvisoryFormats
import CivilTime
import Correlation
import JSONText
import Sealing
import Testing

@testable import Clearinghouse

/// The whole way of one bug, from two labs to an operator that says "done", with a real compiler in the real sandbox.
@Suite(.enabled("SKIPPED: no sandbox or no compiler on this machine") { await ExampleLibrary.canBeReplayed() })
struct ExampleWalkTests {
    @Test func `two labs' reports become one published, fixed and adopted advisory`() async throws {
        let house = try House(runner: .sandboxed)
        let (a, b) = (try await house.enrol("lab-a", as: .finder), try await house.enrol("lab-b", as: .finder))
        let vendor = try await house.enrol("libtide", as: .vendor)
        let hospital = try await house.enrol("hospital", as: .operator)

        let (first, second) = (try await report(a, b, to: house))
        #expect(first.vulnerability == second.vulnerability && second.joinedExisting)

        try await house.validation.attach(
            try ExampleLibrary.bytes(ExampleLibrary.manifestPath), try ExampleLibrary.bundle(), to: first.finding, by: a
        )
        let shipped = try await replay(first.finding, fix: nil, in: house)
        #expect(shipped.outcome == "reproduced" && shipped.runCount == 5 && shipped.crashCount == 5, "\(shipped)")
        #expect(shipped.crashType == "Heap-buffer-overflow\nWRITE 2")
        #expect(shipped.crashState == "tide_expand_levels\ntide_decode")

        let opening = CaseOpening(
            vulnerability: first.vulnerability, vendor: "libtide", title: "Overflow in libtide",
            embargoUntil: house.now.advanced(by: .seconds(60 * 86_400))
        )
        let identifier = try await house.coordination.open(opening, by: House.desk)
        let wrong = try await judge("wrong.patch", of: identifier, finding: first.finding, by: vendor, in: house)
        #expect(wrong.state == .refuted && wrong.replay.outcome == "reproduced", "\(wrong.replay)")
        let right = try await judge("right.patch", of: identifier, finding: first.finding, by: vendor, in: house)
        #expect(right.state == .verified && right.replay.outcome == "not-reproduced", "\(right.replay)")
        #expect(right.replay.runCount == 5 && right.replay.crashCount == 0)

        var order = Sample.order
        (order.package, order.earlyBecause) = ("pkg:generic/libtide", "the vendor is ready")
        let advisory = try await house.distribution.publish(identifier, order, by: House.desk)
        let osv = try await house.distribution.osv(advisory)
        let record = try OSVRecord(parsing: osv)
        #expect(record.affected.first?.ranges.first?.events.map(\.version) == ["1.0.0", "1.2.1"])
        #expect(record.credits.map(\.name) == ["The lab-a", "The lab-b"])

        let done = try AdoptionTests.envelope("done", of: advisory, version: osv, House.key(of: "hospital"))
        #expect(try await house.adoption.report(done, by: hospital) == 1)
        try await house.expectProvable()
    }

    private func report(_ a: Principal, _ b: Principal, to house: House) async throws -> (FindingReceipt, FindingReceipt) {
        let log = try FindingReader.submissions(
            inSARIF: try ExampleLibrary.bytes("reports/lab-a.sarif"), package: "pkg:generic/libtide@1.2.0"
        )
        #expect(log.submissions.count == 1)
        let line = try ExampleLibrary.bytes("reports/lab-b.ndjson").split(separator: UInt8(ascii: "\n")).map(Array.init)
        let other = try line.map { try FindingReader.submission(in: $0) }
        #expect(log.submissions.first?.report.startLine != other.first?.report.startLine)
        return (
            try #require(try await house.discovery.submit(log.submissions, by: a).first).get(),
            try #require(try await house.discovery.submit(other, by: b).first).get()
        )
    }

    private func replay(_ finding: String, fix: String?, in house: House) async throws -> ValidationSummary {
        let validation = try await house.validation.request(finding: finding, fix: fix, by: House.desk)
        #expect(try await house.validation.runNextReplay())
        return try await house.validation.summary(validation, for: House.desk)
    }

    private func judge(
        _ patch: String, of identifier: String, finding: String, by vendor: Principal, in house: House
    ) async throws -> (state: CaseState.FixState, replay: ValidationSummary) {
        let fix = try await house.remediation.attach(
            patch: try ExampleLibrary.bytes("fixes/\(patch)"), fixedVersion: "1.2.1", to: identifier, by: vendor
        )
        let replay = try await replay(finding, fix: fix, in: house)
        return (try await house.remediation.judge(fix, by: replay.identifier, principal: House.desk), replay)
    }

    @Test func `a patch that does not apply, or breaks the library's own test, is not built`() async throws {
        let bundle = try ExampleLibrary.bundle()
        let right = String(decoding: try ExampleLibrary.bytes("fixes/right.patch"), as: UTF8.self)
        let patches = [
            right.replacing("run = read_u16", with: "run = read_u17"),
            // Applies and builds, and refuses every long calm period: the crash is gone, and so is the function.
            right.replacing("+            if (run > room - done) {", with: "+            if (run > 0) {")
        ]
        for patch in patches {
            let result = try await ReplayRunner.sandboxed.replay(bundle, patch: Array(patch.utf8))
            let verdict = Verdict(result, expecting: bundle.manifest, onFixedBuild: true)
            #expect(verdict.outcome == .notBuilt && verdict.explanation.contains("the build ended"), "\(verdict.explanation)")
        }
    }
}
