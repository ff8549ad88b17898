import TestSupport
import Testing

@testable import Correlation

@Suite struct `An index of findings` {
    private static let words = [
        "decoder", "parser", "header", "length", "frame", "socket", "cookie", "token", "archive", "symlink", "template", "query",
        "upload", "redirect", "thumbnail", "palette", "manifest", "checksum", "session", "worker", "cipher", "buffer"
    ]

    /// Findings about few packages, so that many resemble each other.
    private static func findings(_ count: Int, _ generator: inout SeededGenerator) -> [CorrelationRecord] {
        (0..<count).map { number in
            var record = CorrelationRecord(id: "F-\(number)")
            record.packages = [.init(scope: "npm", name: "kelp\(generator.below(6))")]
            if generator.chance(oneIn: 3) { record.database = "tide\(generator.below(2))" }
            record.text = (0..<12).map { _ in generator.pick(words) }.joined(separator: " ")
            record.fixedVersions = ["1.\(generator.below(4)).0"]
            record.references = ["https://example.org/issue/\(generator.below(30))"]
            record.commits = generator.chance(oneIn: 2) ? ["0123456789abcdef\(1000 + generator.below(20))"] : []
            record.weaknesses = ["CWE-\(generator.below(3) + 120)"]
            if generator.chance(oneIn: 4) { record.symbols = ["read_\(generator.pick(words))"] }
            return record
        }
    }

    private static func features(_ records: [CorrelationRecord]) -> [FindingFeatures] {
        records.map { FeatureExtractor().features(of: $0) }
    }

    private static func named(_ index: CorrelationIndex, _ names: [String]) -> Set<String> {
        Set(
            index.relations().map { relation in
                let pair = [names[Int(relation.first)], names[Int(relation.second)]].sorted()
                return "\(relation.kind) \(pair) \(relation.score)"
            })
    }

    @Test func `gives the same relations in every order of arrival`() {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("order of arrival: seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        for round in 0..<8 {
            // In some rounds so many that keys die of being common.
            let records = Self.findings(round < 4 ? 40 : 220, &generator)
            var answers: [Set<String>] = []
            for _ in 0..<3 {
                let order = records.shuffled(using: &generator)
                var index = CorrelationIndex(weights: .general)
                for feature in Self.features(order) { _ = index.add(feature) }
                answers.append(Self.named(index, order.map(\.id)))
            }
            #expect(answers[0] == answers[1] && answers[1] == answers[2], "seed \(seed), round \(round)")
            #expect(!answers[0].isEmpty)
        }
    }

    @Test func `compares everything anew when weights are better known`() {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("adopted weights: seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        let features = Self.features(Self.findings(60, &generator))
        var statistics = TokenStatistics()
        for _ in 0..<1_000 { for feature in features { statistics.add(feature) } }
        var (later, atOnce) = (CorrelationIndex(weights: .general), CorrelationIndex(weights: statistics.weights()))
        for feature in features {
            _ = later.add(feature)
            _ = atOnce.add(feature)
        }
        later.adopt(statistics.weights())
        #expect(later.relations() == atOnce.relations(), "seed \(seed)")
    }

    @Test func `forgets the relations of a finding that is removed`() {
        var index = CorrelationIndex(weights: .general)
        let features = FeatureExtractor().features(of: Self.crash("a"))
        for _ in 0..<3 { _ = index.add(features) }
        #expect(index.relations().count == 3)
        index.remove(1)
        #expect(index.relations().map(\.pair) == [2])
        #expect(index.relations(of: 1).isEmpty)
    }

    @Test func `compares a finding with a bounded number of others`() {
        let records = Self.same(2_000)
        var index = CorrelationIndex(weights: .general)
        for feature in Self.features(records) { _ = index.add(feature) }
        #expect(index.comparisonCount < 2_000 * KeyBuckets.limit)
        #expect(index.relations().isEmpty)
    }

    /// All about one package in the same words: a template, that tells nobody apart.
    private static func same(_ count: Int) -> [CorrelationRecord] {
        (0..<count).map { number in
            var record = CorrelationRecord(id: "S-\(number)")
            record.packages = [.init(name: "libtide")]
            record.text = "Unspecified vulnerability in the tide component lets somebody do something unspecified to it"
            return record
        }
    }

    static func crash(_ id: String, type: String = "Heap-buffer-overflow READ 1", in frame: String = "tide_read")
        -> CorrelationRecord
    {
        var record = CorrelationRecord(id: id)
        record.crash = .init(project: "libtide", type: type, state: [frame, "tide_open", "main_loop"])
        return record
    }

    @Test func `joins crashes of one state and keeps those of another apart`() {
        var run = CorrelationRun()
        for record in [
            Self.crash("a"), Self.crash("b"), Self.crash("c", in: "tide_write"), Self.crash("d", type: "Use-after-free READ 1")
        ] { run.add(record) }
        #expect(run.index().relations().map(\.pair) == [1])
    }

    @Test func `keeps apart what one catalogue lists twice, and what fits two of its entries alike`() {
        func entry(_ id: String, _ database: String) -> CorrelationRecord {
            var record = CorrelationRecord(id: id)
            record.database = database
            record.packages = [.init(scope: "npm", name: "kelp-forest")]
            record.text =
                "The thumbnail worker of kelp-forest trusts the palette length and lets crafted archives redirect a session cookie"
            record.fixedVersions = ["2.4.1"]
            return record
        }
        var run = CorrelationRun(comparesIdentifiers: false)
        for record in [entry("a", "east"), entry("b", "west")] { run.add(record) }
        #expect(run.index().relations().map(\.kind) == [.duplicate])
        run.add(entry("c", "west"))
        #expect(!run.index().relations().contains { $0.kind == .duplicate })
    }

    @Test func `sees chains, parts and variants where it sees no duplicates`() throws {
        func finding(_ change: (inout CorrelationRecord) -> Void) -> CorrelationRecord {
            var record = CorrelationRecord(id: "x")
            record.packages = [.init(scope: "npm", name: "kelp")]
            change(&record)
            return record
        }
        func kinds(_ a: CorrelationRecord, _ b: CorrelationRecord) -> [RelationKind] {
            var run = CorrelationRun(comparesIdentifiers: false)
            run.add(a)
            run.add(b)
            return run.index().relations().map(\.kind)
        }
        #expect(kinds(finding { $0.sink = "writeCache" }, finding { $0.entry = "writeCache" }) == [.chain])
        #expect(kinds(finding { $0.sink = "writeCache" }, finding { $0.sink = "writeCache" }).isEmpty)
        let (one, other) = ("0123456789abcdef", "fedcba9876543210")
        #expect(kinds(finding { $0.commits = [one] }, finding { $0.commits = [one, other] }) == [.subsumed])
        let text = "An out of bounds write in the palette decoder of thumbnails, reached by crafted archives, in "
        #expect(
            kinds(
                finding {
                    $0.text = text + "read_palette()"; $0.weaknesses = ["CWE-787"]
                },
                finding {
                    $0.text = text + "copy_frame()"; $0.weaknesses = ["CWE-787"]
                }) == [.variant])
    }

