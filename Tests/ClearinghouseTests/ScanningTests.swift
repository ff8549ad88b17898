import AdvisoryFormats
import CivilTime
import JSONText
import Journal
import Sandbox
import Sealing
import Testing

@testable import Clearinghouse
@testable import Runners

@Suite struct ScanningTests {
    private static let target = "https://code.example/tide"
    private static let archive = TarHeader.member("a.c", Array("int a;\n".utf8))

    private func authorisation(
        _ house: House, targets: [String] = [target], tools: [String] = ["counting"], days: Int = 10, publicSource: Bool = false,
        signer: String = "tide"
    ) throws -> [UInt8] {
        try ScanAuthorisation.signed(
            targets: targets, tools: tools, until: house.now.advanced(byDays: days), publicSource: publicSource,
            by: House.key(of: signer))
    }

    private func request(
        _ house: House, by principal: Principal, authoriser: String = "tide", _ envelope: [UInt8]? = nil,
        tool: String = "counting"
    ) async throws -> String {
        let source = try await house.scanning.upload(Self.archive, by: principal)
        return try await house.scanning.request(
            tool, on: try RunTarget(repository: Self.target, commit: "0123456789abcdef", package: nil), source: source,
            authorisation: try envelope ?? authorisation(house), authoriser: authoriser, by: principal)
    }

    /// A house whose target is owned by `tide`, and a lab that asks.
    private func house(_ settings: ScanSettings) async throws -> (House, Principal) {
        let house = try House(scans: settings)
        _ = try await house.enrol("tide", as: .vendor)
        try await govern(house, ["maintainer": "tide"])
        return (house, try await house.enrol("lab", as: .finder))
    }

    private func govern(_ house: House, _ policy: JSONValue, of target: String = target) async throws {
        try await house.govern(ScanTarget(target), TargetPolicy(json: policy), by: House.desk)
    }

    @Test func `a run looks at every file once, shows how far it is, and hands in its findings as the member who asked`()
        async throws
    {
        let runner = CountingRunner()
        let (house, lab) = try await house(runner.settings(fileCount: 200))
        let run = try await request(house, by: lab)
        #expect(try await house.scanning.summary(run, for: lab).total == nil)
        var progress: [Int64] = []
        while try await house.scanning.runNextPortion() {
            progress.append(try await house.scanning.summary(run, for: lab).done)
        }
        #expect(progress == progress.sorted() && progress.count == 51 && progress.last == 200, "\(progress)")
        #expect(runner.seen.count == 200 && Set(runner.seen).count == 200)
        let summary = try await house.scanning.summary(run, for: lab)
        #expect(summary.ending == .completed && summary.findings == 200 && summary.toolVersion == "1.2.3")
        #expect(try await house.journal.read { try $0.records(of: ScanningRecords.stream(run)).count } == 54)
        let log = try SARIFReport(parsing: try await house.scanning.log(of: run, for: lab))
        #expect(log.resultCount == 200)
        let found = try await house.journal.read { try $0.rows("SELECT member, file FROM finding") }
        #expect(found.count == 200)
        #expect(try found.allSatisfy { try $0.text(0) == "lab" })
        try await house.expectProvable()
    }

    @Test func `a run whose worker was killed goes on with the next portion, and hands nothing in twice`() async throws {
        // The first worker never comes back from its third file; what it holds ends with its lease.
        let reached = Switch()
        let stuck = CountingRunner { path in
            guard path == "src/102.c" else { return }
            reached.turnOn()
            try await Task.sleep(for: .seconds(3_600))
        }
        let (house, lab) = try await house(stuck.settings(fileCount: 5))
        let run = try await request(house, by: lab)
        _ = try await house.scanning.runNextPortion()
        _ = try await house.scanning.runNextPortion()
        let killed = Task { [scanning = house.scanning] in _ = try await scanning.runNextPortion() }
        while !reached.isOn { try await Task.sleep(for: .milliseconds(5)) }
        let second = CountingRunner()
        let scanning = Scanning(
            journal: house.journal, environment: house.environment, discovery: house.discovery,
            settings: second.settings(fileCount: 5))
        #expect(try await scanning.runNextPortion() == false, "the lease holds")
        house.wait(Scanning.leaseDuration)
        while try await scanning.runNextPortion() {}
        #expect(stuck.seen == ["src/100.c", "src/101.c"])
        #expect(second.seen == ["src/102.c", "src/103.c", "src/104.c"])
        let summary = try await scanning.summary(run, for: lab)
        #expect(summary.ending == .completed && summary.findings == 5 && summary.done == 5)
        killed.cancel()
        _ = try? await killed.value
        #expect(try await house.journal.read { try $0.rows("SELECT 1 FROM finding").count } == 5)
        try await house.expectProvable()
    }

