/// Many phrases that are looked for at once: one pass over a text, whatever their number, because the first two bytes of
/// a phrase lead to the few that begin so.
struct PhraseSet: Sendable {
    /// For each pair of bytes the row of its phrases, or zero.
    private let rows: [UInt8]
    private let phrases: [[[UInt8]]]

    /// Each phrase has two bytes or more, and they begin with fewer than 255 pairs.
    init(_ phrases: [StaticString]) {
        var rows = [UInt8](repeating: 0, count: 1 << 16)
        var table: [[[UInt8]]] = [[]]
        for phrase in phrases {
            let bytes = phrase.withUTF8Buffer { Array($0) }
            precondition(bytes.count >= 2 && table.count < 255, "a phrase of two bytes or more")
            let pair = Self.pair(bytes[0], bytes[1])
            if rows[pair] == 0 {
                rows[pair] = UInt8(table.count)
                table.append([])
            }
            table[Int(rows[pair])].append(bytes)
        }
        self.rows = rows
        self.phrases = table
    }

    private static func pair(_ first: UInt8, _ second: UInt8) -> Int { Int(first) << 8 | Int(second) }

    /// Whether one of the phrases occurs in the text.
    func occurs(in text: ReportText) -> Bool {
        guard text.count >= 2 else { return false }
        return text.withUnsafeBufferPointer { bytes in
            rows.withUnsafeBufferPointer { rows in
                var pair = Int(bytes[0])
                for at in 1..<bytes.count {
                    pair = (pair << 8 | Int(bytes[at])) & 0xFFFF
                    guard rows[pair] != 0 else { continue }
                    let hasPhrase = phrases[Int(rows[pair])].contains { phrase in
                        guard at - 1 + phrase.count <= bytes.count else { return false }
                        return phrase.withUnsafeBufferPointer { bytes.holds($0, at: at - 1) }
                    }
                    if hasPhrase { return true }
                }
                return false
            }
        }
    }
}
