package import AdvisoryFormats
import PackageIdentity

/// The statements of any number of VEX documents, arranged by vulnerability and product: which one counts for a match.
///
/// Who suppresses wrongly hides a vulnerability, who does not suppress costs time: whatever cannot be compared counts for nothing
/// (docs/decisions/0009). Asking looks up the names of the vulnerability and the component, however many statements there are.
package struct VEXStatements: Sendable {
    /// Without their products, which are compared in their own form.
    private(set) var statements: [PlacedStatement] = []
    private(set) var products: [StatedProduct] = []
    /// Products that have the same parts: OpenVEX 0.0.1 names the parts once for all products of a statement, and entries for each
    /// product and part would be as many as both multiplied.
    private(set) var wholes: [[UInt32]] = []
    /// For each product the numbers of its identities.
    private var keys: [[UInt32]] = []
    /// The products of the document that is being added, which repeats them in every statement.
    private var numbers: [VEXProduct: UInt32] = [:]
    /// The sets of names that statements have for their vulnerabilities. Entries stand under a set, of which there are few, and
    /// not under each name: a statement with many aliases and many products would have as many entries as both together multiplied.
    private var nameSets = NumberedValues<Set<String>>()
    /// For each name the sets that hold it.
    private(set) var nameSetsOfName: [String: [UInt32]] = [:]
    private(set) var identities = NumberedValues<VEXIdentity>()
    private(set) var entries: [Key: [Entry]] = [:]
    /// How many documents were added.
    package private(set) var documentCount = 0

    struct Key: Hashable {
        let nameSet: UInt32
        let identity: UInt32
    }

    /// What a statement says something about.
    struct Entry: Hashable {
        let statement: Int
        let part: UInt32
        /// The products in which the part stands, in `wholes`; nil where the part is the product.
        let whole: Int?
    }

    /// No statements.
    package init() {}

    /// Takes in the statements of a document.
    /// - Returns: the statements that count for nothing, and why, in words; all others are in.
    package mutating func add(_ document: VEXDocument) -> [String] {
        var problems: [String] = []
        for statement in document.statements {
            // What nobody stands by yet hides nothing.
            if document.isDraft, statement.status.suppresses { continue }
            let about = "the statement \(statement.status.rawValue) about \(statement.vulnerability)"
            guard statement.hasReason else {
                problems.append("\(about) has neither a justification nor an impact statement: it counts for nothing")
                continue
            }
            if statement.products.isEmpty { problems.append("\(about) names no product: it counts for nothing") }
            let doubts = place(statement, of: document.format)
            if let first = doubts.nameless.first {
                problems.append("\(about) names \(doubts.nameless.count) products by nothing that can be compared: \(first)")
            }
            if let first = doubts.unreadable.first {
                problems.append("\(about) has \(doubts.unreadable.count) ranges that are not VERS and hold nothing: \(first)")
            }
        }
        let suppressingCount = document.isDraft ? document.statements.count { $0.status.suppresses } : 0
        if suppressingCount > 0 {
            problems.append("the document is a draft: its \(suppressingCount) statements that would suppress count for nothing")
        }
        numbers = [:]
        documentCount += 1
        return problems
    }

    /// What of a statement can't be compared.
    private struct Doubts {
        /// Identifiers of products.
        var nameless: [String] = []
        /// Ranges of versions.
        var unreadable: [String] = []
    }

    private mutating func place(_ statement: VEXStatement, of format: VEXFormat) -> Doubts {
        let number = statements.count
        statements.append(PlacedStatement(statement, document: documentCount, isOrdered: format == .openVEX))
        let nameSet = self.number(of: Set([statement.vulnerability] + statement.aliases).filter { !$0.isEmpty })
        var doubts = Doubts()
        var last: VEXProduct?
        for product in statement.products {
            let whole = self.number(of: product, format)
            if let last, !product.subcomponents.isEmpty, last.subcomponents == product.subcomponents {
                wholes[wholes.count - 1].append(whole)
                continue
            }
            last = product
            let isWhole = product.subcomponents.isEmpty
            if !isWhole { wholes.append([whole]) }
            for part in isWhole ? [product] : product.subcomponents {
                let part = self.number(of: part, format)
                let entry = Entry(statement: number, part: part, whole: isWhole ? nil : wholes.count - 1)
                if !enter(entry, under: nameSet) { doubts.nameless.append(isWhole ? product.id : "a part of \(product.id)") }
                doubts.unreadable += products[Int(part)].versions.filter(\.isUnreadable).map(\.text)
            }
        }
        return doubts
    }

    private mutating func number(of product: VEXProduct, _ format: VEXFormat) -> UInt32 {
        var bare = product
        bare.subcomponents = []
        if let number = numbers[bare] { return number }
        let number = UInt32(products.count)
        let stated = StatedProduct(bare, in: format)
        products.append(stated)
        keys.append(stated.identities.map { identities.number(of: $0) })
        numbers[bare] = number
        return number
    }

    private mutating func number(of names: Set<String>) -> UInt32 {
        if let number = nameSets.number(ofKnown: names) { return number }
        let number = nameSets.number(of: names)
        for name in names { nameSetsOfName[name, default: []].append(number) }
        return number
    }

    private mutating func enter(_ entry: Entry, under nameSet: UInt32) -> Bool {
        let keys = keys[Int(entry.part)]
        for identity in keys { entries[Key(nameSet: nameSet, identity: identity), default: []].append(entry) }
        return !keys.isEmpty
    }
}

extension VEXStatement {
    /// "For [status] not_affected, a justification or impact statement" is required (CISA, Minimum Requirements for VEX, 2023);
    /// an empty one is none.
    fileprivate var hasReason: Bool {
        guard status == .notAffected, justification == nil else { return true }
        return impactStatement.map { $0.utf8.contains { $0 > 0x20 } } ?? false
    }
}
