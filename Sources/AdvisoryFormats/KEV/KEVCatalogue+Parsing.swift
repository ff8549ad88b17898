public import JSONText

extension KEVCatalogue {
    /// Reads the JSON edition and checks it against the catalogue's schema, formats included.
    /// - Throws: `FormatRefusal` with every violation found.
    public init(parsingJSON bytes: [UInt8], limits: JSONLimits = .standard) throws(FormatRefusal) {
        self = try bytes.withUnsafeBufferPointer { (bytes) throws(FormatRefusal) in
            try KEVReader.parse(bytes, limits: limits)
        }
    }

    /// Reads the CSV edition, whose header says which column is what; columns that are not known are passed.
    ///
    /// An empty field of the optional columns reads as the empty text that the JSON edition has there.
    /// - Throws: `FormatRefusal` with every violation found; its pointers are `/line/column`, counted from 1.
    public init(parsingCSV bytes: [UInt8]) throws(FormatRefusal) {
        var reader = KEVTable(bytes)
        let entries = reader.entries()
        guard reader.violations.isEmpty else { throw FormatRefusal(format: "KEV", violations: reader.violations) }
        self.init(entries: entries)
    }
}

/// Reads the rows of the CSV edition.
private struct KEVTable {
    private var reader: CSVReader
    private(set) var violations: [FormatViolation] = []

    init(_ bytes: [UInt8]) {
        reader = CSVReader(bytes)
    }

    mutating func entries() -> [KEVEntry] {
        guard let header = reader.next(), let columns = reader.texts(of: header) else {
            note(.missingMember, line: 1, column: nil, 0, "there is no header line")
            return []
        }
        for name in KEVFields.names.prefix(8) where !columns.contains(name.description) {
            note(.missingMember, line: header.line, column: nil, header.byteOffset, "column \"\(name)\" is missing")
        }
        guard violations.isEmpty else { return [] }
        var entries: [KEVEntry] = []
        while let row = reader.next() {
            if let entry = entry(of: row, columns) { entries.append(entry) }
        }
        return entries
    }

    private mutating func entry(of row: CSVRow, _ columns: [String]) -> KEVEntry? {
        if let fault = row.fault {
            note(.badValue, line: row.line, column: nil, fault.byteOffset, fault.reason)
            return nil
        }
        guard row.fields.count == columns.count else {
            let reason = "\(row.fields.count) fields where the header has \(columns.count)"
            note(.badValue, line: row.line, column: nil, row.byteOffset, reason)
            return nil
        }
        var fields = KEVFields()
        for (index, field) in row.fields.enumerated() {
            guard let text = reader.text(of: field) else {
                note(.badValue, line: row.line, column: index + 1, field.range.lowerBound, "not UTF-8")
                continue
            }
            if let reason = Self.set(columns[index], text, &fields) {
                note(.badValue, line: row.line, column: index + 1, field.range.lowerBound, reason)
            }
        }
        return fields.entry
    }

    private static func set(_ column: String, _ text: String, _ fields: inout KEVFields) -> String? {
        if KEVFields.names.contains(where: { $0.description == column }) { return fields.set(column, text) }
        guard column == "cwes" else { return nil }
        for part in text.utf8.split(separator: UInt8(ascii: ",")) {
            let weakness = String(Substring(part)).trimmingSpaces
            if let reason = fields.add(weakness: weakness) { return reason }
        }
        return nil
    }

    private mutating func note(
        _ code: FormatViolation.Code, line: Int, column: Int?, _ offset: Int, _ reason: String
    ) {
        guard violations.count < ViolationLog.maximumCount else { return }
        let pointer = "/\(line)" + (column.map { "/\($0)" } ?? "")
        violations.append(FormatViolation(code: code, pointer: pointer, byteOffset: offset, reason: reason))
    }
}

extension String {
    /// The text without spaces at its ends.
    fileprivate var trimmingSpaces: String {
        var rest = Substring(self).utf8
        while rest.first == 0x20 { rest.removeFirst() }
        while rest.last == 0x20 { rest.removeLast() }
        return String(Substring(rest))
    }
}
