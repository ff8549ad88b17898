import AdvisoryFormats
import CivilTime
import JSONText
import Journal
import Sealing
import Testing

@testable import Clearinghouse

@Suite struct PublicationTests {
    /// An open case of two finders' vulnerability, with a fix that was verified unless the test wants none.
    struct Scene {
        let remediation: RemediationTests.Scene
        var house: House { remediation.house }
        var identifier: String { remediation.caseIdentifier }

        init(verifiedFix: String? = "1.2.1") async throws {
            remediation = try await RemediationTests.Scene()
            let other = try await house.enrol("lab-b", as: .finder)
            try await house.submit(Sample.report("In other words", line: 99), by: other)
            try await house.submit(Sample.report("Once more", line: 100), by: remediation.lab)
            _ = try await remediation.replay(.expected)
            guard let verifiedFix else { return }
            let fix = try await remediation.attach(version: verifiedFix)
            _ = try await remediation.judge(fix, by: try await remediation.replay(fix: fix, .calm))
        }

        func publish(_ change: (inout PublicationOrder) -> Void = { _ in }) async throws -> String {
            var order = Sample.order
            change(&order)
            return try await house.distribution.publish(identifier, order, by: House.desk)
        }
    }

    @Test func `publishes OSV and CSAF of one fact, and ends the case with it`() async throws {
        let scene = try await Scene()
        scene.house.wait(.seconds(86_400))
        let advisory = try await scene.publish()
        #expect(advisory == "x_BREAKWATER-2026-0001")
        let osv = try OSVRecord(parsing: try await scene.house.distribution.osv(advisory))
        #expect(osv.id == advisory && osv.summary == Sample.order.summary && osv.details == Sample.order.details)
        #expect(osv.modified.text == scene.house.now.description && osv.published == osv.modified && osv.withdrawn == nil)
        let range = try #require(osv.affected.first?.ranges.first)
        #expect(range.events.map(\.kind) == [.introduced, .fixed] && range.events.map(\.version) == ["1.0.0", "1.2.1"])
        #expect(osv.affected.first?.package?.name == "libtide" && osv.affected.first?.package?.ecosystem == "npm")
        #expect(osv.credits.map(\.name) == ["The lab-a", "The lab-b"], "every organisation once, the first finder first")
        #expect(osv.severity.map(\.score) == [Sample.order.severity])
        let ssvc = osv.databaseSpecific?.value["ssvc"]
        #expect(ssvc?["automatable"]?.string == "yes" && ssvc?["technicalImpact"]?.string == "total")

        let csaf = try JSONValue(parsing: try await scene.house.distribution.csaf(advisory))
        #expect(csaf["document"]?["tracking"]?["id"]?.string == advisory)
        #expect(csaf["document"]?["title"]?.string == Sample.order.summary)
        #expect(csaf["document"]?["tracking"]?["current_release_date"]?.string == scene.house.now.description)
        let status = csaf["vulnerabilities"]?.array?.first?["product_status"]
        #expect(status?["known_affected"]?.array?.count == 1 && status?["fixed"]?.array?.count == 1)

        let summary = try await scene.house.coordination.caseSummary(scene.identifier, for: House.desk)
        #expect(summary.phase == "published" && summary.advisory == advisory)
        try await scene.house.expectProvable()
    }

