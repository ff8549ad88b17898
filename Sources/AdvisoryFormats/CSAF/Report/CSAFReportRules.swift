import JSONText

/// What CSAF 2.1 asks of a document of the profile Vulnerability Report (`csaf_vulnerability_report`), by which finders report to
/// vendors and coordinators before anything is public.
///
/// Applied are the members that the schema of 2.1 requires of every document and the mandatory tests (section 6.1) that concern
/// what is read from a report: products (6.1.1, 6.1.2), the status of products (6.1.6), the profile itself (6.1.27.4, 6.1.27.8,
/// 6.1.27.11, 6.1.27.12, 6.1.27.20), and repeated identifiers (6.1.23). The recommended tests break nothing.
struct CSAFReportRules {
    static let category = "csaf_vulnerability_report"

    private let root: JSONValue
    private(set) var broken: [Misfit] = []

    /// The rules the document breaks, by JSON Pointer, with the number of the test or the clause.
    static func broken(by root: JSONValue, read document: CSAFDocument) -> [Misfit] {
        var rules = CSAFReportRules(root: root)
        rules.checkHead()
        rules.checkProducts(document)
        rules.checkVulnerabilities(document)
        return rules.broken
    }

    private init(root: JSONValue) { self.root = root }

    private mutating func note(_ test: String, _ pointer: String, _ reason: String) {
        broken.append(Misfit(pointer: pointer, reason: "\(reason) (\(test))"))
    }

    /// The schema of 2.1: what every document has.
    private mutating func checkHead() {
        let schema = "https://docs.oasis-open.org/csaf/csaf/v2.1/schema/csaf.json"
        if root["$schema"]?.string != schema { note("schema", "/$schema", "it must be \"\(schema)\"") }
        let document = root["document"]
        if document?["csaf_version"]?.string != "2.1" {
            note("schema", "/document/csaf_version", "a vulnerability report is of CSAF 2.1")
        }
        if document?["category"]?.string != Self.category {
            note("4.1", "/document/category", "the profile of a report is \"\(Self.category)\"")
        }
        let labels = ["CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"]
        if !labels.contains(document?["distribution"]?["tlp"]?["label"]?.string ?? "") {
            note("schema", "/document/distribution/tlp/label", "it must be one of \(labels.joined(separator: ", "))")
        }
        for name in ["category", "name", "namespace"] where (document?["publisher"]?[name]?.string ?? "").isEmpty {
            note("schema", "/document/publisher/\(name)", "it is required")
        }
        if (document?["title"]?.string ?? "").isEmpty { note("schema", "/document/title", "it is required") }
        if (document?["tracking"]?["revision_history"]?.array ?? []).isEmpty {
            note("schema", "/document/tracking/revision_history", "it is required, with one revision at least")
        }
        if !["draft", "interim", "final"].contains(document?["tracking"]?["status"]?.string ?? "") {
            note("schema", "/document/tracking/status", "it must be one of draft, interim, final")
        }
    }

    private mutating func checkProducts(_ document: CSAFDocument) {
        if root["product_tree"]?.object == nil { note("test 6.1.27.4", "/product_tree", "a report names its products") }
        var seen: Set<String> = []
        for product in document.products where !seen.insert(product.id).inserted {
            note("test 6.1.2", "/product_tree", "product \"\(product.id)\" is defined twice")
        }
        checkReferences(in: root, "", to: seen)
    }

    /// 6.1.1: wherever products are named, they are defined.
    private mutating func checkReferences(in value: JSONValue, _ place: String, to defined: Set<String>) {
        for (index, element) in (value.array ?? []).enumerated() {
            checkReferences(in: element, "\(place)/\(index)", to: defined)
        }
        for member in value.object?.members ?? [] {
            let lists =
                switch member.key {
                case "product_ids", "products": [(place + "/" + member.key, member.value)]
                case "product_status":
                    (member.value.object?.members ?? []).map { ("\(place)/product_status/\($0.key)", $0.value) }
                default: [(String, JSONValue)]()
                }
            for (list, products) in lists {
                for (index, product) in (products.array ?? []).enumerated() {
                    guard let id = product.string, !defined.contains(id) else { continue }
                    note("test 6.1.1", "\(list)/\(index)", "product \"\(id)\" is not defined")
                }
            }
            if lists.isEmpty { checkReferences(in: member.value, "\(place)/\(member.key)", to: defined) }
        }
    }

