import PackageIdentity

/// The ecosystems, with their releases, of the components that an index was asked about, and what each means for its segments;
/// worked out when an ecosystem is first asked about.
struct AskedEcosystems {
    private let segments: [IndexSegment]
    private var ecosystems: [Ecosystem] = []
    private var numbers: [Ecosystem: Int] = [:]
    private var repositories: Int?
    /// One a number: the hash of the ecosystem's name, which the hash of a package goes on from.
    private var hashes: [WordHash] = []
    /// For each number and each segment, the number that the segment has for the name, or `noName`.
    private var names: [UInt32] = []
    /// For each number and each segment, where its coverages begin: one for each of the segment's ecosystems.
    private var coverageStarts: [Int] = []
    private var coverages: [Ecosystem.Coverage] = []
    /// For ecosystems of products, what their suffix says of a product.
    private var products: [Int: CPE] = [:]

    private static let noName = UInt32.max

    init(of index: AdvisoryIndex) { segments = index.segments }

    /// The number of an ecosystem.
    @inline(__always)
    mutating func number(of ecosystem: Ecosystem) -> Int {
        // Most inventories have one or two ecosystems: looking is faster than hashing.
        for number in 0..<min(ecosystems.count, Self.lookedAtCount) where ecosystems[number] == ecosystem { return number }
        return numbers[ecosystem] ?? add(ecosystem)
    }

    private static let lookedAtCount = 4
    /// Ecosystems whose coverages are kept: an inventory that names a release with every component must not fill the memory.
    private static let coveredCount = 64

    private mutating func add(_ ecosystem: Ecosystem) -> Int {
        let number = ecosystems.count
        if ecosystem.name == Component.ecosystemOfRepositories { repositories = number }
        ecosystems.append(ecosystem)
        numbers[ecosystem] = number
        hashes.append(PackageName.hash(ofEcosystem: ecosystem.name))
        for segment in segments {
            names.append(segment.ecosystemNames.firstIndex(of: ecosystem.name).map(UInt32.init) ?? Self.noName)
            coverageStarts.append(coverages.count)
            if number < Self.coveredCount { coverages += segment.ecosystems.map { $0.coverage(of: ecosystem) } }
        }
        if ecosystem.name == CPEPackage.ecosystemName { products[number] = CPEPackage.attributes(ecosystem) }
        return number
    }

    @inline(__always)
    func hash(_ number: Int) -> WordHash { hashes[number] }

    /// What the ecosystem says of a product beside its name; nil where it is no ecosystem of products.
    @inline(__always)
    func product(_ number: Int) -> CPE? { products.isEmpty ? nil : products[number] }

    /// Whether the packages of the ecosystem are repositories, whose versions are tags.
    @inline(__always)
    func isRepositories(_ number: Int) -> Bool { number == repositories }

    /// The number in the segment's `ecosystemNames`; nil where it has no package of the ecosystem.
    @inline(__always)
    func name(_ number: Int, inSegment segment: Int) -> UInt32? {
        let name = names[number &* segments.count &+ segment]
        return name == Self.noName ? nil : name
    }

    /// Whether what holds for an ecosystem of a segment holds for the one that was asked about.
    @inline(__always)
    func coverage(_ number: Int, inSegment segment: Int, ofEcosystem ecosystem: UInt32) -> Ecosystem.Coverage {
        if number >= Self.coveredCount { return segments[segment].ecosystems[Int(ecosystem)].coverage(of: ecosystems[number]) }
        return coverages[coverageStarts[number &* segments.count &+ segment] &+ Int(ecosystem)]
    }
}
