import AdvisoryFormats
import Testing

@Suite struct DiffExcerptTests {
    @Test func `finds a diff alone, below a commit message, and in the middle of a text`() {
        let hunk = "@@ -1,2 +1,2 @@\n int a;\n-b();\n+c();\n"
        let plain = "--- a/x.c\n+++ b/x.c\n" + hunk
        let git = "diff --git a/x.c b/x.c\nindex 1..2 100644\n" + plain
        let cases = [
            (plain, plain), (git, git), ("Fix it\n\n- and this\n---\n x.c | 2 +-\n\n" + git, git),
            ("Do this:\n```diff\n" + plain + "```\nand\n- that\n+ too\n", plain),
            (plain.replacing("\n", with: "\r\n"), plain.replacing("\n", with: "\r\n")),
            ("--- a/x.c\n+++ b/x.c\n@@\n-b();\n+c();", "--- a/x.c\n+++ b/x.c\n@@\n-b();\n+c();\n")
        ]
        for (text, expected) in cases {
            #expect(DiffExcerpt.found(in: text) == expected, "\(text)")
        }
    }

    @Test func `an empty line of the context belongs to a hunk that announces more, and ends one that does not`() {
        let head = "--- a/x.c\n+++ b/x.c\n"
        let announced = head + "@@ -1,3 +1,3 @@\n\n-b();\n+c();\n d;\n"
        #expect(DiffExcerpt.found(in: announced + "\n- a point\n") == announced)
        let counted = head + "@@ -1 +1 @@\n-b();\n+c();\n"
        #expect(DiffExcerpt.found(in: counted + "\n- a point\n") == counted)
    }

    @Test func `several files are one diff, and a line that is taken away may look like a header`() {
        let two = "--- a/x.sql\n+++ b/x.sql\n@@ -1,2 +1 @@\n--- old words\n kept\n--- a/y.c\n+++ b/y.c\n@@ -1 +1 @@\n-b\n+c\n"
        #expect(DiffExcerpt.found(in: two) == two)
    }

    @Test func `words, lists, headers without a hunk and hunks without a file are no diff`() {
        for text in ["", "a@b", "- a\n+ b\n@@ -1 +1 @@", "--- a\n+++ b\n", "@@ -1 +1 @@\n-a\n+b\n", "--- a\n\n+++ b\n@@ x"] {
            #expect(DiffExcerpt.found(in: text) == nil, "\(text)")
        }
    }
}
