import AdvisoryFormats
import Matching
import TestSupport
import Testing

/// Which of several statements counts.
@Suite struct VEXPrecedenceTests {
    private static let product = VEXSample.product("pkg:npm/a")
    private static let versioned = VEXSample.product("pkg:npm/a@1.0.0")
    private static let (earlier, later) = ("2026-01-01T00:00:00Z", "2026-01-01T01:30:00+01:00")

    private func status(_ documents: [VEXDocument]) throws -> VEXStatement.Status? {
        try VEXSample.status(documents, of: "pkg:npm/a@1.0.0")
    }

    private func document(_ statuses: [(VEXStatement.Status, String?)], _ format: VEXFormat = .openVEX) -> VEXDocument {
        VEXSample.document(statuses.map { VEXSample.statement($0.0, [Self.versioned], at: $0.1) }, format)
    }

    @Test(arguments: VEXStatement.Status.allCases)
    func `a statement counts with its own status`(_ only: VEXStatement.Status) throws {
        let found = try status([document([(only, Self.earlier)])])
        #expect(found == only && only.suppresses == (only == .notAffected || only == .fixed))
    }

    @Test func `the latest counts, wherever it stands`() throws {
        let statements: [(VEXStatement.Status, String?)] = [(.notAffected, Self.later), (.affected, Self.earlier)]
        for pair in [statements, statements.reversed()] {
            let (inOne, inTwo) = try (status([document(pair)]), status(pair.map { document([$0]) }))
            #expect(inOne == .notAffected && inTwo == .notAffected)
        }
    }

    @Test func `with the same time the later one of an OpenVEX document counts, elsewhere the one that asks for more care`()
        throws
    {
        let statements: [(VEXStatement.Status, String?)] = [(.affected, Self.earlier), (.notAffected, Self.earlier)]
        let inOne = try status([document(statements)])
        let otherOrder = try status([document(statements.reversed())])
        #expect(inOne == .notAffected && otherOrder == .affected)
        for pair in [statements, statements.reversed()] {
            let inTwo = try status(pair.map { document([$0]) })
            let (csaf, cycloneDX) = try (status([document(pair, .csaf)]), status([document(pair, .cycloneDX)]))
            #expect(inTwo == .affected && csaf == .affected && cycloneDX == .affected)
        }
        let open = try status([document([(.underInvestigation, nil)]), document([(.fixed, nil)])])
        #expect(open == .underInvestigation)
    }

    @Test func `what has no time is older than all that does not suppress, and newer than all that does`() throws {
        let documents = { (statuses: [(VEXStatement.Status, String?)]) in statuses.map { document([$0]) } }
        let undatedCare = try status(documents([(.affected, nil), (.notAffected, Self.later)]))
        let undatedRelief = try status(documents([(.affected, Self.earlier), (.notAffected, nil)]))
        #expect(undatedCare == .affected && undatedRelief == .affected)
    }

    @Test func `statements about all versions and about one are about the same component`() throws {
        let all = VEXSample.document([VEXSample.statement(.notAffected, [Self.product], at: Self.earlier)])
        let one = VEXSample.document([VEXSample.statement(.affected, [Self.versioned], at: Self.later)])
        let (both, alone) = try (status([all, one]), VEXSample.status([all, one], of: "pkg:npm/a@1.0.1"))
        #expect(both == .affected && alone == .notAffected)
    }