    @Test func `the statement binds exactly these two documents`() async throws {
        let scene = try await Scene()
        scene.house.wait(.seconds(86_400))
        let advisory = try await scene.publish()
        let (osv, csaf) = (
            try await scene.house.distribution.osv(advisory), try await scene.house.distribution.csaf(advisory)
        )
        let text = try await scene.house.journal.read { try $0.firstRow("SELECT statement FROM advisory")?.text(0) }
        let envelope = Array(try #require(text).utf8)
        let key = scene.house.environment.signingKey.verificationKey
        let statement = try InTotoStatement(try UnverifiedEnvelope(parsing: envelope).verified(by: [key], threshold: 1))
        #expect(statement.predicateType == Distribution.predicateType)
        #expect(statement.subjects.map(\.sha256) == [Digest(hashing: osv), Digest(hashing: csaf)])
        #expect(statement.predicate["advisory"]?.string == advisory)
        let signature = try #require(JSONValue(parsing: envelope)["signatures"]?.array?.first?["sig"]?.string)
        var forged = envelope
        let start = try #require(forged.firstRange(of: Array(signature.utf8))).lowerBound
        forged[start] = forged[start] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
        #expect(throws: SealingError.self) { try UnverifiedEnvelope(parsing: forged).verified(by: [key], threshold: 1) }
    }

    @Test func `the embargo holds to the last millisecond`() async throws {
        let scene = try await Scene()
        scene.house.wait(.seconds(86_400) - .milliseconds(1))
        try await scene.house.expectRefusal(.notYet, at: "/earlyBecause") { _ = try await scene.publish() }
        try await scene.house.expectRefusal(.malformed, at: "/earlyBecause") {
            _ = try await scene.publish { $0.earlyBecause = "" }
        }
        scene.house.wait(.milliseconds(1))
        _ = try await scene.publish()
    }

    @Test func `an early end needs a reason, which is kept, and a fix that held`() async throws {
        let bare = try await Scene(verifiedFix: nil)
        try await bare.house.expectRefusal(.notYet) { _ = try await bare.publish { $0.earlyBecause = "exploited" } }
        let scene = try await Scene()
        _ = try await scene.publish { $0.earlyBecause = "exploited in the wild" }
        let record = try #require(try await scene.house.records().last { $0.kind == CoordinationRecords.published })
        #expect(record.payload?["earlyBecause"]?.string == "exploited in the wild")
    }

    @Test func `says that there is no fix where the embargo ended without one`() async throws {
        let scene = try await Scene(verifiedFix: nil)
        scene.house.wait(.seconds(86_400))
        let advisory = try await scene.publish()
        let osv = try OSVRecord(parsing: try await scene.house.distribution.osv(advisory))
        #expect(osv.affected.first?.ranges.first?.events.map(\.kind) == [.introduced])
        let csaf = try JSONValue(parsing: try await scene.house.distribution.csaf(advisory))
        let vulnerability = csaf["vulnerabilities"]?.array?.first
        #expect(vulnerability?["product_status"]?["fixed"] == nil)
        #expect(vulnerability?["remediations"]?.array?.first?["category"]?.string == "none_available")
    }

    @Test func `publishes everything or nothing`() async throws {
        // A fixed version that OSV takes and CSAF does not (test 6.1.31): what is written first must not be there alone.
        let torn = try await Scene(verifiedFix: "1.2.1 or later")
        torn.house.wait(.seconds(86_400))
        try await torn.house.expectRefusal(.malformed) { _ = try await torn.publish() }
        let kinds = try await torn.house.records().map(\.kind)
        #expect(!kinds.contains(DistributionRecords.published) && !kinds.contains(CoordinationRecords.published))
        #expect(try await torn.house.coordination.caseSummary(torn.identifier, for: House.desk).phase == "open")
        try await torn.house.expectProvable()
    }

    @Test func `refuses orders that would make no valid or no usable advisory, and uses up no number`() async throws {
        let scene = try await Scene()
        scene.house.wait(.seconds(86_400))
        let spoilt: [(inout PublicationOrder) -> Void] = [
            { $0.summary = "" }, { $0.details = "" }, { $0.name = "" }, { $0.ecosystem = "Nowhere" },
            { $0.severity = "CVSS:3.1/AV:X" }, { $0.introduced = "" }, { $0.automatable = "perhaps" },
            { $0.technicalImpact = "yes" }, { $0.weakness = "122" }
        ]
        for change in spoilt {
            try await scene.house.expectRefusal(.malformed) { _ = try await scene.publish(change) }
        }
        for package in ["libtide", "", "pkg:npm/libtide@1.2.0", "pkg:npm"] {
            try await scene.house.expectRefusal(.malformed, at: "/package", "\(package)") {
                _ = try await scene.publish { $0.package = package }
            }
        }
        #expect(try await scene.publish() == "x_BREAKWATER-2026-0001")
        try await scene.house.expectProvable()
    }

    @Test func `writes CSAF with the weakness's name and the base score of the vector`() async throws {
        for (severity, member, score, word) in [
            ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "cvss_v3", 9.8, "CRITICAL"),
            ("CVSS:3.0/AV:L/AC:H/PR:L/UI:R/S:U/C:L/I:L/A:N", "cvss_v3", 3.3, "LOW"),
            ("AV:N/AC:L/Au:N/C:P/I:P/A:P", "cvss_v2", 7.5, nil as String?)
        ] {
            let scene = try await Scene()
            scene.house.wait(.seconds(86_400))
            let advisory = try await scene.publish { $0.severity = severity }
            let csaf = try JSONValue(parsing: try await scene.house.distribution.csaf(advisory))
            let vulnerability = try #require(csaf["vulnerabilities"]?.array?.first)
            #expect(vulnerability["cwe"] == ["id": "CWE-122", "name": "Heap-based Buffer Overflow"])
            let published = vulnerability["scores"]?.array?.first
            #expect(published?["products"] == vulnerability["product_status"]?["known_affected"], "\(severity)")
            #expect(published?[member]?["vectorString"]?.string == severity)
            #expect(published?[member]?["baseScore"]?.number?.double == score, "\(severity)")
            #expect(published?[member]?["baseSeverity"]?.string == word, "\(severity)")
            let osv = try OSVRecord(parsing: try await scene.house.distribution.osv(advisory))
            #expect(osv.severity.map(\.score) == [severity])
        }
    }

