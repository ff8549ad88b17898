import AdvisoryFormats
import Foundation
import Matching

/// Lines of an advisory file from some byte on, as the bytes of a segment.
package struct IndexedLines {
    package let segment: [UInt8]
    /// Behind the last whole line.
    let end: Int
    /// Lines that are no advisory: what was being written when a pull was killed. The next pull brings it again.
    let damagedLineCount: Int
    /// Whether something stands behind the last whole line.
    let hasUnfinishedLine: Bool
    /// Whether the file goes on behind what was read.
    private(set) var goesOn = false

    /// Bytes of a file that are read at once: however long it is, no more than this (and the longest line) is held.
    package static let partByteCount = 64 * 1_024 * 1_024

    /// The next lines of a file, as many as there are in one part of it, and one at least where there is any.
    init(file: String, from start: Int, partByteCount: Int = IndexedLines.partByteCount) throws {
        guard let handle = FileHandle(forReadingAtPath: file) else {
            self.init([], at: start)
            return
        }
        defer { try? handle.close() }
        try handle.seek(toOffset: UInt64(start))
        var (bytes, goesOn): ([UInt8], Bool) = ([], false)
        repeat {
            let part = [UInt8](try handle.read(upToCount: partByteCount) ?? Data())
            goesOn = part.count == partByteCount
            bytes += part
        } while goesOn && !bytes.suffix(partByteCount).contains(UInt8(ascii: "\n"))
        self.init(bytes, at: start)
        self.goesOn = goesOn
    }

    /// - Parameter start: the place of the first byte in the file.
    package init(_ bytes: [UInt8], at start: Int) {
        var builder = SegmentBuilder()
        var (line, damaged) = (0, 0)
        while let newline = bytes[line...].firstIndex(of: UInt8(ascii: "\n")) {
            damaged += Self.add(bytes[line..<newline], at: start, to: &builder) ? 0 : 1
            line = newline + 1
        }
        (segment, end, damagedLineCount) = (builder.bytes(), start + line, damaged)
        hasUnfinishedLine = line < bytes.count
    }

    /// Lines were verified and parsed before they were kept; one that fails now was damaged on disk.
    private static func add(_ line: ArraySlice<UInt8>, at start: Int, to builder: inout SegmentBuilder) -> Bool {
        if line.isEmpty { return true }
        guard let record = try? OSVRecord(parsing: line) else { return false }
        builder.add(IndexedAdvisory(record, document: start + line.startIndex..<start + line.endIndex))
        return true
    }

    static func length(of file: String) -> Int {
        ((try? FileManager.default.attributesOfItem(atPath: file))?[.size] as? NSNumber)?.intValue ?? 0
    }
}
