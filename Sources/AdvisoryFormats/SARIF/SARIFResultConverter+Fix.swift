import JSONText

/// What a result says of the data's way and of its fix.
extension ResultConverter {
    /// Source and sink of the first code flow.
    mutating func flow() -> (entry: String?, sink: String?) {
        guard result.codeFlowCount > 0 else { return (nil, nil) }
        guard let flow = result.flow, let entry = name(of: flow.source), let sink = name(of: flow.sink), entry != sink else {
            note("/codeFlows", "left out: the first code flow does not say where it begins and ends")
            return (nil, nil)
        }
        note("/codeFlows", "of \(result.codeFlowCount) code flows the ends of the first are kept")
        return (entry, sink)
    }

    /// The function, or else file and line: what every result of the run calls the place.
    private func name(of location: SARIFLocation) -> String? {
        let function = location.logicalLocations.first.map(resolver.resolve)
        if let name = function?.fullyQualifiedName ?? function?.name { return Self.fitting(name) }
        guard let uri = location.artifact.map(resolver.resolve)?.uri, !uri.isEmpty, let line = location.region?.startLine
        else { return nil }
        return Self.fitting("\(PercentEncodedPath.decode(uri)):\(line)")
    }

    private static func fitting(_ name: String) -> String? {
        1...FindingDocument.maximumNameBytes ~= name.utf8.count ? name : nil
    }

    /// The first fix as a unified diff.
    mutating func patch() -> String? {
        guard result.fixCount > 0 else { return nil }
        if result.fixCount > 1 { note("/fixes", "only the first of \(result.fixCount) fixes is kept") }
        var diff = ""
        for (number, change) in result.fix.enumerated() {
            let place = "/fixes/0/artifactChanges/\(number)"
            guard let uri = resolver.resolve(change.artifact).uri, !uri.isEmpty else {
                note(place, "left out: it names no file")
                return nil
            }
            guard let hunks = LineReplacement.hunks(change.replacements) else {
                note(place, "left out: a fix is kept where it replaces whole lines, by their numbers")
                return nil
            }
            let file = PercentEncodedPath.decode(uri)
            diff += "--- a/\(file)\n+++ b/\(file)\n" + hunks
        }
        if diff.utf8.count > FindingDocument.maximumPatchBytes {
            note("/fixes/0", "left out: a patch has at most \(FindingDocument.maximumPatchBytes) bytes")
            return nil
        }
        // A path of several lines would be none of a diff.
        return DiffExcerpt.found(in: diff)
    }
}

/// A replacement of whole lines. SARIF seldom repeats what a fix takes away: where it does not, the diff has the new lines only,
/// which is what fixes are compared by.
private struct LineReplacement {
    let line: Int
    let deleted: [Substring]
    let inserted: [Substring]

    /// Nil for a part of a line, and for a region that is told by characters or bytes.
    init?(_ replacement: SARIFReplacement) {
        let region = replacement.deleted
        guard let line = region.startLine, line > 0, (region.startColumn ?? 1) == 1 else { return nil }
        // Up to the end of a line, or up to the beginning of one.
        guard region.endColumn ?? 1 == 1 else { return nil }
        self.line = line
        (deleted, inserted) = (Self.lines(region.text), Self.lines(replacement.inserted))
        if deleted.isEmpty, inserted.isEmpty { return nil }
    }

    private static func lines(_ text: String?) -> [Substring] {
        guard let text, !text.isEmpty else { return [] }
        var lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
        if lines.last == "" { lines.removeLast() }
        return lines
    }

    /// The hunks of one file in its order; nil where one is no replacement of lines.
    static func hunks(_ replacements: [SARIFReplacement]) -> String? {
        let read = replacements.map { LineReplacement($0) }
        let known = read.compactMap(\.self).sorted { $0.line < $1.line }
        guard !known.isEmpty, known.count == read.count else { return nil }
        var shift = 0
        return known.reduce("") { diff, part in
            let hunk = part.hunk(shift)
            shift += part.inserted.count - part.deleted.count
            return diff + hunk
        }
    }

    /// - Parameter shift: by how many lines the hunks before have moved this one.
    private func hunk(_ shift: Int) -> String {
        // An empty range is named by the line before it.
        let (old, new) = (deleted.isEmpty ? line - 1 : line, line + shift - (inserted.isEmpty ? 1 : 0))
        let range = "@@ -\(old),\(deleted.count) +\(max(new, 0)),\(inserted.count) @@\n"
        return range + deleted.map { "-\($0)\n" }.joined() + inserted.map { "+\($0)\n" }.joined()
    }
}
