extension VEXDocument {
    /// The statements of a CSAF document: per vulnerability and status one for every set of products that share the reasons.
    ///
    /// A product made by a relationship or path is what its components are part of, with them as subcomponents from the outermost
    /// in; the identities of the joined product itself come first where it has some. `recommended` and `unknown` are no status of VEX.
    public init(_ document: CSAFDocument) {
        self.init(format: .csaf, formatVersion: document.version, id: document.tracking.id)
        version = document.tracking.version
        author = document.publisher
        isDraft = document.isDraft
        timestamp = document.tracking.currentReleaseDate
        misfits = document.misfits
        let products = CSAFProductIndex(document)
        misfits += products.misfits
        for vulnerability in document.vulnerabilities {
            for (status, ids) in vulnerability.vexStatuses where !ids.isEmpty {
                statements += statements(on: vulnerability, status, ids, products)
            }
        }
    }

    private func statements(
        on vulnerability: CSAFVulnerability, _ status: VEXStatement.Status, _ ids: [String], _ products: CSAFProductIndex
    ) -> [VEXStatement] {
        var remarks = CSAFRemarkIndex(vulnerability, status)
        var statements: [VEXStatement] = []
        var places: [CSAFRemarkIndex.Reasons: Int] = [:]
        for id in ids {
            let reasons = remarks.reasons(for: id)
            let place = places[reasons] ?? statements.count
            if place == statements.count {
                places[reasons] = place
                statements.append(statement(on: vulnerability, status, reasons, &remarks))
            }
            statements[place].products.append(products.product(id))
        }
        return statements
    }

    private func statement(
        on vulnerability: CSAFVulnerability, _ status: VEXStatement.Status, _ reasons: CSAFRemarkIndex.Reasons,
        _ remarks: inout CSAFRemarkIndex
    ) -> VEXStatement {
        let ids = [vulnerability.cve].compactMap { $0 } + vulnerability.ids.map(\.text)
        var statement = VEXStatement(vulnerability: ids.first ?? vulnerability.title ?? "", status: status, documentID: id)
        statement.aliases = Array(ids.dropFirst())
        statement.justification = reasons.flag.flatMap { VEXJustification($0) }
        if status == .notAffected { statement.impactStatement = remarks.text(of: reasons.texts) }
        if status == .affected { statement.actionStatement = remarks.text(of: reasons.texts) }
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
    /// What products must share to be in one statement; texts by their number.
    struct Reasons: Hashable {
        var flag: String?
        var texts: [Int] = []
        var date: WrittenTimestamp?
    }

    /// How much may be joined: a hostile document could have long texts joined for every product. What is beyond has its first
    /// text alone.
    private static let maximumJoinedBytes = 16 * 1024 * 1024

    private var reasons: [String: Reasons] = [:]
    private var texts: [String] = []
    /// The number of each text: a text that several remarks repeat is one.
    private var numbers: [String: Int] = [:]
    private var joinedBytes = 0

    init(_ vulnerability: CSAFVulnerability, _ status: VEXStatement.Status) {
        switch status {
        case .notAffected:
            for flag in vulnerability.flags {
                for id in flag.products {
                    reasons[id, default: Reasons()].flag = flag.category
                    reasons[id, default: Reasons()].date = flag.date
                }
            }
            for threat in vulnerability.threats where threat.category == "impact" { add(threat) }
        case .affected: for remediation in vulnerability.remediations { add(remediation) }
        case .fixed, .underInvestigation: break
        }
    }

    private mutating func add(_ remark: CSAFVulnerability.Remark) {
        guard let details = remark.details else { return }
        let number = numbers[details] ?? texts.count
        if number == texts.count {
            texts.append(details)
            numbers[details] = number
        }
        for id in remark.products where reasons[id]?.texts.last != number {
            reasons[id, default: Reasons()].texts.append(number)
        }
    }

    func reasons(for id: String) -> Reasons { reasons[id] ?? Reasons() }

    /// Several texts about one product stand in the statement one after the other.
    mutating func text(of numbers: [Int]) -> String? {
        guard let first = numbers.first else { return nil }
        if numbers.count == 1 { return texts[first] }
        joinedBytes += numbers.reduce(0) { $0 + texts[$1].utf8.count }
        if joinedBytes > Self.maximumJoinedBytes { return texts[first] }
        return numbers.map { texts[$0] }.joined(separator: "\n")
    }
}

/// The products of a document by identifier.
private struct CSAFProductIndex {
    /// Paths through products that have paths end here; real trees have two levels, and a hostile one may go in a circle.
    private static let maximumDepth = 3
    /// Components of a path beyond this number are left out, the outermost first; real paths have two.
    private static let maximumComponents = 16

    private var products: [String: CSAFProduct] = [:]
    /// Paths of which something is left out.
    private(set) var misfits: [Misfit] = []

    init(_ document: CSAFDocument) {
        for product in document.products {
            if products[product.id] == nil { products[product.id] = product }
            if let path = product.path, path.steps.count > Self.maximumComponents {
                let reason = "product \"\(product.id)\" has more than \(Self.maximumComponents) components; the rest is left out"
                misfits.append(Misfit(pointer: "/product_tree/product_paths", reason: reason))
            }
        }
    }

    func product(_ id: String) -> VEXProduct { product(id, depth: 0) }

    private func product(_ id: String, depth: Int) -> VEXProduct {
        var result = identity(id)
        guard let path = products[id]?.path, depth < Self.maximumDepth, let outermost = path.products.last else {
            return result
        }
        let platform = product(outermost, depth: depth + 1)
        if result.purls.isEmpty, result.cpes.isEmpty {
            result.purls = platform.purls
            result.cpes = platform.cpes
            result.versions = platform.versions
        }
        let components = path.products.dropLast().prefix(Self.maximumComponents).reversed()
        result.subcomponents = platform.subcomponents + components.map(identity)
        return result
    }

    /// What the product itself says, whatever it is made of.
    private func identity(_ id: String) -> VEXProduct {
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
        return result
    }
}
