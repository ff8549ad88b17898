import Correlation
import JSONText
import Testing

@testable import Clearinghouse

/// What a finding brings along beside its words: patch, crash, renames, entry and sink.
@Suite struct FindingMaterialTests {
    private static let repository = "https://git.example/tide/libtide.git"

    private static func report(
        _ title: String, weakness: String? = nil, patch: String? = nil, crash: String? = nil, entry: String? = nil,
        sink: String? = nil
    ) -> FindingReport {
        var report = FindingReport(title: title, repository: repository, weakness: weakness)
        (report.patch, report.crash, report.entry, report.sink) = (patch, crash, entry, sink)
        return report
    }

    /// One fix of six lines, below the words of whoever sends it.
    private static func patch(_ words: String, second: Bool = false) -> String {
        words + """

            --- a/src/tide.c
            +++ b/src/tide.c
            @@ -60,4 +60,6 @@ static int expand(struct tide *t)
                 int level = next(t);
            -    for (int i = 0; i <= run; i++)
            -        t->plane[position++] = level;
            +    if (run > t->width - position)
            +        return TIDE_CORRUPT;
            +    for (int i = 0; i < run; i++)
            +        t->plane[position++] = level;
                 return 0;
            """ + (second ? "\n--- a/NEWS\n+++ b/NEWS\n@@ -1,0 +1 @@\n+Mended.\n" : "\n")
    }

    private static let crash = """
        ==1==ERROR: AddressSanitizer: heap-buffer-overflow on address 0x602000
        READ of size 4 at 0x602000
            #0 0x55d0 in tide_expand_levels /src/tide.c:9:5
            #1 0x55d1 in tide_decode /src/tide.c:19:5
            #2 0x55d2 in tide_open /src/tide.c:29:5
        """

    @Test func `a finding's material is read, recorded and read back`() throws {
        let text: JSONValue = [
            "title": "t", "repository": .string(Self.repository), "patch": .string(Self.patch("Mend")),
            "crash": .string(Self.crash), "renames": [["from": "a.c", "to": "b.c"]], "entry": "main", "sink": "memcpy"
        ]
        let report = try FindingReader.submission(in: text.bytes()).report
        #expect(report.patch == Self.patch("Mend") && report.crash == Self.crash && report.further == nil)
        #expect(report.renames == [FindingReport.Rename(from: "a.c", to: "b.c")])
        #expect(report.entry == "main" && report.sink == "memcpy")
        #expect(FindingReport(json: report.json) == report)
        #expect(report.correlationRecord("f", of: "m").renames.first?.to == "b.c")
    }

    @Test func `two labs with one fix and no place are one vulnerability, and with other fixes two`() async throws {
        for (second, joins) in [(Self.patch("Sent by b"), true), (Self.patch("b").replacing("plane", with: "field"), false)] {
            let house = try House()
            let labs = [try await house.enrol("lab-a", as: .finder), try await house.enrol("lab-b", as: .finder)]
            let one = try await house.submit(
                Self.report("Levels leave the plane", patch: Self.patch("Mend")), key: "1", by: labs[0])
            let two = try await house.submit(Self.report("Missing check of a run", patch: second), key: "2", by: labs[1])
            #expect(one.vulnerability != two.vulnerability)
            try await house.correlate()
            let places = try await house.places()
            #expect((places[one.finding] == places[two.finding]) == joins, "\(second)")
            let signals = try await house.discovery.relations(limit: 9, for: House.desk).flatMap(\.signals).map(\.name)
            #expect(signals.contains("patch") == joins)
            try await house.expectProvable()
        }
    }

    @Test func `two labs whose programs crash alike are one, whatever they write`() async throws {
        let house = try House()
        let labs = [try await house.enrol("lab-a", as: .finder), try await house.enrol("lab-b", as: .finder)]
        let one = try await house.submit(Self.report("Overflow in the decoder", crash: Self.crash), key: "1", by: labs[0])
        let two = try await house.submit(Self.report("A fuzzer stopped here", crash: Self.crash + "\n"), key: "2", by: labs[1])
        try await house.correlate()
        let places = try await house.places()
        #expect(places[one.finding] == places[two.finding])
    }