    private mutating func checkVulnerabilities(_ document: CSAFDocument) {
        let values = root["vulnerabilities"]?.array ?? []
        if values.isEmpty { note("test 6.1.27.11", "/vulnerabilities", "a report names a vulnerability") }
        var cves: Set<String> = []
        for (index, vulnerability) in document.vulnerabilities.enumerated() {
            let place = "/vulnerabilities/\(index)"
            if let cve = vulnerability.cve, !cves.insert(cve).inserted {
                note("test 6.1.23", place + "/cve", "\(cve) is used twice")
            }
            if vulnerability.cve == nil { checkIdentifiers(of: vulnerability, values[index]["ids"]?.array ?? [], place) }
            if (vulnerability.productStatus["known_affected"] ?? []).isEmpty {
                note("test 6.1.27.12", place + "/product_status", "no product is known_affected")
            }
            checkStatus(of: vulnerability, place)
        }
        for (index, value) in values.enumerated() { checkNotes(of: value, "/vulnerabilities/\(index)") }
    }

    /// 6.1.27.8: an identifier may be of some products only; without a CVE every product with a status has one.
    private mutating func checkIdentifiers(of vulnerability: CSAFVulnerability, _ ids: [JSONValue], _ place: String) {
        if ids.isEmpty { return note("test 6.1.27.8", place, "it has neither cve nor ids") }
        if ids.contains(where: { $0["product_ids"] == nil && $0["group_ids"] == nil }) { return }
        func texts(_ value: JSONValue, _ name: String) -> [String] { (value[name]?.array ?? []).compactMap(\.string) }
        let groups = Set(ids.flatMap { texts($0, "group_ids") })
        let members = (root["product_tree"]?["product_groups"]?.array ?? [])
            .filter { groups.contains($0["group_id"]?.string ?? "") }.flatMap { texts($0, "product_ids") }
        let identified = Set(ids.flatMap { texts($0, "product_ids") } + members)
        for product in Set(vulnerability.productStatus.values.joined()).subtracting(identified).sorted() {
            note("test 6.1.27.8", place + "/ids", "no identifier is of product \"\(product)\"")
        }
    }

    /// 6.1.6: a product is in one of the groups affected, not affected, fixed, under investigation and unknown.
    private mutating func checkStatus(of vulnerability: CSAFVulnerability, _ place: String) {
        var group: [String: String] = [:]
        let groups = [
            ("affected", vulnerability.affected), ("not affected", vulnerability.notAffected), ("fixed", vulnerability.fixed),
            ("under investigation", vulnerability.underInvestigation), ("unknown", vulnerability.productStatus["unknown"] ?? [])
        ]
        for (name, products) in groups {
            for product in products {
                if let other = group[product], other != name {
                    note("test 6.1.6", place + "/product_status", "product \"\(product)\" is \(other) and \(name)")
                }
                group[product] = name
            }
        }
    }

    /// 6.1.27.20 holds for documents in English and those that name no language; titles in other languages are recommended only.
    private mutating func checkNotes(of vulnerability: JSONValue, _ place: String) {
        let language = root["document"]?["lang"]?.string?.lowercased() ?? "en"
        guard language == "en" || language.hasPrefix("en-") else { return }
        let titles = ["Vulnerability Summary": "summary", "CVE Description": "description"]
        let hasText = (vulnerability["notes"]?.array ?? []).contains { note in
            note["title"]?.string.map { titles[$0] != nil && titles[$0] == note["category"]?.string } ?? false
        }
        if !hasText {
            note(
                "test 6.1.27.20", place + "/notes",
                "no summary titled \"Vulnerability Summary\" or description titled \"CVE Description\"")
        }
    }
}
