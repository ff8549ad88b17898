/// One record that vulnerability finders of a federation exchange: what in-toto Statement v1 carries with the predicates of
/// scrutineer's interchange (interchange.schema.json, v1). No record carries a finding's body, severity or score.
public enum InterchangeRecord: Sendable, Hashable {
    /// The fix an advisory advertises was audited again.
    case certificate(Certificate)
    /// Somebody holds a finding with this salted hash (`FindingHash`, in hexadecimal), and can be reached there.
    case claim(hash: String, contact: String)
    /// A maintainer asked to be neither scanned nor contacted.
    case optOut(OptOut)
    /// Where reports about a repository go.
    case route(Route)

    /// The verdict on a fix.
    public struct Certificate: Sendable, Hashable {
        /// Clean is version 1 of the predicate and public; the others are version 2, which says that a repository is vulnerable now
        /// and is for members only.
        public enum Status: String, Sendable, Hashable {
            case fixed, bypass, variant, regressed
        }

        /// Its URL.
        public var repository: String
        /// Its identifier, like `GHSA-…`.
        public var advisory: String
        /// Where the advisory can be read.
        public var advisoryURL: String?
        /// What the audit showed.
        public var status: Status
        /// What was audited.
        public var commit: String?
        /// As RFC 3339 has it.
        public var auditedAt: String

        /// A certificate of its parts.
        public init(
            repository: String, advisory: String, advisoryURL: String? = nil, status: Status, commit: String? = nil,
            auditedAt: String
        ) {
            self.repository = repository
            self.advisory = advisory
            self.advisoryURL = advisoryURL
            self.status = status
            self.commit = commit
            self.auditedAt = auditedAt
        }
    }

    /// A maintainer's wish.
    public struct OptOut: Sendable, Hashable {
        /// Its URL.
        public var repository: String
        /// As RFC 3339 has it.
        public var requestedAt: String
        /// Why, in the maintainer's words.
        public var reason: String?

        /// An opt-out of its parts.
        public init(repository: String, requestedAt: String, reason: String? = nil) {
            self.repository = repository
            self.requestedAt = requestedAt
            self.reason = reason
        }
    }

    /// A disclosure channel that somebody made sure of.
    public struct Route: Sendable, Hashable {
        /// Its URL.
        public var repository: String
        /// A mail address, a URL, a handle.
        public var channel: String
        /// As RFC 3339 has it.
        public var verifiedAt: String

        /// A route of its parts.
        public init(repository: String, channel: String, verifiedAt: String) {
            self.repository = repository
            self.channel = channel
            self.verifiedAt = verifiedAt
        }
    }

    /// The predicate types that are read and written.
    public enum PredicateType: String, Sendable, CaseIterable {
        case certificate = "https://github.com/alpha-omega-security/scrutineer/interchange/certificate/v1"
        case uncleanCertificate = "https://github.com/alpha-omega-security/scrutineer/interchange/certificate/v2"
        case claim = "https://github.com/alpha-omega-security/scrutineer/interchange/claim/v1"
        case optOut = "https://github.com/alpha-omega-security/scrutineer/interchange/optout/v1"
        case route = "https://github.com/alpha-omega-security/scrutineer/interchange/route/v1"
    }

    /// The type of the record's predicate.
    public var predicateType: PredicateType {
        switch self {
        case .certificate(let certificate): certificate.status == .fixed ? .certificate : .uncleanCertificate
        case .claim: .claim
        case .optOut: .optOut
        case .route: .route
        }
    }
}
