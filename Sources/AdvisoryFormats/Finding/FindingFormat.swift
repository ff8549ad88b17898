import JSONText

/// A format that findings come in.
public enum FindingFormat: String, Sendable, CaseIterable {
    /// One finding as a JSON object: `FindingDocument`.
    case finding
    /// A SARIF 2.1.0 log.
    case sarif
    /// An OSV document that is not published yet.
    case osv
    /// A CSAF 2.1 document of the profile Vulnerability Report.
    case csaf
    /// scrutineer's sharing bundle: a JSON object with `findings`.
    case scrutineer
    /// The CSV export of a code scanning service, as scrutineer reads it too.
    case csv
    /// Free text, the last resort.
    case text
    /// Markdown: the export of a hosted scanner, or else free text.
    case markdown
    /// A mail with its header fields (RFC 5322), free text below them.
    case mail

    /// The media type that stands for the format; the first of those it is taken under.
    public var mediaType: String {
        switch self {
        case .finding: "application/json"
        case .sarif: "application/sarif+json"
        case .osv: "application/osv+json"
        case .csaf: "application/csaf+json"
        case .scrutineer: "application/vnd.scrutineer+json"
        case .csv: "text/csv"
        case .text: "text/plain"
        case .markdown: "text/markdown"
        case .mail: "message/rfc822"
        }
    }

    /// The media types of all formats, that of our own first.
    public static var mediaTypes: [String] {
        var seen: Set<String> = []
        return allCases.map(\.mediaType).filter { seen.insert($0).inserted }
    }

    /// The format of a media type without parameters, in lower case.
    public init?(mediaType: String) {
        guard let format = Self.allCases.first(where: { $0.mediaType == mediaType }) else { return nil }
        self = format
    }

    /// The format that the bytes look like: JSON by the members that only one format has at its root, so that what is broken is
    /// still refused by the reader of its own format.
    public init(guessing bytes: [UInt8]) {
        let start = bytes.drop { $0 <= 32 || $0 == 0xEF || $0 == 0xBB || $0 == 0xBF }.first
        if start == UInt8(ascii: "{") || start == UInt8(ascii: "[") || start == nil {
            self = Self.jsonFormat(of: bytes) ?? .finding
        } else {
            self =
                FindingConversion.isCSVExport(bytes)
                ? .csv : Self.isMail(bytes) ? .mail : start == UInt8(ascii: "#") ? .markdown : .text
        }
    }

    /// Whether a header field that mails begin with stands in the first line.
    private static func isMail(_ bytes: [UInt8]) -> Bool {
        let line = String(decoding: bytes.prefix { $0 != 10 }, as: UTF8.self).lowercased()
        let fields = [
            "return-path:", "received:", "delivered-to:", "from:", "to:", "subject:", "date:", "message-id:", "mime-version:"
        ]
        return fields.contains { line.hasPrefix($0) }
    }

    private static func jsonFormat(of bytes: [UInt8]) -> FindingFormat? {
        let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        guard let root = try? JSONValue(parsing: text), let object = root.object else { return nil }
        if object["runs"] != nil { return .sarif }
        if object["document"]?["csaf_version"] != nil { return .csaf }
        if object["findings"]?.array != nil { return .scrutineer }
        if object["affected"] != nil || object["modified"] != nil || object["schema_version"] != nil { return .osv }
        return .finding
    }
}
