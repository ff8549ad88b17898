/// The part of a fix that two people who fix one bug have in common: the lines that it takes away.
struct PatchHunk: Equatable {
    let file: String
    /// Without their spaces, in order.
    let lines: [String]

    /// The most telling hunk of a unified diff: with the most bytes taken away, or else added; of equal ones the first in the
    /// order of texts, so that the order of files in the diff does not matter. Nil where nothing is longer than a brace.
    static func telling(in patch: String, project: String) -> PatchHunk? {
        let (removed, added) = hunks(in: patch, project: project)
        return best(removed) ?? best(added)
    }

    /// The file that a diff changes; nil where it changes several. As the diff names it.
    static func onlyFile(in patch: String) -> String? {
        let (removed, added) = hunks(in: patch, project: "")
        let files = Set((removed + added).map(\.file))
        return files.count == 1 ? files.first : nil
    }

    private static func best(_ hunks: [PatchHunk]) -> PatchHunk? {
        hunks.filter { $0.weight >= leastByteCount }.max { ($0.weight, $1.text) < ($1.weight, $0.text) }
    }

    /// Less than a short statement is shared by unrelated fixes.
    private static let leastByteCount = 12
    /// What is read of one diff: 10,000 lines.
    private static let maximumLineCount = 10_000

    private var weight: Int { lines.reduce(0) { $0 + $1.utf8.count } }
    private var text: String { file + "\n" + lines.joined(separator: "\n") }

    private static func hunks(in patch: String, project: String) -> (removed: [PatchHunk], added: [PatchHunk]) {
        var reading = Reading(project: project)
        let lines = patch.utf8.split(separator: .newline, maxSplits: maximumLineCount, omittingEmptySubsequences: false)
        for line in lines.prefix(maximumLineCount) {
            // Line by line in bytes: to a `Character` CR LF is one, and no line end.
            reading.take(Array(line.last == UInt8(ascii: "\r") ? line.dropLast() : line)[...])
        }
        reading.finish()
        return (reading.removed, reading.added)
    }
}

extension PatchHunk {
    /// A unified diff while its lines are read. `@@ -a,b +c,d @@` says how many lines of each side follow: behind them a line `--- `
    /// names a file, within them it is a line that begins with `-- `.
    private struct Reading {
        let project: String
        private(set) var removed: [PatchHunk] = []
        private(set) var added: [PatchHunk] = []
        private var file: String?
        private var (minus, plus): ([String], [String]) = ([], [])
        private var (oldLeft, newLeft) = (0, 0)

        init(project: String) { self.project = project }

        mutating func take(_ line: ReportText) {
            if line.hasPrefix("diff ") {
                finish()
                (file, oldLeft, newLeft) = (nil, 0, 0)
            } else if line.hasPrefix("@@") {
                finish()
                (oldLeft, newLeft) = Self.lengths(line)
            } else if oldLeft > 0 || newLeft > 0 {
                takeContent(line)
            } else if line.hasPrefix("--- ") || line.hasPrefix("+++ ") {
                finish()
                if let named = PatchHunk.path(line.dropFirst(4).string, project) { file = named }
            }
        }

        private mutating func takeContent(_ line: ReportText) {
            let sign = line.first
            if sign == UInt8(ascii: "\\") { return }
            if sign != UInt8(ascii: "+") { oldLeft -= 1 }
            if sign != UInt8(ascii: "-") { newLeft -= 1 }
            guard sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") else { return }
            let content = Array(line.dropFirst().filter { $0 > .space })[...].string
            guard !content.isEmpty else { return }
            if sign == UInt8(ascii: "-") { minus.append(content) } else { plus.append(content) }
        }

        mutating func finish() {
            if let file, !minus.isEmpty { removed.append(PatchHunk(file: file, lines: minus)) }
            if let file, !plus.isEmpty { added.append(PatchHunk(file: file, lines: plus)) }
            (minus, plus) = ([], [])
        }

        /// The lines of both sides; without numbers, as some write it, all that follow.
        private static func lengths(_ line: ReportText) -> (old: Int, new: Int) {
            guard let old = length(line, after: " -"), let new = length(line, after: " +") else { return (.max, .max) }
            return (old, new)
        }

        /// `-60,6` is six lines, `-60` one.
        private static func length(_ line: ReportText, after sign: StaticString) -> Int? {
            guard let range = line.text(after: sign), range.first?.isDigit == true else { return nil }
            let rest = range.drop(while: \.isDigit)
            guard rest.first == UInt8(ascii: ",") else { return 1 }
            return rest.dropFirst().leadingDecimal
        }
    }

    /// The path that a `---` or `+++` line names; nil for `/dev/null`.
    private static func path(_ text: String, _ project: String) -> String? {
        let name = text.prefix { $0 != "\t" }
        return name.hasPrefix("/dev/null") ? nil : SourcePath.normalized(String(name), project: project)
    }
}
