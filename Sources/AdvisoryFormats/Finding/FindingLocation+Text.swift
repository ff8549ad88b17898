extension FindingLocation {
    /// A place as people and tools write it: `path`, `path:line` or `path:line:column`; the column is passed over.
    ///
    /// What stands behind a colon and is no number belongs to the path, like the drive of one of Windows.
    public init(written text: String) {
        var numbers: [Int] = []
        var rest = text[...]
        while numbers.count < 2, let colon = rest.lastIndex(of: ":"), colon > rest.startIndex,
            let number = Self.number(rest[rest.index(after: colon)...])
        {
            numbers.append(number)
            rest = rest[..<colon]
        }
        self.init(file: String(rest), startLine: numbers.last)
    }

    /// Lines and columns from 1 to `Int32.max`: no file has more of either.
    private static func number(_ text: Substring) -> Int? {
        guard let first = text.utf8.first, UInt8(ascii: "0")...UInt8(ascii: "9") ~= first, let number = Int(text),
            1...Int(Int32.max) ~= number
        else { return nil }
        return number
    }
}
