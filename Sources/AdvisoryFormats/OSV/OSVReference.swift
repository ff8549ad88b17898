/// A rating: a vector or word in the terms of its kind.
public struct OSVSeverity: Sendable, Hashable {
    /// In which terms the score is given.
    public enum Kind: String, Sendable, CaseIterable {
        case cvss2 = "CVSS_V2"
        case cvss3 = "CVSS_V3"
        case cvss4 = "CVSS_V4"
        case ubuntu = "Ubuntu"
    }

    /// The terms.
    public var kind: Kind
    /// The vector, or for Ubuntu a word.
    public var score: String
    /// Members the schema does not define.
    public var extra: [RawMember] = []

    /// A score in its terms.
    public init(kind: Kind, score: String) {
        self.kind = kind
        self.score = score
    }
}

/// A link to more about the vulnerability.
public struct OSVReference: Sendable, Hashable {
    /// What the link leads to.
    public enum Kind: String, Sendable, CaseIterable {
        case advisory = "ADVISORY"
        case article = "ARTICLE"
        case detection = "DETECTION"
        case discussion = "DISCUSSION"
        case report = "REPORT"
        case fix = "FIX"
        case introduced = "INTRODUCED"
        case git = "GIT"
        case package = "PACKAGE"
        case evidence = "EVIDENCE"
        case web = "WEB"
    }

    /// What is found there.
    public var kind: Kind
    /// An absolute URI (RFC 3986).
    public var url: String
    /// Members the schema does not define.
    public var extra: [RawMember] = []

    /// A link of a kind.
    public init(kind: Kind, url: String) {
        self.kind = kind
        self.url = url
    }
}

/// A person or organisation to be thanked.
public struct OSVCredit: Sendable, Hashable {
    /// What the credited did.
    public enum Kind: String, Sendable, CaseIterable {
        case finder = "FINDER"
        case reporter = "REPORTER"
        case analyst = "ANALYST"
        case coordinator = "COORDINATOR"
        case remediationDeveloper = "REMEDIATION_DEVELOPER"
        case remediationReviewer = "REMEDIATION_REVIEWER"
        case remediationVerifier = "REMEDIATION_VERIFIER"
        case tool = "TOOL"
        case sponsor = "SPONSOR"
        case other = "OTHER"
    }

    /// Name of the person or organisation.
    public var name: String
    /// What they did.
    public var kind: Kind?
    /// URLs by which the credited can be reached.
    public var contact: [String] = []
    /// Members the schema does not define.
    public var extra: [RawMember] = []

    /// A credit by name.
    public init(name: String, kind: Kind? = nil, contact: [String] = []) {
        self.name = name
        self.kind = kind
        self.contact = contact
    }
}
