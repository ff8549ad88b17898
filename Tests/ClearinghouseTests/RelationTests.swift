import CivilTime
import Journal
import Testing

@testable import Clearinghouse
@testable import Correlation

/// What correlation finds is recorded, moves what is surely one, and can be taken back.
@Suite struct RelationTests {
    /// Two labs that tell one bug in the same words, without a place: no fingerprint can join them.
    struct Scene {
        let house: House
        let a: Principal
        let b: Principal
        let first: FindingReceipt
        let second: FindingReceipt

        init() async throws {
            house = try House()
            (a, b) = (try await house.enrol("lab-a", as: .finder), try await house.enrol("lab-b", as: .finder))
            first = try await house.submit(Telling.report(), key: "Overflow while expanding", by: a)
            second = try await house.submit(Telling.report(), key: "Levels are written behind the buffer", by: b)
        }

        /// The one relation there is.
        func relation() async throws -> FindingRelation {
            let all = try await house.discovery.relations(limit: 10, for: House.desk)
            try #require(all.count == 1)
            return all[0]
        }
    }

    @Test func `a duplicate in other words moves into the older vulnerability, with its signals as reasons`() async throws {
        let scene = try await Scene()
        #expect(scene.first.vulnerability != scene.second.vulnerability)
        try await scene.house.correlate()
        let relation = try await scene.relation()
        #expect(relation.kind == "duplicate" && relation.scoreInThousandths >= 500 && relation.state == .found && !relation.waits)
        #expect((relation.finding, relation.other) == (scene.second.finding, scene.first.finding))
        #expect(relation.signals.contains { $0.name == "sameText" && $0.logOdds > 0 } && relation.version == 1)
        let view = try await scene.house.discovery.vulnerability(scene.first.vulnerability, for: House.desk)
        #expect(view.findings.map(\.identifier) == [scene.first.finding, scene.second.finding] && view.finderCount == 2)
        let reasons = try #require(view.history.last?.reasons.first)
        #expect(reasons.contains(relation.identifier) && reasons.contains("sameText +5.46"))
        try await scene.house.expectProvable()
    }

    @Test func `a finder sees that its finding joined, and nothing of the relation or the other's finding`() async throws {
        let scene = try await Scene()
        try await scene.house.correlate()
        let relation = try await scene.relation().identifier
        let own = try await scene.house.discovery.finding(scene.second.finding, for: scene.b)
        #expect(own.summary.vulnerability == scene.first.vulnerability && own.summary.finderCount == 2)
        let view = try await scene.house.discovery.vulnerability(scene.first.vulnerability, for: scene.b)
        #expect(view.findings.map(\.identifier) == [scene.second.finding] && view.history.isEmpty)
        let discovery = scene.house.discovery
        try await scene.house.expectRefusal(.forbidden) { _ = try await discovery.relation(relation, for: scene.b) }
        try await scene.house.expectRefusal(.forbidden) { _ = try await discovery.relations(limit: 9, for: scene.b) }
        try await scene.house.expectRefusal(.forbidden) {
            _ = try await discovery.relations(ofFinding: scene.second.finding, for: scene.b)
        }
        try await scene.house.expectRefusal(.forbidden) {
            _ = try await discovery.relations(ofVulnerability: scene.first.vulnerability, limit: 9, for: scene.b)
        }
        try await scene.house.expectRefusal(.forbidden) {
            try await discovery.undo(relation: relation, reason: "mine", by: scene.b)
        }
    }

