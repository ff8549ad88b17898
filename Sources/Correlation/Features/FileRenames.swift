/// The names one file has in a project over time: what the record says of it, and the headers of its patch
/// (`rename from`/`rename to`, or two names in `---` and `+++`).
struct FileRenames {
    private var pairs: [(String, String)] = []
    /// A patch that renames a whole tree says little about one file.
    private static let most = 64

    init(of record: CorrelationRecord, project: String) {
        let stated = record.renames.map { ($0.from, $0.to) } + Self.headers(of: record.patch ?? "")
        for (from, to) in stated.prefix(Self.most) {
            guard let from = SourcePath.normalized(from, project: project), let to = SourcePath.normalized(to, project: project),
                from != to
            else { continue }
            pairs.append((from, to))
        }
    }

    /// The file by all its names, the given one first: two records may know it before and after.
    func names(of file: String) -> [String] {
        var names = [file]
        var place = 0
        while place < names.count {
            for (from, to) in pairs {
                let other = from == names[place] ? to : to == names[place] ? from : nil
                if let other, !names.contains(other) { names.append(other) }
            }
            place += 1
        }
        return names
    }

    private static func headers(of patch: String) -> [(String, String)] {
        var found: [(String, String)] = []
        var (renamed, old): (Substring?, Substring?) = (nil, nil)
        for line in patch.utf8.prefix(TextTokens.maximumBytes).split(separator: .newline) {
            var text = Substring(line)
            if text.last == "\r" { text.removeLast() }
            if let from = rest(of: text, after: "rename from ") { renamed = from }
            if let to = rest(of: text, after: "rename to "), let from = renamed { found.append((String(from), String(to))) }
            if let from = rest(of: text, after: "--- ") { old = from }
            if let new = rest(of: text, after: "+++ "), let from = old {
                old = nil
                // A file that is made or deleted has no other name.
                if from != "/dev/null", new != "/dev/null" { found.append((String(from), String(new))) }
            }
        }
        return found
    }

    /// A time stamp after a tab is no part of the name (POSIX diff -u).
    private static func rest(of line: Substring, after prefix: String) -> Substring? {
        line.hasPrefix(prefix) ? line.dropFirst(prefix.count).prefix { $0 != "\t" } : nil
    }
}
