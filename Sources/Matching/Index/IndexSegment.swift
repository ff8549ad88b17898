import Glibc
import PackageIdentity

/// One immutable part of an index, read where it lies: opening decodes nothing but the names of ecosystems and schemes.
///
/// `init` checks the checksum and that every number points to something, so that reading afterwards needs no checks.
/// `@unchecked Sendable`: the pointers lead into `memory`, which never changes and lives as long as this object.
package final class IndexSegment: @unchecked Sendable {
    private let memory: SegmentMemory
    let slots: UnsafeBufferPointer<UInt64>
    let packages: UnsafeBufferPointer<PackageElement>
    let entries: UnsafeBufferPointer<EntryElement>
    let ranges: UnsafeBufferPointer<RangeElement>
    let rangeTexts: UnsafeBufferPointer<RangeTextElement>
    let listed: UnsafeBufferPointer<KeyElement>
    let unplaced: UnsafeBufferPointer<UInt32>
    let advisories: UnsafeBufferPointer<AdvisoryElement>
    let aliases: UnsafeBufferPointer<UInt32>
    let identifiers: UnsafeBufferPointer<IdentifierElement>
    let retracted: UnsafeBufferPointer<RetractionElement>
    let byteStringStarts: UnsafeBufferPointer<UInt32>
    let byteStrings: UnsafeBufferPointer<UInt8>
    let ecosystems: [Ecosystem]
    let ecosystemNames: [String]
    /// For each of `ecosystems`, how the versions are ordered that its advisories list.
    let listSchemes: [VersionScheme]
    let schemes: [VersionScheme]

    /// Opens the bytes that `SegmentBuilder` made.
    /// - Throws: see `init(mapping:)`, without `file`.
    package convenience init(_ bytes: [UInt8]) throws(IndexError) { try self.init(SegmentMemory(copying: bytes)) }

    /// Maps a file and checks it; the time goes with the size of the file, some milliseconds for 30,000 advisories.
    /// - Throws: `file`, `notAnIndex`, `revision`, `checksum` or `structure`; nothing stays open.
    package convenience init(mapping path: String) throws(IndexError) {
        do {
            try self.init(SegmentMemory(mapping: path))
        } catch {
            throw IndexError(error.code, error.code == .file ? error.reason : "\(path): \(error.reason)")
        }
    }

    private init(_ memory: SegmentMemory) throws(IndexError) {
        let sections = try UnverifiedSegment(memory.bytes)
        self.memory = memory
        slots = sections[.slots]
        packages = sections[.packages]
        entries = sections[.entries]
        ranges = sections[.ranges]
        rangeTexts = sections[.rangeTexts]
        listed = sections[.listed]
        unplaced = sections[.unplaced]
        advisories = sections[.advisories]
        aliases = sections[.aliases]
        identifiers = sections[.identifiers]
        retracted = sections[.retracted]
        byteStringStarts = sections[.byteStringStarts]
        byteStrings = sections[.byteStrings]
        try sections.verify()
        ecosystems = sections.texts(.ecosystems).map { Ecosystem($0) }
        ecosystemNames = sections.texts(.ecosystemNames)
        listSchemes = ecosystems.map(\.versionScheme)
        schemes = try sections.schemes()
    }

    /// See `AdvisoryIndex.releasePages`.
    package func releasePages() { memory.releasePages() }

    /// The number of bytes of the file.
    package var byteCount: Int { memory.bytes.count }
    /// The number of packages that some advisory is about.
    package var packageCount: Int { packages.count - 1 }
    /// The number of affected packages of all advisories.
    package var entryCount: Int { entries.count - 1 }
    /// The number of advisories that stand.
    package var advisoryCount: Int { advisories.count - 1 }
}

// MARK: byte strings
extension IndexSegment {
    @inline(__always)
    func bytes(_ number: UInt32) -> UnsafeRawBufferPointer {
        let start = Int(byteStringStarts[Int(number)])
        let end = Int(byteStringStarts[Int(number) &+ 1])
        return UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: byteStrings[start..<end]))
    }

    @inline(__always)
    func isEqual(_ number: UInt32, _ bytes: UnsafeRawBufferPointer) -> Bool {
        let stored = self.bytes(number)
        return stored.count == bytes.count && stored.elementsEqual(bytes)
    }

    func text(_ number: UInt32) -> String { String(decoding: bytes(number), as: UTF8.self) }
    func optionalText(_ number: UInt32) -> String? { number == SegmentLayout.none ? nil : text(number) }
}

