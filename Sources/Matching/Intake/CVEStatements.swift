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
    /// The numbering authority's blocks that were read together with what another publisher says of the product.
    private var joined: Set<Int> = []

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
        let inWords = packagesInWords(besides: packages)
        return packages + inWords + packagesBesides(Set(inWords.map(\.name)))
    }

    /// What blocks say of products that they name in words only. Where the record names the product by CPE too, it is said of that; of what
    /// was read together with another publisher's block nothing is left to say.
    private mutating func packagesInWords(besides packages: [AffectedPackage]) -> [AffectedPackage] {
        let products = Set(packages.filter { $0.ecosystem.name == CPEPackage.ecosystemName }.map(CVEProductName.init))
        let named = Dictionary(grouping: products) { ProductWords.name(ofProduct: $0.name) }
        var ranges: [String: [VersionRange]] = [:]
        // From the last on: other publishers' blocks stand behind the numbering authority's, which are read together with them.
        for block in self.products.blocks.indices.reversed() where !joined.contains(block) {
            let names = self.products.namesInWords(of: block)
            let isTold = !self.products.isNumbering(block) && names.contains { named[$0] != nil }
            if names.isEmpty || isTold { continue }
            let said = rangesInWords(ofBlock: block)
            for name in names { ranges[name, default: []] += said }
        }
        return ranges.sorted { $0.key < $1.key }.flatMap { name, ranges in
            guard let products = named[name] else {
                return [AffectedPackage(ecosystem: Ecosystem(name: CPEPackage.ecosystemName), name: name, ranges: ranges)]
            }
            let isBounded = work.takes(ranges.count * products.count, of: .one)
            let said = isBounded ? ranges : [CVEWork.everything(in: CPEPackage.scheme)]
            return products.map { AffectedPackage(ecosystem: $0.ecosystem, name: $0.name, ranges: said) }
        }
    }

    /// What the numbering authority says of products in words that are told by CPE, or by another publisher's: inventories may have no other
    /// name for them.
    /// - Parameter told: names in words that are told already.
    private mutating func packagesBesides(_ told: Set<String>) -> [AffectedPackage] {
        var ranges: [String: [VersionRange]] = [:]
        for (block, product) in products.blocks.enumerated() where products.isNumbering(block) && !product.isAboutPart {
            let names = CVEWords.names(of: product.product, by: product.vendor).subtracting(told)
            if names.isEmpty || !AffectedPackage.packages(of: product).isEmpty { continue }
            let said = rangesInWords(ofBlock: block)
            for name in names { ranges[name, default: []] += said }
        }
        return ranges.sorted { $0.key < $1.key }.map { name, ranges in
            AffectedPackage(
                ecosystem: Ecosystem(name: CPEPackage.ecosystemName), name: ProductWords.besides(name), ranges: ranges)
        }
    }

    private mutating func rangesInWords(ofBlock block: Int) -> [VersionRange] {
        guard work.takes(products.speakerCount(inWordsOf: block), of: .one) else {
            return [CVEWork.everything(in: CPEPackage.scheme)]
        }
        let speakers = products.speakers(inWordsOf: block)
        joined.formUnion(speakers.numbering)
        guard work.takes(products.size(of: speakers)) else { return [CVEWork.everything(in: CPEPackage.scheme)] }
        return status(speakers, in: scheme(of: speakers, own: CPEPackage.scheme)).ranges()
    }

    private mutating func packages(ofBlock block: Int) -> [AffectedPackage] {
        let product = products.blocks[block]
        var packages: [AffectedPackage] = []
        for var package in AffectedPackage.packages(of: product) {
            let speakers = products.speakers(of: package, in: block)
            let scheme = scheme(of: speakers, own: package.ecosystem.versionScheme)
            let isBounded = work.takes(products.size(of: speakers))
            package.ranges = isBounded ? status(speakers, in: scheme).ranges() : [CVEWork.everything(in: scheme)]
            if let module = product.module {
                let doubt =
                    "The record is about the module \(module), and the inventory does not say of which module a package is."
                package.ranges = package.ranges.map { $0.doubted(doubt) }
            }
            packages.append(package)
        }
        if let commits = CVECommits(product)?.package { packages.append(commits) }
        return packages + products(named: product.cpesOfProduct, inBlock: block)
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
            if isBounded {
                let speakers = products.speakers(of: cpe, in: block)
                joined.formUnion(speakers.numbering)
                if let versions = namedVersions(speakers) { return package(cpe, versions, ofBlock: block) }
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
        let isSilent = package.explicitVersions.isEmpty && package.ranges.allSatisfy(\.saysNothing)
        let speakers = isCounted ? products.numberingSpeakers(of: cpe, isSilent: isSilent) : CVEProducts.Speakers()
        if isCounted, speakers.numbering.isEmpty { return package }
        joined.formUnion(speakers.numbering)
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

    /// A product that the record names by CPE.
    private struct CVEProductName: Hashable {
        let ecosystem: Ecosystem
        let name: String

        init(_ package: AffectedPackage) { (ecosystem, name) = (package.ecosystem, package.name) }
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
            // Many write so of versions of four numbers, which SemVer does not order.
            case "semver" where products[speakers].allSatisfy(\.hasThreeNumbers): return own.isSemVer ? own : .semver
            case "maven": return .maven
            case "python": return .pep440
            case "rpm": return .rpm
            default: continue
            }
        }
        return own
    }
}