    @Test func `has room for every signal and every kind of token`() {
        #expect(Signal.count == Signal.allCases.count)
        #expect(FindingFeatures().ends.count == TokenKind.count)
    }

    @Test func `tells which signals gave a score`() {
        var run = CorrelationRun()
        run.add(Self.crash("a"))
        run.add(Self.crash("b"))
        let index = run.index()
        #expect(index.explanation(0, 1).first?.signal == .crashState)
        let sum = index.explanation(0, 1).reduce(index.model.bias) { $0 + $1.logOdds }
        #expect(abs(sum - index.logOdds(0, 1)) < 0.001)
    }

    @Test func `makes no cluster of a chain`() {
        // a resembles b, and b resembles c; a and c crash differently, which contradicts.
        var (a, b, c) = (Self.crash("a"), CorrelationRecord(id: "b"), Self.crash("c", in: "tide_write"))
        for (name, _) in [("one", 0), ("two", 1)] {
            let print = FindingFingerprint.ToolFingerprint(tool: "kelp", name: name, value: "7", isPartial: false)
            b.toolFingerprints.append(print)
            if name == "one" { a.toolFingerprints = [print] } else { c.toolFingerprints = [print] }
        }
        for record in [0, 1, 2] {
            let package = CorrelationRecord.Package(scope: "npm", name: "libtide")
            if record == 0 {
                a.packages = [package]
            } else if record == 1 {
                b.packages = [package]
            } else {
                c.packages = [package]
            }
        }
        var run = CorrelationRun(comparesIdentifiers: false)
        for record in [a, b, c] { run.add(record) }
        let index = run.index()
        #expect(index.relations().filter { $0.kind == .duplicate }.map(\.pair) == [1, 1 << 32 | 2])
        #expect(VulnerabilityClusters(of: index).clusters == [[0, 1]])
    }

    @Test func `joins findings of one exact key, however many share it`() {
        func told(_ number: Int) -> CorrelationRecord {
            var record = CorrelationRecord(id: "E-\(number)")
            record.packages = [.init(scope: "npm", name: "libtide")]
            record.text = (0..<6).map { Self.words[(number * 7 + $0 * 5) % Self.words.count] + "\(number)" }.joined(
                separator: " ")
            record.toolFingerprints = [.init(tool: "kelp", name: "context/v1", value: "7", isPartial: false)]
            return record
        }
        let count = KeyBuckets.decisiveLimit + 150
        var index = CorrelationIndex(weights: .general)
        for feature in Self.features((0..<count).map(told)) { _ = index.add(feature) }
        let related = Set(index.relations().filter { $0.kind == .duplicate }.flatMap { [$0.first, $0.second] })
        #expect(related.count == count)
        let before = index.comparisonCount
        let late = index.add(FeatureExtractor().features(of: told(count)))
        #expect(index.comparisonCount - before == 1, "one stands for all")
        #expect(index.relations(of: late).map(\.first) == [0])
        // Where the one is taken out, the next that comes stands for it.
        index.remove(0)
        let next = index.add(FeatureExtractor().features(of: told(count + 1)))
        let last = index.add(FeatureExtractor().features(of: told(count + 2)))
        #expect(index.relations(of: last).map(\.first) == [next])
    }

    @Test func `counts independent finders once each`() {
        var run = CorrelationRun()
        for (id, finder) in [("a", "ana"), ("b", "ben"), ("c", "ana"), ("d", nil)] {
            var record = Self.crash(id)
            record.finder = finder
            run.add(record)
        }
        let index = run.index()
        let clusters = VulnerabilityClusters(of: index).clusters
        #expect(clusters == [[0, 1, 2, 3]])
        #expect(clusters.map { VulnerabilityClusters.collisionCount(of: $0, in: index) } == [3])
    }
}