    @Test func `findings that were handed in before a worker was killed are the same ones when handed in again`() async throws {
        let (house, lab) = try await house(CountingRunner().settings(fileCount: 3))
        let run = try await request(house, by: lab)
        for _ in 0..<3 { _ = try await house.scanning.runNextPortion() }
        // Killed when some were handed in: the journal refuses everything from the second append on.
        let dying = KilledJournal(house.journal, after: { $0.kind == DiscoveryRecords.submitted })
        let scanning = Scanning(
            journal: dying, environment: house.environment, discovery: Discovery(journal: dying, environment: house.environment),
            settings: CountingRunner().settings(fileCount: 3))
        await #expect(throws: KilledJournal.Death.self) { _ = try await scanning.runNextPortion() }
        #expect(try await house.journal.read { try $0.rows("SELECT 1 FROM finding").count } == 3)
        #expect(try await house.scanning.summary(run, for: lab).ending == nil)
        try await house.expectRefusal(.conflict) { try await house.scanning.cancel(run, by: lab) }
        while try await house.scanning.runNextPortion() {}
        let summary = try await house.scanning.summary(run, for: lab)
        #expect(summary.ending == .completed && summary.findings == 3)
        #expect(try await house.journal.read { try $0.rows("SELECT 1 FROM finding").count } == 3)
        try await house.expectProvable()
    }

    @Test func `a runner that is off is refused, and an authorisation that does not cover the run too`() async throws {
        let (off, someone) = try await house(.off)
        try await off.expectRefusal(.forbidden) {
            _ = try await off.scanning.request(
                "cppcheck", on: try RunTarget(repository: Self.target, commit: nil, package: nil), source: Digest(hashing: ""),
                authorisation: [], authoriser: "tide", by: someone)
        }
        let (house, lab) = try await house(CountingRunner().settings(fileCount: 1))
        _ = try await house.enrol("other", as: .vendor)
        _ = try await house.enrol("desk", as: .coordinator)
        let good = try authorisation(house)
        var broken = good
        broken.removeLast(1)
        let refused: [(Refusal.Code, [UInt8], String)] = [
            (.malformed, broken, "tide"),
            (.forbidden, try authorisation(house, signer: "lab"), "tide"),
            (.forbidden, try authorisation(house, signer: "other"), "other"),
            (.forbidden, try authorisation(house, targets: ["https://code.example/other"]), "tide"),
            (.forbidden, try authorisation(house, tools: ["cppcheck"]), "tide"),
            (.forbidden, try authorisation(house, days: 0), "tide"),
            (.forbidden, try authorisation(house, days: 3_000), "tide"),
            (.forbidden, good, "nobody"),
            (.forbidden, try authorisation(house, signer: "desk"), "desk"),
            (.forbidden, try authorisation(house, publicSource: true, signer: "other"), "other")
        ]
        _ = try await house.scanning.upload(Self.archive, by: lab)
        for (index, (code, envelope, authoriser)) in refused.enumerated() {
            try await house.expectRefusal(code, "case \(index)") {
                _ = try await request(house, by: lab, authoriser: authoriser, envelope)
            }
        }
        // A coordinator may sign for public source.
        _ = try await request(
            house, by: lab, authoriser: "desk", try authorisation(house, publicSource: true, signer: "desk"))
    }

