import AdvisoryFormats
import CivilTime
import JSONText
import Journal
import Sealing
import TestKit
import Testing

@testable import Clearinghouse
@testable import Sandbox

/// Commands drawn at random through every room, most of them sensible, many refused. The same seed walks the same way.
final class RandomWalk {
    let seed: UInt64
    let house: House
    private let sandbox = FakeSandbox()
    private let random: SeededRandom
    private var members: [Principal] = []
    private var tokens: [(token: String, member: String)] = []
    private var findings: [FindingReceipt] = []
    private var cases: [String] = []
    private var fixes: [String] = []
    private var validations: [String] = []
    private(set) var refusals: [Refusal.Code: Int] = [:]

    init(seed: UInt64) throws {
        self.seed = seed
        random = SeededRandom(seed: seed)
        house = try House(seed: seed, runner: sandbox.runner)
    }

    func walk(_ stepCount: Int) async throws {
        try await house.membership.bootstrap(tokenText: house.membership.newTokenText())
        for role in [MemberRole.finder, .finder, .vendor, .operator, .operator] {
            members.append(try await house.enrol("first-\(members.count)", as: role))
        }
        for step in 0..<stepCount {
            do {
                try await self.step()
            } catch let refusal as Refusal {
                refusals[refusal.code, default: 0] += 1
            } catch {
                Issue.record("seed \(seed), step \(step): \(error)")
                return
            }
        }
    }

    private func step() async throws {
        switch number(below: 33) {
        case 0: try await enrol(pick(MemberRole.allCases) ?? .finder)
        case 1: try await issueToken()
        case 2: try await revokeToken()
        case 3...7: try await submit()
        case 8: try await reassign()
        case 9...11: try await attachReproducer()
        case 12...14: try await requestValidation()
        case 15...18: try await replay()
        case 19: try await openCase()
        case 20: try await moveEmbargo()
        case 21: try await attachFix()
        case 22: try await judge()
        case 23, 24: try await mend()
        case 25: try await publish()
        case 26: try await importAdvisories()
        case 27: try await reportAdoption()
        case 28: try await depositInventory()
        case 29: try await withdrawInventory()
        case 30: if number(below: 20) == 0 { try await leave() }
        case 31: house.wait(.milliseconds(Int64(number(below: 100_000_000)) - 3_600_000))
        default: _ = try await number(below: 4) == 0 ? house.journal.rebuild() : house.journal.integrate()?.size
        }
    }

    // MARK: chance

    private func number(below limit: Int) -> Int {
        Int(random.next() % UInt64(limit))
    }

    private func pick<Element>(_ choices: [Element]) -> Element? {
        choices.isEmpty ? nil : choices[number(below: choices.count)]
    }

    /// Mostly the clearinghouse's own people, sometimes anybody.
    private var somebody: Principal {
        number(below: 5) == 0 ? pick(members) ?? House.desk : House.desk
    }

    private func member(with scope: Scope) -> Principal {
        pick(members.filter { $0.scopes.contains(scope) }) ?? House.desk
    }
}

/// The rooms.
extension RandomWalk {
    private func enrol(_ role: MemberRole) async throws {
        members.append(try await house.enrol("member-\(number(below: 20))", as: role))
    }

    private func issueToken() async throws {
        guard let member = pick(members)?.member else { return }
        let token = try await house.membership.issueToken(
            to: member, scopes: Set(Scope.allCases.filter { _ in number(below: 3) == 0 }),
            lifetime: .seconds(number(below: 40_000_000)), by: somebody
        )
        tokens.append((token.identifier, member))
    }

    private func revokeToken() async throws {
        guard let (token, member) = pick(tokens) else { return }
        try await house.membership.revokeToken(token, of: member, by: somebody)
    }

    private func submit() async throws {
        let batch = (0...number(below: 4)).map { _ in
            let function = number(below: 4) == 0 ? nil : "function\(number(below: 6))"
            var report = Sample.report(
                "Title \(number(below: 3))", package: pick(["pkg:npm/a@1", "pkg:npm/a@2", "pkg:npm/b"]),
                weakness: pick(["CWE-122", "CWE-79", nil]) ?? nil, file: number(below: 5) == 0 ? nil : "src/a.c",
                function: function, line: Int64(number(below: 3))
            )
            if number(below: 3) == 0 {
                report.provenance = JSONObject([("harness", "kelp"), ("temperature", .number(JSONNumber(7)))])
                report.toolFingerprints = ["context/v1": "\(number(below: 4))"]
            }
            return Sample.submission(report, key: "key \(number(below: 80))")
        }
        let answers = try await house.discovery.submit(batch, by: member(with: .submitFindings))
        for answer in answers {
            switch answer {
            case .success(let receipt): findings.append(receipt)
            case .failure(let refusal): refusals[refusal.code, default: 0] += 1
            }
        }
    }

