import PackageIdentity

/// The bytes of a segment file whose header was read, and of which nothing else is believed yet.
struct UnverifiedSegment {
    private let file: UnsafeRawBufferPointer
    private let sections: [(offset: Int, count: Int)]
    /// Asked for once: it is another module's.
    private let keyWordCapacity = UInt64(VersionKey.wordCapacity)

    /// Reads the header.
    /// - Throws: `notAnIndex`, `revision`, or `checksum` where bytes were changed or cut off.
    init(_ file: UnsafeRawBufferPointer) throws(IndexError) {
        guard file.count >= SegmentLayout.headerLength, file.count % 8 == 0, Self.word(file, 0) == SegmentLayout.magic else {
            throw IndexError(.notAnIndex, "the file is no index of advisories")
        }
        let (revisions, own) = (Self.word(file, 8), UInt64(SegmentLayout.revision) | UInt64(VersionKey.encodingRevision) << 32)
        guard revisions == own else {
            let words = [revisions, own].map { "layout \($0 & 0xFFFF_FFFF) with keys \($0 >> 32)" }
            throw IndexError(.revision, "another release wrote the index (\(words[0]), here \(words[1])); make it anew")
        }
        guard Self.word(file, 16) == UInt64(file.count) else {
            throw IndexError(.notAnIndex, "the file has \(file.count) bytes and should have \(Self.word(file, 16))")
        }
        guard WordHash.checksum(SegmentFile.checkedWords(file)) == Self.word(file, SegmentLayout.checksumOffset) else {
            throw IndexError(.checksum, "the bytes of the index are not those that were written")
        }
        self.file = file
        sections = try SegmentLayout.Section.allCases.map { (section) throws(IndexError) in
            let place = SegmentLayout.sectionTableOffset + 16 * section.rawValue
            let (offset, count) = (Self.word(file, place), Self.word(file, place + 8))
            let (length, overflows) = count.multipliedReportingOverflow(by: UInt64(section.stride))
            guard !overflows, offset % 8 == 0, offset >= UInt64(SegmentLayout.headerLength), offset <= UInt64(file.count),
                length <= UInt64(file.count) - offset
            else { throw IndexError(.structure, "the section \(section) lies outside the file") }
            return (Int(offset), Int(count))
        }
    }

    private static func word(_ file: UnsafeRawBufferPointer, _ offset: Int) -> UInt64 {
        file.load(fromByteOffset: offset, as: UInt64.self)
    }

    /// The elements of a section; `Element` is the section's.
    subscript<Element: BitwiseCopyable>(_ section: SegmentLayout.Section) -> UnsafeBufferPointer<Element> {
        let (offset, count) = sections[section.rawValue]
        let bytes = UnsafeRawBufferPointer(rebasing: file[offset..<offset + count * section.stride])
        return bytes.assumingMemoryBound(to: Element.self)
    }
}

// MARK: verification
extension UnverifiedSegment {
    /// Checks that every number in the file points to something, and that what must be sorted or in bounds is.
    func verify() throws(IndexError) {
        try verifyByteStrings()
        let strings = (self[.byteStringStarts] as UnsafeBufferPointer<UInt32>).count - 1
        try verifySlots()
        try verifyPackages()
        try verifyEntries()
        try verifyRanges(strings: strings)
        try verifyAdvisories(strings: strings)
        let keys: UnsafeBufferPointer<KeyElement> = self[.listed]
        try require(keys.allSatisfy { isKey($0, strings) }, .listed)
        let retracted: UnsafeBufferPointer<RetractionElement> = self[.retracted]
        try require(retracted.allSatisfy { $0.identifier < strings }, .retracted)
        for section in [SegmentLayout.Section.unplaced, .aliases, .ecosystems, .ecosystemNames, .schemes] {
            let numbers: UnsafeBufferPointer<UInt32> = self[section]
            try require(numbers.allSatisfy { $0 < strings }, section)
        }
    }

    private func require(_ condition: Bool, _ section: SegmentLayout.Section) throws(IndexError) {
        guard condition else { throw IndexError(.structure, "the section \(section) points to something that is not there") }
    }

    private func verifyByteStrings() throws(IndexError) {
        let ends: UnsafeBufferPointer<UInt32> = self[.byteStringStarts]
        let bytes: UnsafeBufferPointer<UInt8> = self[.byteStrings]
        try require(ends.first == 0 && Int(ends[ends.count - 1]) == bytes.count && isAscending(ends), .byteStringStarts)
    }

    private func isAscending(_ numbers: UnsafeBufferPointer<UInt32>) -> Bool {
        for index in numbers.indices.dropFirst() where numbers[index] < numbers[index - 1] { return false }
        return true
    }

    /// A power of two, with an empty slot at which every search ends.
    private func verifySlots() throws(IndexError) {
        let slots: UnsafeBufferPointer<UInt64> = self[.slots]
        let packages: UnsafeBufferPointer<PackageElement> = self[.packages]
        try require(slots.count > 0 && slots.count & (slots.count - 1) == 0 && slots.contains(0), .slots)
        try require(slots.allSatisfy { $0 & 0xFFFF_FFFF <= UInt64(max(packages.count - 1, 0)) }, .slots)
        try require(slots.allSatisfy { $0 == 0 || $0 & 0xFFFF_FFFF != 0 }, .slots)
    }

