import CivilTime
import JSONText
import Journal
import Sealing
import Testing

@testable import Clearinghouse
@testable import Runners

@Suite struct `The end of a run` {
    @Test func `can't be kept off by a member who took the keys of its findings`() async throws {
        let rooms = try await ScanHouse(CountingRunner().settings(fileCount: 3))
        let run = try await rooms.request()
        for _ in 0..<3 { _ = try await rooms.scanning.runNextPortion() }
        let found = try await rooms.house.journal.read { snapshot in
            try #require(try snapshot.run(run).map { try snapshot.outcome(of: $0).result })
        }
        let log = SARIFLog(
            driver: RunnerDriver(name: "Counting"), target: .init(repository: ScanHouse.target), run: run, result: found,
            leftOut: [])
        for guid in log.json["runs"]?.array?.first?["results"]?.array?.compactMap({ $0["guid"]?.string }) ?? [] {
            try await rooms.house.submit(Sample.report("taken"), key: guid, by: rooms.lab)
        }
        #expect(try await rooms.findingCount() == 3)
        let summary = try await rooms.finish(run)
        #expect(summary.ending == .completed && summary.findings == 3)
        #expect(try await rooms.findingCount() == 6)
    }

    @Test func `comes with as many findings as there is room for, and says how many there were`() async throws {
        let talking = CountingRunner(more: { path in
            UnitResult(
                findings: (0..<30_000).map {
                    RunnerFinding(rule: "B307", level: .note, message: "eval \($0)", path: path, line: $0 + 1, weaknesses: [78])
                })
        })
        let rooms = try await ScanHouse(talking.settings(fileCount: 2))
        let run = try await rooms.request()
        let summary = try await rooms.finish(run)
        #expect(summary.ending == .completed && summary.findings == 4_000)
        let told = try await rooms.told(run)
        #expect(told.count { $0 == "28001 findings more are not told: there is no room for them" } == 2, "\(told)")
    }

