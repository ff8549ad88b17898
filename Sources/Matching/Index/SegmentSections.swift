import PackageIdentity

/// The sections of a segment while it is built.
struct SegmentSections {
    private var packages: [PackageElement] = []
    private var packageHashes: [UInt64] = []
    private var entries: [EntryElement] = []
    private var ranges: [RangeElement] = []
    private var rangeTexts: [RangeTextElement] = []
    private var listed: [KeyElement] = []
    private var unplaced: [UInt32] = []
    private var advisories: [AdvisoryElement] = []
    private var aliases: [UInt32] = []
    private var identifiers: [(text: String, element: IdentifierElement)] = []
    private var retracted: [RetractionElement] = []
    private var ecosystems = NumberedValues<String>()
    private var ecosystemNames = NumberedValues<String>()
    private var schemes = NumberedValues<String>()
    private var strings = ByteStrings()

    /// Retractions come in the order of their identifiers.
    mutating func retract(_ advisory: IndexedAdvisory) {
        retracted.append(RetractionElement(modified: advisory.modified, identifier: strings.number(of: advisory.id)))
    }

    mutating func append(_ advisory: IndexedAdvisory) {
        let number = UInt32(advisories.count)
        advisories.append(
            AdvisoryElement(
                modified: advisory.modified, documentOffset: UInt64(advisory.document?.lowerBound ?? 0),
                documentLength: UInt32(advisory.document?.count ?? 0), identifier: strings.number(of: advisory.id),
                firstAlias: UInt32(aliases.count),
                summary: advisory.summary.map { strings.number(of: $0) } ?? SegmentLayout.none
            )
        )
        for alias in advisory.aliases { aliases.append(strings.number(of: alias)) }
        for text in [advisory.id] + advisory.aliases {
            identifiers.append((text, IdentifierElement(text: strings.number(of: text), advisory: number)))
        }
    }

    /// Appends a package with all its entries, which are not empty and name the same package.
    mutating func append(_ group: [SegmentBuilder.Entry]) {
        guard let first = group.first?.package else { return }
        let name = strings.place(of: first.name)
        packages.append(
            PackageElement(
                ecosystem: ecosystemNames.number(of: first.ecosystem.name), nameStart: name.start, nameLength: name.length,
                firstEntry: UInt32(entries.count)
            )
        )
        packageHashes.append(PackageName.hash(ecosystem: first.ecosystem.name, name: first.name))
        for entry in group { append(entry.package, advisory: UInt32(entry.advisory)) }
    }

    private mutating func append(_ package: AffectedPackage, advisory: UInt32) {
        let firstRange = ranges.count
        let certain = package.ranges.filter { $0.doubt == nil }.sorted { $0.lower < $1.lower }
        for range in certain { append(range) }
        let firstDoubtful = ranges.count
        for range in package.ranges.filter({ $0.doubt != nil }).sorted(by: { $0.lower < $1.lower }) { append(range) }
        let (firstListed, firstUnplaced) = (listed.count, unplaced.count)
        appendListed(package, besides: certain)
        entries.append(
            EntryElement(
                advisory: advisory, ecosystem: ecosystems.number(of: package.ecosystem.description),
                firstRange: UInt32(firstRange), firstDoubtful: UInt32(firstDoubtful), firstListed: UInt32(firstListed),
                firstUnplaced: UInt32(firstUnplaced)
            )
        )
    }

    private mutating func append(_ range: VersionRange) {
        let (end, endText): (RangeElement.EndKind, String?) =
            switch range.end {
            case .none: (.none, nil)
            case .fixed(let text): (.fixed, text)
            case .lastAffected(let text): (.lastAffected, text)
            case .limit(let text): (.limit, text)
            }
        let upper = range.upper.firstOutside
        ranges.append(
            RangeElement(
                lower: element(range.lower), upper: element(upper ?? .lowest), scheme: schemes.number(of: range.scheme.name),
                openness: upper == nil ? 1 : 0, endKind: end.rawValue
            )
        )
        rangeTexts.append(
            RangeTextElement(
                introduced: strings.number(of: range.introducedText),
                end: endText.map { strings.number(of: $0) } ?? SegmentLayout.none,
                doubt: range.doubt.map { strings.number(of: $0) } ?? SegmentLayout.none
            )
        )
    }

