import Foundation
package import Matching

/// The files of an `AdvisoryIndex`, made from a file of advisory lines and brought up to date with it.
///
/// The lines are the truth: whatever becomes of the index, it is made from them again. A manifest names the segments and says
/// how many bytes of the lines they cover; it is written beside and renamed after the segments are on disk, so that a kill at any
/// moment leaves the old index or the new one. One process at a time brings an index up to date; readers are never disturbed,
/// for a segment is never changed, and a file that is mapped stays readable after its name is gone.
package struct IndexDirectory: Sendable {
    package let path: String
    /// OSV documents, one a line; a later line replaces an earlier one with the same identifier. It only ever grows.
    package let linesPath: String

    package init(path: String, lines: String) {
        self.path = path
        linesPath = lines
    }

    /// The index over all lines that are there, after new lines became a segment of their own.
    /// - Throws: `AgentError.storage` where the directory can't be written or the lines can't be read.
    package func upToDate() throws -> (index: AdvisoryIndex, damagedLineCount: Int) {
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700]
        )
        let lock = try FileLock(path: path + "/lock")
        defer { lock.release() }
        var manifest = usableManifest() ?? IndexManifest()
        let added = try IndexedLines(file: linesPath, from: manifest.covered)
        if added.end > manifest.covered || manifest.segments.isEmpty {
            try append(added, to: &manifest)
        }
        // Half a line at the end is damage too, until a pull ends it and it is counted with the others.
        return (try open(manifest), manifest.damagedLineCount + (added.hasUnfinishedLine ? 1 : 0))
    }

    /// The manifest, where it and every segment it names can be read and no line went missing since.
    private func usableManifest() -> IndexManifest? {
        guard let text = FileManager.default.contents(atPath: path + "/manifest"),
            let manifest = IndexManifest(parsing: String(decoding: text, as: UTF8.self)),
            manifest.covered <= IndexedLines.length(of: linesPath), (try? open(manifest)) != nil
        else { return nil }
        return manifest
    }

    private func open(_ manifest: IndexManifest) throws -> AdvisoryIndex {
        do {
            return AdvisoryIndex(try manifest.segments.map { try IndexSegment(mapping: path + "/" + $0) })
        } catch let error as IndexError {
            throw AgentError(.storage, error.reason)
        }
    }

    private func append(_ lines: IndexedLines, to manifest: inout IndexManifest) throws {
        manifest.covered = lines.end
        manifest.damagedLineCount += lines.damagedLineCount
        manifest.segments.append(try write(lines.segment, &manifest))
        while let merged = try mergedTail(of: manifest) {
            manifest.segments.removeLast(2)
            manifest.segments.append(try write(merged, &manifest))
        }
        try write(Array(manifest.text.utf8), to: "manifest")
        removeSegments(besides: manifest)
    }

    /// What was merged, and what a killed process left behind. A file that can't be removed now is removed the next time.
    private func removeSegments(besides manifest: IndexManifest) {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        where name.contains(".segment") && !manifest.segments.contains(name) {
            try? FileManager.default.removeItem(atPath: path + "/" + name)
        }
    }

    /// Each segment is at least this many times as large as the next: there are few of them, and a byte is merged seldom.
    private static let growth = 4

    private func mergedTail(of manifest: IndexManifest) throws -> [UInt8]? {
        let index = try open(manifest)
        let sizes = index.segmentSizes.suffix(2)
        guard let older = sizes.first, let newer = sizes.last, sizes.count == 2, older < Self.growth * newer else { return nil }
        return index.merged(newest: 2)
    }

    private func write(_ segment: [UInt8], _ manifest: inout IndexManifest) throws -> String {
        manifest.lastNumber += 1
        let name = "\(manifest.lastNumber).segment"
        try write(segment, to: name)
        return name
    }

    /// On disk under its name, whole, or not at all.
    private func write(_ bytes: [UInt8], to name: String) throws {
        do {
            try DurableFile.write(bytes, to: path + "/" + name)
        } catch {
            throw AgentError(.storage, "\(path)/\(name) can't be written: \(error)")
        }
    }
}