    @Test func `comes after as many attempts as there are, whatever made them fail`() async throws {
        let rooms = try await ScanHouse(CountingRunner().settings(fileCount: 1))
        let run = try await rooms.request()
        _ = try await rooms.scanning.runNextPortion()
        for _ in 0..<Scanning.maximumAttempts {
            let dying = KilledJournal(rooms.house.journal) { $0.kind == ScanningRecords.concluding }
            let scanning = rooms.scanning(CountingRunner().settings(fileCount: 1), on: dying)
            await #expect(throws: (any Error).self) {
                if try await !scanning.runNextPortion() { throw KilledJournal.Death() }
                // Where the end was recorded before, the next thing that is written is a finding.
                throw KilledJournal.Death()
            }
        }
        #expect(try await rooms.finish(run).ending != nil)
        #expect(try await !rooms.scanning.runNextPortion())
    }

    @Test func `is not to be stopped half-way through handing in, nor after a kill there`() async throws {
        let rooms = try await ScanHouse(
            CountingRunner(more: { path in
                UnitResult(
                    findings: (0..<250).map {
                        RunnerFinding(rule: "r", level: .note, message: "thing \($0)", path: path, line: $0 + 1)
                    })
            }).settings(fileCount: 1))
        let run = try await rooms.request()
        _ = try await rooms.scanning.runNextPortion()
        let dying = KilledJournal(rooms.house.journal) { $0.kind == DiscoveryRecords.submitted }
        let scanning = rooms.scanning(CountingRunner().settings(fileCount: 1), on: dying)
        await #expect(throws: KilledJournal.Death.self) { _ = try await scanning.runNextPortion() }
        // The first of two appends is there, the second is not.
        #expect(try await rooms.findingCount() == 200)
        try await rooms.house.expectRefusal(.conflict) { try await rooms.scanning.cancel(run, by: rooms.lab) }
        let summary = try await rooms.finish(run)
        #expect(summary.ending == .completed && summary.findings == 251)
        #expect(try await rooms.findingCount() == 251)
    }

    @Test func `of one whose runner is another now says so, and what was found is told as the first one's`() async throws {
        func driver(_ model: String) -> RunnerDriver {
            RunnerDriver(
                name: "Counting", model: ModelProvenance(model: model, harnessVersion: "1", promptPolicyHash: "h"))
        }
        let rooms = try await ScanHouse(CountingRunner(driver: driver("a")).settings(fileCount: 3))
        let run = try await rooms.request()
        _ = try await rooms.scanning.runNextPortion()
        let other = rooms.scanning(CountingRunner(driver: driver("b")).settings(fileCount: 3))
        while try await other.runNextPortion() {}
        let summary = try await rooms.scanning.summary(run, for: rooms.lab)
        #expect(summary.ending == .failed && summary.reason?.contains("set up otherwise") == true && summary.findings == 1)
        let log = try JSONValue(parsing: try await rooms.scanning.log(of: run, for: rooms.lab))
        #expect(log["runs"]?.array?.first?["properties"]?["ai/model"]?.string == "a")

        let second = try await rooms.request()
        _ = try await rooms.scanning.runNextPortion()
        let off = rooms.scanning(.off)
        while try await off.runNextPortion() {}
        let left = try await rooms.scanning.summary(second, for: rooms.lab)
        #expect(left.ending == .failed && left.findings == 1 && left.log != nil)
        let told = try await rooms.told(second)
        #expect(told.count { $0 == "not reached" } == 2 && told.contains { $0.contains("symbolic link") }, "\(told)")
    }

    @Test func `comes where the word of the owner no longer holds: another owner, another key, an authoriser who left`()
        async throws
    {
        let rooms = try await ScanHouse(CountingRunner().settings(fileCount: 3))
        _ = try await rooms.house.enrol("other", as: .vendor)
        let replaced = try await rooms.request()
        _ = try await rooms.scanning.runNextPortion()
        try await rooms.govern(["maintainer": "other"])
        #expect(try await rooms.finish(replaced).reason?.contains("not the registered owner") == true)
        let left = try await rooms.request(authoriser: "other")
        _ = try await rooms.scanning.runNextPortion()
        try await rooms.house.membership.withdraw("other", reason: "it closes", by: House.desk)
        let summary = try await rooms.finish(left)
        #expect(summary.ending == .failed && summary.reason?.contains("no member with a registered key") == true)
    }

    @Test func `of a model that falls silent comes with what was found and paid for before`() async throws {
        let silent = Switch()
        let runner = CountingRunner(
            atFile: { path in
                guard path != "src/101.c" || !silent.isOn else { throw RunnerError(.modelFailed, "secret words") }
                if path == "src/100.c" { silent.turnOn() }
            }, more: { _ in UnitResult(usage: TokenUsage(input: 10, output: 1)) })
        let rooms = try await ScanHouse(runner.settings(fileCount: 130))
        let run = try await rooms.request()
        // 130 units are 44 portions of three: the first one of these is cut behind its first unit.
        #expect(try await rooms.scanning.runNextPortion())
        let portion = try #require(try await rooms.records(run).last)
        #expect(portion.payload?["units"]?.integer == 1 && portion.payload?["usage"]?["input"]?.integer == 10)
        for _ in 1..<Scanning.maximumAttempts {
            await #expect(throws: RunnerError.self) { _ = try await rooms.scanning.runNextPortion() }
        }
        let summary = try await rooms.finish(run)
        #expect(summary.ending == .failed && summary.findings == 1)
        #expect(summary.reason == "the model's service does not answer as it should")
        #expect(try await rooms.told(run).count { $0 == "not reached" } == 129)
    }

    @Test func `is told the member in fixed words, and to the operator in its own`() async throws {
        let rooms = try await ScanHouse(
            CountingRunner { _ in throw RunnerError(.toolMissing, "/opt/secret/bin is not there") }.settings(fileCount: 1))
        let run = try await rooms.request()
        let words = Words()
        _ = try await rooms.scanning.runNextPortion { words.add("\($0) \($1)") }
        #expect(words.all == ["\(run) /opt/secret/bin is not there"])
        #expect(try await rooms.scanning.summary(run, for: rooms.lab).reason == "the tool is not installed here")
    }
}

@Suite struct `Several runs` {
    @Test func `have their portions by turns`() async throws {
        let rooms = try await ScanHouse(CountingRunner().settings(fileCount: 4))
        let second = "https://code.example/second"
        try await rooms.govern(["maintainer": "tide"], of: second)
        let runs = [try await rooms.request(), try await rooms.request(second)]
        var done: [[Int64]] = []
        for _ in 0..<6 {
            _ = try await rooms.scanning.runNextPortion()
            rooms.house.wait(.seconds(1))
            var now: [Int64] = []
            for run in runs { now.append(try await rooms.scanning.summary(run, for: rooms.lab).done) }
            done.append(now)
        }
        #expect(done == [[1, 0], [1, 1], [2, 1], [2, 2], [3, 2], [3, 3]])
    }

    @Test func `of one member wait in a queue that has an end`() async throws {
        let rooms = try await ScanHouse(CountingRunner().settings(fileCount: 1))
        var runs: [String] = []
        for _ in 0..<Scanning.mostOpenRuns { runs.append(try await rooms.request()) }
        try await rooms.house.expectRefusal(.notYet) { _ = try await rooms.request() }
        try await rooms.scanning.cancel(runs[0], by: rooms.lab)
        _ = try await rooms.request()
    }

    @Test func `have their attempts counted since the last portion`() async throws {
        let count = Words()
        let runner = CountingRunner { path in
            count.add(path)
            // Each file fails four times, which is one less than ends a run.
            guard count.all.count(where: { $0 == path }) == 5 else { throw RunnerError(.modelFailed, "busy") }
        }
        let rooms = try await ScanHouse(runner.settings(fileCount: 3))
        let run = try await rooms.request()
        for _ in 0..<40 { _ = try? await rooms.scanning.runNextPortion() }
        #expect(try await rooms.scanning.summary(run, for: rooms.lab).ending == .completed)
    }
}
