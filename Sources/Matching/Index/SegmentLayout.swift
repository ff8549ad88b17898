import PackageIdentity

/// The layout of a segment file: a header, then sections of fixed-size elements, each beginning at a multiple of eight bytes.
///
/// All numbers are little-endian, and an element is read where it lies: nothing is decoded at opening. Texts and long keys are
/// numbered byte strings; the last element of `packages`, `entries`, `advisories` and `byteStringStarts` is a sentinel that only
/// says where the one before it ends.
///
///     magic "BWINDEX1" | revision, key revision: UInt32 | length, checksum: UInt64 | per section: offset, count: UInt64
enum SegmentLayout {
    /// `BWINDEX1`, read as one little-endian number.
    static let magic: UInt64 = 0x3158_4544_4E49_5742
    /// Raised whenever the layout changes: older files are made anew.
    static let revision: UInt32 = 3
    static let sectionTableOffset = 32
    static var headerLength: Int { sectionTableOffset + 16 * Section.allCases.count }
    /// The checksum covers everything behind itself.
    static let checksumOffset = 24

    /// The sections, in the order of the file.
    enum Section: Int, CaseIterable {
        /// An open-addressed hash table of `packages`: the hash's upper half, and the package's number plus one; 0 is empty.
        case slots
        case packages, entries, ranges, rangeTexts, listed, unplaced
        case advisories, aliases
        /// Every identifier and alias, sorted by its bytes.
        case identifiers
        /// Advisories that no longer stand since a time, sorted by identifier: withdrawn, or taken back.
        case retracted
        /// `ecosystems` with their releases, `ecosystemNames` without.
        case ecosystems, ecosystemNames, schemes
        case byteStringStarts, byteStrings

        /// Bytes of an element.
        var stride: Int {
            switch self {
            case .slots: MemoryLayout<UInt64>.stride
            case .packages: MemoryLayout<PackageElement>.stride
            case .entries: MemoryLayout<EntryElement>.stride
            case .ranges: MemoryLayout<RangeElement>.stride
            case .rangeTexts: MemoryLayout<RangeTextElement>.stride
            case .listed: MemoryLayout<KeyElement>.stride
            case .advisories: MemoryLayout<AdvisoryElement>.stride
            case .identifiers: MemoryLayout<IdentifierElement>.stride
            case .retracted: MemoryLayout<RetractionElement>.stride
            case .unplaced, .aliases, .ecosystems, .ecosystemNames, .schemes, .byteStringStarts:
                MemoryLayout<UInt32>.stride
            case .byteStrings: 1
            }
        }
    }

    /// No byte string.
    static let none = UInt32.max
}

/// A package: the name that inventories have, and its first entry.
struct PackageElement: BitwiseCopyable {
    /// Into `ecosystemNames`.
    var ecosystem: UInt32
    /// In `byteStrings`: by its place and not by a number, which would be one more place in memory to go to.
    var nameStart: UInt32
    var nameLength: UInt32
    var firstEntry: UInt32
}

/// One affected package of one advisory; entries of a package are sorted by advisory.
struct EntryElement: BitwiseCopyable {
    var advisory: UInt32
    /// Into `ecosystems`: with the release where there is one.
    var ecosystem: UInt32
    /// First the certain ranges, then from `firstDoubtful` on those in doubt, each part sorted by lower bound.
    var firstRange: UInt32
    var firstDoubtful: UInt32
    /// Sorted; versions that a certain range holds anyway are not listed again.
    var firstListed: UInt32
    var firstUnplaced: UInt32
}

/// A key: `VersionKey.words`, and the number of the byte string behind them.
struct KeyElement: BitwiseCopyable {
    var high: UInt64
    var middle: UInt64
    var low: UInt64
    var rest: UInt32 = SegmentLayout.none
    var padding: UInt32 = 0
}

/// A run of affected versions, half-open: `VersionRange.UpperBound.inclusive` is written as the key after it.
struct RangeElement: BitwiseCopyable {
    var lower: KeyElement
    var upper: KeyElement
    /// Into `schemes`.
    var scheme: UInt32
    /// 1 where no version ends the range; `upper` means nothing then.
    var openness: UInt16
    /// An `EndKind`; a byte of a file may be anything, so it is checked before it becomes one.
    var endKind: UInt16

    enum EndKind: UInt16 { case none, fixed, lastAffected, limit }
}

/// What an advisory wrote of a range; shown as evidence, never compared.
struct RangeTextElement: BitwiseCopyable {
    var introduced: UInt32
    var end: UInt32
    var doubt: UInt32
}

/// An advisory, and where its document lies in the file that the index was made from (a length of 0 is none).
struct AdvisoryElement: BitwiseCopyable {
    var modified: Int64
    var documentOffset: UInt64
    var documentLength: UInt32
    var identifier: UInt32
    var firstAlias: UInt32
    var summary: UInt32
}

/// An identifier or an alias, and the advisory that has it.
struct IdentifierElement: BitwiseCopyable {
    var text: UInt32
    var advisory: UInt32
}

/// The identifier of an advisory that no longer stands, and since when in seconds since 1970: what changed later stands.
struct RetractionElement: BitwiseCopyable {
    var modified: Int64
    var identifier: UInt32
    var padding: UInt32 = 0
}

extension KeyElement {
    @inline(__always)
    init(_ key: VersionKey, rest: UInt32) {
        (high, middle, low) = key.words
        self.rest = rest
    }
}
