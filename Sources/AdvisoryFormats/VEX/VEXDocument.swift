/// Statements read from one document, in its order.
public struct VEXDocument: Sendable, Hashable {
    /// The format it was read from.
    public var format: VEXFormat
    /// The version of the format as the document states it; nil where it states none (OpenVEX before 0.0.2).
    public var formatVersion: String?
    /// Identifier of the document.
    public var id: String
    /// Version of the document, as it was written.
    public var version: String?
    /// Who speaks.
    public var author: String?
    /// When the document was made.
    public var timestamp: WrittenTimestamp?
    /// Whether nobody stands by it yet (`CSAFDocument.isDraft`).
    public var isDraft = false
    /// What it says.
    public var statements: [VEXStatement] = []
    /// What was passed over or could not be resolved, by place in the document.
    public var misfits: [Misfit] = []

    /// A document without statements.
    public init(format: VEXFormat, formatVersion: String?, id: String) {
        self.format = format
        self.formatVersion = formatVersion
        self.id = id
    }
}

/// A format that carries VEX statements. New ones may be added, so a `switch` needs a `default`.
public struct VEXFormat: Sendable, Hashable, CustomStringConvertible {
    private enum Kind: String, Sendable {
        case openVEX = "openvex"
        case csaf
        case cycloneDX = "cyclonedx"
    }

    private let kind: Kind

    /// OpenVEX 0.0.1 and 0.2.0 (https://github.com/openvex/spec).
    public static let openVEX = VEXFormat(kind: .openVEX)
    /// CSAF 2.0 and 2.1, any profile.
    public static let csaf = VEXFormat(kind: .csaf)
    /// CycloneDX 1.4 to 1.7 (ECMA-424) as JSON or XML.
    public static let cycloneDX = VEXFormat(kind: .cycloneDX)

    /// The name, stable and lowercase.
    public var description: String { kind.rawValue }
}