    @Test func `a target belongs to its maintainer, under any name, and who opted out is not looked at`() async throws {
        let house = try House(scans: CountingRunner().settings(fileCount: 1))
        _ = try await house.enrol("tide", as: .vendor)
        let lab = try await house.enrol("lab", as: .finder)
        _ = try await house.scanning.upload(Self.archive, by: lab)
        try await house.expectRefusal(.forbidden, at: "/authoriser") { _ = try await request(house, by: lab) }
        let target = try ScanTarget("https://code.example/TIDE.git")
        func govern(_ policy: JSONValue) async throws {
            try await house.govern(target, TargetPolicy(json: policy), by: House.desk)
        }
        try await govern(["maintainer": "tide"])
        _ = try await request(house, by: lab)
        try await govern(["maintainer": "tide", "optOut": ["requestedAt": "2026-11-01T00:00:00Z"]])
        try await house.expectRefusal(.forbidden) { _ = try await request(house, by: lab) }
    }

    @Test func `an opt-out or the end of the authorisation ends a run between two portions, and what was found counts`()
        async throws
    {
        let (house, lab) = try await house(CountingRunner().settings(fileCount: 4))
        let run = try await request(house, by: lab)
        _ = try await house.scanning.runNextPortion()
        try await govern(house, ["maintainer": "tide", "optOut": ["requestedAt": "2026-11-01T00:00:00Z"]])
        while try await house.scanning.runNextPortion() {}
        let summary = try await house.scanning.summary(run, for: lab)
        #expect(summary.ending == .failed && summary.findings == 1 && summary.done == 1)
        #expect(summary.reason?.contains("asked on 2026-11-01 not to be scanned") == true, "\(summary.reason ?? "")")
        let log = try JSONValue(parsing: try await house.scanning.log(of: run, for: lab))
        let invocation = log["runs"]?.array?.first?["invocations"]?.array?.first
        #expect(invocation?["executionSuccessful"]?.bool == false)
        // What the source held is told, though nobody may unpack it any more.
        let told = (invocation?["toolExecutionNotifications"]?.array ?? []).compactMap { $0["message"]?["text"]?.string }
        #expect(told.count { $0 == "not reached" } == 3 && told.contains { $0.contains("symbolic link") }, "\(told)")

        let (later, lateLab) = try await self.house(CountingRunner().settings(fileCount: 4))
        let ended = try await request(later, by: lateLab)
        _ = try await later.scanning.runNextPortion()
        later.wait(.seconds(11 * 86_400))
        while try await later.scanning.runNextPortion() {}
        #expect(try await later.scanning.summary(ended, for: lateLab).reason?.contains("ended at") == true)
    }

    @Test func `a run that is stopped hands nothing in, also when it is stopped in the middle of a portion`() async throws {
        let reached = Switch()
        let go = Switch()
        let runner = CountingRunner { path in
            guard path == "src/101.c" else { return }
            reached.turnOn()
            while !go.isOn { try await Task.sleep(for: .milliseconds(5)) }
        }
        let (house, lab) = try await house(runner.settings(fileCount: 3))
        let run = try await request(house, by: lab)
        _ = try await house.scanning.runNextPortion()
        async let portion = house.scanning.runNextPortion()
        while !reached.isOn { try await Task.sleep(for: .milliseconds(5)) }
        let other = try await house.enrol("other", as: .finder)
        try await house.expectRefusal(.notFound) { try await house.scanning.cancel(run, by: other) }
        try await house.scanning.cancel(run, by: lab)
        go.turnOn()
        _ = try await portion
        while try await house.scanning.runNextPortion() {}
        #expect(try await house.scanning.summary(run, for: lab).ending == .cancelled)
        // What the worker had done when the run was stopped is no record any more.
        #expect(
            try await house.journal.read { try $0.records(of: ScanningRecords.stream(run)).map(\.kind) } == [
                ScanningRecords.requested, ScanningRecords.leased, ScanningRecords.progressed, ScanningRecords.finished
            ])
        #expect(try await house.journal.read { try $0.rows("SELECT 1 FROM finding").isEmpty })
        try await house.expectRefusal(.conflict) { try await house.scanning.cancel(run, by: lab) }
        try await house.expectRefusal(.notFound) { _ = try await house.scanning.log(of: run, for: lab) }
        try await house.expectProvable()
    }

    @Test func `a tool that can't be run ends its run with the reason, and a source that does not unpack too`() async throws {
        for code in [RunnerError.Code.toolMissing, .badSource, .budgetSpent] {
            let runner = CountingRunner { if $0 == "src/101.c" { throw RunnerError(code, "because of \(code)") } }
            let (house, lab) = try await house(runner.settings(fileCount: 3))
            let run = try await request(house, by: lab)
            while try await house.scanning.runNextPortion() {}
            let summary = try await house.scanning.summary(run, for: lab)
            let words = code == .toolMissing ? "the tool is not installed here" : "because of \(code)"
            #expect(summary.ending == .failed && summary.reason == words && summary.findings == 1)
        }
    }

    @Test func `a model that does not answer is asked again, and in the end the run says so`() async throws {
        let runner = CountingRunner { _ in throw RunnerError(.modelFailed, "nobody answers") }
        let (house, lab) = try await house(runner.settings(fileCount: 1))
        let run = try await request(house, by: lab)
        for _ in 1..<Scanning.maximumAttempts {
            await #expect(throws: RunnerError.self) { _ = try await house.scanning.runNextPortion() }
        }
        #expect(try await house.scanning.runNextPortion())
        #expect(
            try await house.scanning.summary(run, for: lab).reason == "the model's service does not answer as it should")
        #expect(try await !house.scanning.runNextPortion())
    }

    @Test func `a member who leaves takes its sources and runs along`() async throws {
        let (house, lab) = try await house(CountingRunner().settings(fileCount: 2))
        _ = try await request(house, by: lab)
        _ = try await house.scanning.runNextPortion()
        try await house.membership.withdraw("lab", reason: "it closes", by: House.desk)
        #expect(try await !house.scanning.runNextPortion())
        #expect(
            try await house.journal.read { try $0.rows("SELECT 1 FROM run").isEmpty && $0.rows("SELECT 1 FROM source").isEmpty })
        try await house.expectProvable()
    }
}

