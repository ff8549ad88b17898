import PackageIdentity

/// The bytes of a segment file: sections one after the other, and the header in front.
struct SegmentFile {
    private var bytes = [UInt8](repeating: 0, count: SegmentLayout.headerLength)
    private var sections: [(offset: Int, count: Int)] = []

    /// Appends the next section of `SegmentLayout.Section`, at a multiple of eight bytes.
    mutating func append<Element: BitwiseCopyable>(_ elements: [Element]) {
        sections.append((bytes.count, elements.count))
        // A little-endian machine writes elements as they lie in memory; `IndexSegment` refuses to read on any other.
        elements.withUnsafeBytes { bytes.append(contentsOf: $0) }
        while bytes.count % 8 != 0 { bytes.append(0) }
    }

    /// The file with its header.
    consuming func finished() -> [UInt8] {
        let length = UInt64(bytes.count)
        write(SegmentLayout.magic, at: 0)
        write(UInt64(SegmentLayout.revision) | UInt64(VersionKey.encodingRevision) << 32, at: 8)
        write(length, at: 16)
        for (index, section) in sections.enumerated() {
            write(UInt64(section.offset), at: SegmentLayout.sectionTableOffset + 16 * index)
            write(UInt64(section.count), at: SegmentLayout.sectionTableOffset + 16 * index + 8)
        }
        let checksum = bytes.withUnsafeBytes { WordHash.checksum(SegmentFile.checkedWords($0)) }
        write(checksum, at: SegmentLayout.checksumOffset)
        return bytes
    }

    /// Everything behind the checksum.
    static func checkedWords(_ file: UnsafeRawBufferPointer) -> UnsafeBufferPointer<UInt64> {
        UnsafeRawBufferPointer(rebasing: file[(SegmentLayout.checksumOffset + 8)...]).assumingMemoryBound(to: UInt64.self)
    }

    private mutating func write(_ word: UInt64, at offset: Int) {
        bytes.withUnsafeMutableBytes { $0.storeBytes(of: word, toByteOffset: offset, as: UInt64.self) }
    }
}
