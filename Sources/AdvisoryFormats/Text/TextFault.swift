/// Why a text cannot be read as its format, and where; the whole text is refused.
struct TextFault: Error, Hashable {
    var code = FormatViolation.Code.badSyntax
    let byteOffset: Int
    /// One short sentence for people.
    let reason: String

    init(_ reason: String, at byteOffset: Int, code: FormatViolation.Code = .badSyntax) {
        self.reason = reason
        self.byteOffset = byteOffset
        self.code = code
    }

    /// The refusal of these bytes as a document of a format.
    func refusal(of bytes: [UInt8], as format: String) -> FormatRefusal {
        var log = ViolationLog()
        log.add(code, at: byteOffset, reason)
        return FormatRefusal(format: format, violations: log.violations(inLinesOf: bytes))
    }
}

/// The first check of every text: its size, and that it is UTF-8. Later steps may treat all bytes as text.
enum TextCheck {
    /// The same as for JSON documents, for the same reason.
    static let maximumBytes = 64 * 1024 * 1024

    /// - Throws: `TextFault` at the first byte that is wrong.
    static func check(_ bytes: [UInt8]) throws(TextFault) {
        guard bytes.count <= maximumBytes else {
            throw TextFault("text of \(bytes.count) bytes exceeds the limit of \(maximumBytes)", at: maximumBytes)
        }
        // What PowerShell's `>` writes.
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            throw TextFault("the text is UTF-16, only UTF-8 is read", at: 0)
        }
        do {
            _ = try UTF8Span(validating: bytes.span)
        } catch {
            throw TextFault("the text is not UTF-8", at: error.byteOffsets.lowerBound)
        }
    }
}
