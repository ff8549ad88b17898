package import AdvisoryFormats
import PackageIdentity

extension IndexedAdvisory {
    /// What an index keeps of a CVE record. A rejected one is withdrawn.
    ///
    /// Its identifier is `cvelist:CVE-…`: databases name advisories of their own by the CVE, and none takes the place of another.
    package init(_ record: CVERecord) {
        let containers = [record.cna] + record.adp
        let summary = record.cna.title ?? record.cna.descriptions.first?.text
        self.init(
            id: "cvelist:\(record.id)", modified: record.dateUpdated?.moment?.secondsSince1970 ?? 0,
            aliases: [record.id.description], summary: summary.flatMap { $0.split(separator: "\n").first.map(String.init) },
            isWithdrawn: record.state == .rejected, affected: AffectedPackage.joined(containers.flatMap(AffectedPackage.all))
        )
    }
}

extension AffectedPackage {
    /// What is said of the same package, in one.
    static func joined(_ packages: [AffectedPackage]) -> [AffectedPackage] {
        var places: [String: Int] = [:]
        var joined: [AffectedPackage] = []
        for package in packages where !package.ranges.isEmpty || !package.explicitVersions.isEmpty {
            let key = "\(package.ecosystem)\n\(package.name)"
            if let place = places[key] {
                for range in package.ranges where !joined[place].ranges.contains(range) { joined[place].ranges.append(range) }
                for version in package.explicitVersions where !joined[place].explicitVersions.contains(version) {
                    joined[place].explicitVersions.append(version)
                }
            } else {
                places[key] = joined.count
                joined.append(package)
            }
        }
        return joined
    }

    /// What one container of a CVE record says, product by product and name by name.
    static func all(of container: CVEContainer) -> [AffectedPackage] {
        container.affected.flatMap(all) + container.cpeApplicability.flatMap(all)
    }

    private static func all(of product: CVEProduct) -> [AffectedPackage] {
        var packages: [AffectedPackage] = []
        if var package = package(of: product) {
            package.ranges = CVEVersionStatus(product, in: scheme(of: product, own: package.ecosystem.versionScheme)).ranges()
            packages.append(package)
        }
        if let commits = commits(of: product) { packages.append(commits) }
        if !product.cpes.isEmpty {
            let status = CVEVersionStatus(product, in: scheme(of: product, own: CPEPackage.scheme))
            let ranges = status.ranges()
            for text in Set(product.cpes) {
                guard let cpe = try? CPE(parsing: text) else { continue }
                if let package = products(cpe, product, status, ranges) { packages.append(package) }
            }
        }
        return packages
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

    /// The products of a CPE name. Its own version is what it means, where it names one: NA stands in records for "see the
    /// versions", which are there.
    private static func products(
        _ cpe: CPE, _ product: CVEProduct, _ status: CVEVersionStatus, _ ranges: [VersionRange]
    ) -> AffectedPackage? {
        guard case .pattern = cpe[.version] else {
            guard let open = cpe.withVersion(.any) else { return nil }
            return ranges.isEmpty ? nil : AffectedPackage(open, ranges: ranges)
        }
        guard let literal = cpe[.version].literal else { return AffectedPackage(cpe) }
        switch status.status(of: literal) {
        case .affected: return AffectedPackage(cpe)
        case .unaffected: return nil
        case .silent, .unplaced:
            guard let key = try? VersionKey(encoding: literal, in: CPEPackage.scheme), let open = cpe.withVersion(.any) else {
                return nil
            }
            let range = VersionRange(
                scheme: CPEPackage.scheme, lower: key, upper: .inclusive(key), introducedText: literal,
                end: .lastAffected(literal), doubt: status.status(of: literal).doubt
            )
            return AffectedPackage(open, ranges: [range])
        }
    }

    private static func all(of applicability: CVEApplicability) -> [AffectedPackage] {
        let isJoined = applicability.joining == .and && applicability.nodes.count > 1
        return applicability.nodes.flatMap { node in
            let isJoined = isJoined || node.joining == .and && node.matches.count > 1
            let isNegated = applicability.isNegated || node.isNegated
            let doubt =
                isNegated
                ? "The record says for which products it does not hold."
                : isJoined ? "The record says that it holds only together with another product." : nil
            return node.matches.filter(\.isVulnerable).compactMap { products($0, doubt) }
        }
    }

    private static func products(_ match: CVEApplicability.Match, _ doubt: String?) -> AffectedPackage? {
        guard let cpe = try? CPE(parsing: match.criteria) else { return nil }
        let bounds: [(VersConstraint.Comparator, String?)] = [
            (.greaterOrEqual, match.startIncluding), (.greater, match.startExcluding), (.lessOrEqual, match.endIncluding),
            (.less, match.endExcluding)
        ]
        let constraints = bounds.compactMap { comparator, version in version.map { VersConstraint(comparator, $0) } }
        var package = AffectedPackage(cpe)
        if cpe[.version] == .any, !constraints.isEmpty {
            guard let range = try? VersRange(type: "generic", constraints: constraints) else { return nil }
            package?.ranges = VersionRange.all(of: range)
        }
        if let doubt, var open = package {
            open.ranges = open.ranges.map { $0.doubted(doubt) }
            if let literal = cpe[.version].literal, let key = try? VersionKey(encoding: literal, in: CPEPackage.scheme) {
                open.explicitVersions = []
                open.ranges = [
                    VersionRange(
                        scheme: CPEPackage.scheme, lower: key, upper: .inclusive(key), introducedText: literal,
                        end: .lastAffected(literal), doubt: doubt
                    )
                ]
            }
            package = open
        }
        return package
    }
}

extension VersionRange {
    /// The range, in doubt where it was certain.
    func doubted(_ doubt: String) -> VersionRange {
        var range = self
        range.doubt = range.doubt ?? doubt
        return range
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
