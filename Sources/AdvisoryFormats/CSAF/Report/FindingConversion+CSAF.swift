public import JSONText
public import PackageIdentity

extension FindingConversion {
    /// Reads a CSAF 2.1 Vulnerability Report: for each vulnerability one finding for every package that is affected, products with
    /// the same package being one.
    ///
    /// `package` and `repository` say what the report is about where it names no package URL, and count where it names others.
    /// - Throws: `FormatRefusal` with every rule of the standard that is broken; the reason has the number of the test;
    ///   with `.tooLarge` and the place where the report means more than is taken of one document.
    public init(
        csafReport bytes: [UInt8], package: Purl? = nil, repository: String? = nil, limits: JSONLimits = .standard
    ) throws(FormatRefusal) {
        self.init()
        let document = try CSAFDocument(parsing: bytes, limits: limits)
        let root: JSONValue
        do throws(JSONError) { root = try JSONValue(parsing: bytes, limits: limits) } catch {
            throw FormatRefusal(format: "CSAF", violations: [bytes.withUnsafeBufferPointer { FormatViolation(error, in: $0) }])
        }
        let broken = CSAFReportRules.broken(by: root, read: document)
        guard broken.isEmpty else {
            let told = broken.prefix(ViolationLog.maximumCount)
            let offsets = JSONText.byteOffsets(ofPointers: told.map(\.pointer), in: bytes, limits: limits)
            let violations = zip(told, offsets).map {
                FormatViolation(code: .badValue, pointer: $0.pointer, byteOffset: $1, reason: $0.reason)
            }
            throw FormatRefusal(
                format: "CSAF Vulnerability Report", violations: violations.sorted { $0.byteOffset < $1.byteOffset })
        }
        let report = CSAFReport(root: root, document: document)
        report.noteLabel(&self)
        var allowance = ConversionAllowance(of: "CSAF Vulnerability Report")
        for index in document.vulnerabilities.indices {
            for finding in report.findings(index, package: package, repository: repository, &self) {
                try allowance.take(finding)
                findings.append(finding)
            }
        }
    }
}

/// A report that keeps the rules.
private struct CSAFReport {
    let root: JSONValue
    let document: CSAFDocument
    private let products: [String: CSAFProduct]
    /// What the document says for all of its vulnerabilities.
    private let title: String?
    private let references: [String]
    private let credits: [String]

    init(root: JSONValue, document: CSAFDocument) {
        (self.root, self.document) = (root, document)
        products = Dictionary(document.products.map { ($0.id, $0) }) { first, _ in first }
        title = FindingDocument.title(from: document.title)
        references = Self.references(root["document"]?["references"])
        credits = Self.credits(root["document"]?["acknowledgments"])
    }

    /// The label says who may read the document; a finding is read by those whom the clearinghouse lets read findings.
    func noteLabel(_ conversion: inout FindingConversion) {
        let label = root["document"]?["distribution"]?["tlp"]?["label"]?.string ?? ""
        conversion.note(
            "/document/distribution/tlp/label",
            "TLP:\(label) is left out: a finding is read by its finder, the coordinators and the vendor of its case")
    }

    /// The findings of one vulnerability.
    func findings(
        _ index: Int, package: Purl?, repository: String?, _ conversion: inout FindingConversion
    ) -> [ReportedFinding] {
        let place = "/vulnerabilities/\(index)"
        let draft = finding(index, place, &conversion)
        let affected = document.vulnerabilities[index].affected
        let ratings = ProductRatings(document.vulnerabilities[index], root["vulnerabilities"]?.array?[index])
        if package != nil || repository != nil {
            var finding = draft
            finding.document.package = package
            finding.document.repository = repository
            ratings.rate(&finding, affected)
            return [finding]
        }
        var findings: [ReportedFinding] = []
        var products: [[String]] = []
        var places: [String: Int] = [:]
        for id in affected {
            guard let purl = self.products[id].flatMap(purl) else {
                conversion.note(place + "/product_status", "product \"\(id)\" is left out: it has no package URL")
                continue
            }
            let name = [purl.type, purl.namespace ?? "", purl.name].joined(separator: "/")
            if let known = places[name] {
                conversion.note(place + "/product_status", "product \"\(id)\" is joined to the finding of the same package")
                products[known].append(id)
                continue
            }
            places[name] = findings.count
            var finding = draft
            finding.place = "\(place)/product_status/\(id)"
            finding.document.package = purl
            findings.append(finding)
            products.append([id])
        }
        for index in findings.indices { ratings.rate(&findings[index], products[index]) }
        return findings
    }

