/// A text about an advisory or vulnerability.
public struct AdvisoryNote: Sendable, Hashable {
    /// What kind of text it is (CSAF 2.0, 3.1.5).
    public enum Category: String, Sendable, CaseIterable {
        case description, details, faq, general, summary, other
        case legalDisclaimer = "legal_disclaimer"
    }

    /// The kind of text.
    public var category: Category
    /// A heading.
    public var title: String?
    /// The text; plain, or whatever the reader is known to render.
    public var text: String

    /// A text of a kind.
    public init(_ category: Category, title: String? = nil, text: String) {
        self.category = category
        self.title = title
        self.text = text
    }
}

/// A link to more.
public struct AdvisoryReference: Sendable, Hashable {
    /// What the link leads to (CSAF 2.0, 3.1.10).
    public enum Category: String, Sendable, CaseIterable {
        /// Another document.
        case external
        /// This document, in this or another format.
        case selfReference = "self"
    }

    /// What kind of document it is.
    public var category: Category
    /// What the reader finds there.
    public var summary: String
    /// An absolute URI.
    public var url: String

    /// A link with its summary.
    public init(_ category: Category = .external, summary: String, url: String) {
        self.category = category
        self.summary = summary
        self.url = url
    }
}

/// Thanks to somebody.
public struct AdvisoryAcknowledgment: Sendable, Hashable {
    /// Persons.
    public var names: [String]
    /// Their organisation.
    public var organization: String?
    /// What they did.
    public var summary: String?
    /// Absolute URIs about them.
    public var urls: [String] = []

    /// Thanks to persons, an organisation, or both.
    public init(names: [String] = [], organization: String? = nil, summary: String? = nil) {
        self.names = names
        self.organization = organization
        self.summary = summary
    }
}