    @Test func `a place in a renamed file is the same place, and without the rename another`() async throws {
        for renames in [[FindingReport.Rename(from: "src/old.c", to: "src/tide.c")], []] {
            let house = try House()
            let labs = [try await house.enrol("lab-a", as: .finder), try await house.enrol("lab-b", as: .finder)]
            var later = Telling.report(function: "tide_expand")
            later.renames = renames
            let one = try await house.submit(
                Telling.report(file: "src/old.c", function: "tide_expand"), key: "1", by: labs[0])
            let two = try await house.submit(later, key: "2", by: labs[1])
            try await house.correlate()
            let places = try await house.places()
            #expect((places[one.finding] == places[two.finding]) == !renames.isEmpty)
        }
    }

    @Test func `where one's sink is the other's entry, they are a chain and stay two`() async throws {
        let house = try House()
        let labs = [try await house.enrol("lab-a", as: .finder), try await house.enrol("lab-b", as: .finder)]
        try await house.submit(
            Self.report("A header from the network names the file", entry: "net_read", sink: "tide_open"), key: "1", by: labs[0])
        try await house.submit(
            Self.report("Opening follows links out of the folder", entry: "tide_open", sink: "open"), key: "2", by: labs[1])
        try await house.correlate()
        let relations = try await house.discovery.relations(limit: 9, for: House.desk)
        #expect(relations.map(\.kind) == ["chain"])
        #expect(Set(try await house.places().values).count == 2)
        try await house.expectProvable()
    }

    @Test func `the question has all five keys of a finding with a place, a patch and a crash`() throws {
        var report = Self.report("t", weakness: "CWE-122", patch: Self.patch("Mend"), crash: Self.crash)
        #expect(report.coarseKeys.first?.keys.map(\.kind) == [.function, .file, .weakness, .state, .hunk])
        report.crash = nil
        #expect(report.coarseKeys.first?.keys.map(\.kind) == [.file, .weakness, .hunk], "a patch says which file")
        report.patch = Self.patch("Mend", second: true)
        #expect(report.coarseKeys.first?.keys.map(\.kind) == [.weakness, .hunk], "of several files it says none")
        let keys = report.coarseKeys
        (report.detail, report.patch) = ("I'd mend it so:\n```\n" + Self.patch("", second: true) + "```\n- and test it", nil)
        #expect(report.coarseKeys == keys, "finders paste their fix into the description")
    }

    @Test func `who asks with the same fix, or with the same crash, hits`() async throws {
        let fix = (
            Self.report("Levels leave the plane", weakness: "CWE-122", patch: Self.patch("Mend", second: true)),
            Self.report("No check of a run", weakness: "CWE-787", patch: Self.patch("Ours", second: true))
        )
        let crash = (Self.report("A fuzzer stopped here", crash: Self.crash), Self.report("Overflow", crash: Self.crash + "\n"))
        // The first lines only: what little a short patch changes, its file and the weakness tell.
        let short = "--- a/x.c\n+++ b/x.c\n@@ -1 +1 @@\n-a\n+b\n"
        let brief = (Self.report("One", weakness: "CWE-416", patch: short), Self.report("Two", weakness: "CWE-416", patch: short))
        for (known, asked) in [fix, crash, brief] {
            let house = try House()
            let (holder, asker) = (try await house.enrol("lab-a", as: .finder), try await house.enrol("lab-b", as: .finder))
            try await house.submit(known, by: holder)
            let mine = try QuestionAsker(asker, about: asked, in: house)
            try await house.questions.lodge(mine.commitment, by: asker)
            try await house.buildSet()
            #expect(try await mine.compare().count == 1, "\(asked)")
        }
    }
}
