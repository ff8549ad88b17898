import AdvisoryFormats
import CivilTime
import PackageIdentity

extension AdvisoryFacts {
    /// The advisory as a CSAF 2.0 security advisory.
    /// - Throws: `malformed` where what the coordinator ordered does not make a valid document, with the place.
    func csafBytes() throws -> [UInt8] {
        guard let moment = WrittenTimestamp(time.description) else {
            throw Refusal(.malformed, "the time of publication can't be written")
        }
        var document = AdvisoryDocument(
            category: .securityAdvisory, title: order.summary,
            publisher: AdvisoryPublisher(category: .coordinator, name: publisher, namespace: "https://\(publisher)"),
            tracking: AdvisoryTracking(
                id: identifier, status: .final, revisions: [AdvisoryRevision(date: moment, summary: "First release")]
            ), tlp: .clear
        )
        document.products = products
        document.acknowledgments = finders.isEmpty
            ? [] : [AdvisoryAcknowledgment(organization: finders.joined(separator: ", "), summary: "Found and reported it")]
        document.vulnerabilities = [vulnerability(released: moment)]
        do {
            return try document.csaf(pretty: true).bytes
        } catch {
            let first = error.violations.first
            throw Refusal(.malformed, "the advisory would not be valid CSAF: \(first?.reason ?? "")", place: first?.pointer)
        }
    }

    private static let affectedProduct = "CSAFPID-0001"
    private static let fixedProduct = "CSAFPID-0002"

    private var products: [AdvisoryProduct] {
        let purl = try? Purl(parsing: order.package)
        let bounds = [order.introduced == "0" ? nil : ">=\(order.introduced)", fixedVersion.map { "<\($0)" }]
        let range = bounds.compactMap(\.self).joined(separator: "|")
        let affected = AdvisoryProduct(
            id: AdvisoryFacts.affectedProduct, vendor: order.name, name: order.name,
            version: .range("vers:semver/\(range.isEmpty ? "*" : range)"), purl: purl
        )
        guard let fixedVersion else { return [affected] }
        return [
            affected,
            AdvisoryProduct(
                id: AdvisoryFacts.fixedProduct, vendor: order.name, name: order.name, version: .exact(fixedVersion),
                purl: purl.flatMap { AdvisoryFacts.version(fixedVersion, of: $0) }
            ),
        ]
    }

    /// The version stands before qualifiers and subpath, so it can't be put behind the text.
    private static func version(_ version: String, of purl: Purl) -> Purl? {
        try? Purl(
            type: purl.type, namespace: purl.namespace, name: purl.name, version: version,
            qualifiers: Dictionary(purl.qualifiers.map { ($0.key, $0.value) }) { first, _ in first }, subpath: purl.subpath
        )
    }

    private func vulnerability(released: WrittenTimestamp) -> AdvisoryVulnerability {
        var vulnerability = AdvisoryVulnerability(ids: [.init(system: publisher, text: identifier)])
        vulnerability.title = order.summary
        vulnerability.notes = [AdvisoryNote(.description, text: order.details)]
        vulnerability.releaseDate = released
        vulnerability.status = AdvisoryProductStatus(
            knownAffected: [AdvisoryFacts.affectedProduct], fixed: fixedVersion == nil ? [] : [AdvisoryFacts.fixedProduct]
        )
        vulnerability.remediations = [
            fixedVersion.map {
                AdvisoryRemediation(
                    .vendorFix, details: "Update to \($0) or later.", date: released, products: [AdvisoryFacts.affectedProduct]
                )
            }
                ?? AdvisoryRemediation(
                    .noneAvailable, details: "There is no fix yet.", products: [AdvisoryFacts.affectedProduct]
                )
        ]
        return vulnerability
    }
}
