package import PackageIdentity

/// Asks an index about one component after the other, and remembers what their ecosystems and releases mean for it: an inventory
/// has few of them.
package struct Matcher {
    let index: AdvisoryIndex
    /// The index's segments, which it keeps alive: asking one costs no reference count.
    private let segments: [Unmanaged<IndexSegment>]
    private var ecosystems: AskedEcosystems
    /// For each ecosystem of plain purls its number in `ecosystems`, once it was asked about.
    private var plain: [Int?]
    /// Of the package that is asked about, where its version may lack an epoch.
    private var epochs = OpenEpochs()

    package init(_ index: AdvisoryIndex) {
        self.index = index
        segments = index.segments.map { .passUnretained($0) }
        ecosystems = AskedEcosystems(of: index)
        plain = Array(repeating: nil, count: PlainPurl.ecosystems.count)
    }

    /// Appends the places of the advisories that concern a component, each advisory once; of several sentences of one advisory
    /// the surest counts.
    ///
    /// A version is affected when a certain range holds it or the advisory lists it
    /// (https://ossf.github.io/osv-schema/#evaluation). It cannot be decided when only a range in doubt holds it, when the
    /// version has no place in the order and the ranges do not hold everything, when the advisory is about one release of
    /// a distribution and the component's release is not known, or when the version is in doubt (`VersionDoubt`).
    package mutating func find(_ component: Component, into places: inout [MatchPlace]) {
        withUnsafePointer(to: component) { find($0, &places) }
    }

    /// What `find` gives for the component that a purl names, without making one.
    package mutating func find(_ purl: PlainPurl, into places: inout [MatchPlace]) {
        let ecosystem = number(ofPlain: purl.ecosystemNumber)
        purl.withName { name in find(ecosystem, name, purl.version, nil, &places) }
    }

    private mutating func number(ofPlain number: Int) -> Int {
        if let known = plain[number] { return known }
        let asked = ecosystems.number(of: PlainPurl.ecosystems[number])
        plain[number] = asked
        return asked
    }

    // Mutating, so that a closure which calls it refers to the matcher and copies nothing of it.
    @inline(__always)
    private mutating func find(
        _ ecosystem: Int, _ name: UnsafeRawBufferPointer, _ version: UnsafeBufferPointer<UInt8>?, _ doubt: VersionDoubt?,
        _ places: inout [MatchPlace]
    ) {
        var hash = ecosystems.hash(ecosystem)
        hash.combine(name)
        if doubt == .openEpoch { gatherEpochs(ecosystem, name, hash) }
        for number in 0..<segments.count {
            guard let numberOfName = ecosystems.name(ecosystem, inSegment: number) else { continue }
            segments[number]._withUnsafeGuaranteedRef { segment in
                guard let found = segment.entries(ecosystem: numberOfName, name: name, hash: hash.value) else { return }
                judge(found, of: segment, number, ecosystem, version, doubt, &places)
            }
        }
    }

    private mutating func gatherEpochs(_ ecosystem: Int, _ name: UnsafeRawBufferPointer, _ hash: WordHash) {
        epochs.removeAll()
        for (number, segment) in index.segments.enumerated() {
            guard let nameNumber = ecosystems.name(ecosystem, inSegment: number),
                let found = segment.entries(ecosystem: nameNumber, name: name, hash: hash.value)
            else { continue }
            for entry in found {
                let element = segment.entries[entry]
                let coverage = ecosystems.coverage(ecosystem, inSegment: number, ofEcosystem: element.ecosystem)
                guard coverage != .different, !index.dead[number].contains(element.advisory) else { continue }
                segment.gatherEpochs(of: entry, into: &epochs)
            }
        }
    }

    private func judge(
        _ entries: Range<Int>, of segment: borrowing IndexSegment, _ number: Int, _ ecosystem: Int,
        _ version: UnsafeBufferPointer<UInt8>?, _ doubt: VersionDoubt?, _ places: inout [MatchPlace]
    ) {
        if let product = ecosystems.product(ecosystem) {
            return judge(products: entries, of: segment, number, product, version, &places)
        }
        let first = places.count
        let open = doubt == .openEpoch ? version : nil
        var version = VersionPlace(version)
        for entry in entries {
            let element = segment.entries[entry]
            let coverage = ecosystems.coverage(ecosystem, inSegment: number, ofEcosystem: element.ecosystem)
            guard coverage != .different, !index.dead[number].contains(element.advisory),
                let ground = open.map({ segment.judge(entry, $0, under: epochs) }) ?? segment.judge(entry, &version)
            else { continue }
            if ecosystems.isRepositories(ecosystem), segment.passesTag(entry, ground, version.version) { continue }
            var place = MatchPlace(segment: number, entry: entry, ground: ground, isReleaseUnknown: coverage == .undecided)
            place.isStated = doubt == .stated
            // Entries are sorted by advisory, so one that was found already was the last to be found.
            if places.count > first, segment.entries[places[places.count - 1].entry].advisory == element.advisory {
                if place.isAffected, !places[places.count - 1].isAffected { places[places.count - 1] = place }
            } else {
                places.append(place)
            }
        }
    }
}

