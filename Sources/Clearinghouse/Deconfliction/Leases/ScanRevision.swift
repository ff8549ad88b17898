/// Which commit or version a scan looks at, as far as its text tells. Two texts may well name one revision: a commit is shortened,
/// written in capitals, or called by its tag.
struct ScanRevision {
    private let text: String

    init(_ text: String) {
        self.text = text
    }

    /// Whether the two are surely not one: both are whole commits of one kind, or neither looks like a commit, and they differ.
    func isSurelyOther(than other: ScanRevision) -> Bool {
        let areWhole = isWholeCommit && other.isWholeCommit && text.utf8.count == other.text.utf8.count
        return (areWhole || !looksLikeCommit && !other.looksLikeCommit) && !isSame(as: other)
    }

    /// Whether the two texts are one but for the way commits and versions are written.
    func isSame(as other: ScanRevision) -> Bool { normalized == other.normalized }

    /// Commits in lower case; versions without the `v` that tags begin with.
    private var normalized: String {
        if looksLikeCommit { return text.lowercased() }
        let isTag = (text.hasPrefix("v") || text.hasPrefix("V")) && text.dropFirst().first.map(Self.digits.contains) == true
        return isTag ? String(text.dropFirst()) : text
    }

    /// SHA-1 or SHA-256, in hexadecimal.
    private var isWholeCommit: Bool { looksLikeCommit && (text.utf8.count == 40 || text.utf8.count == 64) }

    /// From the shortest form that git takes on; a year is taken for one too, which costs no more than a scan that waits.
    private var looksLikeCommit: Bool {
        (4...64).contains(text.utf8.count) && text.unicodeScalars.allSatisfy { $0.properties.isASCIIHexDigit }
    }

    private static let digits: ClosedRange<Character> = "0"..."9"
}
