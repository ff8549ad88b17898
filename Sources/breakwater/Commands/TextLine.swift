/// One line of a text file.
struct TextLine {
    /// From 1.
    let number: Int
    /// Without the line break.
    let text: String

    /// The lines of a file, or of standard input for `-`, without the empty ones.
    static func all(in file: String) throws -> [TextLine] {
        String(decoding: try Local.bytes(file), as: UTF8.self)
            .split(omittingEmptySubsequences: false) { $0.isNewline }
            .enumerated()
            .compactMap { index, text in
                text.allSatisfy(\.isWhitespace) ? nil : TextLine(number: index + 1, text: String(text))
            }
    }

    /// Begins with `#` or `//`.
    var isComment: Bool { text.hasPrefix("#") || text.hasPrefix("//") }
}
