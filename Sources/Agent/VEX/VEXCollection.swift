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
        /// Why it could not be read at all, with its name and every place; nil where it was.
        package fileprivate(set) var failure: String?
    }

    package private(set) var sources: [Source] = []
    private var statements = VEXStatements()
    private let products: [VEXTarget]

    /// No documents.
    package static let none = VEXCollection()

    private init() { products = [] }

    /// - Parameter products: what the inventories are of, where they don't say it themselves: package URLs, CPE names, or
    ///   identifiers in the words of the documents. Statements about parts of a product count in that product only.
    /// - Throws: `malformed` where a package URL or a CPE name is none.
    package init(products: [String]) throws {
        self.products = try products.map { text in
            let product = VEXTarget(product: text)
            guard product.isReadable else { throw AgentError(.malformed, "\(text) is not a package URL or CPE name") }
            return product
        }
    }

    /// Takes in a document.
    package mutating func add(_ document: VEXDocument, from name: String) {
        let problems = document.misfits.map(\.description) + statements.add(document)
        sources.append(Source(name: name, statementCount: document.statements.count, problems: problems))
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
    /// - Parameter names: every identifier of the vulnerability.
    package func statement(
        about match: Match, names: @autoclosure () -> [String], in component: Component, of inventory: VEXContext
    ) -> VEXStatement? {
        if sources.isEmpty { return nil }
        return statements.statement(about: match, names: names(), in: component, of: inventory.subjects)
    }

    /// What statements about products are compared with, for the components of an inventory.
    package func context(of inventory: Inventory) -> VEXContext {
        VEXContext(subjects: sources.isEmpty ? [] : inventory.subjects.map { VEXTarget(product: $0) } + products)
    }
}

/// What an inventory is of, by itself and by whoever asks.
package struct VEXContext: Sendable {
    fileprivate let subjects: [VEXTarget]
}