    @Test func `undoing moves back exactly, is not proposed again, and restoring is its inverse`() async throws {
        let scene = try await Scene()
        let apart = try await scene.house.places()
        try await scene.house.correlate()
        let together = try await scene.house.places()
        let relation = try await scene.relation().identifier
        try await scene.house.discovery.undo(relation: relation, reason: "other allocation", by: House.desk)
        #expect(try await scene.house.places() == apart)
        let count = try await scene.house.recordCount()
        try await scene.house.correlate()
        #expect(try await scene.house.recordCount() == count, "nothing is proposed again")
        let undone = try await scene.relation()
        #expect(undone.state == .undone && undone.reason == "other allocation")
        try await scene.house.expectProvable()

        try await scene.house.discovery.restore(relation: relation, reason: "the same after all", by: House.desk)
        #expect(try await scene.house.places() == together)
        #expect(try await scene.relation().state == .restored)
        try await scene.house.expectProvable()
    }

    @Test func `refuses to undo or restore without a reason, what is not there, or what is so already`() async throws {
        let scene = try await Scene()
        try await scene.house.correlate()
        let (relation, discovery) = (try await scene.relation().identifier, scene.house.discovery)
        try await scene.house.expectRefusal(.malformed, at: "/reason") {
            try await discovery.undo(relation: relation, reason: "", by: House.desk)
        }
        try await scene.house.expectRefusal(.notFound) { try await discovery.undo(relation: "rel0", reason: "x", by: House.desk) }
        try await scene.house.expectRefusal(.conflict) {
            try await discovery.restore(relation: relation, reason: "x", by: House.desk)
        }
        try await discovery.undo(relation: relation, reason: "x", by: House.desk)
        try await scene.house.expectRefusal(.conflict) {
            try await discovery.undo(relation: relation, reason: "x", by: House.desk)
        }
    }