extension Matcher {
    /// Asks about one component after the other; `found` gets the number of each that something concerns, and the places.
    package mutating func find(
        _ components: [Component], _ found: (_ number: Int, _ places: [MatchPlace]) throws -> Void
    ) rethrows {
        var places: [MatchPlace] = []
        try components.withUnsafeBufferPointer { components in
            guard let first = components.baseAddress else { return }
            for number in components.indices {
                find(first + number, &places)
                if places.isEmpty { continue }
                try found(number, places)
                places.removeAll(keepingCapacity: true)
            }
        }
    }

    @inline(__always)
    private mutating func find(_ component: UnsafePointer<Component>, _ places: inout [MatchPlace]) {
        let ecosystem = ecosystems.number(of: component.pointee.ecosystem)
        PackageName.withBytes(of: component.pointee.name) { name in
            let isRepository = ecosystems.isRepositories(ecosystem)
            guard let version = isRepository ? component.pointee.taggedVersion : component.pointee.version else {
                return findAll(ecosystem, name, nil, nil, &places)
            }
            let doubt = component.pointee.doubt
            PackageName.withBytes(of: version) {
                findAll(ecosystem, name, $0.assumingMemoryBound(to: UInt8.self), doubt, &places)
            }
        }
    }

    /// What is found under a name, and of a product also under its name in words: an advisory that has it under both is
    /// found once. What an inventory names in words is looked for in every part.
    @inline(__always)
    private mutating func findAll(
        _ ecosystem: Int, _ name: UnsafeRawBufferPointer, _ version: UnsafeBufferPointer<UInt8>?, _ doubt: VersionDoubt?,
        _ places: inout [MatchPlace]
    ) {
        guard ecosystems.product(ecosystem) != nil else { return find(ecosystem, name, version, doubt, &places) }
        if ProductWords.isWithoutPart(name) { return findParts(ecosystem, name, version, &places) }
        let first = places.count
        find(ecosystem, name, version, doubt, &places)
        let middle = places.count
        ProductWords.withName(ofProduct: name) { find(ecosystem, $0, version, doubt, &places) }
        if middle > first, places.count > middle { join(from: first, &places) }
    }

    /// Whether an advisory names a product that an inventory names in words, in whatever version.
    package mutating func knows(_ product: Component) -> Bool {
        var product = product
        product.version = nil
        var places: [MatchPlace] = []
        find(product, into: &places)
        return !places.isEmpty
    }

    /// What is found of a product whose part is not known: an advisory may have it in several, and is found once.
    private mutating func findParts(
        _ ecosystem: Int, _ name: UnsafeRawBufferPointer, _ version: UnsafeBufferPointer<UInt8>?, _ places: inout [MatchPlace]
    ) {
        let first = places.count
        ProductWords.withName(ofProduct: name) { find(ecosystem, $0, version, nil, &places) }
        ProductWords.withName(ofProduct: name, beginning: ProductWords.besides) { find(ecosystem, $0, version, nil, &places) }
        ProductWords.withNames(ofProduct: name) { find(ecosystem, $0, version, nil, &places) }
        if places.count > first + 1 { join(from: first, &places) }
    }

    /// Leaves each advisory once among the places from `first` on, where it was first found: the surest counts.
    private func join(from first: Int, _ places: inout [MatchPlace]) {
        var known: [[Int]: Int] = [:]
        var count = first
        for number in first..<places.count {
            let place = places[number]
            let advisory = [place.segment, Int(index.segments[place.segment].entries[place.entry].advisory)]
            if let earlier = known[advisory] {
                if place.isAffected, !places[earlier].isAffected { places[earlier] = place }
            } else {
                known[advisory] = count
                places[count] = place
                count += 1
            }
        }
        places.removeLast(places.count - count)
    }
}
