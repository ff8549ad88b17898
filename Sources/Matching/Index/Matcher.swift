import PackageIdentity

/// Asks an index about one component after the other, and remembers what the last one's distribution release means for each
/// ecosystem of the index: an inventory has few of them.
package struct Matcher {
    let index: AdvisoryIndex
    private var ecosystem: Ecosystem?
    /// For each segment and each of its ecosystems, whether what holds there holds for `ecosystem`.
    private var coverages: [[Ecosystem.Coverage]] = []

    package init(_ index: AdvisoryIndex) { self.index = index }

    /// Appends the places of the advisories that concern a component, each advisory once; of several sentences of one advisory
    /// the surest counts.
    ///
    /// A version is affected when a certain range holds it or the advisory lists it
    /// (https://ossf.github.io/osv-schema/#evaluation). It cannot be decided when only a range in doubt holds it, when the
    /// version has no place in the order and the ranges do not hold everything, or when the advisory is about one release of
    /// a distribution and the component's release is not known.
    package mutating func find(_ component: Component, into places: inout [MatchPlace]) {
        PackageName.withBytes(of: component.ecosystem.name) { ecosystem in
            PackageName.withBytes(of: component.name) { name in
                let hash = PackageName.hash(ecosystem: ecosystem, name: name)
                for number in index.segments.indices {
                    let segment = index.segments[number]
                    guard let found = segment.entries(ecosystem: ecosystem, name: name, hash: hash) else { continue }
                    judge(found, of: segment, number, component, &places)
                }
            }
        }
    }

    private mutating func judge(
        _ entries: Range<Int>, of segment: IndexSegment, _ number: Int, _ component: Component, _ places: inout [MatchPlace]
    ) {
        if component.ecosystem.name == CPEPackage.ecosystemName {
            return judge(products: entries, of: segment, number, component, &places)
        }
        prepare(component.ecosystem)
        let first = places.count
        var version = VersionPlace(component.comparedVersion)
        for entry in entries {
            let element = segment.entries[entry]
            let coverage = coverages[number][Int(element.ecosystem)]
            guard coverage != .different, !index.dead[number].contains(element.advisory),
                let ground = segment.judge(entry, &version)
            else { continue }
            let place = MatchPlace(segment: number, entry: entry, ground: ground, isReleaseUnknown: coverage == .undecided)
            // Entries are sorted by advisory, so one that was found already was the last to be found.
            if places.count > first, segment.entries[places[places.count - 1].entry].advisory == element.advisory {
                if place.isAffected, !places[places.count - 1].isAffected { places[places.count - 1] = place }
            } else {
                places.append(place)
            }
        }
    }

    private mutating func prepare(_ ecosystem: Ecosystem) {
        if self.ecosystem == ecosystem { return }
        self.ecosystem = ecosystem
        coverages = index.segments.map { segment in segment.ecosystems.map { $0.coverage(of: ecosystem) } }
    }
}

extension IndexSegment {
    /// What an entry says of a version, or nil where it does not concern it.
    func judge(_ entry: Int, _ version: inout VersionPlace) -> MatchPlace.Ground? {
        let (element, next) = (entries[entry], entries[entry &+ 1])
        let doubtful = Int(element.firstDoubtful)
        if let range = firstRange(in: Int(element.firstRange)..<doubtful, &version) { return .range(range) }
        if lists(element, next, &version) { return .listed }
        if let range = firstRange(in: doubtful..<Int(next.firstRange), &version) { return .doubtfulRange(range) }
        return unplaced(element, next, &version)
    }

    /// The first range that holds the version. Ranges of different schemes may stand side by side: none ends the search.
    private func firstRange(in part: Range<Int>, _ version: inout VersionPlace) -> Int? {
        for index in part {
            if ranges[index].containsEverything { return index }
            guard version.resolve(in: schemes[Int(ranges[index].scheme)]), let key = version.key else { continue }
            if contains(ranges[index], key) { return index }
        }
        return nil
    }

    private func lists(_ entry: EntryElement, _ next: EntryElement, _ version: inout VersionPlace) -> Bool {
        guard let text = version.version else { return false }
        let names = Int(entry.firstUnplaced)..<Int(next.firstUnplaced)
        if !names.isEmpty, PackageName.withBytes(of: text, { text in names.contains { isEqual(unplaced[$0], text) } }) {
            return true
        }
        var (low, high) = (Int(entry.firstListed), Int(next.firstListed))
        if low == high { return false }
        _ = version.resolve(in: ecosystems[Int(entry.ecosystem)].versionScheme)
        guard let key = version.key else { return false }
        while low < high {
            let middle = low &+ (high &- low) / 2
            if isBelow(listed[middle], key) { low = middle &+ 1 } else { high = middle }
        }
        return low < Int(next.firstListed) && !isBelow(key, listed[low])
    }

    /// A version without a place in the order could lie in every range there is.
    private func unplaced(_ entry: EntryElement, _ next: EntryElement, _ version: inout VersionPlace) -> MatchPlace.Ground? {
        for index in Int(entry.firstRange)..<Int(next.firstRange) where !version.resolve(in: schemes[Int(ranges[index].scheme)]) {
            return .unplaced(range: index)
        }
        let hasRanges = entry.firstRange < next.firstRange
        let hasList = entry.firstListed < next.firstListed || entry.firstUnplaced < next.firstUnplaced
        return !hasRanges && hasList && version.version == nil ? .noVersion : nil
    }
}

// MARK: keys
extension RangeElement {
    @inline(__always) var isOpen: Bool { openness == 1 }
    /// Whether the range holds every version there is, so that a version without a place in the order is in it too.
    @inline(__always) var containsEverything: Bool { isOpen && lower.low == 0 }
}

extension IndexSegment {
    @inline(__always)
    private func contains(_ range: RangeElement, _ key: VersionKey) -> Bool {
        !isBelow(key, range.lower) && (range.isOpen || isBelow(key, range.upper))
    }

    @inline(__always)
    private func isBelow(_ key: VersionKey, _ element: KeyElement) -> Bool {
        let words = key.words
        if words.high != element.high { return words.high < element.high }
        if words.middle != element.middle { return words.middle < element.middle }
        if words.low != element.low { return words.low < element.low }
        guard let rest = key.bytesBeyondWords else { return false }
        return rest.lexicographicallyPrecedes(bytes(element.rest))
    }

    @inline(__always)
    private func isBelow(_ element: KeyElement, _ key: VersionKey) -> Bool {
        let words = key.words
        if words.high != element.high { return element.high < words.high }
        if words.middle != element.middle { return element.middle < words.middle }
        if words.low != element.low { return element.low < words.low }
        guard let rest = key.bytesBeyondWords else { return false }
        return bytes(element.rest).lexicographicallyPrecedes(rest)
    }
}
