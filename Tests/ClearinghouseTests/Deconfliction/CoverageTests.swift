import CivilTime
import JSONText
import Testing

@testable import Clearinghouse

@Suite struct CoverageTests {
    private static let parser = "https://github.com/acme/parser"

    /// Claims a scope and searches it to its end.
    private func search(
        _ target: String, revisionOnly: Bool = false, in subsystem: String? = nil, for bugClass: String? = nil,
        with tool: String? = "fuzzer", findings: Int64 = 0, by principal: Principal, at house: House
    ) async throws {
        let scope = try ScanScope(
            target: ScanTarget(target), isRevisionOnly: revisionOnly, subsystem: subsystem,
            bugClass: bugClass.map { try BugClass($0) }, toolFamily: tool)
        guard case .granted(let lease, _) = try await house.leases.claim(ScanClaim(scope: scope), by: principal) else {
            throw Refusal(.conflict, "not granted")
        }
        try await house.leases.release(
            lease.identifier, token: lease.token, ScanResult(isComplete: true, findingCount: findings), by: principal)
        house.wait(.seconds(60))
    }

    private func govern(_ targets: [(String, Int64)], at house: House) async throws {
        for (name, criticality) in targets {
            try await house.govern(
                ScanTarget("pkg:npm/\(name)"), TargetPolicy(json: ["criticality": .number(JSONNumber(criticality))]),
                by: House.desk)
        }
    }

    private func gaps(
        _ house: House, tool: String? = nil, bugClass: String? = nil, for principal: Principal = House.desk
    ) async throws -> [String] {
        try await house.coverage.gaps(
            bugClass: bugClass.map { try BugClass($0) }, toolFamily: tool, at: house.now, limit: 10, for: principal
        ).map { String($0.target.dropFirst("pkg:npm/".count)) + ($0.lastSearched == nil ? "" : "*") }
    }

    @Test func `others learn of a search that found something no more than tool and moment`() async throws {
        let house = try House()
        let (one, two) = (try await house.enrol("lab-one", as: .finder), try await house.enrol("lab-two", as: .finder))
        let moment = house.now
        try await search(
            Self.parser + "@4f2a", in: "src/xml.c", for: "CWE-787", with: "fuzzer", findings: 1, by: one, at: house)
        let target = try ScanTarget(Self.parser)
        for principal in [one, House.desk] {
            let entry = try #require(try await house.coverage.entries(of: target, for: principal).first)
            #expect(entry.findingCount == 1)
            #expect(entry.scope.subsystem == "src/xml.c" && entry.scope.bugClass?.description == "CWE-787")
            #expect(entry.scope.target.revision == "4f2a")
        }
        guard case .granted(_, let granted) = try await house.leases.claim(ScanClaim(scope: ScanScope(target: target)), by: two)
        else {
            Issue.record("not granted")
            return
        }
        for entries in [try await house.coverage.entries(of: target, for: two), granted] {
            let entry = try #require(entries.first)
            #expect(entry.scope == (try ScanScope(target: target, toolFamily: "fuzzer")))
            #expect(entry.findingCount == nil && !entry.isNull)
            #expect(entry.searched == moment)
        }
    }

    @Test func `a search in vain is told whole to everybody`() async throws {
        let house = try House()
        let (one, two) = (try await house.enrol("lab-one", as: .finder), try await house.enrol("lab-two", as: .finder))
        try await search(Self.parser + "@4f2a", in: "src", for: "CWE-787", by: one, at: house)
        let entry = try #require(try await house.coverage.entries(of: ScanTarget(Self.parser), for: two).first)
        #expect(entry.isNull)
        #expect(entry.scope.subsystem == "src" && entry.scope.bugClass?.description == "CWE-787")
        #expect(entry.scope.target.revision == "4f2a")
    }

