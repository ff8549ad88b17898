/// Reads the small expressions of rule tables from left to right.
struct RuleText {
    private var rest: Substring

    init(_ text: Substring) { rest = text }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func skipSpace() { rest = rest.drop { $0 == " " } }

    /// Takes the text where it stands here.
    mutating func take(_ text: String) -> Bool {
        guard rest.hasPrefix(text) else { return false }
        rest.removeFirst(text.count)
        return true
    }

    /// Takes what must stand here.
    mutating func demand(_ text: String) {
        precondition(take(text), "a table of rules needs \(text) before \(rest)")
    }

    /// Takes a name: letters, digits and the signs that occur in names.
    mutating func word() -> String {
        let end = rest.firstIndex { !($0.isLetter || $0.isNumber || ".$-_/".contains($0)) } ?? rest.endIndex
        let word = rest[..<end]
        precondition(!word.isEmpty, "a table of rules needs a name before \(rest)")
        rest = rest[end...]
        return String(word)
    }

    /// Takes quoted words, as many as stand here.
    mutating func quotedWords() -> [ShapeWord] {
        var words: [ShapeWord] = []
        skipSpace()
        while take("\"") {
            let end = rest.firstIndex(of: "\"") ?? rest.endIndex
            words.append(ShapeWord(rest[..<end]))
            rest = rest[end...].dropFirst()
            skipSpace()
        }
        return words
    }

    /// Takes `(1..6)`, where either number may be left out; nil where no bracket stands here.
    mutating func bounds() -> (lower: Double?, upper: Double?)? {
        guard take("(") else { return nil }
        let end = rest.firstIndex(of: ")") ?? rest.endIndex
        let ends = rest[..<end].split(separator: "..", omittingEmptySubsequences: false)
        precondition(ends.count == 2, "a table of rules needs bounds in \(rest)")
        rest = rest[end...].dropFirst()
        return (Double(ends[0]), Double(ends[1]))
    }
}