    @Test func `not affected without a reason is reported and counts for nothing`() throws {
        for reason in [nil, "", " \n"] {
            let bare = VEXSample.document([VEXSample.statement(.notAffected, [Self.product], at: Self.later, because: reason)])
            let (alone, beside) = try (status([bare]), status([bare, document([(.underInvestigation, Self.earlier)])]))
            #expect(alone == nil && beside == .underInvestigation)
            var statements = VEXStatements()
            let problems = statements.add(bare)
            #expect(
                problems == [
                    "the statement not_affected about CVE-2026-1 has neither a justification nor an impact statement: it counts for "
                        + "nothing"
                ]
            )
        }
        var justified = VEXSample.statement(.notAffected, [Self.product], because: nil)
        justified.justification = VEXJustification("component_not_present")
        let found = try status([VEXSample.document([justified])])
        #expect(found == .notAffected)
    }

    @Test func `a vulnerability is meant by any name of its group, and by an alias`() throws {
        for (name, aliases, expected) in [
            ("GHSA-1", [], VEXStatement.Status.notAffected), ("OSV-1", [], .notAffected), ("X-1", ["CVE-2026-1"], .notAffected),
            ("CVE-2026-2", [], nil), ("", ["x"], nil)
        ] as [(String, [String], VEXStatement.Status?)] {
            let statement = VEXSample.statement(.notAffected, [Self.product], about: name, aliases: aliases)
            let found = try status([VEXSample.document([statement])])
            #expect(found == expected, "\(name) \(aliases)")
        }
    }

    @Test func `a group of several CVE identifiers is suppressed where each that the advisory names is`() throws {
        let names = ["CVE-2026-1", "CVE-2026-2", "GHSA-1"]
        func status(
            _ statements: [(String, VEXStatement.Status)], _ aliases: [String] = ["CVE-2026-1", "CVE-2026-2"]
        ) throws -> VEXStatement.Status? {
            let document = VEXSample.document(statements.map { VEXSample.statement($0.1, [Self.versioned], about: $0.0) })
            return try VEXSample.status(
                [document], of: "pkg:npm/a@1.0.0", names: names, match: try VEXSample.match("GHSA-1", aliases: aliases))
        }
        let results = try [
            status([("CVE-2026-1", .notAffected)]), status([("CVE-2026-1", .notAffected), ("CVE-2026-2", .notAffected)]),
            status([("CVE-2026-1", .notAffected), ("CVE-2026-2", .affected)]), status([("GHSA-1", .notAffected)]),
            status([("CVE-2026-1", .notAffected)], ["CVE-2026-1"]), status([("CVE-2026-2", .notAffected)], ["CVE-2026-1"]),
            status([("CVE-2026-1", .notAffected)], []), status([("CVE-2026-2", .affected), ("GHSA-1", .notAffected)])
        ]
        #expect(results == [nil, .notAffected, .affected, .notAffected, .notAffected, nil, nil, .notAffected])
    }

    @Test func `a statement about a sibling in the group suppresses nothing, and one that asks for care counts`() throws {
        // One record with both CVE identifiers joined two advisories.
        let names = ["CVE-1", "CVE-2", "GHSA-a", "GHSA-b", "OSV-a", "both"]
        let both = ["CVE-1", "CVE-2", "GHSA-a", "GHSA-b"]
        for (advisory, aliases, name, said, expected) in [
            ("GHSA-a", ["CVE-1", "OSV-a"], "GHSA-b", .notAffected, nil), ("GHSA-a", ["CVE-1"], "both", .fixed, nil),
            ("GHSA-a", ["CVE-1", "OSV-a"], "GHSA-a", .notAffected, .notAffected),
            ("GHSA-a", ["CVE-1", "OSV-a"], "OSV-a", .notAffected, .notAffected),
            ("GHSA-a", ["CVE-1"], "CVE-1", .notAffected, .notAffected), ("GHSA-a", [], "GHSA-b", .notAffected, nil),
            ("both", both, "GHSA-a", .notAffected, nil), ("both", both, "both", .notAffected, .notAffected),
            ("GHSA-a", ["CVE-1"], "GHSA-b", .affected, .affected)
        ] as [(String, [String], String, VEXStatement.Status, VEXStatement.Status?)] {
            let document = VEXSample.document([VEXSample.statement(said, [Self.versioned], about: name)])
            let found = try VEXSample.status(
                [document], of: "pkg:npm/a@1.0.0", names: names, match: try VEXSample.match(advisory, aliases: aliases))
            #expect(found == expected, "\(said) \(name) for \(advisory), \(aliases)")
        }
    }
}
