package import AdvisoryFormats
import PackageIdentity

/// The statements of any number of VEX documents, arranged by vulnerability and product: which one counts for a match.
///
/// Who suppresses wrongly hides a vulnerability, who does not suppress costs time: whatever cannot be compared counts for nothing
/// (docs/decisions/0009). Asking looks up the names of the vulnerability and the component, however many statements there are.
package struct VEXStatements: Sendable {
    /// Without their products, which are compared in their own form.
    private var statements: [PlacedStatement] = []
    private var products: [StatedProduct] = []
    /// For each product the numbers of its identities.
    private var keys: [[UInt32]] = []
    /// The products of the document that is being added, which repeats them in every statement.
    private var numbers: [VEXProduct: UInt32] = [:]
    private var names = NumberedValues<String>()
    private var identities = NumberedValues<VEXIdentity>()
    private var entries: [Key: [Entry]] = [:]
    /// How many documents were added.
    package private(set) var documentCount = 0

    private struct Key: Hashable {
        let name: UInt32
        let identity: UInt32
    }

    /// What a statement says something about.
    private struct Entry: Hashable {
        let statement: Int
        let part: UInt32
        /// The product in which the part stands; nil where the part is the product.
        let whole: UInt32?
    }

    /// No statements.
    package init() {}

    /// Takes in the statements of a document.
    /// - Returns: the statements that count for nothing, and why, in words; all others are in.
    package mutating func add(_ document: VEXDocument) -> [String] {
        var problems: [String] = []
        for statement in document.statements {
            let about = "the statement \(statement.status.rawValue) about \(statement.vulnerability)"
            guard statement.hasReason else {
                problems.append("\(about) has neither a justification nor an impact statement: it counts for nothing")
                continue
            }
            let nameless = place(statement, of: document.format)
            if let first = nameless.first {
                let products = nameless.count == 1 ? "product" : "products"
                problems.append("\(about) names \(nameless.count) \(products) by nothing that can be compared: \(first)")
            }
        }
        numbers = [:]
        documentCount += 1
        return problems
    }

    /// - Returns: identifiers of products, or parts of them, that can't be compared.
    private mutating func place(_ statement: VEXStatement, of format: VEXFormat) -> [String] {
        let number = statements.count
        statements.append(PlacedStatement(statement, document: documentCount, isOrdered: format == .openVEX))
        let names = Set([statement.vulnerability] + statement.aliases).filter { !$0.isEmpty }
            .map { self.names.number(of: $0) }
        var nameless: [String] = []
        for product in statement.products {
            let whole = self.number(of: product, format)
            let parts = product.subcomponents.isEmpty ? [product] : product.subcomponents
            for part in parts {
                let part = self.number(of: part, format)
                let isWhole = product.subcomponents.isEmpty
                let entry = Entry(statement: number, part: part, whole: isWhole ? nil : whole)
                if !enter(entry, under: names) { nameless.append(isWhole ? product.id : "a part of \(product.id)") }
            }
        }
        return nameless
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

    private mutating func enter(_ entry: Entry, under names: [UInt32]) -> Bool {
        let keys = keys[Int(entry.part)]
        for identity in keys {
            for name in names { entries[Key(name: name, identity: identity), default: []].append(entry) }
        }
        return !keys.isEmpty
    }
}

// MARK: asking
extension VEXStatements {
    /// The statement that counts for a match, without its products; nil where none does.
    ///
    /// A group of aliases may hold several CVE identifiers, which are several vulnerabilities. A statement that names one of them
    /// says nothing about the others, so all that the advisory itself names must be suppressed before the match is.
    /// - Parameters:
    ///   - names: every identifier of the vulnerability, that of the advisory among them.
    ///   - subjects: what the inventory of the component describes.
    package func statement(
        about match: Match, names: [String], in component: Component, of subjects: [VEXTarget]
    ) -> VEXStatement? {
        let known = names.compactMap { self.names.number(ofKnown: $0) }
        if known.isEmpty { return nil }
        let concerned = concerned(known, VEXTarget(component), subjects)
        if concerned.isEmpty { return nil }
        let group = names.filter(Self.isCVE)
        let own = ([match.advisory] + match.aliases).filter(Self.isCVE)
        let vulnerabilities: [String?] = own.isEmpty ? (group.isEmpty ? [nil] : group) : own
        let standing = vulnerabilities.map { vulnerability in
            PlacedStatement.standing(concerned.map { statements[$0] }.filter { $0.isAbout(vulnerability, of: group) })
        }
        let open = standing.compactMap { $0 }.filter { !$0.statement.status.suppresses }
        if !open.isEmpty { return PlacedStatement.latest(open)?.statement }
        let suppressing = standing.compactMap { $0 }
        return suppressing.count == standing.count ? PlacedStatement.latest(suppressing)?.statement : nil
    }

    private static func isCVE(_ name: String) -> Bool { name.hasPrefix("CVE-") }

    /// The numbers of the statements that are about the component, in the order of the documents.
    private func concerned(_ names: [UInt32], _ component: VEXTarget, _ subjects: [VEXTarget]) -> [Int] {
        var found: Set<Int> = []
        for (target, isSubject) in [(component, false)] + subjects.map({ ($0, true) }) {
            for identity in target.identities.compactMap({ identities.number(ofKnown: $0) }) {
                for entry in names.flatMap({ entries[Key(name: $0, identity: identity)] ?? [] }) {
                    let isAbout =
                        isSubject ? isStatement(entry, aboutSubject: target) : isStatement(entry, about: target, subjects)
                    if isAbout { found.insert(entry.statement) }
                }
            }
        }
        return found.sorted()
    }

    /// What is said of the product that an inventory describes is said of everything in it.
    private func isStatement(_ entry: Entry, aboutSubject subject: VEXTarget) -> Bool {
        let status = statements[entry.statement].statement.status
        guard entry.whole == nil, let naming = products[Int(entry.part)].naming(of: subject, as: status) else { return false }
        return status != .fixed || naming == .version
    }

    /// What is said of a part of a product is said of the component only in that product. A fix is in the version that is named,
    /// of the part or of the product: without one it could be in any.
    private func isStatement(_ entry: Entry, about component: VEXTarget, _ subjects: [VEXTarget]) -> Bool {
        let status = statements[entry.statement].statement.status
        guard var naming = products[Int(entry.part)].naming(of: component, as: status) else { return false }
        if let whole = entry.whole {
            let product = products[Int(whole)]
            guard let context = (subjects + [component]).compactMap({ product.naming(of: $0, as: status) }).max() else {
                return false
            }
            naming = max(naming, context)
        }
        return status != .fixed || naming == .version
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

extension VEXStatement.Status {
    /// Whether nothing is to be done about the vulnerability.
    package var suppresses: Bool {
        switch self {
        case .notAffected, .fixed: true
        case .affected, .underInvestigation: false
        }
    }
}
