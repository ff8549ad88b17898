import Testing

@testable import Correlation

/// Pairs of fixes and of places, judged by hand.
@Suite struct `Fixes and places` {
    private static let fix = """
        --- a/src/tide.c
        +++ b/src/tide.c
        @@ -60,6 +60,9 @@ static int expand(struct plane *plane)
         	size_t run = read_run(in);
        -	memcpy(plane->levels + at, in->data, run);
        +	if (run > plane->size - at)
        +		return TIDE_ERR_RANGE;
        +	memcpy(plane->levels + at, in->data, run);
        +	at += run;
         	return 0;
        """

    private static func patched(_ patch: String, package: String = "libtide", text: String = "") -> CorrelationRecord {
        var record = CorrelationRecord(id: "x")
        record.packages = [.init(scope: "npm", name: package)]
        record.patch = patch
        record.text = text
        return record
    }

    private static func index(_ a: CorrelationRecord, _ b: CorrelationRecord) -> CorrelationIndex {
        var run = CorrelationRun(comparesIdentifiers: false)
        run.add(a)
        run.add(b)
        return run.index()
    }

    private static func areOne(_ a: CorrelationRecord, _ b: CorrelationRecord) -> Bool {
        index(a, b).relations().map(\.kind) == [.duplicate]
    }

    /// What was done to the fix.
    private struct Change: Sendable {
        let how: String
        let change: @Sendable (String) -> String

        init(_ how: String, _ change: @escaping @Sendable (String) -> String) { (self.how, self.change) = (how, change) }
    }

    @Test func `a fix is the same at other lines, in other spaces, context, files and company`() {
        let changes = [
            Change("at other lines") { $0.replacing("@@ -60,6 +60,9 @@", with: "@@ -460,6 +471,9 @@") },
            Change("in spaces") { $0.replacing("\t", with: "    ") },
            Change("with other context") { $0.replacing("size_t run = read_run(in);", with: "uint32_t run = next(in);") },
            Change("in a file that moved") { $0.replacing("src/tide.c", with: "lib/codec/tide.c") },
            Change("with a changelog besides") {
                $0 + "\n--- a/NEWS\n+++ b/NEWS\n@@ -1 +1,2 @@\n+Fixed an overflow of levels.\n"
            },
            Change("with line ends of Windows") { $0.replacing("\n", with: "\r\n") }
        ]
        for change in changes {
            #expect(Self.areOne(Self.patched(Self.fix), Self.patched(change.change(Self.fix))), "\(change.how)")
        }
    }

    @Test func `the same fix in two packages of one registry is no duplicate by itself: one may be a copy, or a template`() {
        let (one, two) = (Self.patched(Self.fix, package: "libtide"), Self.patched(Self.fix, package: "kelp"))
        #expect(!Self.areOne(one, two))
        #expect(!Self.index(one, two).explanation(0, 1).contains { $0.signal == .packageWord }, "the registry is no shared word")
        #expect(Self.areOne(one, Self.patched(Self.fix, package: "libtide")))
    }

    @Test func `a fix is another by other lines, by an idiom alone, and backwards`() {
        let changes = [
            Change("another fix of the same kind") {
                $0.replacing("plane->levels", with: "frame->chunks").replacing("plane->size", with: "frame->room")
                    .replacing("at += run", with: "offset += length")
            },
            Change("an idiom in common") { _ in
                "--- a/x.c\n+++ b/x.c\n@@ -1 +1,2 @@\n+\tif (count > limit)\n+\t\treturn TIDE_ERR_RANGE;\n"
            },
            Change("the fix taken back") { patch in String(patch.map { $0 == "+" ? "-" : $0 == "-" ? "+" : $0 }) }
        ]
        for change in changes {
            #expect(!Self.areOne(Self.patched(Self.fix), Self.patched(change.change(Self.fix))), "\(change.how)")
        }
    }

