import PackageIdentity

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
        for name in names where isEqual(unplaced[name], UnsafeRawBufferPointer(text)) { return true }
        var (low, high) = (Int(entry.firstListed), Int(next.firstListed))
        if low == high { return false }
        _ = version.resolve(in: listSchemes[Int(entry.ecosystem)])
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

// MARK: repositories
extension IndexSegment {
    /// Whether a version of a repository is a tag, in doubt as a commit would be, where the entry lists the tags that it affects.
    func passesTag(_ entry: Int, _ ground: MatchPlace.Ground, _ version: UnsafeBufferPointer<UInt8>?) -> Bool {
        guard case .doubtfulRange = ground, let version, GitTag.namesVersion(version) else { return false }
        let listed = Int(entries[entry].firstUnplaced)..<Int(entries[entry &+ 1].firstUnplaced)
        return listed.contains { !GitTag.isCommit(bytes(unplaced[$0])) }
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
