import CivilTime
import Handling
import JSONText
import Journal
import Sealing
import Testing

@testable import Clearinghouse

@Suite struct TargetTests {
    private static let parser = "https://github.com/acme/parser"

    private func policy(_ json: JSONValue) throws -> TargetPolicy { try TargetPolicy(json: json) }

    private func claim(_ target: String = parser, tool: String? = nil, authorisation: [UInt8]? = nil) throws -> ScanClaim {
        try ScanClaim(
            scope: ScanScope(target: ScanTarget(target), toolFamily: tool),
            authorisation: authorisation
        )
    }

    @Test func `a maintainer who opted out is not scanned under any name, but may scan itself`() async throws {
        let house = try House()
        let lab = try await house.enrol("lab", as: .finder)
        let acme = try await house.enrol("acme", as: .vendor)
        try await house.govern(
            ScanTarget(Self.parser), policy(["maintainer": "acme", "aliases": ["pkg:npm/acme-parser"]]), by: House.desk
        )
        try await house.govern(
            ScanTarget("pkg:npm/acme-parser"),
            policy(["optOut": ["requestedAt": "2026-11-01T00:00:00Z", "reason": "we are two people"]]), by: acme
        )
        for name in [Self.parser, "pkg:npm/acme-parser@1.0.0", "pkg:github/acme/parser"] {
            guard case .optedOut(_, let reason) = try await house.leases.claim(claim(name), by: lab) else {
                Issue.record("\(name) was granted")
                continue
            }
            #expect(reason == "we are two people")
        }
        guard case .granted = try await house.leases.claim(claim(), by: acme) else {
            Issue.record("the maintainer may not scan its own")
            return
        }
        let target = try await house.targets.target(ScanTarget(Self.parser))
        #expect(target.policy.maintainer == "acme")
        #expect(target.policy.aliases == ["pkg:npm/acme-parser"])
        try await house.expectProvable()
    }

    @Test func `a name that a target loses is a target of its own again`() async throws {
        let house = try House()
        let alias = "pkg:npm/acme-parser"
        let one = try await house.enrol("lab", as: .finder)
        try await house.govern(ScanTarget(Self.parser), policy(["aliases": [.string(alias)]]), by: House.desk)
        _ = try await house.leases.claim(claim(alias), by: one)
        guard case .held = try await house.leases.claim(claim(Self.parser), by: one) else {
            Issue.record("two names of one target were scanned at once")
            return
        }
        try await house.expectRefusal(.conflict, at: "/aliases/0") {
            try await house.govern(ScanTarget("pkg:npm/other"), try policy(["aliases": [.string(alias)]]), by: House.desk)
        }
        try await house.govern(ScanTarget(Self.parser), policy([:]), by: House.desk)
        // What was claimed was the name; it is held as before.
        guard case .held = try await house.leases.claim(claim(alias), by: one) else {
            Issue.record("the lost name has two holders")
            return
        }
        guard case .granted = try await house.leases.claim(claim(Self.parser), by: one) else {
            Issue.record("the target is still held under the name it lost")
            return
        }
        try await house.expectProvable()
    }

    @Test func `only a coordinator says who maintains what, and a maintainer governs its own only`() async throws {
        let house = try House()
        let (acme, other) = (try await house.enrol("acme", as: .vendor), try await house.enrol("other", as: .vendor))
        try await house.expectRefusal(.forbidden) {
            try await house.govern(ScanTarget(Self.parser), try policy([:]), by: acme)
        }
        try await house.expectRefusal(.notFound, at: "/maintainer") {
            try await house.govern(ScanTarget(Self.parser), try policy(["maintainer": "nobody"]), by: House.desk)
        }
        try await house.govern(ScanTarget(Self.parser), policy(["maintainer": "acme", "criticality": 80]), by: House.desk)
        try await house.govern(ScanTarget(Self.parser), policy(["channel": "security@acme.example"]), by: acme)
        #expect(try await house.targets.target(ScanTarget(Self.parser)).policy.criticality == 80)
        for (change, place) in [
            (["maintainer": "other"], "/maintainer"), (["criticality": 90], "/criticality"),
            (["aliases": ["pkg:npm/other"]], "/aliases")
        ] as [(JSONValue, String)] {
            try await house.expectRefusal(.forbidden, at: place) {
                try await house.govern(ScanTarget(Self.parser), try policy(change), by: acme)
            }
        }
        try await house.expectRefusal(.forbidden) {
            try await house.govern(ScanTarget(Self.parser), try policy([:]), by: other)
        }
    }

