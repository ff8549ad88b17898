import AdvisoryFormats
import CivilTime
import PackageIdentity
import Scoring

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
        document.acknowledgments =
            finders.isEmpty
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
        let affected = AdvisoryProduct(
            id: AdvisoryFacts.affectedProduct, vendor: order.name, name: order.name,
            version: .range(range.vers(purl?.type ?? "generic")), purl: purl
        )
        guard let fixedVersion = range.fixed else { return [affected] }
        return [
            affected,
            AdvisoryProduct(
                id: AdvisoryFacts.fixedProduct, vendor: order.name, name: order.name, version: .exact(fixedVersion),
                purl: purl.flatMap { AdvisoryFacts.version(fixedVersion, of: $0) }
            )
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
        classify(&vulnerability)
        score(&vulnerability)
        vulnerability.releaseDate = released
        vulnerability.status = AdvisoryProductStatus(
            knownAffected: [AdvisoryFacts.affectedProduct], fixed: range.fixed == nil ? [] : [AdvisoryFacts.fixedProduct]
        )
        vulnerability.remediations = [
            range.fixed.map {
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

    /// CSAF takes a weakness only with the name it has in the enumeration; one whose name is not known here is told in words.
    private func classify(_ vulnerability: inout AdvisoryVulnerability) {
        guard let weakness = order.weakness.flatMap({ WeaknessID($0) }) else { return }
        guard let name = weakness.name else {
            vulnerability.notes.append(AdvisoryNote(.other, title: "Weakness", text: weakness.description))
            return
        }
        (vulnerability.weakness, vulnerability.weaknessName) = (weakness, name)
    }

    /// CSAF 2.0 has members for CVSS 2.0, 3.0 and 3.1 (3.2.3.13); a vector of version 4.0 is told in words.
    private func score(_ vulnerability: inout AdvisoryVulnerability) {
        guard let severity = order.severity else { return }
        guard let vector = try? CVSSVector(severity) else {
            vulnerability.notes.append(AdvisoryNote(.other, title: "CVSS vector", text: severity))
            return
        }
        vulnerability.scores = [
            AdvisoryScore(vector: vector.text, baseScore: vector.baseScore, products: [AdvisoryFacts.affectedProduct])
        ]
    }
}