    private func purl(_ product: CSAFProduct) -> Purl? {
        product.purls.lazy.compactMap { try? Purl(parsing: $0) }.first
    }

    private func finding(_ index: Int, _ place: String, _ conversion: inout FindingConversion) -> ReportedFinding {
        let vulnerability = document.vulnerabilities[index]
        let value = root["vulnerabilities"]?.array?[index]
        let notes = (value?["notes"]?.array ?? []).compactMap { $0["text"]?.string }
        var finding = FindingDocument()
        finding.title =
            vulnerability.title.flatMap(FindingDocument.title) ?? title
            ?? notes.lazy.compactMap(FindingDocument.title).first ?? "Vulnerability report \(document.tracking.id)"
        finding.description = notes.joined(separator: "\n\n")
        finding.weakness = vulnerability.weaknesses.first.flatMap { WeaknessID(label: $0) }
        var provenance = FindingProvenance()
        let engine = root["document"]?["tracking"]?["generator"]?["engine"]
        provenance.harness = engine?["name"]?.string
        provenance.harnessVersion = engine?["version"]?.string
        finding.provenance = provenance.ifStated
        var reported = ReportedFinding(document: finding, place: place)
        reported.references = Self.references(value?["references"]) + references
        reported.credits = Self.credits(value?["acknowledgments"]) + credits
        noteRest(vulnerability, value, place, &conversion)
        return reported
    }

    private static func references(_ list: JSONValue?) -> [String] { (list?.array ?? []).compactMap { $0["url"]?.string } }

    private static func credits(_ list: JSONValue?) -> [String] {
        (list?.array ?? []).flatMap { entry in
            (entry["names"]?.array ?? []).compactMap(\.string) + [entry["organization"]?.string].compactMap { $0 }
        }
    }

    private func noteRest(
        _ vulnerability: CSAFVulnerability, _ value: JSONValue?, _ place: String, _ conversion: inout FindingConversion
    ) {
        let identifiers = [vulnerability.cve].compactMap { $0 } + vulnerability.ids.map { "\($0.system) \($0.text)" }
        conversion.note(place, "its identifiers are left out: \(identifiers.joined(separator: ", "))")
        if vulnerability.weaknesses.count > 1 {
            conversion.note(place + "/cwes", "only the first weakness is kept")
        }
        for name in ["threats", "remediations", "flags", "disclosure_date", "discovery_date", "first_known_exploitation_dates"]
        where value?[name] != nil {
            conversion.note("\(place)/\(name)", "left out: a finding has no place for it")
        }
    }
}

/// How bad a vulnerability is for each product: a rating holds for the products that it names and for no other.
private struct ProductRatings {
    private var vectors: [String: [Int]] = [:]
    private var words: [String: FindingSeverity] = [:]
    private let scores: [CSAFVulnerability.Score]

    init(_ vulnerability: CSAFVulnerability, _ value: JSONValue?) {
        scores = vulnerability.scores
        for (index, score) in scores.enumerated() {
            for product in score.products { vectors[product, default: []].append(index) }
        }
        // `qualitative_severity_rating`: the word of the first metric that has one.
        for metric in value?["metrics"]?.array ?? [] {
            let word = metric["content"]?["qualitative_severity_rating"]?.string.flatMap { FindingSeverity(rawValue: $0) }
            guard let word else { continue }
            for product in (metric["products"]?.array ?? []).compactMap(\.string) where words[product] == nil {
                words[product] = word
            }
        }
    }

    /// Rates a finding that is about these products.
    func rate(_ finding: inout ReportedFinding, _ products: [String]) {
        finding.document.severity = products.lazy.compactMap { words[$0] }.first
        finding.vectors = Set(products.flatMap { vectors[$0] ?? [] }).sorted().map { scores[$0].vector }
    }
}