    @Test func `a relation goes with the finding of either member`() async throws {
        for leaver in ["lab-a", "lab-b"] {
            let scene = try await Scene()
            let correlator = scene.house.correlator()
            try await correlator.finish()
            let relation = try await scene.relation().identifier
            try await scene.house.membership.withdraw(leaver, reason: "moved on", by: House.desk)
            let gone = leaver == "lab-a" ? scene.first.finding : scene.second.finding
            for line in try await scene.house.tables() { #expect(!line.contains(gone), "\(line)") }
            try await scene.house.expectRefusal(.notFound) {
                _ = try await scene.house.discovery.relation(relation, for: House.desk)
            }
            // Nothing new is related to what is gone.
            let third = try await scene.house.enrol("lab-c", as: .finder)
            let new = try await scene.house.submit(Telling.report(), key: "A third telling", by: third)
            try await correlator.finish()
            let relations = try await scene.house.discovery.relations(ofFinding: new.finding, for: House.desk)
            #expect(relations.count == 1 && !relations.contains { $0.other == gone || $0.finding == gone })
            try await scene.house.expectProvable("after \(leaver) left")
        }
    }

    @Test func `the same words about other functions are other bugs, and results of one document too`() async throws {
        let house = try House()
        let labs = [try await house.enrol("lab-a", as: .finder), try await house.enrol("lab-b", as: .finder)]
        for (number, function) in ["tide_open", "tide_close", "tide_read"].enumerated() {
            try await house.submit(Telling.report(function: function), key: "Telling \(number)", by: labs[number % 2])
        }
        let log = Sample.submission(Telling.report(), key: "log").original
        _ = try await house.discovery.submit(
            (0..<3).map {
                FindingSubmission(
                    report: Telling.report(package: "pkg:generic/wave@1"), original: log,
                    idempotencyKey: "log#\($0)")
            }, by: labs[0])
        try await house.correlate()
        let relations = try await house.discovery.relations(limit: 10, for: House.desk)
        #expect(relations.filter { $0.kind == "duplicate" && !$0.waits }.isEmpty)
        #expect(try await house.discovery.counts().vulnerabilities == 6)
        for finding in try await house.discovery.findings(before: .max, limit: 10, for: House.desk) {
            #expect(finding.finderCount == 1)
        }
    }

    @Test func `lines far apart in one file are two places, and close ones one`() async throws {
        let house = try House()
        let labs = [try await house.enrol("lab-a", as: .finder), try await house.enrol("lab-b", as: .finder)]
        let near = try await house.submit(Telling.report(file: "src/tide.c", line: 64), key: "One", by: labs[0])
        let far = try await house.submit(Telling.report(file: "src/tide.c", line: 640), key: "Two", by: labs[1])
        let moved = try await house.submit(Telling.report(file: "src/tide.c", line: 70), key: "Three", by: labs[1])
        try await house.correlate()
        let places = try await house.places()
        #expect(places[moved.finding] == places[near.finding] && places[far.finding] != places[near.finding])
    }

    @Test func `where a case would lose its finding, and where no package is shared, a person decides`() async throws {
        for caseOf in [[1], [0, 1]] {
            let scene = try await Scene()
            _ = try await scene.house.enrol("vendor", as: .vendor)
            for number in caseOf {
                let vulnerability = [scene.first, scene.second][number].vulnerability
                _ = try await scene.house.coordination.open(
                    CaseOpening(vulnerability: vulnerability, vendor: "vendor", title: "t"), by: House.desk)
            }
            let before = try await scene.house.places()
            try await scene.house.correlate()
            #expect(try await scene.house.places() == before)
            let waiting = try await scene.house.discovery.relations(limit: 9, waiting: true, for: House.desk)
            #expect(waiting.count == 1 && waiting[0].obstacle?.contains("case") == true && waiting[0].waits)
            // The person says that they are one: nothing waits then.
            _ = try await scene.house.discovery.reassign(
                scene.second.finding, to: scene.first.vulnerability, reason: "one", by: House.desk)
            #expect(try await scene.house.discovery.relations(limit: 9, waiting: true, for: House.desk).isEmpty)
            try await scene.house.expectProvable()
        }
        let house = try House()
        let lab = try await house.enrol("lab-a", as: .finder)
        try await house.submit(Telling.report(), key: "One", by: lab)
        try await house.submit(Telling.report(package: "pkg:npm/wave@1"), key: "Two", by: lab)
        try await house.correlate()
        let waiting = try await house.discovery.relations(limit: 9, waiting: true, for: House.desk)
        #expect(waiting.map(\.obstacle) == ["the two findings name no package in common"])
    }

    @Test func `two kinds of weakness in one function stay apart, and the same kind of weakness joins`() async throws {
        func report(_ title: String, _ weakness: String?, _ detail: String, line: Int64) -> FindingReport {
            FindingReport(
                title: title, repository: "https://github.com/wk/lib", weakness: weakness, file: "src/dec.c", function: "decode",
                startLine: line, detail: detail)
        }
        let write = report(
            "decoding of rows writes past the end of the table", "CWE-787",
            "decoding of rows writes past the end of the table when the count is large", line: 5)
        let cases: [(what: String, second: FindingReport, joins: Bool)] = [
            (
                "the name in HTML",
                report(
                    "rows decoder puts user text of the table into HTML", "CWE-79",
                    "decoding of rows puts the name of the table into html when the count is large", line: 9), false
            ),
            ("the same words, another weakness", report(write.title, "CWE-79", write.detail, line: 5), false),
            ("the same weakness in other words", report("Large counts corrupt memory", "CWE-787", "Read.", line: 90), true),
            (
                "a weakness of the family",
                report(
                    "rows are written behind the table", "CWE-122",
                    "a large count lets the decoding of rows write past the end of the table", line: 7), true
            ),
            ("no weakness", report(write.title, nil, write.detail, line: 5), true),
            ("a weakness that says little", report(write.title, "CWE-20", write.detail, line: 5), true)
        ]
        for (what, second, joins) in cases {
            let house = try House()
            let labs = [try await house.enrol("lab-a", as: .finder), try await house.enrol("lab-b", as: .finder)]
            let one = try await house.submit(write, key: "One", by: labs[0])
            let two = try await house.submit(second, key: "Two", by: labs[1])
            try await house.correlate()
            let places = try await house.places()
            #expect((places[one.finding] == places[two.finding]) == joins, "\(what)")
            let waiting = try await house.discovery.relations(limit: 9, waiting: true, for: House.desk)
            let proposed = what == "the same words, another weakness"
            #expect(
                waiting.map(\.obstacle) == (proposed ? ["the two findings name different kinds of weakness"] : []), "\(what)")
        }
    }