    @Test func `a closed target is scanned with its owner's signed statement`() async throws {
        let house = try House()
        let (lab, rival) = (try await house.enrol("lab", as: .finder), try await house.enrol("rival", as: .finder))
        _ = try await house.enrol("acme", as: .vendor)
        let closed = try policy(["maintainer": "acme", "closed": true])
        try await house.govern(ScanTarget(Self.parser), closed, by: House.desk)
        func statement(
            for member: String? = "lab", about target: String = Self.parser, until: Duration = .seconds(3_600),
            tools: [String] = ["fuzzer"], key: SigningKey = House.key(of: "acme")
        ) throws -> [UInt8] {
            try ScanAuthorisation.signed(
                targets: [target], tools: tools, until: house.now.advanced(by: until), for: member, by: key
            )
        }
        func refused(
            _ envelope: [UInt8]?, _ code: Refusal.Code = .forbidden, by principal: Principal? = nil, tool: String? = "fuzzer"
        ) async throws {
            try await house.expectRefusal(code) {
                _ = try await house.leases.claim(try claim(tool: tool, authorisation: envelope), by: principal ?? lab)
            }
        }
        try await refused(nil)
        try await refused(statement(key: House.key(of: "lab")))
        try await refused(statement(), by: rival)
        try await refused(statement(about: "pkg:npm/other"))
        try await refused(statement(until: .seconds(0)))
        try await refused(statement(tools: ["static-analysis"]), tool: "fuzzer")
        try await refused(Array("{}".utf8), .malformed)
        try await refused(statement(), tool: nil)
        guard
            case .granted = try await house.leases.claim(
                claim(tool: "fuzzer", authorisation: statement(tools: ["fuzzer"])), by: lab)
        else {
            Issue.record("the owner's word was not enough")
            return
        }
        try await house.expectProvable()
    }

    @Test func `a maintainer's limit of scans holds`() async throws {
        let house = try House()
        let (one, two) = (try await house.enrol("lab-one", as: .finder), try await house.enrol("lab-two", as: .finder))
        try await house.govern(ScanTarget(Self.parser), policy(["pacing": ["activeScans": 1]]), by: House.desk)
        guard case .granted(let lease, _) = try await house.leases.claim(claim(tool: "fuzzer"), by: one) else {
            Issue.record("the first was not granted")
            return
        }
        guard case .paced(let until, _) = try await house.leases.claim(claim(tool: "model-agent"), by: two) else {
            Issue.record("the second was not paced")
            return
        }
        #expect(until == lease.until)
    }

    @Test func `who replaces a policy says which, and nobody undoes another's change unseen`() async throws {
        let house = try House()
        let target = try ScanTarget(Self.parser)
        try await house.expectRefusal(.preconditionFailed, at: "header If-Match") {
            try await house.targets.govern(target, try policy([:]), replacing: 1, by: House.desk)
        }
        try await house.targets.govern(target, policy(["criticality": 1]), by: House.desk)
        let first = try await house.targets.target(target).sequence
        try await house.expectRefusal(.preconditionRequired, at: "header If-Match") {
            try await house.targets.govern(target, try policy(["criticality": 2]), by: House.desk)
        }
        try await house.targets.govern(target, policy(["criticality": 3]), replacing: first, by: House.desk)
        try await house.expectRefusal(.preconditionFailed, at: "header If-Match") {
            try await house.targets.govern(target, try policy(["criticality": 4]), replacing: first, by: House.desk)
        }
        #expect(try await house.targets.target(target).policy.criticality == 3)
    }