    @Test func `what was searched in vain stays in the ledger when somebody finds something there`() async throws {
        let house = try House()
        let (one, two) = (try await house.enrol("lab-one", as: .finder), try await house.enrol("lab-two", as: .finder))
        let three = try await house.enrol("lab-three", as: .finder)
        try await search(Self.parser, in: "src/xml.c", for: "CWE-787", by: one, at: house)
        try await search(Self.parser, in: "src/xml.c", for: "CWE-787", findings: 1, by: two, at: house)
        let entries = try await house.coverage.entries(of: ScanTarget(Self.parser), for: three)
        #expect(entries.map(\.scope.subsystem) == [nil, "src/xml.c"], "a row that vanished would tell where")
        #expect(entries.map(\.isNull) == [false, true])
        try await house.expectProvable()
    }

    @Test func `the gaps of one class don't tell others what kind of bug was found`() async throws {
        let house = try House()
        let (one, two) = (try await house.enrol("lab-one", as: .finder), try await house.enrol("lab-two", as: .finder))
        try await govern([("a", 1), ("b", 1)], at: house)
        try await search("pkg:npm/a", for: "CWE-787", findings: 3, by: one, at: house)
        try await search("pkg:npm/b", for: "CWE-787", findings: 0, by: one, at: house)
        #expect(try await gaps(house, bugClass: "CWE-787", for: two) == ["a", "b*"])
        #expect(try await gaps(house, bugClass: "CWE-787", for: one) == ["a*", "b*"])
        #expect(try await gaps(house, bugClass: "CWE-787") == ["a*", "b*"])
        #expect(try await gaps(house, for: one) == ["a", "b"], "one class is not the target")
        try await house.expectProvable()
    }

    @Test func `the most critical targets without coverage come first, then the oldest searches`() async throws {
        let house = try House()
        let lab = try await house.enrol("lab", as: .finder)
        try await govern([("a", 10), ("b", 90), ("c", 50), ("d", 99), ("e", 100)], at: house)
        try await search("pkg:npm/d", findings: 2, by: lab, at: house)
        try await search("pkg:npm/e", findings: 2, by: lab, at: house)
        try await house.govern(
            ScanTarget("pkg:npm/a"), TargetPolicy(json: ["criticality": 10, "optOut": ["requestedAt": "2026-11-01T00:00:00Z"]]),
            by: House.desk
        )
        #expect(try await gaps(house) == ["b", "c", "d*", "e*"])
        #expect(try await gaps(house, tool: "model-agent") == ["e", "d", "b", "c"])
        #expect(try await house.coverage.gaps(at: house.now, limit: 3, for: lab).map(\.target).last == "pkg:npm/d")
        _ = try await house.leases.claim(ScanClaim(scope: ScanScope(target: ScanTarget("pkg:npm/b"))), by: lab)
        #expect(try await gaps(house).first == "c", "what is being scanned is no gap")
    }

    @Test func `a directory, a class or a commit's difference is not the target`() async throws {
        let house = try House()
        let lab = try await house.enrol("lab", as: .finder)
        try await govern([("a", 4), ("b", 3), ("c", 2), ("d", 1)], at: house)
        try await search("pkg:npm/a", in: "docs", by: lab, at: house)
        try await search("pkg:npm/b", for: "CWE-79", by: lab, at: house)
        try await search("pkg:npm/c@1", revisionOnly: true, by: lab, at: house)
        try await search("pkg:npm/d@1", by: lab, at: house)
        _ = try await house.leases.claim(
            ScanClaim(scope: ScanScope(target: ScanTarget("pkg:npm/a"), subsystem: "docs")), by: lab)
        #expect(try await gaps(house) == ["a", "b", "c", "d*"])
        #expect(try await gaps(house, bugClass: "CWE-79") == ["a", "c", "b*", "d*"])
    }

    @Test func `the ledger is for who claims leases`() async throws {
        let house = try House()
        let stranger = Principal(member: "operator", scopes: Scope.usual(for: .operator))
        try await house.expectRefusal(.forbidden) {
            _ = try await house.coverage.entries(of: ScanTarget(Self.parser), for: stranger)
        }
        try await house.expectRefusal(.forbidden) {
            _ = try await house.coverage.gaps(at: house.now, limit: 1, for: stranger)
        }
    }
}
