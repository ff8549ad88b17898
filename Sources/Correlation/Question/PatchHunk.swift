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
        var (removed, added): ([PatchHunk], [PatchHunk]) = ([], [])
        var (file, minus, plus): (String?, [String], [String]) = (nil, [], [])
        func finish() {
            if let file, !minus.isEmpty { removed.append(PatchHunk(file: file, lines: minus)) }
            if let file, !plus.isEmpty { added.append(PatchHunk(file: file, lines: plus)) }
            (minus, plus) = ([], [])
        }
        var isInside = false
        for line in patch.split(separator: "\n", omittingEmptySubsequences: false).prefix(maximumLineCount) {
            if !isInside, line.hasPrefix("--- ") || line.hasPrefix("+++ ") {
                finish()
                if let named = path(String(line.dropFirst(4)), project) { file = named }
            } else if line.hasPrefix("diff ") {
                finish()
                (file, isInside) = (nil, false)
            } else if line.hasPrefix("@@") {
                finish()
                isInside = true
            } else if isInside, let sign = line.utf8.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
                let content = String(decoding: line.utf8.dropFirst().filter { $0 > .space }, as: UTF8.self)
                guard !content.isEmpty else { continue }
                if sign == UInt8(ascii: "-") { minus.append(content) } else { plus.append(content) }
            }
        }
        finish()
        return (removed, added)
    }

    /// The path that a `---` or `+++` line names; nil for `/dev/null`.
    private static func path(_ text: String, _ project: String) -> String? {
        let name = text.prefix { $0 != "\t" }
        return name.hasPrefix("/dev/null") ? nil : SourcePath.normalized(String(name), project: project)
    }
}
