import Foundation
package import Matching

/// An index that follows a file of advisories.
extension IndexDirectory {
    /// The index over all lines of a file, after those that are new became a segment of their own.
    ///
    /// It is read in parts of `partByteCount` bytes, each of which becomes a segment: a kill on the way loses one part's work.
    /// Such a file holds OSV documents, one a line; a later line replaces an earlier one with the same identifier. It only ever
    /// grows; a shorter one makes the index anew.
    /// - Throws: `AgentError.storage` where the directory can't be written or the lines can't be read.
    package func upToDate(
        with lines: String, partByteCount: Int = IndexedLines.partByteCount
    ) throws -> (index: AdvisoryIndex, damagedLineCount: Int) {
        let lock = try lock()
        defer { lock.release() }
        var manifest = try followingManifest(lines)
        var added: IndexedLines
        repeat {
            added = try IndexedLines(file: lines, from: manifest.covered, partByteCount: partByteCount)
            if added.end > manifest.covered || manifest.segments.isEmpty {
                manifest.covered = added.end
                manifest.damagedLineCount += added.damagedLineCount
                try append(added.segment, to: &manifest)
            }
        } while added.goesOn
        // Half a line at the end is damage too, until a pull ends it and it is counted with the others.
        return (try open(manifest), manifest.damagedLineCount + (added.hasUnfinishedLine ? 1 : 0))
    }

    /// The manifest, where it and every segment it names can be read and is of these lines; else one that keeps the signals alone, which
    /// are of other files.
    private func followingManifest(_ lines: String) throws -> IndexManifest {
        guard let text = try WholeFile.bytes(ifThere: path + "/manifest"),
            let manifest = IndexManifest(parsing: String(decoding: text, as: UTF8.self))
        else { return IndexManifest() }
        if manifest.covered <= IndexedLines.length(of: lines), (try? open(manifest)) != nil { return manifest }
        var fresh = IndexManifest()
        fresh.lastNumber = manifest.lastNumber
        if (try? signals(manifest)) != nil { fresh.signals = manifest.signals }
        return fresh
    }
}
