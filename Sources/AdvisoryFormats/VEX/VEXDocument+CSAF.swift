extension VEXDocument {
    /// The statements of a CSAF document: per vulnerability and status one for every set of products that share the reasons.
    ///
    /// A product made by a relationship is what its component is part of, with the component as subcomponent; the identities
    /// of the joined product itself come first where it has some. `recommended` and `unknown` are no status of VEX.
    public init(_ document: CSAFDocument) {
        self.init(format: .csaf, formatVersion: document.version, id: document.tracking.id)
        version = document.tracking.version
        author = document.publisher
        timestamp = document.tracking.currentReleaseDate
        misfits = document.misfits
        let products = CSAFProductIndex(document)
        for vulnerability in document.vulnerabilities {
            for (status, ids) in vulnerability.vexStatuses where !ids.isEmpty {
                statements += statements(on: vulnerability, status, ids, products)
            }
        }
    }

    private func statements(
        on vulnerability: CSAFVulnerability, _ status: VEXStatement.Status, _ ids: [String], _ products: CSAFProductIndex
    ) -> [VEXStatement] {
        let remarks = CSAFRemarkIndex(vulnerability, status)
        var statements: [VEXStatement] = []
        var places: [CSAFRemarkIndex.Reasons: Int] = [:]
        for id in ids {
            let reasons = remarks.reasons(for: id)
            let place = places[reasons] ?? statements.count
            if place == statements.count {
                places[reasons] = place
                statements.append(statement(on: vulnerability, status, reasons))
            }
            statements[place].products.append(products.product(id))
        }
        return statements
    }

    private func statement(
        on vulnerability: CSAFVulnerability, _ status: VEXStatement.Status, _ reasons: CSAFRemarkIndex.Reasons
    ) -> VEXStatement {
        let ids = [vulnerability.cve].compactMap { $0 } + vulnerability.ids.map(\.text)
        var statement = VEXStatement(vulnerability: ids.first ?? vulnerability.title ?? "", status: status, documentID: id)
        statement.aliases = Array(ids.dropFirst())
        statement.justification = reasons.flag.flatMap { VEXJustification($0) }
        statement.impactStatement = reasons.impact
        statement.actionStatement = reasons.action
        statement.timestamp = reasons.date ?? timestamp
        statement.author = author
        return statement
    }
}

extension CSAFVulnerability {
    /// The products of the four statuses of VEX, in the order of 3.2.3.9.
    fileprivate var vexStatuses: [(VEXStatement.Status, [String])] {
        [
            (.fixed, fixed), (.affected, affected), (.notAffected, notAffected), (.underInvestigation, underInvestigation)
        ]
    }
}

/// The remarks of a vulnerability by product: documents name thousands of products, so nothing is searched per product.
private struct CSAFRemarkIndex {
    /// What products must share to be in one statement.
    struct Reasons: Hashable {
        var flag: String?
        var impact: String?
        var action: String?
        var date: WrittenTimestamp?
    }

    private var reasons: [String: Reasons] = [:]

    init(_ vulnerability: CSAFVulnerability, _ status: VEXStatement.Status) {
        switch status {
        case .notAffected:
            for flag in vulnerability.flags {
                for id in flag.products {
                    reasons[id, default: Reasons()].flag = flag.category
                    reasons[id, default: Reasons()].date = flag.date
                }
            }
            for threat in vulnerability.threats where threat.category == "impact" {
                for id in threat.products { Self.add(threat.details, to: &reasons[id, default: Reasons()].impact) }
            }
        case .affected:
            for remediation in vulnerability.remediations {
                for id in remediation.products { Self.add(remediation.details, to: &reasons[id, default: Reasons()].action) }
            }
        case .fixed, .underInvestigation: break
        }
    }

    func reasons(for id: String) -> Reasons { reasons[id] ?? Reasons() }

    /// Several texts about one product stand in the statement one after the other.
    private static func add(_ text: String?, to texts: inout String?) {
        guard let text else { return }
        texts = texts.map { $0 + "\n" + text } ?? text
    }
}

/// The products of a document by identifier.
private struct CSAFProductIndex {
    /// Relationships of relationships end here; real trees have two levels, and a hostile one may go in a circle.
    private static let maximumDepth = 8

    private var products: [String: CSAFProduct] = [:]

    init(_ document: CSAFDocument) {
        for product in document.products where products[product.id] == nil { products[product.id] = product }
    }

    func product(_ id: String) -> VEXProduct { product(id, depth: 0) }

    private func product(_ id: String, depth: Int) -> VEXProduct {
        var result = VEXProduct(id: "")
        result.id = id
        guard let product = products[id] else { return result }
        result.name = product.name
        result.purls = product.purls
        result.cpes = product.cpe.map { [$0] } ?? []
        if let range = product.versionRange {
            result.versions = [VEXVersion(text: range, isRange: true)]
        } else if let version = product.version {
            result.versions = [VEXVersion(text: version, isRange: false)]
        }
        guard let relationship = product.relationship, depth < Self.maximumDepth else { return result }
        let platform = self.product(relationship.platform, depth: depth + 1)
        if result.purls.isEmpty, result.cpes.isEmpty {
            result.purls = platform.purls
            result.cpes = platform.cpes
            result.versions = platform.versions
        }
        result.subcomponents = platform.subcomponents + [self.product(relationship.component, depth: depth + 1)]
        return result
    }
}