    private func reassign() async throws {
        guard let finding = pick(findings) else { return }
        let target = number(below: 2) == 0 ? nil : pick(findings)?.vulnerability
        _ = try await house.discovery.reassign(finding.finding, to: target, reason: "by chance", by: somebody)
    }

    private func attachReproducer() async throws {
        guard let finding = pick(findings) else { return }
        let owner = try await house.discovery.finding(finding.finding, for: House.desk).summary.member
        let manifest = Sample.manifest.replacing("repeats", with: .number(JSONNumber(Int64(1 + number(below: 3)))))
        let principal = number(below: 6) == 0 ? somebody : Principal(member: owner, scopes: [.submitFindings])
        try await house.validation.attach(
            manifest.canonicalBytes(), try Sample.bundle(manifest), to: finding.finding, by: principal
        )
    }

    private func requestValidation() async throws {
        guard let finding = pick(findings)?.finding else { return }
        guard number(below: 3) > 0, let chosen = pick(try await house.coordination.cases(limit: 1_000, for: House.desk)) else {
            return validations.append(try await house.validation.request(finding: finding, by: somebody))
        }
        // On a fix of some case, mostly with a finding of the same case.
        let own = try await house.discovery.vulnerability(chosen.vulnerability, for: House.desk).findings.map(\.identifier)
        validations.append(
            try await house.validation.request(
                finding: number(below: 8) == 0 ? finding : pick(own) ?? finding,
                fix: number(below: 4) == 0 ? nil : pick(chosen.fixes)?.identifier, by: somebody
            )
        )
    }

    private func replay() async throws {
        let runs: [FakeSandbox.Run] = [
            .expected, .expected, .expected, .calm, .calm, .calm, .ending(.signalled(9)), .failure(.invalidJob("by chance"))
        ]
        sandbox.change(
            build: number(below: 8) == 0 ? .failure(code: 1, said: "by chance") : .success,
            runs: number(below: 4) == 0 ? [.calm, .expected] : [pick(runs) ?? .calm]
        )
        _ = try await house.validation.runNextReplay()
    }

    private func openCase() async throws {
        guard let finding = pick(findings), let vendor = pick(members)?.member else { return }
        let opening = CaseOpening(
            vulnerability: finding.vulnerability, vendor: vendor, title: "A case",
            embargoUntil: house.now.advanced(by: .milliseconds(Int64(number(below: 400_000_000))))
        )
        cases.append(try await house.coordination.open(opening, by: somebody))
    }

    private func moveEmbargo() async throws {
        guard let identifier = pick(cases) else { return }
        let until = house.now.advanced(by: .milliseconds(Int64(number(below: 200_000_000)) - 100_000_000))
        try await house.coordination.moveEmbargo(of: identifier, until: until, reason: "by chance", by: somebody)
    }

    private func attachFix() async throws {
        guard let identifier = pick(cases) else { return }
        let summary = try await house.coordination.caseSummary(identifier, for: House.desk)
        let vendor = number(below: 6) == 0 ? somebody : Principal(member: summary.vendor, scopes: [.attachFixes])
        fixes.append(
            try await house.remediation.attach(
                patch: Array("--- a\n+++ b\n@@ -1 +1 @@\n-a\n+\(number(below: 9))\n".utf8),
                fixedVersion: "1.2.\(number(below: 9))", to: identifier,
                by: vendor
            )
        )
    }

    private func judge() async throws {
        // A validation that ran on the fix where there is one, or any two things.
        let all = try await house.coordination.cases(limit: 1_000, for: House.desk).flatMap(\.validations)
        if number(below: 5) > 0, let chosen = pick(all.filter { $0.fix != nil }), let fix = chosen.fix {
            _ = try await house.remediation.judge(fix, by: chosen.identifier, principal: House.desk)
        } else if let fix = pick(fixes), let validation = pick(validations) {
            _ = try await house.remediation.judge(fix, by: validation, principal: somebody)
        }
    }

