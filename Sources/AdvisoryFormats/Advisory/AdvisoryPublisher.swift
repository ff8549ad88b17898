/// Who publishes an advisory.
public struct AdvisoryPublisher: Sendable, Hashable {
    /// In which role the publisher speaks (CSAF 2.0, 3.2.1.8.1).
    public enum Category: String, Sendable, CaseIterable {
        case coordinator, discoverer, other, translator, user, vendor
    }

    /// The role.
    public var category: Category
    /// Name of the organisation.
    public var name: String
    /// URI under the publisher's control that makes tracking identifiers unique.
    public var namespace: String
    /// How the publisher can be reached.
    public var contactDetails: String?
    /// What gives the publisher its authority.
    public var issuingAuthority: String?

    /// A publisher by role, name and namespace.
    public init(category: Category, name: String, namespace: String) {
        self.category = category
        self.name = name
        self.namespace = namespace
    }
}

/// Identity and history of an advisory.
public struct AdvisoryTracking: Sendable, Hashable {
    /// How far the work on the document has come (CSAF 2.0, 3.2.1.12.7).
    public enum Status: String, Sendable, CaseIterable {
        case draft, interim, final
    }

    /// Unique for the publisher.
    public var id: String
    /// The state of the work.
    public var status: Status
    /// Every revision from the first one, in order; they are numbered from 1, and the last one is this document.
    public var revisions: [AdvisoryRevision]
    /// Other identifiers of the same document.
    public var aliases: [String] = []
    /// Name of the program that made the document.
    public var generatorName: String?
    /// Version of that program.
    public var generatorVersion: String?

    /// An identity with its history.
    public init(id: String, status: Status, revisions: [AdvisoryRevision]) {
        self.id = id
        self.status = status
        self.revisions = revisions
    }

    /// When the first revision was released.
    public var initialReleaseDate: WrittenTimestamp? { revisions.first?.date }
    /// When this revision was released.
    public var currentReleaseDate: WrittenTimestamp? { revisions.last?.date }
}

/// One revision of an advisory.
public struct AdvisoryRevision: Sendable, Hashable {
    /// When it was released.
    public var date: WrittenTimestamp
    /// What changed.
    public var summary: String

    /// A revision by date and summary.
    public init(date: WrittenTimestamp, summary: String) {
        self.date = date
        self.summary = summary
    }
}
