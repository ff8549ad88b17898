/// Pulls rows of delimiter-separated text, one at a time (RFC 4180, https://www.rfc-editor.org/rfc/rfc4180).
///
/// Beyond the RFC it reads lines that end with LF alone, a byte order mark before the first row, another delimiter than the
/// comma, and passes empty lines. Rows need not have the same number of fields: what a format asks for, it checks itself.
/// A broken row is given with its fault and does not end the reading, so that one bad line hides no other. A quotation mark that
/// is never closed takes everything behind it all the same, unless fields are known to hold no line breaks.
struct CSVReader {
    let bytes: [UInt8]
    private let delimiter: UInt8
    private let allowsLineBreaks: Bool
    private var position: Int
    /// Number of the line at `position`, from 1.
    private var line = 1

    /// A reader of all rows of the bytes, a header among them.
    /// - Parameter allowsLineBreaks: whether a quoted field may go over several lines, as RFC 4180 has it; where not, a quotation
    ///   mark that is not closed on its line is a fault of that line alone.
    init(_ bytes: [UInt8], delimiter: UInt8 = UInt8(ascii: ","), allowsLineBreaks: Bool = true) {
        self.bytes = bytes
        self.allowsLineBreaks = allowsLineBreaks
        self.delimiter = delimiter
        position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    /// The next row that is not empty, or nil at the end.
    mutating func next() -> CSVRow? {
        while position < bytes.count {
            var row = CSVRow(line: line, byteOffset: position)
            bytes.withUnsafeBufferPointer { scan(&row, $0) }
            if row.fields.count > 1 || row.fields.contains(where: { $0.isQuoted || !$0.range.isEmpty }) { return row }
        }
        return nil
    }

    /// The text of a field, doubled quotation marks made single; nil when it is no UTF-8.
    func text(of field: CSVField) -> String? {
        let content = bytes[field.range]
        guard field.hasDoubledQuotes else { return String(validating: content, as: UTF8.self) }
        var single: [UInt8] = []
        single.reserveCapacity(content.count)
        var isSecond = false
        for byte in content {
            isSecond = byte == UInt8(ascii: "\"") && !isSecond
            if !isSecond { single.append(byte) }
        }
        return String(validating: single, as: UTF8.self)
    }

    /// The texts of a row's fields; nil when one is no UTF-8.
    func texts(of row: CSVRow) -> [String]? {
        var texts: [String] = []
        texts.reserveCapacity(row.fields.count)
        for field in row.fields {
            guard let text = text(of: field) else { return nil }
            texts.append(text)
        }
        return texts
    }
}

/// One row: where it stands, and its fields.
struct CSVRow {
    /// Number of the line the row begins on, from 1; a quoted field may go over several lines.
    let line: Int
    /// Offset of the row's first byte.
    let byteOffset: Int
    var fields: [CSVField] = []
    /// The first thing wrong with the row; its fields are then as far as they could be told.
    var fault: CSVFault?
}

/// One field: its bytes without the quotation marks around them.
struct CSVField {
    var range: Range<Int>
    var isQuoted = false
    /// Whether quotation marks stand doubled in the bytes.
    var hasDoubledQuotes = false
}

/// What RFC 4180 section 2 forbids, and where.
struct CSVFault: Hashable {
    let byteOffset: Int
    let reason: String
}

extension CSVReader {
    private mutating func scan(_ row: inout CSVRow, _ text: UnsafeBufferPointer<UInt8>) {
        while true {
            if position < text.count, text[position] == UInt8(ascii: "\"") {
                scanQuoted(&row, text)
            } else {
                scanPlain(&row, text)
            }
            guard position < text.count, text[position] == delimiter else { break }
            position += 1
        }
        // What stands here ends the row: nothing, LF or CR LF.
        if position < text.count, text[position] == UInt8(ascii: "\r") { position += 1 }
        if position < text.count {
            position += 1
            line += 1
        }
    }

    private mutating func scanPlain(_ row: inout CSVRow, _ text: UnsafeBufferPointer<UInt8>) {
        let start = position
        while position < text.count, !endsField(text) {
            if text[position] == UInt8(ascii: "\""), row.fault == nil {
                row.fault = CSVFault(byteOffset: position, reason: "a quotation mark in a field that is not quoted")
            }
            position += 1
        }
        row.fields.append(CSVField(range: start..<position))
    }

    private mutating func scanQuoted(_ row: inout CSVRow, _ text: UnsafeBufferPointer<UInt8>) {
        let opening = position
        var field = CSVField(range: opening..<opening, isQuoted: true)
        position += 1
        while position < text.count {
            if text[position] == UInt8(ascii: "\n") {
                guard allowsLineBreaks else { break }
                line += 1
            }
            if text[position] == UInt8(ascii: "\"") {
                guard position + 1 < text.count, text[position + 1] == UInt8(ascii: "\"") else { break }
                field.hasDoubledQuotes = true
                position += 1
            }
            position += 1
        }
        field.range = opening + 1..<position
        row.fields.append(field)
        guard position < text.count, text[position] == UInt8(ascii: "\"") else {
            let reason = allowsLineBreaks ? "a quotation mark is never closed" : "a quotation mark is not closed on its line"
            row.fault = row.fault ?? CSVFault(byteOffset: opening, reason: reason)
            return
        }
        position += 1
        if position < text.count, !endsField(text), row.fault == nil {
            row.fault = CSVFault(byteOffset: position, reason: "text after the closing quotation mark of a field")
        }
        while position < text.count, !endsField(text) { position += 1 }
    }

    /// Whether the byte at `position` ends a field. CR does so before LF and at the end, elsewhere it is text.
    private func endsField(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let byte = text[position]
        if byte == delimiter || byte == UInt8(ascii: "\n") { return true }
        guard byte == UInt8(ascii: "\r") else { return false }
        return position + 1 == text.count || text[position + 1] == UInt8(ascii: "\n")
    }
}
