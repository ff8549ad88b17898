package import AdvisoryFormats
import PackageIdentity

extension IndexedAdvisory {
    /// What an index keeps of a CVE record. A rejected one is withdrawn.
    ///
    /// Its identifier is `cvelist:CVE-…`: databases name advisories of their own by the CVE, and none takes the place of another.
    package init(_ record: CVERecord) {
        var work = CVEWork()
        let affected = ([record.cna] + record.adp).flatMap { AffectedPackage.all(of: $0, &work) }
        let summary = record.cna.title ?? record.cna.descriptions.first?.text
        self.init(
            id: "cvelist:\(record.id)", modified: record.dateUpdated?.moment?.secondsSince1970 ?? 0,
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

    /// What one container of a CVE record says, product by product and name by name.
    static func all(of container: CVEContainer, _ work: inout CVEWork) -> [AffectedPackage] {
        container.affected.flatMap { all(of: $0, &work) } + container.cpeApplicability.flatMap(all)
    }

    private static func all(of product: CVEProduct, _ work: inout CVEWork) -> [AffectedPackage] {
        let isBounded = work.takes(product)
        var packages: [AffectedPackage] = []
        if var package = package(of: product) {
            let scheme = scheme(of: product, own: package.ecosystem.versionScheme)
            package.ranges = isBounded ? CVEVersionStatus(product, in: scheme).ranges() : [CVEWork.everything(in: scheme)]
            packages.append(package)
        }
        if let commits = commits(of: product) { packages.append(commits) }
        let names = Set(product.cpes).compactMap { try? CPE(parsing: $0) }
        if names.isEmpty { return packages }
        if !isBounded {
            let open = names.compactMap { $0.withVersion(.any) }
            return packages + open.compactMap { AffectedPackage($0, ranges: [CVEWork.everything(in: CPEPackage.scheme)]) }
        }
        let versions = CVENamedVersions(CVEVersionStatus(product, in: scheme(of: product, own: CPEPackage.scheme)))
        return packages + names.compactMap(versions.package)
    }

    private static func package(of product: CVEProduct) -> AffectedPackage? {
        if let text = product.packageURL, let purl = try? Purl(parsing: text) {
            let component = Component(anyPurl: purl)
            return AffectedPackage(ecosystem: component.ecosystem, name: component.name)
        }
        guard let collection = product.collectionURL, let name = product.packageName else { return nil }
        return CVECollection.package(name, in: collection)
    }

    /// The order that the entries ask for: of those that have one of their own, the first.
    private static func scheme(of product: CVEProduct, own: VersionScheme) -> VersionScheme {
        for version in product.versions {
            switch version.versionType {
            case "semver": return own.isSemVer ? own : .semver
            case "maven": return .maven
            case "python": return .pep440
            case "rpm": return .rpm
            default: continue
            }
        }
        return own
    }

    /// The commits that the record names as affected: which others lie between them only the repository knows.
    private static func commits(of product: CVEProduct) -> AffectedPackage? {
        guard let repository = product.repo else { return nil }
        let commits = product.versions.filter { $0.versionType == "git" && $0.status == .affected }.flatMap { version in
            (version.version == "0" ? [] : [version.version]) + (version.lessThanOrEqual.map { $0 == "*" ? [] : [$0] } ?? [])
        }
        if commits.isEmpty { return nil }
        return AffectedPackage(
            ecosystem: Ecosystem(name: Component.ecosystemOfRepositories), name: repository,
            explicitVersions: commits.map { $0.lowercased() }
        )
    }
}

extension VersionRange {
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