    @Test func `tells in notes what CSAF has no member for`() async throws {
        let scene = try await Scene()
        scene.house.wait(.seconds(86_400))
        let vector = "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N"
        let advisory = try await scene.publish { ($0.severity, $0.weakness) = (vector, "CWE-999999") }
        let csaf = try JSONValue(parsing: try await scene.house.distribution.csaf(advisory))
        let vulnerability = try #require(csaf["vulnerabilities"]?.array?.first)
        #expect(vulnerability["cwe"] == nil && vulnerability["scores"] == nil)
        let notes = vulnerability["notes"]?.array ?? []
        #expect(notes.dropFirst().map { $0["text"]?.string } == ["CWE-999999", vector])
    }

    /// Ecosystem, purl, first affected and fixed version; the type of OSV's range and the range as CSAF has it.
    private static let schemes: [(String, String, String, String, OSVRange.Kind, String)] = [
        ("npm", "pkg:npm/libtide", "1.0.0", "1.2.1", .semver, "vers:npm/>=1.0.0|<1.2.1"),
        ("npm", "pkg:npm/libtide", "0", "1.2.1-rc.1+b", .semver, "vers:npm/<1.2.1-rc.1%2Bb"),
        ("crates.io", "pkg:cargo/libtide", "1.0.0", "1.2.1", .semver, "vers:cargo/>=1.0.0|<1.2.1"),
        ("Go", "pkg:golang/example.org/libtide", "1.0.0", "1.2.1", .semver, "vers:golang/>=1.0.0|<1.2.1"),
        ("GIT", "pkg:generic/libtide", "1.0.0", "1.2.1", .semver, "vers:generic/>=1.0.0|<1.2.1"),
        ("PyPI", "pkg:pypi/libtide", "1.0rc1", "1!0.2.post1", .ecosystem, "vers:pypi/>=1.0rc1|<1%210.2.post1"),
        (
            "Debian:12", "pkg:deb/debian/libtide", "1.2~rc1", "1:1.0-2+deb12u1", .ecosystem,
            "vers:deb/>=1.2~rc1|<1:1.0-2%2Bdeb12u1"
        ),
        (
            "GitHub Actions", "pkg:githubactions/example/tide", "1.0.0", "1.2.1", .ecosystem,
            "vers:githubactions/>=1.0.0|<1.2.1"
        )
    ]