    private func verifyPackages() throws(IndexError) {
        let packages: UnsafeBufferPointer<PackageElement> = self[.packages]
        let entries: UnsafeBufferPointer<EntryElement> = self[.entries]
        try require(!packages.isEmpty && !entries.isEmpty, .packages)
        var last: UInt32 = 0
        for (number, package) in packages.enumerated() {
            let isSentinel = number == packages.count - 1
            let nameEnd = UInt64(package.nameStart) + UInt64(package.nameLength)
            let isNamed = package.ecosystem < count(.ecosystemNames) && nameEnd <= count(.byteStrings)
            try require((isSentinel || isNamed) && package.firstEntry >= last, .packages)
            last = package.firstEntry
        }
        try require(Int(last) == entries.count - 1, .packages)
    }

    private func verifyEntries() throws(IndexError) {
        let entries: UnsafeBufferPointer<EntryElement> = self[.entries]
        let (advisories, ecosystems) = (self.count(.advisories) - 1, self.count(.ecosystems))
        var last = EntryElement(advisory: 0, ecosystem: 0, firstRange: 0, firstDoubtful: 0, firstListed: 0, firstUnplaced: 0)
        for (number, entry) in entries.enumerated() {
            let isSentinel = number == entries.count - 1
            try require(isSentinel || entry.advisory < advisories && entry.ecosystem < ecosystems, .entries)
            try require(
                entry.firstRange >= last.firstDoubtful && entry.firstDoubtful >= entry.firstRange
                    && entry.firstListed >= last.firstListed && entry.firstUnplaced >= last.firstUnplaced, .entries
            )
            last = entry
        }
        try require(
            Int(last.firstRange) == count(.ranges) && Int(last.firstDoubtful) == count(.ranges)
                && Int(last.firstListed) == count(.listed) && Int(last.firstUnplaced) == count(.unplaced), .entries
        )
    }

    private func verifyRanges(strings: Int) throws(IndexError) {
        let ranges: UnsafeBufferPointer<RangeElement> = self[.ranges]
        let schemes = count(.schemes)
        for range in ranges {
            try require(
                isKey(range.lower, strings) && isKey(range.upper, strings) && range.scheme < schemes && range.openness <= 1
                    && RangeElement.EndKind(rawValue: range.endKind) != nil, .ranges
            )
        }
        let texts: UnsafeBufferPointer<RangeTextElement> = self[.rangeTexts]
        try require(texts.count == ranges.count, .rangeTexts)
        for text in texts {
            try require(
                text.introduced < strings && isOptional(text.end, strings) && isOptional(text.doubt, strings), .rangeTexts
            )
        }
    }

    private func verifyAdvisories(strings: Int) throws(IndexError) {
        let advisories: UnsafeBufferPointer<AdvisoryElement> = self[.advisories]
        var lastAlias: UInt32 = 0
        for (number, advisory) in advisories.enumerated() {
            let isSentinel = number == advisories.count - 1
            try require(
                (isSentinel || advisory.identifier < strings) && advisory.firstAlias >= lastAlias
                    && isOptional(advisory.summary, strings), .advisories
            )
            lastAlias = advisory.firstAlias
        }
        try require(!advisories.isEmpty && Int(lastAlias) == count(.aliases), .advisories)
        let identifiers: UnsafeBufferPointer<IdentifierElement> = self[.identifiers]
        try require(identifiers.allSatisfy { $0.text < strings && $0.advisory < advisories.count - 1 }, .identifiers)
    }

    private func count(_ section: SegmentLayout.Section) -> Int { sections[section.rawValue].count }

    private func isOptional(_ number: UInt32, _ strings: Int) -> Bool { number < strings || number == SegmentLayout.none }

    /// A key that is longer than its words names the rest; a shorter one has none.
    private func isKey(_ key: KeyElement, _ strings: Int) -> Bool {
        key.low & 0xFF > keyWordCapacity ? key.rest < strings : key.rest == SegmentLayout.none
    }
}

// MARK: names
extension UnverifiedSegment {
    /// The texts of a section of byte string numbers; `verify()` came before.
    func texts(_ section: SegmentLayout.Section) -> [String] {
        let numbers: UnsafeBufferPointer<UInt32> = self[section]
        let ends: UnsafeBufferPointer<UInt32> = self[.byteStringStarts]
        let bytes: UnsafeBufferPointer<UInt8> = self[.byteStrings]
        return numbers.map { String(decoding: bytes[Int(ends[Int($0)])..<Int(ends[Int($0) + 1])], as: UTF8.self) }
    }

    func schemes() throws(IndexError) -> [VersionScheme] {
        try texts(.schemes).map { (name) throws(IndexError) in
            guard let scheme = VersionScheme(name: name) else {
                throw IndexError(.structure, "the version scheme \(name) is not known")
            }
            return scheme
        }
    }
}
