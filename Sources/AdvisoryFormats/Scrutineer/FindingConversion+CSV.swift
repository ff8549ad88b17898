import JSONText
public import PackageIdentity

extension FindingConversion {
    /// Reads the export of a code scanning service as CSV: a header with `Severity`, `Repository`, `Name` and `Description` at
    /// least, one finding a row. Rows whose `Status` is not `Open` report nothing.
    /// - Throws: `FormatRefusal` with the line for what is no such export, and with `.tooLarge` where its findings are more than
    ///   are taken of one document.
    public init(
        csvExport bytes: [UInt8], package: Purl? = nil, repository: String? = nil
    ) throws(FormatRefusal) {
        self.init()
        var reader = CSVReader(bytes)
        let columns = try Self.columns(&reader)
        var allowance = ConversionAllowance(of: Self.csvFormat)
        while let row = reader.next() {
            let texts = try Self.texts(of: row, reader)
            let place = "line \(row.line)"
            if texts.count > columns.count { note(place, "fields behind the last column are left out") }
            let named = Dictionary(zip(columns, texts)) { first, _ in first }
            let status = named["Status"] ?? ""
            guard status.isEmpty || status.lowercased() == "open" else {
                note(place, "left out: its status is \(status.prefix(80))")
                continue
            }
            try take(Self.finding(named, columns, place), package: package, repository: repository, &allowance)
        }
        if findings.isEmpty, misfits.isEmpty { note("line 1", "no row follows the header") }
    }

    /// Whether the first row has the columns that every such export has.
    static func isCSVExport(_ bytes: [UInt8]) -> Bool {
        var reader = CSVReader(Array(bytes.prefix(maximumHeaderByteCount)))
        return (try? columns(&reader)) != nil
    }

    private static let csvFormat = "findings as CSV"
    /// A header is the names of columns.
    private static let maximumHeaderByteCount = 16_384
    private static let required = ["Severity", "Repository", "Name", "Description"]

    private static func columns(_ reader: inout CSVReader) throws(FormatRefusal) -> [String] {
        let names = try reader.next().map { (row) throws(FormatRefusal) in try texts(of: row, reader) } ?? []
        let missing = required.filter { !names.contains($0) }
        guard missing.isEmpty else {
            let violation = FormatViolation(
                code: .missingMember, pointer: "line 1", byteOffset: 0,
                reason: "the header lacks the columns \(missing.joined(separator: ", "))")
            throw FormatRefusal(format: csvFormat, violations: [violation])
        }
        return names
    }

    private static func texts(of row: CSVRow, _ reader: CSVReader) throws(FormatRefusal) -> [String] {
        let fault = row.fault ?? CSVFault(byteOffset: row.byteOffset, reason: "not a text in UTF-8")
        guard row.fault == nil, let texts = reader.texts(of: row) else {
            let violation = FormatViolation(
                code: .badSyntax, pointer: "line \(row.line)", byteOffset: fault.byteOffset, reason: fault.reason)
            throw FormatRefusal(format: csvFormat, violations: [violation])
        }
        return texts.map { FindingDocument.trimmed($0) }
    }

    private static func finding(_ named: [String: String], _ columns: [String], _ place: String) -> ScrutineerFinding {
        var finding = ScrutineerFinding(place: place)
        let name = named["Name"] ?? ""
        finding.title = name.isEmpty ? named["Category"] ?? "" : name
        finding.describe(nil, named["Description"])
        (finding.severity, finding.weakness, finding.repository) = (named["Severity"], named["CWE"], named["Repository"])
        let line = named["Line"] ?? ""
        finding.location = named["File path"].map { $0.isEmpty || line.isEmpty ? $0 : "\($0):\(line)" }
        if let address = named["Finding URL"], !address.isEmpty {
            finding.references = [address]
            finding.tool = address.split(separator: "/", omittingEmptySubsequences: true).dropFirst().first.map(String.init)
        }
        let taken = required + ["Status", "CWE", "File path", "Line", "Finding URL"]
        for column in columns where !taken.contains(column) {
            if let text = named[column], !text.isEmpty { finding.keep(column, .string(text)) }
        }
        return finding
    }
}
