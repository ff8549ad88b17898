/// A unified diff (POSIX `diff -u`, `git diff`) as finders write it: alone, below a commit message, or in the middle of a text.
///
/// Lenient, because it is compared and read by people only; what is to be applied is held to the format (*Remediation*).
public enum DiffExcerpt {
    /// The lines of the text's first diff with a hunk, as they are written: from its first header to the first line that is
    /// part of none. Nil where the text has no such diff.
    ///
    /// Lines are told by how they begin and not by the lengths that a hunk announces: models miscount.
    public static func found(in text: String) -> String? {
        // Most texts have none, and need not be split.
        guard text.utf8.contains(UInt8(ascii: "@")) else { return nil }
        var diff = Reading()
        for line in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) where !diff.isOver {
            diff.take(Substring(line))
        }
        return diff.text
    }

    private struct Reading {
        private var lines: [Substring] = []
        /// Whether both names of a file stand before this line, so that hunks may follow.
        private var isNamed = false
        private var hasHunk = false
        /// Whether the line before belongs to a hunk.
        private var isInHunk = false
        /// Lines of both sides that the hunk announces and that did not come yet.
        private var left = 0
        private(set) var isOver = false

        var text: String? { hasHunk ? lines.map { $0 + "\n" }.joined() : nil }

        mutating func take(_ line: Substring) {
            if line.hasPrefix("@@"), isNamed {
                (hasHunk, isInHunk, left) = (true, true, DiffExcerpt.length(line))
            } else if line.hasPrefix("+++ "), lines.last?.hasPrefix("--- ") == true {
                (isNamed, isInHunk) = (true, false)
            } else if DiffExcerpt.headers.contains(where: { line.hasPrefix($0) }) {
                // Within a hunk `--- ` may be a line that is taken away: the next line tells.
                if line.hasPrefix("diff ") { (isNamed, isInHunk) = (false, false) }
            } else if isInHunk, DiffExcerpt.isContent(line) {
                left -= line.hasPrefix(" ") ? 2 : 1
            } else if isInHunk, left > 1, line.isEmpty || line == "\r" {
                // An empty line of the context, which editors and mailers take the space of.
                left -= 2
            } else {
                return end()
            }
            lines.append(line)
        }

        /// What was no diff yet is passed over.
        private mutating func end() {
            if hasHunk { isOver = true } else { lines = [] }
            (isNamed, isInHunk) = (false, false)
        }
    }

    /// The lines of both sides that `@@ -60,6 +60,7 @@` announces; 0 where it says no numbers, as people write it.
    private static func length(_ line: Substring) -> Int {
        line.split(separator: " ").dropFirst().prefix(2).reduce(0) { sum, range in
            guard range.hasPrefix("-") || range.hasPrefix("+") else { return sum }
            let parts = range.dropFirst().split(separator: ",", omittingEmptySubsequences: false)
            let count = parts.count == 2 ? Int(parts[1]) : 1
            return sum + min(max(count ?? 0, 0), mostLines)
        }
    }

    /// More than any patch that is taken has.
    private static let mostLines = FindingDocument.maximumPatchBytes

    private static let headers = [
        "diff ", "index ", "--- ", "old mode ", "new mode ", "new file mode ", "deleted file mode ", "similarity index ",
        "dissimilarity index ", "rename from ", "rename to ", "copy from ", "copy to "
    ]

    private static func isContent(_ line: Substring) -> Bool {
        guard let first = line.utf8.first else { return false }
        return " +-\\".utf8.contains(first)
    }
}
