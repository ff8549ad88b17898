/// A CSAF advisory (OASIS CSAF 2.0 and 2.1) as a receiver needs it: what it is, which products it defines, and for every
/// vulnerability which of them are affected, fixed, not affected or under investigation.
///
/// The reader asks of a document what this model needs and no more: a reference to a product that is not defined is told as
/// a misfit, because real documents have them. Texts and names stand as they were written; the bytes are the caller's.
public struct CSAFDocument: Sendable, Hashable {
    /// Version of the format: `2.0` or `2.1`.
    public var version: String
    /// The profile, like `csaf_vex`.
    public var category = ""
    /// One line of text.
    public var title = ""
    /// Identity and history.
    public var tracking = CSAFTracking()
    /// Name of the publisher.
    public var publisher = ""
    /// URI that makes the publisher's tracking identifiers unique.
    public var publisherNamespace: String?
    /// The TLP label as it was written; CSAF 2.0 has those of TLP 1.0. Nil where there is none.
    public var tlp: String?
    /// Every product the document defines, in order; those made of others stand last.
    public var products: [CSAFProduct] = []
    /// The vulnerabilities in order.
    public var vulnerabilities: [CSAFVulnerability] = []
    /// References to products and groups that are not defined, by place.
    public var misfits: [Misfit] = []

    /// An empty document.
    public init(version: String) {
        self.version = version
    }

    /// Identifiers of the advisory beside its own: tracking aliases, then the CVE and other identifiers of its vulnerabilities.
    public var aliases: [String] {
        var seen: Set<String> = [tracking.id]
        let all = tracking.aliases + vulnerabilities.flatMap { ([$0.cve].compactMap { $0 }) + $0.ids.map(\.text) }
        return all.filter { seen.insert($0).inserted }
    }
}

/// Identity and history of a document (CSAF 2.0, 3.2.1.12).
public struct CSAFTracking: Sendable, Hashable {
    /// Unique for the publisher.
    public var id = ""
    /// Version of the document, an integer or a semantic version.
    public var version = ""
    /// `draft`, `interim` or `final`.
    public var status = ""
    /// When the first version was released.
    public var initialReleaseDate: WrittenTimestamp?
    /// When this version was released.
    public var currentReleaseDate: WrittenTimestamp?
    /// Other identifiers of the document.
    public var aliases: [String] = []

    /// An identity without content.
    public init() {}
}

/// A product of the tree.
public struct CSAFProduct: Sendable, Hashable {
    /// A branch above the product.
    public struct Branch: Sendable, Hashable {
        /// Like `vendor`, `product_name` or `product_version_range`.
        public var category: String
        /// The vendor, product, version and so on.
        public var name: String
    }

    /// How the product is made of others: a relationship of CSAF 2.0 (3.2.2.4) has one step, a product path of 2.1 any number.
    public struct Path: Sendable, Hashable {
        /// From one product to what it is part of or installed on.
        public struct Step: Sendable, Hashable {
            /// Like `default_component_of`.
            public var category: String
            /// Identifier of the next product.
            public var product: String
        }

        /// Identifier of the innermost component.
        public var beginning: String
        /// The steps outwards, in order.
        public var steps: [Step]

        /// Identifiers from the innermost component to the outermost product.
        public var products: [String] { [beginning] + steps.map(\.product) }
    }

    /// Unique in the document.
    public var id: String
    /// The name for people.
    public var name: String
    /// The branches from the root of the tree down; none for products listed apart.
    public var branches: [Branch] = []
    /// Package URLs as they were written; CSAF 2.0 has one at most.
    public var purls: [String] = []
    /// The CPE name as it was written.
    public var cpe: String?
    /// Model numbers, in full or with wildcards, of which it has one.
    public var modelNumbers: [String] = []
    /// Serial numbers, in full or with wildcards, of which it has one.
    public var serialNumbers: [String] = []
    /// Stock keeping units (`skus`), of which it has one.
    public var stockKeepingUnits: [String] = []
    /// What it is made of, when a relationship or a product path defines it.
    public var path: Path?

    /// A product by identifier and name.
    public init(id: String, name: String) {
        self.id = id
        self.name = name
    }

    /// Name of the innermost branch of a category.
    public func branch(_ category: String) -> String? { branches.last { $0.category == category }?.name }

    /// The range of versions of a `product_version_range` branch: a `vers:` or `vls` expression, in CSAF 2.0 often free text.
    public var versionRange: String? { branch("product_version_range") }
    /// The version of a `product_version` branch.
    public var version: String? { branch("product_version") }
}

extension CSAFDocument {
    /// Whether nobody stands by it yet: its status (3.2.1.12.7) is `draft`, or neither `interim` nor `final`.
    public var isDraft: Bool { !["interim", "final"].contains(tracking.status) }
}