// MARK: packages
extension IndexSegment {
    /// The entries of a package, or nil where no advisory is about it.
    /// - Parameter ecosystem: its number in `ecosystemNames`.
    @inline(__always)
    func entries(ecosystem: UInt32, name: UnsafeRawBufferPointer, hash: UInt64) -> Range<Int>? {
        let mask = slots.count &- 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0 {
            if slots[slot] >> 32 == hash >> 32 {
                let number = Int(truncatingIfNeeded: slots[slot] & 0xFFFF_FFFF) &- 1
                let package = packages[number]
                if package.ecosystem == ecosystem, isName(name, of: package) {
                    return Int(package.firstEntry)..<Int(packages[number &+ 1].firstEntry)
                }
            }
            slot = (slot &+ 1) & mask
        }
        return nil
    }
}

extension IndexSegment {
    @inline(__always)
    private func isName(_ name: UnsafeRawBufferPointer, of package: PackageElement) -> Bool {
        guard Int(package.nameLength) == name.count, let bytes = name.baseAddress, let stored = byteStrings.baseAddress else {
            return name.isEmpty && package.nameLength == 0
        }
        return memcmp(stored + Int(package.nameStart), bytes, name.count) == 0
    }

    func name(ofPackage number: Int) -> String {
        let package = packages[number]
        let start = Int(package.nameStart)
        return String(decoding: byteStrings[start..<start + Int(package.nameLength)], as: UTF8.self)
    }
}

// MARK: advisories
extension IndexSegment {
    func identifier(ofAdvisory number: UInt32) -> String { text(advisories[Int(number)].identifier) }
    func summary(ofAdvisory number: UInt32) -> String? { optionalText(advisories[Int(number)].summary) }

    func document(ofAdvisory number: UInt32) -> Range<Int>? {
        let advisory = advisories[Int(number)]
        guard advisory.documentLength > 0, let start = Int(exactly: advisory.documentOffset) else { return nil }
        let (end, overflows) = start.addingReportingOverflow(Int(advisory.documentLength))
        return overflows ? nil : start..<end
    }

    func aliases(ofAdvisory number: UInt32) -> [String] {
        let range = advisories[Int(number)].firstAlias..<advisories[Int(number) + 1].firstAlias
        return range.map { text(aliases[Int($0)]) }
    }

    /// The advisories that have this identifier or alias.
    func advisories(named name: String) -> [UInt32] {
        PackageName.withBytes(of: name) { name in
            var low = firstIdentifier(notBefore: name)
            var found: [UInt32] = []
            while low < identifiers.count, isEqual(identifiers[low].text, name) {
                found.append(identifiers[low].advisory)
                low += 1
            }
            return found
        }
    }

    /// When the advisory with this identifier was retracted; nil where it was not.
    func retraction(of id: String) -> Int64? { PackageName.withBytes(of: id) { retraction(of: $0) } }

    func retraction(of id: UnsafeRawBufferPointer) -> Int64? {
        let place = firstRetraction(notBefore: id)
        return place < retracted.count && isEqual(retracted[place].identifier, id) ? retracted[place].modified : nil
    }

    /// The advisories, standing or retracted, whose identifiers begin so, with their times.
    func revisions(beginningWith prefix: String) -> [(id: String, modified: Int64)] {
        PackageName.withBytes(of: prefix) { prefix in
            var found: [(id: String, modified: Int64)] = []
            for place in firstIdentifier(notBefore: prefix)..<identifiers.count {
                let identifier = identifiers[place]
                guard bytes(identifier.text).starts(with: prefix) else { break }
                // Aliases are among them.
                let advisory = advisories[Int(identifier.advisory)]
                if advisory.identifier == identifier.text { found.append((text(identifier.text), advisory.modified)) }
            }
            for retraction in retracted[firstRetraction(notBefore: prefix)...] {
                guard bytes(retraction.identifier).starts(with: prefix) else { break }
                found.append((text(retraction.identifier), retraction.modified))
            }
            return found
        }
    }

    private func firstRetraction(notBefore name: UnsafeRawBufferPointer) -> Int {
        first(of: retracted.count) { bytes(retracted[$0].identifier).lexicographicallyPrecedes(name) }
    }

    private func firstIdentifier(notBefore name: UnsafeRawBufferPointer) -> Int {
        first(of: identifiers.count) { bytes(identifiers[$0].text).lexicographicallyPrecedes(name) }
    }

    /// The first of so many sorted places that does not lie before what is looked for.
    private func first(of count: Int, _ isBefore: (Int) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if isBefore(middle) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The number of the advisory with this identifier itself.
    func advisory(identified id: String) -> UInt32? { PackageName.withBytes(of: id) { advisory(identified: $0) } }

    func advisory(identified id: UnsafeRawBufferPointer) -> UInt32? {
        for place in firstIdentifier(notBefore: id)..<identifiers.count {
            let (text, advisory) = (identifiers[place].text, identifiers[place].advisory)
            guard isEqual(text, id) else { return nil }
            // An alias of others stands under the same text, which a segment has once.
            if advisories[Int(advisory)].identifier == text { return advisory }
        }
        return nil
    }
}
