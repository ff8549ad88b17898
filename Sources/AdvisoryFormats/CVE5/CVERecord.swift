/// A CVE record of format 5.x (https://github.com/CVEProject/cve-schema): what the numbering authority says of a
/// vulnerability, and apart from it what other publishers add.
///
/// A record made by `init(parsing:)` satisfies the JSON schema. What is not modelled (impacts, timeline, source, taxonomy
/// mappings, media beside a text, members beginning with `x_`) stands in the bytes, which the caller keeps.
public struct CVERecord: Sendable, Hashable {
    /// Whether the identifier stands for a vulnerability.
    public enum State: String, Sendable, CaseIterable {
        case published = "PUBLISHED"
        case rejected = "REJECTED"
    }

    /// The identifier the record is about.
    public var id: CVEID
    /// Version of the format as the record states it, like `5.1`.
    public var dataVersion: String
    /// Whether the record stands.
    public var state: State
    /// UUID of the organisation the identifier was assigned to.
    public var assignerID = ""
    /// Short name of that organisation.
    public var assignerShortName: String?
    /// When the identifier was reserved.
    public var dateReserved: CVETimestamp?
    /// When the record was first published.
    public var datePublished: CVETimestamp?
    /// When the record last changed.
    public var dateUpdated: CVETimestamp?
    /// When the record was rejected.
    public var dateRejected: CVETimestamp?
    /// What the numbering authority says.
    public var cna = CVEContainer()
    /// What authorized data publishers add, in order; CISA's container carries SSVC and KEV.
    public var adp: [CVEContainer] = []

    /// A record without content.
    public init(id: CVEID, dataVersion: String, state: State) {
        self.id = id
        self.dataVersion = dataVersion
        self.state = state
    }
}

/// A date and time as the CVE record format writes it; without a zone, UTC is meant.
public struct CVETimestamp: Sendable, Hashable, CustomStringConvertible {
    /// The text as it was written.
    public let text: String

    /// Wraps text that the schema has accepted.
    init(checked text: String) {
        self.text = text
    }

    /// The moment; nil where the format lets a date or a zone pass that does not exist.
    public var moment: WrittenTimestamp? { WrittenTimestamp(text) ?? WrittenTimestamp(text + "Z") }

    public var description: String { text }
}

/// What one organisation says of a vulnerability.
public struct CVEContainer: Sendable, Hashable {
    /// UUID of the organisation that speaks.
    public var providerID = ""
    /// Its short name, like `CISA-ADP`.
    public var providerShortName: String?
    /// When the container last changed.
    public var dateUpdated: CVETimestamp?
    /// When the identifier was associated with the vulnerability.
    public var dateAssigned: CVETimestamp?
    /// When the vulnerability became public.
    public var datePublic: CVETimestamp?
    /// One line of text.
    public var title: String?
    /// What the vulnerability is.
    public var descriptions: [CVEText] = []
    /// Products with the status of their versions.
    public var affected: [CVEProduct] = []
    /// The same in terms of CPE, in the manner of the NVD.
    public var cpeApplicability: [CVEApplicability] = []
    /// Links to more.
    public var references: [CVEReference] = []
    /// Kinds of weakness, every description of every problem type in order.
    public var problemTypes: [CVEProblemType] = []
    /// Ratings.
    public var metrics: [CVEMetric] = []
    /// Who is thanked.
    public var credits: [CVECredit] = []
    /// What a product must be set up like to be affected.
    public var configurations: [CVEText] = []
    /// What helps without a fix.
    public var workarounds: [CVEText] = []
    /// What fixes it.
    public var solutions: [CVEText] = []
    /// What is known of exploits.
    public var exploits: [CVEText] = []
    /// Tags like `disputed`, or beginning with `x_`.
    public var tags: [String] = []
    /// Why the record was rejected.
    public var rejectedReasons: [CVEText] = []
    /// Identifiers to be used in place of the rejected one.
    public var replacedBy: [CVEID] = []

    /// An empty container.
    public init() {}

    /// Weaknesses named by the problem types, in order.
    public var weaknesses: [WeaknessID] { problemTypes.compactMap { $0.weakness.flatMap { WeaknessID($0) } } }
}

/// A text in a language.
public struct CVEText: Sendable, Hashable {
    /// Language code (BCP 47, in part).
    public var language: String
    /// The text.
    public var text: String

    /// A text in a language.
    public init(language: String, text: String) {
        self.language = language
        self.text = text
    }
}

/// A link to more about the vulnerability.
public struct CVEReference: Sendable, Hashable {
    /// An absolute URI.
    public var url: String
    /// Its title or the name it has elsewhere.
    public var name: String?
    /// What the link leads to, like `patch` or `vendor-advisory`.
    public var tags: [String] = []

    /// A link.
    public init(url: String) {
        self.url = url
    }
}

/// A description of the kind of weakness.
public struct CVEProblemType: Sendable, Hashable {
    /// The description with its language.
    public var description: CVEText
    /// The weakness as it was written, like `CWE-79`.
    public var weakness: String?
    /// In which terms the description is given, like `CWE` or `text`.
    public var type: String?

    /// A description without a weakness.
    public init(description: CVEText) {
        self.description = description
    }
}

/// A person, organisation or tool to be thanked.
public struct CVECredit: Sendable, Hashable {
    /// The credit with its language.
    public var credit: CVEText
    /// What the credited did, like `finder`.
    public var type: String?

    /// A credit.
    public init(credit: CVEText) {
        self.credit = credit
    }
}