    @Test func `writes the range in the ecosystem's own scheme, in both documents`() async throws {
        for (ecosystem, package, introduced, fixed, kind, vers) in Self.schemes {
            let scene = try await Scene(verifiedFix: fixed)
            scene.house.wait(.seconds(86_400))
            let advisory = try await scene.publish { order in
                (order.ecosystem, order.package, order.introduced) = (ecosystem, package, introduced)
            }
            let osv = try OSVRecord(parsing: try await scene.house.distribution.osv(advisory))
            let range = try #require(osv.affected.first?.ranges.first)
            #expect(range.kind == kind && range.events.map(\.version) == [introduced, fixed], "\(vers)")
            let csaf = String(decoding: try await scene.house.distribution.csaf(advisory), as: UTF8.self)
            #expect(csaf.contains("\"name\": \"\(vers)\""), "\(vers): \(csaf)")
        }
    }

    @Test func `an advisory without a first version and without a fix is about every version`() async throws {
        let scene = try await Scene(verifiedFix: nil)
        scene.house.wait(.seconds(86_400))
        let advisory = try await scene.publish { ($0.introduced, $0.ecosystem, $0.package) = ("0", "Linux", "pkg:generic/linux") }
        let csaf = String(decoding: try await scene.house.distribution.csaf(advisory), as: UTF8.self)
        #expect(csaf.contains("\"vers:generic/*\""))
        let osv = try OSVRecord(parsing: try await scene.house.distribution.osv(advisory))
        #expect(osv.affected.first?.ranges.first?.kind == .ecosystem)
    }

    @Test func `refuses versions that the ecosystem's scheme can't order, with the place`() async throws {
        let fix = "fixedVersion of the case's fix"
        let refused: [(String, introduced: String, fixed: String, place: String)] = [
            ("npm", "first", "1.2.1", "/introduced"), ("npm", "v1.0.0", "1.2.1", "/introduced"),
            ("npm", "1.0.0", "v1.2.1", fix), ("Go", "1.0.0", "v1.2.1", fix), ("GIT", "1.0.0", "next", fix),
            ("PyPI", "1.0", "1.2-what-ever", fix), ("PyPI", "one", "1.2", "/introduced"),
            ("Debian:12", "0", "1.0 2", fix), ("npm", "1.2.1", "1.2.1", "/introduced"), ("npm", "1.3.0", "1.2.1", "/introduced"),
            ("Debian:12", "1:1.0", "2.0", "/introduced"), ("No Such", "1.0.0", "1.2.1", "/introduced"),
            ("OSS-Fuzz", "0", "1.2.1", fix)
        ]
        for (ecosystem, introduced, fixed, place) in refused {
            let scene = try await Scene(verifiedFix: fixed)
            scene.house.wait(.seconds(86_400))
            try await scene.house.expectRefusal(.malformed, at: place, "\(ecosystem) \(introduced) \(fixed)") {
                _ = try await scene.publish { ($0.ecosystem, $0.introduced) = (ecosystem, introduced) }
            }
        }
    }

    @Test func `refuses what is no CVSS vector, with the place`() async throws {
        let scene = try await Scene()
        scene.house.wait(.seconds(86_400))
        for severity in [
            "CVSS:3.1/AV:N", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/A:H", "CVSS:5.0/AV:N", "high", "9.8",
            "AV:N/AC:L/Au:N/C:P/I:P", ""
        ] {
            try await scene.house.expectRefusal(.malformed, at: "/severity", "\(severity)") {
                _ = try await scene.publish { $0.severity = severity }
            }
        }
        try await scene.house.expectRefusal(.malformed, "CVSS 4.0") {
            _ = try await scene.publish { $0.severity = "CVSS:4.0/AV:N" }
        }
    }

    @Test func `names the fixed version in the package URL where it belongs`() async throws {
        let scene = try await Scene()
        scene.house.wait(.seconds(86_400))
        let advisory = try await scene.publish { $0.package = "pkg:deb/debian/libtide?arch=amd64" }
        let csaf = String(decoding: try await scene.house.distribution.csaf(advisory), as: UTF8.self)
        #expect(csaf.contains(#""pkg:deb/debian/libtide@1.2.1?arch=amd64""#), "\(csaf)")
    }