    @Test func `packages that share their last word only are two, until a person says that they are one`() async throws {
        let pairs = [
            ("pkg:npm/yaml@1", "pkg:pypi/yaml@2"), ("pkg:golang/golang.org/x/net@v1", "pkg:golang/github.com/other/net@v1")
        ]
        for (first, second) in pairs {
            let house = try House()
            let labs = [try await house.enrol("lab-a", as: .finder), try await house.enrol("lab-b", as: .finder)]
            try await house.submit(Telling.report(package: first), key: "One", by: labs[0])
            try await house.submit(Telling.report(package: second), key: "Two", by: labs[1])
            let before = try await house.places()
            try await house.correlate()
            #expect(try await house.places() == before, "\(first)")
            let waiting = try await house.discovery.relations(limit: 9, waiting: true, for: House.desk)
            #expect(waiting.map(\.obstacle) == ["the two findings name no package in common"], "\(first)")
        }
    }

    @Test func `a crash is the same by type and state, however its project is named, and joins where both name one subject`()
        async throws
    {
        func report(_ package: String?, _ repository: String?, _ words: String, state: [String]) -> FindingReport {
            let frames = state.enumerated().map { "    #\($0) 0x55d\($0) in \($1) /src/tide.c:\($0 + 9):5" }.joined(
                separator: "\n")
            let trace =
                "==1==ERROR: AddressSanitizer: heap-buffer-overflow on address 0x602000\nREAD of size 4 at 0x602000\n\(frames)\n"
            return FindingReport(title: words, package: package, repository: repository, detail: "\(words)\n\(trace)")
        }
        let frames = ["tide_expand_levels", "tide_decode", "tide_open"]
        let (package, repository) = ("pkg:generic/libtide@1", "https://git.example/tide/libtide.git")
        let cases: [(second: FindingReport, signal: String?, joins: Bool)] = [
            (report("pkg:generic/libtide@2", nil, "Second words", state: frames), "crashState", true),
            (report(nil, repository, "Second words", state: frames), "crashState", false),
            (report("pkg:generic/otherwise@2", nil, "Second words", state: frames), nil, false)
        ]
        for (second, signal, joins) in cases {
            let house = try House()
            let labs = [try await house.enrol("lab-a", as: .finder), try await house.enrol("lab-b", as: .finder)]
            let one = try await house.submit(report(package, nil, "A quite other telling", state: frames), key: "1", by: labs[0])
            let two = try await house.submit(second, key: "2", by: labs[1])
            #expect(one.vulnerability != two.vulnerability)
            try await house.correlate()
            let places = try await house.places()
            #expect((places[one.finding] == places[two.finding]) == joins, "\(second)")
            let relation = try await house.discovery.relations(limit: 9, for: House.desk).first
            #expect(relation?.signals.first { $0.name.contains("rash") }?.name == signal, "\(second)")
            if signal != nil { #expect(relation?.kind == "duplicate" && relation?.waits == !joins, "\(second)") }
        }
    }

    @Test func `what a person moved, no relation moves`() async throws {
        let scene = try await Scene()
        _ = try await scene.house.discovery.reassign(
            scene.first.finding, to: nil, reason: "to see it alone", by: House.desk)
        let before = try await scene.house.places()
        try await scene.house.correlate()
        #expect(try await scene.house.places() == before)
        #expect(try await scene.relation().waits)
    }

    @Test func `what was seen is not done where it holds no more`() async throws {
        let scene = try await Scene()
        let house = scene.house
        let judgement = Telling.judgement(scene.first.finding, scene.second.finding)
        let seen = RelationSighting(
            judgement: judgement, joiner: scene.second.finding, source: scene.second.vulnerability,
            target: scene.first.vulnerability, findings: [scene.first.finding], belongs: true)
        let environment = house.environment
        // Another finding came into the vulnerability meanwhile.
        let third = try await house.submit(Sample.report("Third", function: "g"), by: scene.a)
        _ = try await house.discovery.reassign(third.finding, to: scene.first.vulnerability, reason: "r", by: House.desk)
        let drafts = try await house.journal.read { try seen.drafts(in: $0, environment).count }
        #expect(drafts == 0)
        // The finding is gone.
        try await house.membership.withdraw("lab-b", reason: "r", by: House.desk)
        #expect(try await house.journal.read { try RelationCase(judgement, in: $0, environment) == nil })
    }

    @Test func `one neighbour does not join a finding that contradicts the others`() async throws {
        let scene = try await Scene()
        let (journal, environment) = (scene.house.journal, scene.house.environment)
        let judgement = Telling.judgement(scene.first.finding, scene.second.finding)
        let drafts = try await journal.read { snapshot in
            try #require(try RelationCase(judgement, in: snapshot, environment)).drafts(belongs: false).map(\.kind)
        }
        #expect(drafts == [RelationRecords.found, RelationRecords.counterpartNamed])
    }

    @Test func `a collision in an open case suggests a shorter embargo, and moves none`() async throws {
        let scene = try await Scene()
        _ = try await scene.house.enrol("vendor", as: .vendor)
        let opened = try await scene.house.coordination.open(
            CaseOpening(vulnerability: scene.first.vulnerability, vendor: "vendor", title: "t"), by: House.desk)
        let before = try await scene.house.coordination.caseSummary(opened, for: House.desk)
        try await scene.house.correlate()
        let after = try await scene.house.coordination.caseSummary(opened, for: House.desk)
        #expect(after.embargoUntil == before.embargoUntil && before.suggestion == nil)
        #expect(after.finderCount == 2 && after.suggestion?.finders == 2)
        #expect(after.suggestion?.until == scene.house.now.advanced(byDays: 60))
    }
}

/// One bug, told in the same words.
enum Telling {
    static let detail = """
        When a forged frame announces more levels than the header allows, the expansion loop copies each run behind the end of \
        the allocated plane and corrupts neighbouring chunks of the arena until the decoder aborts.
        """

