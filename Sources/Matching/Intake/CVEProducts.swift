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
        let texts = CVEWords.spellings(of: cpe[.product].literal, by: cpe[.vendor].literal).map(Name.text)
        let names = texts + [CPEPackage.name(of: cpe)].compactMap { $0.map(Name.cpe) }
        return names.reduce(1) { $0 + (byName[$1]?.count ?? 0) }
    }

    /// Who speaks of the package that a block names. One of a module is another than that of the same name.
    func speakers(of package: AffectedPackage, in block: Int) -> Speakers {
        if blocks[block].module != nil { return speakers(in: block, named: []) }
        return speakers(in: block, named: byName[.package(ecosystem: package.ecosystem.description, name: package.name)] ?? [])
    }

    /// The names of the product of a block that names it by vendor and product in words and in no other way; none where it does not, or
    /// where the words name nothing.
    func namesInWords(of block: Int) -> Set<String> {
        let product = blocks[block]
        let isInWords =
            product.cpes.isEmpty && product.packageURL == nil && !product.isAboutPart
            && AffectedPackage.packages(of: product).isEmpty
        return isInWords ? CVEWords.names(of: product.product, by: product.vendor) : []
    }

    /// How many blocks are looked at to know who speaks of the product that a block names in words.
    func speakerCount(inWordsOf block: Int) -> Int {
        CVEWords.spellings(of: blocks[block].product, by: blocks[block].vendor).reduce(1) { $0 + (byName[.text($1)]?.count ?? 0) }
    }

    /// Who speaks of the product that a block names in words.
    func speakers(inWordsOf block: Int) -> Speakers {
        if isNumbering(block) { return Speakers(numbering: [block]) }
        let product = blocks[block]
        let called = called([(product.vendor, product.product)], isSilent: product.saysNothingOfVersions)
        return Speakers(numbering: Set(called).sorted(), others: [block])
    }

    func isNumbering(_ block: Int) -> Bool { block < numberingCount }

    /// Who speaks of the product that a block names.
    func speakers(of cpe: CPE, in block: Int) -> Speakers {
        var named = CPEPackage.name(of: cpe).flatMap { byName[.cpe($0)] } ?? []
        if block >= numberingCount {
            let other = blocks[block]
            let names: [Called] = [(cpe[.vendor].literal, cpe[.product].literal), (other.vendor, other.product)]
            named = Set(named + called(names, isSilent: other.saysNothingOfVersions)).sorted()
        }
        return speakers(in: block, named: named)
    }

    /// The numbering authority's blocks that speak of a product which another publisher names outside of blocks.
    /// - Parameter isSilent: whether that publisher says nothing of its versions.
    func numberingSpeakers(of cpe: CPE, isSilent: Bool) -> Speakers {
        let named = CPEPackage.name(of: cpe).flatMap { byName[.cpe($0)] } ?? []
        let called = called([(cpe[.vendor].literal, cpe[.product].literal)], isSilent: isSilent)
        return Speakers(numbering: Set(named + called).filter { $0 < numberingCount }.sorted())
    }

    private func speakers(in block: Int, named: [Int]) -> Speakers {
        let (numbering, others) = (named.filter { $0 < numberingCount }, named.filter { $0 >= numberingCount })
        return block < numberingCount
            ? Speakers(numbering: [block], others: others) : Speakers(numbering: numbering, others: [block])
    }

    private typealias Called = (vendor: String?, product: String?)

    /// The numbering authority's blocks whose product has one of these names, and whose vendor may be the same: those that spell the
    /// vendor so where there are some. Another vendor's product of the same name is another product, and what is said of it counts
    /// only where nothing is said of this one: publishers spell vendors in more ways than anybody can know.
    private func called(_ names: [Called], isSilent: Bool) -> [Int] {
        let found = names.flatMap { vendor, product in
            CVEWords.spellings(of: product, by: vendor).flatMap { byName[.text($0)] ?? [] }
        }
        let vendors = Set(names.map { CVEVendor($0.vendor) })
        let ofVendor = found.filter { vendors.contains(CVEVendor(blocks[$0].vendor)) }
        if !ofVendor.isEmpty { return ofVendor }
        let possible = found.filter { number in vendors.contains { $0.mayBe(CVEVendor(blocks[number].vendor)) } }
        return possible.isEmpty && isSilent ? found : possible
    }
}

// MARK: names
extension CVEProducts {
    private static func names(of block: CVEProduct, isNumbering: Bool) -> Set<Name> {
        var names = Set(
            block.cpesOfProduct.compactMap { try? CPE(parsing: $0) }.compactMap(CPEPackage.name).map(Name.cpe)
        )
        for package in AffectedPackage.packages(of: block) where block.module == nil {
            names.insert(.package(ecosystem: package.ecosystem.description, name: package.name))
        }
        if isNumbering, !block.isAboutPart {
            names.formUnion(CVEWords.spellings(of: block.product, by: block.vendor).map(Name.text))
        }
        return names
    }
}
