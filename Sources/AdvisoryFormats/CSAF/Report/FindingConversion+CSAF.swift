public import JSONText
public import PackageIdentity

extension FindingConversion {
    /// Reads a CSAF 2.1 Vulnerability Report: for each vulnerability one finding for every package that is affected, products with
    /// the same package being one.
    ///
    /// `package` and `repository` say what the report is about where it names no package URL, and count where it names others.
    /// - Throws: `FormatRefusal` with every rule of the standard that is broken; the reason has the number of the test.
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
            throw FormatRefusal(
                format: "CSAF Vulnerability Report",
                violations: broken.map { FormatViolation(code: .badValue, pointer: $0.pointer, byteOffset: 0, reason: $0.reason) }
            )
        }
        let report = CSAFReport(root: root, document: document)
        for index in document.vulnerabilities.indices {
            report.convert(index, package: package, repository: repository, into: &self)
        }
    }
}

/// A report that keeps the rules.
private struct CSAFReport {
    let root: JSONValue
    let document: CSAFDocument
    private let products: [String: CSAFProduct]

    init(root: JSONValue, document: CSAFDocument) {
        (self.root, self.document) = (root, document)
        products = Dictionary(document.products.map { ($0.id, $0) }) { first, _ in first }
    }

    func convert(_ index: Int, package: Purl?, repository: String?, into conversion: inout FindingConversion) {
        let place = "/vulnerabilities/\(index)"
        let draft = finding(index, place, &conversion)
        if package != nil || repository != nil {
            var finding = draft
            finding.document.package = package
            finding.document.repository = repository
            return conversion.findings.append(finding)
        }
        var seen: Set<String> = []
        for id in document.vulnerabilities[index].affected {
            guard let purl = products[id].flatMap(purl) else {
                conversion.note(place + "/product_status", "product \"\(id)\" is left out: it has no package URL")
                continue
            }
            guard seen.insert([purl.type, purl.namespace ?? "", purl.name].joined(separator: "/")).inserted else {
                conversion.note(place + "/product_status", "product \"\(id)\" is joined to the finding of the same package")
                continue
            }
            var finding = draft
            finding.place = "\(place)/product_status/\(id)"
            finding.document.package = purl
            conversion.findings.append(finding)
        }
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
            vulnerability.title.flatMap(FindingDocument.title) ?? FindingDocument.title(from: document.title)
            ?? notes.lazy.compactMap(FindingDocument.title).first ?? "Vulnerability report \(document.tracking.id)"
        finding.description = notes.joined(separator: "\n\n")
        finding.weakness = vulnerability.weaknesses.first.flatMap { WeaknessID(label: $0) }
        finding.severity = severity(value)
        var provenance = FindingProvenance()
        let engine = root["document"]?["tracking"]?["generator"]?["engine"]
        provenance.harness = engine?["name"]?.string
        if let version = engine?["version"]?.string {
            provenance.extra.append(RawMember(name: "harnessVersion", value: RawJSON(.string(version))))
        }
        finding.provenance = provenance.ifStated
        var reported = ReportedFinding(document: finding, place: place)
        reported.vectors = vulnerability.scores.map(\.vector)
        reported.references = references(value?["references"]) + references(root["document"]?["references"])
        reported.credits = credits(value?["acknowledgments"]) + credits(root["document"]?["acknowledgments"])
        noteRest(vulnerability, value, place, &conversion)
        return reported
    }

    /// `qualitative_severity_rating` (3.2.4.9), the word of the first metric that has one.
    private func severity(_ vulnerability: JSONValue?) -> FindingSeverity? {
        (vulnerability?["metrics"]?.array ?? []).lazy
            .compactMap { $0["content"]?["qualitative_severity_rating"]?.string }
            .compactMap { FindingSeverity(rawValue: $0) }.first
    }

    private func references(_ list: JSONValue?) -> [String] { (list?.array ?? []).compactMap { $0["url"]?.string } }

    private func credits(_ list: JSONValue?) -> [String] {
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
