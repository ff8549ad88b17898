/// A link to the older entries of a list; nothing after the last.
enum OlderLink {
    /// - Parameter address: the list's own path, and its query if it has one, ending so that `before=` can follow.
    static func markup(_ address: HTML, _ sequences: [Int64]) -> HTML {
        guard let last = sequences.last, sequences.count == Int(Visit.pageSize) else { return "" }
        return "<p class=\"pages\"><a rel=\"next\" href=\"\(address)before=\(plain: last)\">Older entries</a></p>"
    }
}