/// The same with the real sandbox and a real tool.
@Suite struct `A run with cppcheck` {
    @Test(.enabled("SKIPPED: cppcheck or bubblewrap is not installed") { await Self.isAvailable() })
    func `finds what is in an uploaded archive, and a damaged one ends with its reason`() async throws {
        let runner = try AnalysisTools.runner("cppcheck")
        let house = try House(scans: ScanSettings(runners: [runner]))
        _ = try await house.enrol("tide", as: .vendor)
        try await house.govern(
            ScanTarget("pkg:generic/libtide"), TargetPolicy(json: ["maintainer": "tide"]), by: House.desk)
        let lab = try await house.enrol("lab", as: .finder)
        let code = "int last(void) {\n    int numbers[4] = {0, 1, 2, 3};\n    return numbers[4];\n}\n"
        let whole = TarHeader.member("src/last.c", Array(code.utf8)) + [UInt8](repeating: 0, count: 1_024)
        for (archive, ending) in [(whole, RunEnding.completed), (Array(whole.prefix(540)), .failed)] {
            let run = try await house.scanning.request(
                "cppcheck", on: try RunTarget(repository: nil, commit: nil, package: "pkg:generic/libtide@1.2.0"),
                source: try await house.scanning.upload(archive, by: lab),
                authorisation: try ScanAuthorisation.signed(
                    targets: ["pkg:generic/libtide@1.2.0"], tools: ["cppcheck"], until: house.now.advanced(byDays: 1),
                    by: House.key(of: "tide")),
                authoriser: "tide", by: lab)
            while try await house.scanning.runNextPortion() {}
            let summary = try await house.scanning.summary(run, for: lab)
            #expect(summary.ending == ending, "\(summary)")
            if ending == .failed { #expect(summary.reason?.contains("does not unpack") == true, "\(summary)") }
        }
        let found = try await house.journal.read {
            try $0.rows("SELECT weakness, file, package FROM finding").map { try ($0.text(0), $0.text(1), $0.text(2)) }
        }
        #expect(found.count == 1 && found[0] == ("CWE-788", "src/last.c", "pkg:generic/libtide@1.2.0"), "\(found)")
    }

    private static func isAvailable() async -> Bool {
        guard (try? AnalysisTools.runner("cppcheck")) != nil, case .available = await SandboxAvailability.check() else {
            print("SKIPPED: cppcheck or bubblewrap is not installed; scripts/install-packages run test installs them")
            return false
        }
        return true
    }
}