    /// A version that a certain range holds is found by it, so that most lists (PyPA's have 140,000 versions) come to nothing.
    private mutating func appendListed(_ package: AffectedPackage, besides ranges: [VersionRange]) {
        let scheme = package.ecosystem.versionScheme
        var keys = package.explicitKeys
        for version in package.explicitVersions {
            guard let key = try? VersionKey(encoding: version, in: scheme) else {
                unplaced.append(strings.number(of: version))
                continue
            }
            let hasPlace = !(scheme == .pep440 && key.isLegacyPEP440)
            if hasPlace, ranges.contains(where: { $0.scheme == scheme && $0.contains(key) }) { continue }
            keys.append(key)
        }
        keys.sort()
        for key in keys { listed.append(element(key)) }
    }

    private mutating func element(_ key: VersionKey) -> KeyElement {
        KeyElement(key, rest: key.bytesBeyondWords.map { strings.add($0) } ?? SegmentLayout.none)
    }

    /// Adds the sentinels and sorts the identifiers.
    mutating func finish() {
        packages.append(PackageElement(ecosystem: 0, nameStart: 0, nameLength: 0, firstEntry: UInt32(entries.count)))
        entries.append(
            EntryElement(
                advisory: 0, ecosystem: 0, firstRange: UInt32(ranges.count), firstDoubtful: UInt32(ranges.count),
                firstListed: UInt32(listed.count), firstUnplaced: UInt32(unplaced.count)
            )
        )
        advisories.append(
            AdvisoryElement(
                modified: 0, documentOffset: 0, documentLength: 0, identifier: SegmentLayout.none,
                firstAlias: UInt32(aliases.count),
                summary: SegmentLayout.none
            )
        )
        identifiers.sort { $0.text.utf8.lexicographicallyPrecedes($1.text.utf8) }
    }
}

// MARK: writing
extension SegmentSections {
    /// The whole file; `finish()` came before.
    mutating func bytes() -> [UInt8] {
        let ecosystems = ecosystems.values.map { strings.number(of: $0) }
        let ecosystemNames = ecosystemNames.values.map { strings.number(of: $0) }
        let schemes = schemes.values.map { strings.number(of: $0) }
        var file = SegmentFile()
        for section in SegmentLayout.Section.allCases {
            switch section {
            case .slots: file.append(slots())
            case .packages: file.append(packages)
            case .entries: file.append(entries)
            case .ranges: file.append(ranges)
            case .rangeTexts: file.append(rangeTexts)
            case .listed: file.append(listed)
            case .unplaced: file.append(unplaced)
            case .advisories: file.append(advisories)
            case .aliases: file.append(aliases)
            case .identifiers: file.append(identifiers.map(\.element))
            case .retracted: file.append(retracted)
            case .ecosystems: file.append(ecosystems)
            case .ecosystemNames: file.append(ecosystemNames)
            case .schemes: file.append(schemes)
            case .byteStringStarts: file.append(strings.starts)
            case .byteStrings: file.append(strings.bytes)
            }
        }
        return file.finished()
    }

    /// At most half full, so that a search ends after a slot or two.
    private func slots() -> [UInt64] {
        var count = 2
        while count < 2 * packageHashes.count { count *= 2 }
        var slots = [UInt64](repeating: 0, count: count)
        for (number, hash) in packageHashes.enumerated() {
            var slot = Int(truncatingIfNeeded: hash) & (count - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (count - 1) }
            slots[slot] = hash & ~0xFFFF_FFFF | UInt64(number + 1)
        }
        return slots
    }
}

/// Values and their numbers, in the order in which they came.
struct NumberedValues<Value: Hashable> {
    private(set) var values: [Value] = []
    private var numbers: [Value: UInt32] = [:]

    mutating func number(of value: Value) -> UInt32 {
        if let number = numbers[value] { return number }
        let number = UInt32(values.count)
        values.append(value)
        numbers[value] = number
        return number
    }

    /// The number of a value that came already, or nil.
    func number(ofKnown value: Value) -> UInt32? { numbers[value] }
}

extension NumberedValues: Sendable where Value: Sendable {}

/// Numbered byte strings: texts once each, keys as they come.
struct ByteStrings {
    /// Where each begins, and at last where the last one ends.
    private(set) var starts: [UInt32] = [0]
    private(set) var bytes: [UInt8] = []
    private var numbers: [String: UInt32] = [:]

    mutating func number(of text: String) -> UInt32 {
        if let number = numbers[text] { return number }
        let number = add(text.utf8)
        numbers[text] = number
        return number
    }

    mutating func place(of text: String) -> (start: UInt32, length: UInt32) {
        let number = Int(number(of: text))
        return (starts[number], starts[number + 1] - starts[number])
    }

    mutating func add(_ string: some Sequence<UInt8>) -> UInt32 {
        bytes.append(contentsOf: string)
        starts.append(UInt32(bytes.count))
        return UInt32(starts.count - 2)
    }
}
