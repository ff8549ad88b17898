import CivilTime
import JSONText
import Journal
import Sealing
import Testing

@testable import Clearinghouse
@testable import Runners

@Suite struct `A run among other scans` {
    private func claim(_ rooms: ScanHouse, by principal: Principal, tool: String? = nil, priority: ScanPriority = .routine)
        async throws -> ClaimAnswer
    {
        let scope = try ScanScope(target: ScanTarget(ScanHouse.target), toolFamily: tool)
        return try await rooms.house.leases.claim(ScanClaim(scope: scope, priority: priority), by: principal)
    }

    @Test func `holds a lease while it lasts, and what it searched in vain is in the ledger`() async throws {
        let rooms = try await ScanHouse(CountingRunner().settings(fileCount: 0))
        let other = try await rooms.house.enrol("other", as: .finder)
        let run = try await rooms.request()
        #expect(try await rooms.finish(run).ending == .completed)
        guard case .granted(_, let coverage) = try await claim(rooms, by: other) else { return #expect(Bool(false), "held") }
        #expect(coverage.count == 1 && coverage.first?.isNull == true)
        #expect(coverage.first?.scope.toolFamily == "counting" && coverage.first?.scope.target.revision == "0123456789abcdef")
        try await rooms.house.expectProvable()
    }

    @Test func `keeps others out, and is kept out: it waits, says until when, and goes on by itself`() async throws {
        let rooms = try await ScanHouse(CountingRunner().settings(fileCount: 2))
        let other = try await rooms.house.enrol("other", as: .finder)
        guard case .granted(let lease, _) = try await claim(rooms, by: other) else { return #expect(Bool(false), "not granted") }
        let run = try await rooms.request()
        #expect(try await rooms.scanning.runNextPortion())
        #expect(try await !rooms.scanning.runNextPortion(), "it rests")
        let waiting = try await rooms.scanning.summary(run, for: rooms.lab)
        #expect(waiting.heldUntil == lease.until && waiting.total == nil && waiting.ending == nil)
        #expect(try await rooms.records(run).count == 1, "waiting is no record")
        // As often as it takes: waiting is no attempt.
        for _ in 0..<10 {
            rooms.house.wait(.seconds(31))
            #expect(try await rooms.scanning.runNextPortion())
        }
        try await rooms.house.leases.release(
            lease.identifier, token: lease.token, ScanResult(isComplete: true, findingCount: 0), by: other)
        rooms.house.wait(.seconds(31))
        #expect(try await rooms.scanning.runNextPortion())
        let running = try await rooms.scanning.summary(run, for: rooms.lab)
        #expect(running.heldUntil == nil && running.done == 1)
        guard case .held = try await claim(rooms, by: other) else { return #expect(Bool(false), "two at one time") }
        #expect(try await rooms.finish(run).ending == .completed)
        guard case .granted = try await claim(rooms, by: other) else { return #expect(Bool(false), "it let go") }
    }

    @Test func `gives way to a scan of higher priority, and goes on behind it`() async throws {
        let rooms = try await ScanHouse(CountingRunner().settings(fileCount: 3))
        let run = try await rooms.request()
        _ = try await rooms.scanning.runNextPortion()
        guard case .granted(let taken, _) = try await claim(rooms, by: House.desk, priority: .emergency) else {
            return #expect(Bool(false), "not granted")
        }
        _ = try await rooms.scanning.runNextPortion()
        #expect(try await rooms.scanning.summary(run, for: rooms.lab).done == 1)
        rooms.house.wait(.seconds(taken.until.millisecondsSinceEpoch - rooms.house.now.millisecondsSinceEpoch) / 1_000)
        rooms.house.wait(.seconds(60))
        #expect(try await rooms.finish(run).findings == 3)
        let kinds = try await rooms.records(run).map(\.kind)
        #expect(kinds.count { $0 == ScanningRecords.leased } == 2)
    }

    @Test func `keeps within the maintainer's pace`() async throws {
        let rooms = try await ScanHouse(
            CountingRunner().settings(fileCount: 1), ["maintainer": "tide", "pacing": ["activeScans": 1]])
        let other = try await rooms.house.enrol("other", as: .finder)
        guard case .granted = try await claim(rooms, by: other, tool: "fuzzer") else {
            return #expect(Bool(false), "not granted")
        }
        let run = try await rooms.request()
        #expect(try await rooms.finish(run).ending == nil)
        rooms.house.wait(.seconds(1_000))
        #expect(try await rooms.finish(run).ending == .completed)
    }

    @Test func `on a closed target needs its owner's word, whatever a coordinator says of public source`() async throws {
        let rooms = try await ScanHouse(CountingRunner().settings(fileCount: 1), ["maintainer": "tide", "closed": true])
        _ = try await rooms.house.enrol("desk", as: .coordinator)
        try await rooms.house.expectRefusal(.forbidden, at: "/authorisation") {
            _ = try await rooms.request(authoriser: "desk", publicSource: true)
        }
        let run = try await rooms.request()
        #expect(try await rooms.finish(run).ending == .completed)
    }

    @Test func `of a maintainer who opted out is its own affair`() async throws {
        let rooms = try await ScanHouse(
            CountingRunner().settings(fileCount: 1),
            ["maintainer": "tide", "optOut": ["requestedAt": "2026-11-01T00:00:00Z"]])
        try await rooms.house.expectRefusal(.forbidden) { _ = try await rooms.request() }
        let tide = Principal(member: "tide", scopes: [.requestRuns, .submitFindings])
        let run = try await rooms.request(by: tide)
        while try await rooms.scanning.runNextPortion() {}
        #expect(try await rooms.scanning.summary(run, for: tide).ending == .completed)
    }

    @Test func `is about what its owners agreed to: the package's and the repository's, and no other by a qualifier`()
        async throws
    {
        let rooms = try await ScanHouse(CountingRunner().settings(fileCount: 1))
        _ = try await rooms.house.enrol("victim", as: .vendor)
        try await rooms.govern(["maintainer": "victim"], of: "pkg:npm/victim")
        let qualified = "pkg:npm/victim?vcs_url=https://code.example/tide"
        try await rooms.house.expectRefusal(.malformed, at: "/package") {
            _ = try await rooms.request(nil, package: qualified)
        }
        try await rooms.house.expectRefusal(.malformed, at: "/repository") { _ = try await rooms.request("pkg:npm/victim") }
        for targets in [[ScanHouse.target, "pkg:npm/victim"], [ScanHouse.target, qualified]] {
            try await rooms.house.expectRefusal(.forbidden) {
                _ = try await rooms.request(package: "pkg:npm/victim", targets: targets)
            }
        }
        try await rooms.govern(["maintainer": "tide"], of: "pkg:npm/own")
        let run = try await rooms.request(package: "pkg:npm/own@1")
        #expect(try await rooms.finish(run).ending == .completed)
        let packages = try await rooms.house.journal.read { try $0.rows("SELECT package FROM finding").map { try $0.text(0) } }
        #expect(packages == ["pkg:npm/own@1"])
    }
}