    static func report(
        package: String? = Sample.package, weakness: String? = nil, file: String? = nil, function: String? = nil,
        line: Int64? = nil, detail: String = Telling.detail
    ) -> FindingReport {
        FindingReport(
            title: "Levels are written behind the buffer", package: package, weakness: weakness,
            file: function == nil ? file : file ?? "src/tide.c",
            function: function, startLine: line, detail: detail)
    }

    static func judgement(
        _ first: String, _ second: String, _ kind: RelationKind = .duplicate, score: Float = 0.9, version: Int64 = 1
    ) -> RelationJudgement {
        RelationJudgement(
            first: first, second: second, kind: kind, score: score, signals: [(.sameText, 5), (.package, 1)], version: version)
    }
}

extension House {
    func correlator(_ model: SignalModel = .standard) -> FindingCorrelator {
        FindingCorrelator(journal: journal, environment: environment, model: model)
    }

    /// What a server that starts finds in the journal as it is.
    func correlate(_ model: SignalModel = .standard) async throws {
        try await correlator(model).finish()
    }

    /// Where each finding belongs.
    func places() async throws -> [String: String] {
        try await journal.read { snapshot in
            let rows = try snapshot.rows("SELECT id, vulnerability FROM finding")
            return Dictionary(uniqueKeysWithValues: try rows.map { (try $0.text(0), try $0.text(1)) })
        }
    }
}

extension FindingCorrelator {
    func finish() async throws { while try await step() {} }
}