    @Test func `the telling hunk is the same with line ends of Windows, and knows where a file ends`() throws {
        let hunk = try #require(PatchHunk.telling(in: Self.fix, project: "libtide"))
        #expect(hunk.file == "src/tide.c" && hunk.lines == ["memcpy(plane->levels+at,in->data,run);"])
        #expect(PatchHunk.telling(in: Self.fix.replacing("\n", with: "\r\n"), project: "libtide") == hunk)
        // As plain `diff -u` writes it: no line between two files.
        let two = """
            --- src/one.c
            +++ src/one.c
            @@ -1,2 +1 @@
             a
            -short_one();
            --- src/two.c
            +++ src/two.c
            @@ -7 +7 @@
            --- a longer one of SQL, which is no name
            +++ and what it became
            """
        let telling = try #require(PatchHunk.telling(in: two, project: "libtide"))
        #expect(telling.file == "src/two.c" && telling.lines == ["--alongeroneofSQL,whichisnoname"])
        #expect(PatchHunk.telling(in: "--- a/x.c\n+++ b/x.c\n@@ here @@\n-something_long();\n", project: "")?.file == "x.c")
    }

    private static func placed(_ file: String, _ function: String? = nil, line: Int? = nil) -> CorrelationRecord {
        var record = CorrelationRecord(id: "x")
        record.packages = [.init(scope: "npm", name: "libtide")]
        record.locations = [.init(file: file, function: function, startLine: line)]
        return record
    }

    private static func signals(_ a: CorrelationRecord, _ b: CorrelationRecord) -> Set<Signal> {
        Set(index(a, b).explanation(0, 1).map(\.signal).filter { [.place, .otherPlace].contains($0) })
    }

    @Test func `a place is the same across folders, commits and near lines, and another elsewhere`() {
        #expect(Self.signals(Self.placed("src/tide.c", "expand"), Self.placed("lib/tide.c", "expand", line: 9)) == [.place])
        #expect(Self.signals(Self.placed("src/tide.c", "expand"), Self.placed("src/tide.c", "close")) == [.otherPlace])
        #expect(Self.signals(Self.placed("src/tide.c", line: 10), Self.placed("src/tide.c", line: 40)) == [.place])
        #expect(Self.signals(Self.placed("src/tide.c", line: 10), Self.placed("src/tide.c", line: 400)) == [.otherPlace])
        #expect(Self.signals(Self.placed("src/tide.c", line: 10), Self.placed("src/tide.c", "expand")).isEmpty, "can't be told")
        let generated = (Self.placed("src/tide.c", line: 70_000), Self.placed("src/tide.c", line: 90_000))
        #expect(Self.signals(generated.0, generated.1) == [.otherPlace])
    }

    @Test func `a renamed file is one place, by what the record or its patch says`() {
        let new = Self.placed("codec/expand.c", "expand")
        var stated = Self.placed("src/tide.c", "expand")
        #expect(Self.signals(stated, new) == [.otherPlace])
        stated.renames = [.init(from: "src/tide.c", to: "src/levels.c"), .init(from: "src/levels.c", to: "codec/expand.c")]
        #expect(Self.signals(stated, new) == [.place], "over two renames")
        var whole = (Self.placed("src/tide.c"), Self.placed("codec/expand.c"))
        #expect(Self.signals(whole.0, whole.1) == [.otherPlace])
        whole.1.renames = [.init(from: "src/tide.c", to: "codec/expand.c")]
        #expect(Self.signals(whole.0, whole.1) == [.place], "whichever of the two says so")
        for headers in [
            "diff --git a/src/tide.c b/codec/expand.c\nrename from src/tide.c\nrename to codec/expand.c\n",
            "--- a/src/tide.c\t2026-01-01\n+++ b/codec/expand.c\t2026-01-02\n@@ -1 +1 @@\n-a\n+b\n"
        ] {
            var patched = Self.placed("src/tide.c", "expand")
            patched.patch = headers
            #expect(Self.signals(patched, new) == [.place], "\(headers)")
        }
        var made = Self.placed("src/tide.c", "expand")
        made.patch = "--- a/src/tide.c\n+++ /dev/null\n--- /dev/null\n+++ b/codec/expand.c\n"
        #expect(Self.signals(made, new) == [.otherPlace], "a file made anew is no rename")
    }

