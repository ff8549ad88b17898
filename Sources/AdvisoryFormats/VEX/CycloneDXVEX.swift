/// What a CycloneDX document (ECMA-424) says as VEX, as the readers of its two syntaxes gather it: `vulnerabilities[].analysis`, with
/// `affects[].ref` resolved to components.
struct CycloneDXVEX {
    var document = VEXDocument(format: .cycloneDX, formatVersion: nil, id: "")
    var serialNumber: String?
    /// Who the metadata names, by the member or element that does.
    var names: [String: String] = [:]
    /// Components by `bom-ref`, which may stand after the vulnerabilities that name them.
    private var components: [String: VEXProduct] = [:]
    /// Where the vulnerabilities stand.
    private let place: String

    /// - Parameter place: where the vulnerabilities stand, for what is said of them.
    init(place: String) { self.place = place }

    /// Takes in a component or service, which statements can name where it has a reference.
    mutating func add(_ component: VEXProduct, reference: String?) {
        guard let reference else { return }
        components[reference] = component
        components[reference]?.id = reference
    }

    /// The document, once all of it was read.
    func finished() -> VEXDocument {
        var document = document
        document.id = serialNumber ?? ""
        document.author = names["authors"] ?? names["supplier"] ?? names["manufacturer"] ?? names["manufacture"]
        for index in document.statements.indices {
            var statement = document.statements[index]
            statement.documentID = document.id
            statement.author = document.author
            statement.timestamp = statement.timestamp ?? document.timestamp
            statement.products = statement.products.map { resolved($0, of: statement.vulnerability, &document.misfits) }
            document.statements[index] = statement
        }
        return document
    }

    /// A BOM-Link to this document is resolved too; one to another document stays the identity of the product.
    private func resolved(_ affected: VEXProduct, of vulnerability: String, _ misfits: inout [Misfit]) -> VEXProduct {
        var product = affected
        let link = BOMLink(product.id)
        let isOther = link.map { $0.document != BOMIdentity(serialNumber: serialNumber, version: document.version) } ?? false
        let references = isOther ? [] : link?.references ?? [product.id]
        if let component = references.lazy.compactMap({ components[$0] }).first {
            product.name = component.name
            product.purls = component.purls
            product.cpes = component.cpes
            if product.versions.isEmpty { product.versions = component.versions }
        } else if !isOther, product.purls.isEmpty {
            misfits.append(Misfit(pointer: place, reason: "product \"\(product.id)\" of \(vulnerability) is not defined"))
        }
        return product
    }
}

/// A vulnerability of a CycloneDX document, with what VEX has a place for.
struct CycloneDXVulnerability {
    /// `analysis` of ECMA-424, with the state in the terms of VEX.
    struct Analysis {
        var state: VEXStatement.Status?
        var justification: VEXJustification?
        var responses: [String] = []
        var detail: String?
        var issued: WrittenTimestamp?
        var updated: WrittenTimestamp?
    }

    var id = ""
    var references: [String] = []
    /// Texts of `recommendation` and `workaround`.
    var recommendations: [String] = []
    var analysis: Analysis?
    var products: [VEXProduct] = []

    /// Nil without an analysis: then it is a report, not a statement.
    var statement: VEXStatement? {
        guard let analysis, let state = analysis.state else { return nil }
        var statement = VEXStatement(vulnerability: id, status: state, documentID: "")
        statement.aliases = references.filter { $0 != id }
        statement.products = products
        statement.justification = analysis.justification
        statement.timestamp = analysis.updated ?? analysis.issued
        switch state {
        case .notAffected: statement.impactStatement = analysis.detail
        case .affected:
            let actions = analysis.responses + [analysis.detail].compactMap { $0 } + recommendations
            if !actions.isEmpty { statement.actionStatement = actions.joined(separator: "\n") }
        case .fixed, .underInvestigation: statement.statusNotes = analysis.detail
        }
        return statement
    }
}

extension VEXStatement.Status {
    /// The status that a state of CycloneDX (ECMA-424, `impactAnalysisState`) means.
    init?(cycloneDX state: String) {
        switch state {
        case "resolved", "resolved_with_pedigree": self = .fixed
        case "exploitable": self = .affected
        case "in_triage": self = .underInvestigation
        case "false_positive", "not_affected": self = .notAffected
        default: return nil
        }
    }
}

extension VEXVersion {
    /// A version or range of `affects`, with its own status. "default": "affected" (`affectedStatus` of the schemas 1.4 to 1.7),
    /// whatever the analysis says.
    init(cycloneDX text: String, isRange: Bool, status: String?) {
        self.init(text: text, isRange: isRange, status: status ?? "affected")
    }
}
