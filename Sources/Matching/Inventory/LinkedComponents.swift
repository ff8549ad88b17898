package import AdvisoryFormats

/// The components of an inventory that BOM-Links lead to, where it is the document that they name.
package struct LinkedComponents: Sendable {
    /// The links by the numbers of the components.
    package private(set) var links: [Int: String] = [:]
    /// The link to what the document describes, or nil.
    package private(set) var subject: String?
    private let document: BOMIdentity?
    /// References that are looked for: all others cost nothing.
    private let wanted: Set<String>
    private var met: Set<String> = []

    /// None.
    package init() { (document, wanted) = (nil, []) }

    /// - Parameter wanted: gives the references that links to a document have.
    init(_ document: BOMIdentity?, wanted: (BOMIdentity) -> Set<String>) {
        self.document = document
        self.wanted = document.map(wanted) ?? []
    }

    var isEmpty: Bool { wanted.isEmpty }

    /// Whether the document has what a link names.
    package func has(_ link: BOMLink) -> Bool { link.document == document && link.references.contains(where: met.contains) }

    /// Notes an entry that has become components with these numbers.
    mutating func note(_ reference: String?, as components: Range<Int>, isSubject: Bool = false) {
        guard let reference, let document, wanted.contains(reference) else { return }
        met.insert(reference)
        for number in components { links[number] = "\(document)#\(reference)" }
        if isSubject { subject = "\(document)#\(reference)" }
    }
}
