import CivilTime

/// A file of signals: a header and elements sorted by CVE; it is mapped, checked, and asked by binary search.
///
/// All numbers are little-endian. EPSS has some 300,000 rows of 16 bytes.
///
///     magic "BWSIGNL1" | revision, kind: UInt32 | length, checksum: UInt64 | released, day: Int64 | elements
package struct SignalTable<Element: SignalElement>: Sendable {
    private let memory: SegmentMemory
    package let edition: SignalEdition

    /// Opens the bytes that `file(of:edition:)` made.
    /// - Throws: as `init(mapping:)`, without `file`.
    package init(_ bytes: [UInt8]) throws(IndexError) { try self.init(SegmentMemory(copying: bytes)) }

    /// Maps a file and checks it; about a millisecond for 300,000 elements.
    /// - Throws: `file`, `notAnIndex`, `revision`, `checksum` or `structure`; nothing stays open.
    package init(mapping path: String) throws(IndexError) {
        do {
            try self.init(SegmentMemory(mapping: path))
        } catch {
            throw IndexError(error.code, error.code == .file ? error.reason : "\(path): \(error.reason)")
        }
    }

    private init(_ memory: SegmentMemory) throws(IndexError) {
        let file = memory.bytes
        guard file.count >= SignalLayout.headerLength, Self.word(file, 0) == SignalLayout.magic else {
            throw IndexError(.notAnIndex, "the file holds no signals")
        }
        guard Self.word(file, 8) == SignalLayout.kindWord(Element.kind) else {
            throw IndexError(
                .revision, "another release wrote the signals, or they are of another kind; add their document again")
        }
        let length = file.count - SignalLayout.headerLength
        guard Self.word(file, 16) == UInt64(file.count), length % MemoryLayout<Element>.stride == 0 else {
            throw IndexError(.notAnIndex, "the file has \(file.count) bytes and should have \(Self.word(file, 16))")
        }
        guard WordHash.checksum(SegmentFile.checkedWords(file)) == Self.word(file, SegmentLayout.checksumOffset) else {
            throw IndexError(.checksum, "the bytes of the signals are not those that were written")
        }
        let released = Int64(bitPattern: Self.word(file, 32))
        edition = SignalEdition(
            day: CivilDate(daysSinceEpoch: Int64(bitPattern: Self.word(file, 40))),
            released: released == SignalLayout.noRelease ? nil : Timestamp(millisecondsSinceEpoch: released)
        )
        self.memory = memory
        guard Self.isSorted(elements) else { throw IndexError(.structure, "the signals are not sorted") }
    }

    private static func isSorted(_ elements: UnsafeBufferPointer<Element>) -> Bool {
        var last: UInt64 = 0
        for element in elements {
            guard element.cve.value > last, element.isValid else { return false }
            last = element.cve.value
        }
        return true
    }

    private static func word(_ file: UnsafeRawBufferPointer, _ offset: Int) -> UInt64 {
        file.load(fromByteOffset: offset, as: UInt64.self)
    }

    /// Leads into `memory`, which lives as long as this value.
    private var elements: UnsafeBufferPointer<Element> {
        UnsafeRawBufferPointer(rebasing: memory.bytes[SignalLayout.headerLength...]).assumingMemoryBound(to: Element.self)
    }

    /// The number of vulnerabilities.
    package var count: Int { elements.count }
    /// The number of bytes of the file.
    package var byteCount: Int { memory.bytes.count }

    /// What is said of a vulnerability; nil where nothing is, or the name is no CVE identifier.
    package subscript(_ name: String) -> Element? {
        guard let cve = CVENumber(name) else { return nil }
        let elements = elements
        var (low, high) = (0, elements.count)
        while low < high {
            let middle = (low + high) / 2
            if elements[middle].cve < cve { low = middle + 1 } else { high = middle }
        }
        return low < elements.count && elements[low].cve == cve ? elements[low] : nil
    }

    /// A file of these elements in any order; of several about one vulnerability the last counts.
    static func file(of elements: [Element], edition: SignalEdition) -> (bytes: [UInt8], count: Int) {
        var unique: [Element] = []
        for (_, element) in elements.enumerated().sorted(by: { ($0.element.cve, $0.offset) < ($1.element.cve, $1.offset) }) {
            if unique.last?.cve == element.cve { unique.removeLast() }
            unique.append(element)
        }
        let length = SignalLayout.headerLength + unique.count * MemoryLayout<Element>.stride
        let released = edition.released?.millisecondsSinceEpoch ?? SignalLayout.noRelease
        let header = [
            SignalLayout.magic, SignalLayout.kindWord(Element.kind), UInt64(length), 0, UInt64(bitPattern: released),
            UInt64(bitPattern: edition.day.daysSinceEpoch)
        ]
        var bytes = header.withUnsafeBytes { Array($0) }
        unique.withUnsafeBytes { bytes.append(contentsOf: $0) }
        let checksum = bytes.withUnsafeBytes { WordHash.checksum(SegmentFile.checkedWords($0)) }
        bytes.withUnsafeMutableBytes { $0.storeBytes(of: checksum, toByteOffset: SegmentLayout.checksumOffset, as: UInt64.self) }
        return (bytes, unique.count)
    }
}

/// The header of a file of signals; length and checksum stand where they do in a segment.
private enum SignalLayout {
    /// `BWSIGNL1`, read as one little-endian number.
    static let magic: UInt64 = 0x314C_4E47_4953_5742
    /// Raised whenever the layout changes: older files are made anew.
    static let revision: UInt32 = 1
    static let headerLength = 48
    static let noRelease = Int64.min

    static func kindWord(_ kind: UInt32) -> UInt64 { UInt64(revision) | UInt64(kind) << 32 }
}
