/// What a party says about one vulnerability in some products (CISA, Minimum Requirements for VEX, 2023), whatever format it
/// was read from.
public struct VEXStatement: Sendable, Hashable {
    /// The four statuses; there is no other.
    public enum Status: String, Sendable, CaseIterable {
        case notAffected = "not_affected"
        case affected
        case fixed
        case underInvestigation = "under_investigation"
    }

    /// The vulnerability by its main identifier, in most cases a CVE identifier.
    public var vulnerability: String
    /// Other identifiers of the same vulnerability.
    public var aliases: [String] = []
    /// The products the statement is about; none where the document leaves them to what carries it.
    public var products: [VEXProduct] = []
    /// The status of all of them.
    public var status: Status
    /// Why they are not affected.
    public var justification: VEXJustification?
    /// Why they are not affected, in words.
    public var impactStatement: String?
    /// What is to be done about affected products, in words.
    public var actionStatement: String?
    /// Remarks on how the status was found.
    public var statusNotes: String?
    /// When the statement was made; that of the document where the statement has none.
    public var timestamp: WrittenTimestamp?
    /// Who says so.
    public var author: String?
    /// Identifier of the document that says so.
    public var documentID: String

    /// A statement without products.
    public init(vulnerability: String, status: Status, documentID: String) {
        self.vulnerability = vulnerability
        self.status = status
        self.documentID = documentID
    }
}

/// A product of a statement by all its identities.
public struct VEXProduct: Sendable, Hashable {
    /// The identifier the document uses: an IRI or purl in OpenVEX, a product identifier in CSAF, a `bom-ref` or BOM-Link in
    /// CycloneDX.
    public var id: String
    /// Its name, where the document gives one.
    public var name: String?
    /// Package URLs as they were written.
    public var purls: [String] = []
    /// CPE names as they were written.
    public var cpes: [String] = []
    /// The versions meant, where the identities do not say it; each is one version or a `vers:` range.
    public var versions: [VEXVersion] = []
    /// The parts of the product in which the vulnerability is; empty where the product itself is meant.
    public var subcomponents: [VEXProduct] = []

    /// A product by the document's identifier.
    public init(id: String) {
        self.id = id
        if id.hasPrefix("pkg:") { purls = [id] }
        if id.hasPrefix("cpe:") { cpes = [id] }
    }
}

/// A version or a range of versions of a product.
public struct VEXVersion: Sendable, Hashable {
    /// The version or the range as it was written.
    public var text: String
    /// Whether the text is a range.
    public var isRange: Bool
    /// Status of these versions in the words of CycloneDX (`affected`, `unaffected`, `unknown`; `affected` where it names none);
    /// nil for the statement's, which is also that of the version a component has by itself.
    public var status: String?

    /// A version or a range.
    public init(text: String, isRange: Bool, status: String? = nil) {
        self.text = text
        self.isRange = isRange
        self.status = status
    }
}
