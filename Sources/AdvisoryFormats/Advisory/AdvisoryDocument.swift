/// An advisory in no particular format: what a clearinghouse publishes, before it is written as CSAF or anything else.
///
/// Products are listed once and referred to by `AdvisoryProduct.id`. Nothing is checked here; each writer checks what its
/// format asks for and refuses what it cannot say.
public struct AdvisoryDocument: Sendable, Hashable {
    /// What the document is for; the names are those of the CSAF 2.0 profiles (section 4).
    public enum Category: String, Sendable, CaseIterable {
        case base = "csaf_base"
        case securityIncidentResponse = "csaf_security_incident_response"
        case informationalAdvisory = "csaf_informational_advisory"
        case securityAdvisory = "csaf_security_advisory"
        case vex = "csaf_vex"
    }

    /// What the document is for.
    public var category: Category
    /// One line of text.
    public var title: String
    /// Who is responsible for the document.
    public var publisher: AdvisoryPublisher
    /// Identity and history.
    public var tracking: AdvisoryTracking
    /// How far it may be passed on.
    public var tlp: AdvisoryTLP
    /// Conditions of distribution beyond the TLP label.
    public var distribution: String?
    /// Language tag of all texts (RFC 5646).
    public var language = "en"
    /// A word for the severity of the whole, in the publisher's own terms.
    public var aggregateSeverity: String?
    /// Texts about the whole.
    public var notes: [AdvisoryNote] = []
    /// Links about the whole.
    public var references: [AdvisoryReference] = []
    /// Thanks for the whole.
    public var acknowledgments: [AdvisoryAcknowledgment] = []
    /// Every product that the vulnerabilities name, once.
    public var products: [AdvisoryProduct] = []
    /// The vulnerabilities, in the order they are presented.
    public var vulnerabilities: [AdvisoryVulnerability] = []

    /// An advisory without products or vulnerabilities yet.
    public init(
        category: Category, title: String, publisher: AdvisoryPublisher, tracking: AdvisoryTracking, tlp: AdvisoryTLP
    ) {
        self.category = category
        self.title = title
        self.publisher = publisher
        self.tracking = tracking
        self.tlp = tlp
    }
}

/// The labels of the Traffic Light Protocol 2.0.
public enum AdvisoryTLP: String, Sendable, CaseIterable {
    case clear = "TLP:CLEAR"
    case green = "TLP:GREEN"
    case amber = "TLP:AMBER"
    case amberStrict = "TLP:AMBER+STRICT"
    case red = "TLP:RED"
}
