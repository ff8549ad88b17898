package import AdvisoryFormats
package import Matching

/// VEX documents by the files they were read from, for the inventories of one run.
package struct VEXCollection: Sendable {
    /// One document that was looked at.
    package struct Source: Sendable {
        package let name: String
        package fileprivate(set) var statementCount = 0
        /// What in it counts for nothing, in words.
        package fileprivate(set) var problems: [String] = []
        /// Its links to components of other documents.
        fileprivate var links: Set<BOMLink> = []
        /// Why it could not be read at all, with its name and every place; nil where it was.
        package fileprivate(set) var failure: String?
    }

    package private(set) var sources: [Source] = []
    private var statements = VEXStatements()
    private let products: [VEXTarget]
    private var references: [BOMIdentity: Set<String>] = [:]

    /// No documents.
    package static let none = VEXCollection()

    /// The products as they were named.
    private let productNames: Set<String>

    private init() { (products, productNames) = ([], []) }

    /// - Parameter products: what the inventories are of, where they don't say it themselves: package URLs, CPE names, or
    ///   identifiers in the words of the documents. Statements about parts of a product count in that product only.
    /// - Throws: `malformed` where a package URL or a CPE name is none.
    package init(products: [String]) throws {
        productNames = Set(products)
        self.products = try products.map { text in
            let product = VEXTarget(product: text)
            guard product.isReadable else { throw AgentError(.malformed, "\(text) is not a package URL or CPE name") }
            return product
        }
    }

    /// Takes in a document.
    package mutating func add(_ document: VEXDocument, from name: String) {
        let problems = document.misfits.map(\.description) + statements.add(document)
        let links = Set(document.statements.lazy.flatMap(\.products).flatMap(\.openLinks))
        for link in links { references[link.document, default: []].formUnion(link.references) }
        sources.append(Source(name: name, statementCount: document.statements.count, problems: problems, links: links))
    }

    /// The references that BOM-Links to a document have.
    func references(into document: BOMIdentity) -> Set<String> { references[document] ?? [] }

    /// Adds to the problems of each document which of its BOM-Links lead nowhere: what is said of them counts for nothing.
    package mutating func noteLinks(followedInto inventories: [Inventory]) {
        for number in sources.indices {
            let open = sources[number].links.filter { link in
                !productNames.contains(link.description) && !inventories.contains { $0.linked.has(link) }
            }
            guard let first = open.map(\.description).min() else { continue }
            sources[number].problems.append(
                "\(open.count) BOM-Links lead to no component of the inventories, and what is said of them counts for nothing: \(first)"
            )
        }
    }

    /// Notes a file that is no VEX document.
    mutating func pass(_ name: String, _ reason: String) {
        sources.append(Source(name: name, statementCount: 0, problems: [reason]))
    }

    /// Notes a document that can't be read.
    mutating func fail(_ name: String, _ reason: String) {
        // What the system says names the file by itself.
        sources.append(Source(name: name, failure: reason.hasPrefix(name) ? reason : "\(name): \(reason)"))
    }

    /// Why documents could not be read; what they say counts for nothing.
    package var failures: [String] { sources.compactMap(\.failure) }

    /// The statement that counts for a match, without its products; nil where none does.
    /// - Parameters:
    ///   - names: every identifier of the vulnerability.
    ///   - number: the component's among those of the inventory.
    package func statement(
        about match: Match, names: @autoclosure () -> [String], in component: Component, numbered number: Int,
        of inventory: VEXContext
    ) -> VEXStatement? {
        if sources.isEmpty { return nil }
        return statements.statement(
            about: match, names: names(), in: component, linked: inventory.links[number], commit: inventory.commits[number],
            of: inventory.subjects)
    }

    /// What statements about products are compared with, for the components of an inventory.
    package func context(of inventory: Inventory) -> VEXContext {
        if sources.isEmpty { return VEXContext(subjects: [], links: [:], commits: [:]) }
        let subjects = inventory.subjects + (inventory.linked.subject.map { [$0] } ?? [])
        return VEXContext(
            subjects: subjects.map { VEXTarget(product: $0) } + products, links: inventory.linked.links,
            commits: inventory.commits
        )
    }
}

/// What an inventory is of, by itself and by whoever asks.
package struct VEXContext: Sendable {
    fileprivate let subjects: [VEXTarget]
    /// BOM-Links by the numbers of the components that they lead to.
    fileprivate let links: [Int: String]
    /// What components from a repository were taken from, by their numbers.
    fileprivate let commits: [Int: Component]
}

extension VEXProduct {
    /// Its own BOM-Link and those of its parts, where nothing else says what is meant.
    fileprivate var openLinks: [BOMLink] {
        let own = purls.isEmpty && cpes.isEmpty ? BOMLink(id) : nil
        return (own.map { [$0] } ?? []) + subcomponents.flatMap(\.openLinks)
    }
}