    @Test func `publishes once, and nothing of the case changes afterwards`() async throws {
        let scene = try await Scene()
        scene.house.wait(.seconds(86_400))
        _ = try await scene.publish()
        try await scene.house.expectRefusal(.conflict) { _ = try await scene.publish() }
        try await scene.house.expectRefusal(.conflict) { _ = try await scene.remediation.attach() }
        try await scene.house.expectRefusal(.conflict) {
            try await scene.house.coordination.moveEmbargo(
                of: scene.identifier, until: scene.house.now, reason: "late", by: House.desk
            )
        }
    }

    @Test func `refuses who may not publish, and cases that do not exist`() async throws {
        let scene = try await Scene()
        scene.house.wait(.seconds(86_400))
        try await scene.house.expectRefusal(.forbidden) {
            _ = try await scene.house.distribution.publish(scene.identifier, Sample.order, by: scene.remediation.vendor)
        }
        try await scene.house.expectRefusal(.notFound) {
            _ = try await scene.house.distribution.publish("BWC-2026-0099", Sample.order, by: House.desk)
        }
    }

    @Test func `an imported advisory with our next identifier does not stop us`() async throws {
        let scene = try await Scene()
        scene.house.wait(.seconds(86_400))
        let foreign = ["x_BREAKWATER-2026-0002", "x_BREAKWATER-2026-0003"].map { Sample.osv($0) }
        _ = try await scene.house.distribution.importOSV(foreign, from: "another house", by: House.desk)
        let advisory = try await scene.publish()
        #expect(!foreign.map(\.name).contains(advisory))
        let summary = try await scene.house.coordination.caseSummary(scene.identifier, for: House.desk)
        #expect(summary.advisory == advisory)
        try await scene.house.expectProvable()
    }

    @Test func `a copy of our own advisory that comes back changes nothing`() async throws {
        let scene = try await Scene()
        scene.house.wait(.seconds(86_400))
        let advisory = try await scene.publish()
        let before = try await scene.house.recordCount()
        let same = OSVDocument(name: "same", bytes: try await scene.house.distribution.osv(advisory))
        let later = Sample.osv(advisory, modified: "2099-01-01T00:00:00Z", summary: "Nothing to see here")
        let tally = try await scene.house.distribution.importOSV([same, later], from: "mirror", by: House.desk)
        #expect(tally.unchanged == 1 && tally.older == 1 && tally.total == 2)
        #expect(try await scene.house.recordCount() == before)
        try await scene.house.expectRefusal(.malformed, at: "/source") {
            _ = try await scene.house.distribution.importOSV([later], from: "breakwater", by: House.desk)
        }
    }

    @Test func `the feed gives what the log proves, each entry with what opens its leaf`() async throws {
        let scene = try await Scene()
        scene.house.wait(.seconds(86_400))
        let advisory = try await scene.publish()
        #expect(try await scene.house.distribution.feed(after: -1, limit: 10).isEmpty, "the log does not prove it yet")
        _ = try await scene.house.journal.integrate()
        let entry = try #require(try await scene.house.distribution.feed(after: -1, limit: 10).first)
        let record = try #require(try await scene.house.records().first { $0.sequence == entry.sequence })
        #expect(record.commitment.isOpened(by: entry.salt, content: entry.body, domain: .journalRecord))
        let osv = try await scene.house.distribution.osv(advisory)
        let csaf = try await scene.house.distribution.csaf(advisory)
        #expect(entry.osv == osv && entry.csaf == csaf)
        #expect(try JSONValue(parsing: entry.body)["payload"]?["osv"]?.string == Digest(hashing: entry.osv).hex)
        #expect(try await scene.house.distribution.feed(after: entry.sequence, limit: 10).isEmpty)
    }

    @Test func `nothing of a case is public before its publication`() async throws {
        let scene = try await Scene()
        _ = try await scene.house.journal.integrate()
        #expect(try await scene.house.distribution.feed(after: -1, limit: 100).isEmpty)
        #expect(try await scene.house.records().allSatisfy { !$0.kind.text.hasPrefix("advisory.") })
        for record in try await scene.house.records() where record.kind != MembershipRecords.registered {
            #expect(record.label.contains("RED"), "\(record.kind) is labelled \(record.label)")
        }
    }
}