    /// A vendor's day: reproduce, fix, replay, judge. Each step ends well mostly.
    private func mend() async throws {
        guard let chosen = pick(try await house.coordination.cases(limit: 1_000, for: House.desk).filter { $0.phase == "open" })
        else { return }
        let findings = try await house.discovery.vulnerability(chosen.vulnerability, for: House.desk).findings
        guard let finding = pick(findings) else { return }
        try await house.validation.attach(
            Sample.manifest.canonicalBytes(), try Sample.bundle(), to: finding.identifier,
            by: Principal(member: finding.member, scopes: [.submitFindings])
        )
        try await replay(finding.identifier, fix: nil, number(below: 8) == 0 ? .calm : .expected)
        let fix = try await house.remediation.attach(
            patch: [1], fixedVersion: "2.0.0", to: chosen.identifier,
            by: Principal(member: chosen.vendor, scopes: [.attachFixes])
        )
        fixes.append(fix)
        try await replay(finding.identifier, fix: fix, number(below: 3) == 0 ? .expected : .calm)
        guard let validation = validations.last else { return }
        _ = try await house.remediation.judge(fix, by: validation, principal: House.desk)
    }

    private func replay(_ finding: String, fix: String?, _ run: FakeSandbox.Run) async throws {
        validations.append(try await house.validation.request(finding: finding, fix: fix, by: House.desk))
        sandbox.change(build: .success, runs: [run])
        while try await house.validation.runNextReplay() {}
    }

    private func publish() async throws {
        guard let identifier = pick(cases) else { return }
        var order = Sample.order
        order.earlyBecause = pick([nil, "", "by chance"]) ?? nil
        if number(below: 6) == 0 { order.summary = "" }
        _ = try await house.distribution.publish(identifier, order, by: somebody)
    }

    private func importAdvisories() async throws {
        let documents = (0...number(below: 5)).map { _ in
            number(below: 8) == 0
                ? OSVDocument(name: "broken", bytes: Array("{".utf8))
                : Sample.osv(
                    pick(["GHSA-1", "GHSA-2", "GHSA-3", "x_BREAKWATER-2026-0002"]) ?? "GHSA-1",
                    modified: "2026-11-0\(1 + number(below: 9))T00:00:00.\(number(below: 10))Z",
                    withdrawn: number(below: 6) == 0 ? "2026-11-05T00:00:00Z" : nil, aliases: pick([[], ["CVE-2026-1"]]) ?? []
                )
        }
        let tally = try await house.distribution.importOSV(documents, from: "source \(number(below: 2))", by: somebody)
        #expect(tally.total == documents.count, "seed \(seed)")
        try await house.distribution.recordReading(of: "source", tally, by: House.desk)
    }

    private func depositInventory() async throws {
        let packages = ["left-pad", "right-pad", "mid-pad"].filter { _ in number(below: 3) > 0 }
        let lines = packages.map { "npm,\($0),1.\(number(below: 3)).0" }
        let deposit = try InventoryDeposit(
            Array((["ecosystem,name,version"] + lines).joined(separator: "\n").utf8), named: "list \(number(below: 2))",
            fileName: "list.csv"
        )
        _ = try await house.inventories.deposit(deposit, by: member(with: .depositInventories))
    }

    private func withdrawInventory() async throws {
        let principal = member(with: .depositInventories)
        let reader = Principal(member: principal.member, scopes: [.readInventories])
        guard let inventory = pick(try await house.inventories.inventories(before: .max, limit: 9, for: reader)) else { return }
        try await house.inventories.withdraw(inventory.identifier, by: principal)
    }

    private func leave() async throws {
        let leaver = member(with: .depositInventories).member
        try await house.membership.withdraw(leaver, reason: "moved on", by: House.desk)
        members.removeAll { $0.member == leaver }
    }

    private func reportAdoption() async throws {
        let page = try await house.distribution.advisories(before: .max, limit: 20, source: nil)
        guard let advisory = pick(page)?.identifier else { return }
        let osv = try await house.distribution.osv(advisory)
        let principal = member(with: .reportAdoption)
        let envelope = try AdoptionTests.envelope(
            pick(["done", "not-done", "mitigated", "perhaps"]) ?? "done", of: advisory, version: osv,
            House.key(of: principal.member)
        )
        _ = try await house.adoption.report(envelope, by: principal)
    }
}