    @Test func `an opt-out stands until it is lifted in so many words`() async throws {
        let house = try House()
        let target = try ScanTarget(Self.parser)
        try await house.govern(target, policy(["optOut": ["requestedAt": "2026-11-01T00:00:00Z"]]), by: House.desk)
        try await house.govern(target, policy(["channel": "security@acme.example"]), by: House.desk)
        #expect(try await house.targets.target(target).policy.optOut != nil)
        try await house.govern(
            target, policy(["channel": "security@acme.example"]), liftingOptOut: true, by: House.desk)
        #expect(try await house.targets.target(target).policy.optOut == nil)
        #expect(try await house.targets.target(target).origin.liftedOptOut?.description == "2026-11-01T00:00:00Z")
        try await house.expectProvable()
    }

    @Test func `what nobody can have asked for yet is refused`() async throws {
        let house = try House()
        let ahead = JSONValue.string(house.now.advanced(by: .seconds(301)).description)
        for (json, place) in [
            (["optOut": ["requestedAt": ahead]], "/optOut/requestedAt"), (["channelVerified": ahead], "/channelVerified")
        ] as [(JSONValue, String)] {
            try await house.expectRefusal(.malformed, at: place) {
                try await house.govern(ScanTarget(Self.parser), try policy(json), by: House.desk)
            }
        }
    }

    @Test func `a recorded opt-out is honoured even where a later rule would not take it any more`() async throws {
        let house = try House()
        let record = RecordDraft(
            TargetRecords.governed, in: TargetRecords.stream("g1"), by: Membership.system, label: .green,
            payload: [
                "target": "github.com/acme/parser",
                "policy": ["criticality": 500, "optOut": ["requestedAt": "some day"], "later": true]
            ])
        _ = try await house.journal.append { _ in Decision([record]) }
        let rows = try await house.journal.read {
            try $0.rows("SELECT opted_out FROM scan_target").map { try $0.optionalInteger(0) }
        }
        #expect(rows == [house.now.millisecondsSinceEpoch])
    }

    @Test(
        arguments: [
            (["criticality": 101], "/criticality"), (["optOut": ["reason": "no"]], "/optOut/requestedAt"),
            (["pacing": ["openReports": -1]], "/pacing/openReports"),
            (["pacing": ["windows": [["weekday": "Someday"]]]], "/pacing/windows/0"),
            (["pacing": ["windows": [["weekday": "Monday", "from": "10:00", "until": "09:00"]]]], "/pacing/windows/0"),
            (["aliases": ["nonsense"]], "/aliases/0"), (["colour": "red"], "/colour"), (["pacing": ["pace": 1]], "/pacing/pace")
        ] as [(JSONValue, String)])
    func `a policy that can't be read is refused with its place`(json: JSONValue, place: String) {
        do {
            _ = try TargetPolicy(json: json)
            Issue.record("nothing was refused")
        } catch {
            #expect(error.place == place)
        }
    }

    @Test func `a policy is written as it is read`() throws {
        let json: JSONValue = [
            "aliases": ["pkg:npm/acme-parser"], "channel": "security@acme.example", "channelVerified": "2026-11-01T00:00:00Z",
            "closed": true, "criticality": 70, "maintainer": "acme",
            "optOut": ["reason": "busy", "requestedAt": "2026-11-01T00:00:00Z"],
            "pacing": [
                "activeScans": 2, "openReports": 3, "requiresPatch": true,
                "windows": [["from": "09:00", "until": "24:00", "weekday": "Tuesday"]]
            ]
        ]
        #expect(try policy(json).json.canonicalBytes() == json.canonicalBytes())
    }
}
