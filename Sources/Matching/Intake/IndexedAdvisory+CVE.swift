package import AdvisoryFormats
import PackageIdentity

extension IndexedAdvisory {
    /// What an index keeps of a CVE record. A rejected one is withdrawn.
    ///
    /// Its identifier is `cvelist:CVE-…`: databases name advisories of their own by the CVE, and none takes the place of another.
    package init(_ record: CVERecord) {
        var statements = CVEStatements(record)
        let affected = statements.packages()
        let changed = record.dateUpdated ?? record.dateRejected ?? record.datePublished
        let summary = record.cna.title ?? record.cna.descriptions.first?.text
        self.init(
            id: "cvelist:\(record.id)", modified: changed?.moment?.secondsSince1970 ?? 0,
            aliases: [record.id.description], summary: summary.flatMap { $0.split(separator: "\n").first.map(String.init) },
            isWithdrawn: record.state == .rejected, affected: AffectedPackage.joined(affected)
        )
    }
}

extension AffectedPackage {
    /// What is said of the same package, in one.
    static func joined(_ packages: [AffectedPackage]) -> [AffectedPackage] {
        var places: [String: Int] = [:]
        var joined: [AffectedPackage] = []
        // Sets beside the lists: a document may name one package as often as it has lines.
        var said: [(ranges: Set<VersionRange>, versions: Set<String>)] = []
        for package in packages where !package.ranges.isEmpty || !package.explicitVersions.isEmpty {
            let key = "\(package.ecosystem)\n\(package.name)"
            if let place = places[key] {
                for range in package.ranges where said[place].ranges.insert(range).inserted { joined[place].ranges.append(range) }
                for version in package.explicitVersions where said[place].versions.insert(version).inserted {
                    joined[place].explicitVersions.append(version)
                }
            } else {
                places[key] = joined.count
                joined.append(package)
                said.append((Set(package.ranges), Set(package.explicitVersions)))
            }
        }
        return joined
    }

    /// The package that a product names by URL or by collection, in every release that it names.
    static func packages(of product: CVEProduct) -> [AffectedPackage] {
        if let text = product.packageURL, let purl = try? Purl(parsing: text) {
            let component = Component(anyPurl: purl)
            return [AffectedPackage(ecosystem: component.ecosystem, name: component.name)]
        }
        guard let collection = product.collectionURL, let name = product.nameInCollection else { return [] }
        return CVECollection.packages(name, in: collection, platforms: product.cpes)
    }
}

extension VersionRange {
    /// Whether it leaves open of every version whether it is affected.
    var saysNothing: Bool { doubt != nil && lower == .lowest && upper.firstOutside == nil }

    /// The range, in doubt where it was certain.
    func doubted(_ doubt: String) -> VersionRange {
        var range = self
        range.doubt = range.doubt ?? doubt
        return range
    }

    /// One version, in doubt; every version where this one has no place.
    static func only(_ version: String, in scheme: VersionScheme, doubt: String) -> VersionRange {
        guard let key = try? VersionKey(encoding: version, in: scheme) else { return .everything(in: scheme, doubt: doubt) }
        return VersionRange(
            scheme: scheme, lower: key, upper: .inclusive(key), introducedText: version, end: .lastAffected(version), doubt: doubt
        )
    }
}

extension CPE {
    /// The name with another version.
    func withVersion(_ version: CPEValue) -> CPE? {
        var values = Dictionary(uniqueKeysWithValues: CPE.Attribute.allCases.map { ($0, self[$0]) })
        values[.version] = version
        return try? CPE(values)
    }
}