    @Test func `a finding in a renamed file is the same as under the file's own name, and no part of it`() {
        func relation(_ path: String, weakness: String?, renames: [CorrelationRecord.Rename] = []) -> Relation? {
            var (old, new) = (Self.placed(path, "expand"), Self.placed("codec/expand.c", "expand"))
            (old.weaknesses, new.weaknesses) = ([weakness].compactMap(\.self), [weakness].compactMap(\.self))
            old.renames = renames
            return Self.index(old, new).relations().first
        }
        let renames = [CorrelationRecord.Rename(from: "src/tide.c", to: "codec/expand.c")]
        let renamed = relation("src/tide.c", weakness: "CWE-787", renames: renames)
        #expect(renamed?.kind == .duplicate && renamed?.score == relation("codec/expand.c", weakness: "CWE-787")?.score)
        #expect(relation("src/tide.c", weakness: "CWE-787") == nil)
        #expect(relation("src/tide.c", weakness: nil, renames: renames) == relation("codec/expand.c", weakness: nil))
    }

    @Test func `a part of a fix, or a small one, supports what else is alike and decides nothing alone`() {
        let six = (1...6).map { "+    checked_step_\($0)(plane, at);" }
        let four = six.prefix(4) + ["+    something_else(plane);", "+    and_another(plane);"]
        let small = ["-    memcpy(plane->levels, in->data, run);", "+    copy_bounded(plane, in->data, run);"]
        for (one, two) in [(six, Array(four)), (small, small)] {
            let patches = [one, two].map {
                "--- a/src/tide.c\n+++ b/src/tide.c\n@@ -1,9 +1,9 @@\n" + $0.joined(separator: "\n") + "\n"
            }
            var (a, b) = (Self.patched(patches[0]), Self.patched(patches[1]))
            #expect(!Self.areOne(a, b))
            (a.weaknesses, b.weaknesses) = (["CWE-787"], ["CWE-787"])
            #expect(Self.areOne(a, b))
            b.weaknesses = ["CWE-79"]
            #expect(!Self.areOne(a, b))
        }
    }

    @Test func `weaknesses speak for and against one bug in a function, symbols and sinks for one`() {
        func score(_ first: String?, _ second: String?, _ change: (inout CorrelationRecord) -> Void = { _ in }) -> Float {
            var (a, b) = (Self.placed("src/tide.c", line: 10), Self.placed("src/tide.c", line: 20))
            (a.weaknesses, b.weaknesses) = ([first].compactMap(\.self), [second].compactMap(\.self))
            change(&a)
            change(&b)
            return Self.index(a, b).logOdds(0, 1)
        }
        let (same, family, none, broad, other) = (
            score("CWE-787", "cwe-787: written"), score("CWE-787", "CWE-122"), score("CWE-787", nil), score("CWE-787", "CWE-20"),
            score("CWE-787", "CWE-79")
        )
        #expect(same > family && family > none && none == broad && none > other + 3)
        let (unplaced, named) = (
            score(nil, nil) { $0.locations = [] },
            score(nil, nil) {
                $0.locations = []
                $0.symbols = ["tide_expand"]
            }
        )
        #expect(named > unplaced)
        #expect(score(nil, nil) { $0.sink = "memcpy" } > none)
    }

    @Test func `renames that go round in a circle end`() {
        var record = Self.placed("a.c", "f")
        record.renames =
            (0..<200).map { .init(from: "n\($0 % 70).c", to: "n\(($0 + 1) % 70).c") } + [.init(from: "a.c", to: "n0.c")]
        #expect(!FeatureExtractor().features(of: record).tokens(.place).isEmpty)
    }

    @Test func `a part and a chain are told apart from one`() {
        func kinds(_ a: CorrelationRecord, _ b: CorrelationRecord) -> [RelationKind] { Self.index(a, b).relations().map(\.kind) }
        var (part, whole) = (Self.placed("src/tide.c", "expand"), Self.placed("src/tide.c", "expand"))
        whole.locations += [.init(file: "src/wave.c", function: "fold"), .init(file: "src/wave.c", function: "open")]
        #expect(kinds(part, whole) == [.subsumed] && kinds(whole, part) == [.subsumed])
        whole.locations.removeLast(2)
        #expect(kinds(part, whole).isEmpty, "the same place alone is no part")
        part.sink = "cache write"
        whole.entry = "cache write"
        #expect(kinds(part, whole) == [.chain])
        whole.packages = [.init(scope: "npm", name: "wave")]
        #expect(kinds(part, whole).isEmpty, "the cache of another package is another")
    }
}
