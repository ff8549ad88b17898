import AdvisoryFormats
import PackageIdentity

/// The blocks of a CVE record, by the names under which its containers speak of the same product.
struct CVEProducts {
    /// The numbering authority's, then those of the other containers.
    let blocks: [CVEProduct]
    private let sizes: [CVEBlockSize]
    private let numberingCount: Int
    private var byName: [Name: [Int]] = [:]

    /// Blocks that are read together, by their numbers.
    struct Speakers: Hashable {
        var numbering: [Int] = []
        var others: [Int] = []
    }

    private enum Name: Hashable {
        case package(ecosystem: String, name: String)
        /// Part, vendor and product.
        case cpe(String)
        /// The numbering authority's product, as it calls it.
        case text(String)
    }

    init(_ record: CVERecord) {
        blocks = record.cna.affected + record.adp.flatMap(\.affected)
        sizes = blocks.map(CVEBlockSize.init)
        numberingCount = record.cna.affected.count
        for (number, block) in blocks.enumerated() {
            for name in Self.names(of: block, isNumbering: number < numberingCount) { byName[name, default: []].append(number) }
        }
    }

    subscript(speakers: Speakers) -> [CVEProduct] { (speakers.numbering + speakers.others).map { blocks[$0] } }

    func size(of speakers: Speakers) -> CVEBlockSize {
        (speakers.numbering + speakers.others).reduce(into: CVEBlockSize()) { $0 += sizes[$1] }
    }

    /// How many blocks are looked at to know who speaks of a product.
    func speakerCount(of cpe: CPE) -> Int {
        let texts = Self.spellings(of: cpe[.product].literal, cpe[.vendor].literal).map(Name.text)
        let names = texts + [CPEPackage.name(of: cpe)].compactMap { $0.map(Name.cpe) }
        return names.reduce(1) { $0 + (byName[$1]?.count ?? 0) }
    }

    /// Who speaks of the package that a block names.
    func speakers(of package: AffectedPackage, in block: Int) -> Speakers {
        speakers(in: block, named: byName[.package(ecosystem: package.ecosystem.name, name: package.name)] ?? [])
    }

    /// Who speaks of the product that a block names.
    /// - Parameter block: nil for a name that stands in no block.
    func speakers(of cpe: CPE, in block: Int?) -> Speakers {
        var named = CPEPackage.name(of: cpe).flatMap { byName[.cpe($0)] } ?? []
        if block.map({ $0 >= numberingCount }) ?? true {
            let other = block.map { blocks[$0] }
            named = Set(named + called(cpe[.vendor].literal, cpe[.product].literal, or: other)).sorted()
        }
        return speakers(in: block, named: named)
    }

    private func speakers(in block: Int?, named: [Int]) -> Speakers {
        let (numbering, others) = (named.filter { $0 < numberingCount }, named.filter { $0 >= numberingCount })
        guard let block else { return Speakers(numbering: numbering) }
        return block < numberingCount
            ? Speakers(numbering: [block], others: others) : Speakers(numbering: numbering, others: [block])
    }

    /// The numbering authority's blocks whose product has this name or that of another's block. Publishers spell vendors in many
    /// ways: the vendor decides only between several products of one name.
    private func called(_ vendor: String?, _ product: String?, or other: CVEProduct?) -> [Int] {
        let names = [(vendor, product), (other?.vendor, other?.product)]
        let found = names.flatMap { vendor, product in
            Self.spellings(of: product, vendor).flatMap { byName[.text($0)] ?? [] }
        }
        let vendors = Set(names.compactMap { $0.0.map(Self.folded) })
        let ofVendor = found.filter { vendors.contains(Self.folded(blocks[$0].vendor ?? "")) }
        return ofVendor.isEmpty ? found : ofVendor
    }
}

// MARK: names
extension CVEProducts {
    private static func names(of block: CVEProduct, isNumbering: Bool) -> Set<Name> {
        var names = Set(
            block.cpes.compactMap { try? CPE(parsing: $0) }.compactMap(CPEPackage.name).map(Name.cpe)
        )
        if let package = AffectedPackage.package(of: block) {
            names.insert(.package(ecosystem: package.ecosystem.name, name: package.name))
        }
        // Where a block names a package its versions are the package's, and the product is what that belongs to.
        if isNumbering, block.packageName == nil {
            names.formUnion(spellings(of: block.product, block.vendor).map(Name.text))
        }
        return names
    }

    /// A product's name without what differs between publishers, as a whole and without its vendor in front; none where it says
    /// nothing (`n/a`).
    private static func spellings(of product: String?, _ vendor: String?) -> Set<String> {
        let (product, vendor) = (folded(product ?? ""), folded(vendor ?? ""))
        if product.isEmpty || product == "n_a" { return [] }
        let isPrefixed = !vendor.isEmpty && product.hasPrefix(vendor + "_")
        return isPrefixed ? [product, String(product.dropFirst(vendor.utf8.count + 1))] : [product]
    }

    /// Lowercase, with one `_` between words: `Confluence Data Center` is `confluence_data_center`.
    private static func folded(_ text: String) -> String {
        text.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: "_")
    }
}
