import Clearinghouse

/// Where a finding is, in words: what a maintainer needs to find it without the original document.
enum FindingPlace {
    /// `https://github.com/acme/parser at 1f0c…`, `src/tide.c:88, tide_expand`: each part that is known, or nothing.
    static func words(_ finding: FindingSummary) -> [String] {
        let line = finding.startLine.map { ":\($0)" } ?? ""
        let source = finding.repository.map { $0 + (finding.commit.map { " at \($0)" } ?? "") } ?? finding.commit
        return [finding.package, source, finding.file.map { $0 + line }, finding.function].compactMap(\.self)
    }

    /// The same as a line of a list; nothing where nothing is known.
    static func markup(_ finding: FindingSummary) -> HTML {
        let words = words(finding)
        return words.isEmpty ? "" : "<p class=\"meta\">\(said: words.joined(separator: ", "))</p>\n"
    }
}
