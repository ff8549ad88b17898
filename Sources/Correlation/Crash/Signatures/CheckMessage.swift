/// What a failed CHECK says, without what changes from run to run.
enum CheckMessage {
    static func state(_ condition: ReportText, in file: ReportText) -> ReportText {
        (Array(condition) + Array(" in ".utf8) + file)[...]
    }

    /// The condition without the values that were compared and without quoted ones.
    static func condition(_ message: ReportText) -> ReportText {
        var text = message.text(afterPrefix: "Check failed: ") ?? message
        // Android's media code: `CHECK_EQ( (unsigned)ptr[0],1u) failed: 25 vs. 1`
        if let failed = text.range(of: "failed: "), hasComparison(text[failed.upperBound...]) {
            text = text[..<(failed.upperBound - 2)]
        }
        // `size > 0 (-1 vs. 0)`
        if let values = text.range(of: " ("), hasComparison(text[values.upperBound...]) { text = text[..<values.lowerBound] }
        return withoutQuotedValue(text).trimming(" .'\"[]")
    }

    private static func hasComparison(_ text: ReportText) -> Bool {
        text.contains(" vs. ") || text.contains("\tvs. ") || text.hasSuffix(" vs.")
    }

    /// `name: 'value'`, `name = "value"` at the end.
    private static func withoutQuotedValue(_ text: ReportText) -> ReportText {
        guard let quote = text.last, quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else { return text }
        for index in text.dropLast().indices where text[index] == UInt8(ascii: ":") || text[index] == UInt8(ascii: "=") {
            let value = text[(index + 1)...].withoutIndent
            if value.first == quote, value.count >= 2 { return text[..<index].trimmed }
        }
        return text
    }

    /// The name of a source without path and line: `../../base/a.cc(12)`, `C:\\src\\a.cc:12`.
    static func file(_ place: ReportText) -> ReportText {
        let place = place.trimming(" .'\"[]").prefix { $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: "(") }
        return place.lastPathComponent
    }
}
