import JSONText

/// A format that findings come in.
public enum FindingFormat: String, Sendable, CaseIterable {
    /// One finding as a JSON object: `FindingDocument`.
    case finding
    /// A SARIF 2.1.0 log.
    case sarif
    /// An OSV document that is not published yet.
    case osv
    /// The media type that stands for the format; the first of those it is taken under.
    public var mediaType: String {
        switch self {
        case .finding: "application/json"
        case .sarif: "application/sarif+json"
        case .osv: "application/osv+json"
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
        self = Self.jsonFormat(of: bytes) ?? .finding
    }

    private static func jsonFormat(of bytes: [UInt8]) -> FindingFormat? {
        let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        guard let root = try? JSONValue(parsing: text), let object = root.object else { return nil }
        if object["runs"] != nil { return .sarif }
        if object["affected"] != nil || object["modified"] != nil || object["schema_version"] != nil { return .osv }
        return .finding
    }
}
