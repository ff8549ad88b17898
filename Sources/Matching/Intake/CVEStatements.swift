import AdvisoryFormats
import PackageIdentity

/// What a CVE record says, name by name: blocks of its containers that are about the same product are read together
/// (`CVEVersionStatus`), because the one who adds a CPE name to a product seldom repeats what the numbering authority says of its
/// versions.
struct CVEStatements {
    private let record: CVERecord
    private let products: CVEProducts
    private var work = CVEWork()
    /// What was worked out, by the blocks that it was worked out of.
    private var named: [CVEProducts.Speakers: CVENamedVersions?] = [:]
    private var affected: [CVEProducts.Speakers: [VersionRange]?] = [:]

    init(_ record: CVERecord) {
        self.record = record
        products = CVEProducts(record)
    }

    /// What is said of each package, product and repository; of one of them it may be said in several parts.
    mutating func packages() -> [AffectedPackage] {
        var packages: [AffectedPackage] = []
        for block in products.blocks.indices { packages += self.packages(ofBlock: block) }
        packages += record.cna.cpeApplicability.flatMap(AffectedPackage.all).map(\.package)
        for container in record.adp {
            packages += container.cpeApplicability.flatMap(AffectedPackage.all).map { reconciled($0.cpe, $0.package) }
        }
        return packages
    }

    private mutating func packages(ofBlock block: Int) -> [AffectedPackage] {
        let product = products.blocks[block]
        var packages: [AffectedPackage] = []
        if var package = AffectedPackage.package(of: product) {
            let speakers = products.speakers(of: package, in: block)
            let scheme = scheme(of: speakers, own: package.ecosystem.versionScheme)
            let isBounded = work.takes(products.size(of: speakers))
            package.ranges = isBounded ? status(speakers, in: scheme).ranges() : [CVEWork.everything(in: scheme)]
            packages.append(package)
        }
        if let commits = AffectedPackage.commits(of: product) { packages.append(commits) }
        return packages + products(named: product.cpes, inBlock: block)
    }

    /// What is said of the products that a block names; of all of them the same where that is more than is worked out.
    private mutating func products(named names: [String], inBlock block: Int) -> [AffectedPackage] {
        var known: Set<String> = []
        let cpes = names.filter { known.insert($0).inserted }.compactMap { try? CPE(parsing: $0) }
        let isBounded = cpes.allSatisfy { cpe in
            work.takes(products.speakerCount(of: cpe), of: .one)
                && work.takes(1, of: products.size(of: products.speakers(of: cpe, in: block)))
        }
        return cpes.compactMap { cpe in
            if isBounded, let versions = namedVersions(products.speakers(of: cpe, in: block)) {
                return package(cpe, versions, ofBlock: block)
            }
            return cpe.withVersion(.any).flatMap { AffectedPackage($0, ranges: [CVEWork.everything(in: CPEPackage.scheme)]) }
        }
    }

    private mutating func package(_ cpe: CPE, _ versions: CVENamedVersions, ofBlock block: Int) -> AffectedPackage? {
        let speakers = products.speakers(of: cpe, in: block)
        let package = versions.package(cpe)
        guard speakers.others == [block], cpe[.version] != .any, let affected = affectedRanges(speakers),
            var open = cpe.withVersion(.any).flatMap({ AffectedPackage($0) })
        else { return package }
        // The numbering authority speaks of the product, and the version in the name that another gives it limits nothing.
        open.ranges = affected + (package?.ranges ?? [])
        open.explicitVersions = package?.explicitVersions ?? []
        return open
    }

    /// What is affected of a product of which the numbering authority speaks; nil where that is nothing, or it does not.
    private mutating func affectedRanges(_ speakers: CVEProducts.Speakers) -> [VersionRange]? {
        if speakers.numbering.isEmpty { return nil }
        if let known = affected[speakers] { return known }
        let scheme = scheme(of: speakers, own: CPEPackage.scheme)
        let ranges = status(speakers, in: scheme).ranges().filter { $0.doubt == nil }
        affected[speakers] = .some(ranges.isEmpty ? nil : ranges)
        return ranges.isEmpty ? nil : ranges
    }

    /// Nil where it is more than is worked out.
    private mutating func namedVersions(_ speakers: CVEProducts.Speakers) -> CVENamedVersions? {
        if let known = named[speakers] { return known }
        let isBounded = work.takes(products.size(of: speakers))
        let versions = isBounded ? CVENamedVersions(status(speakers, in: scheme(of: speakers, own: CPEPackage.scheme))) : nil
        named[speakers] = .some(versions)
        return versions
    }

    /// What another publisher says of the applicability to a product, where the numbering authority says nothing certain, and what
    /// that says.
    private mutating func reconciled(_ cpe: CPE, _ package: AffectedPackage) -> AffectedPackage {
        var package = package
        let isCounted = work.takes(products.speakerCount(of: cpe), of: .one)
        let speakers = isCounted ? products.speakers(of: cpe, in: nil) : CVEProducts.Speakers()
        if isCounted, speakers.numbering.isEmpty { return package }
        let size = products.size(of: speakers)
        guard isCounted, work.takes(size), work.takes(1 + package.ranges.count, of: size) else {
            package.ranges.append(CVEWork.everything(in: CPEPackage.scheme))
            return package
        }
        let status = status(speakers, in: CPEPackage.scheme)
        package.ranges = status.undecidedParts(of: package.ranges) + status.ranges()
        if let literal = cpe[.version].literal, status.status(of: literal) == .unaffected { package.explicitVersions = [] }
        return package
    }

    private func status(_ speakers: CVEProducts.Speakers, in scheme: VersionScheme) -> CVEVersionStatus {
        CVEVersionStatus(
            speakers.numbering.map { products.blocks[$0] }, others: speakers.others.map { products.blocks[$0] }, in: scheme
        )
    }

    /// The order that the entries ask for: of those that have one of their own, the first.
    private func scheme(of speakers: CVEProducts.Speakers, own: VersionScheme) -> VersionScheme {
        for version in products[speakers].lazy.flatMap(\.versions) {
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
}
