import Foundation
package import Matching

/// The files of an `AdvisoryIndex`.
///
/// A manifest names the segments; it is written beside and renamed after they are on disk, so that a kill at any moment leaves the
/// old index or the new one. One process at a time changes an index; readers are never disturbed, for a segment is never changed,
/// and a file that is mapped stays readable after its name is gone. An index is no truth of its own: it is made from advisories,
/// and made again whenever it can't be read.
package struct IndexDirectory: Sendable {
    package let path: String

    package init(path: String) { self.path = path }

    /// The index as it stands.
    /// - Throws: `AgentError.storage` where there is none, or a file of it is missing, damaged or of another release.
    package func open() throws -> AdvisoryIndex {
        var manifest = try manifest()
        while true {
            do {
                return try open(manifest)
            } catch {
                // Segments that another process merged since are gone; then there is a later manifest.
                let later = try self.manifest()
                guard later.lastNumber != manifest.lastNumber else { throw error }
                manifest = later
            }
        }
    }

    private func manifest() throws -> IndexManifest {
        guard let text = FileManager.default.contents(atPath: path + "/manifest") else {
            throw AgentError(.storage, "\(path) holds no index of advisories; make one: breakwater index add")
        }
        guard let manifest = IndexManifest(parsing: String(decoding: text, as: UTF8.self)) else {
            throw AgentError(.storage, "\(path)/manifest is not of this release; delete the directory and make the index anew")
        }
        return manifest
    }

    /// Whether an index was made here, readable or not.
    package var exists: Bool { FileManager.default.fileExists(atPath: path + "/manifest") }

    /// Adds advisories; they take the place of older ones with their identifiers.
    /// - Parameter segment: from `SegmentBuilder`.
    /// - Throws: `AgentError.storage`, also where there is an index that can't be read: what it held would be lost in silence. The
    ///   index is as it was.
    package func add(_ segment: [UInt8]) throws {
        let lock = try lock()
        defer { lock.release() }
        var manifest = exists ? try manifest() : IndexManifest()
        _ = try open(manifest)
        try append(segment, to: &manifest)
    }

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
        var manifest = IndexManifest()
        if let usable = usableManifest(), usable.covered <= IndexedLines.length(of: lines) { manifest = usable }
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

    private func lock() throws -> FileLock {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw AgentError(.storage, "the directory \(path) can't be made")
        }
        return try FileLock(path: path + "/lock")
    }

    /// The manifest, where it and every segment it names can be read.
    private func usableManifest() -> IndexManifest? {
        guard let text = FileManager.default.contents(atPath: path + "/manifest"),
            let manifest = IndexManifest(parsing: String(decoding: text, as: UTF8.self)), (try? open(manifest)) != nil
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

    private func append(_ segment: [UInt8], to manifest: inout IndexManifest) throws {
        manifest.segments.append(try write(segment, &manifest))
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

    /// Bytes beyond which two segments stay apart: merging holds what both say in memory, many times their size, and a segment counts
    /// in 32 bits.
    private static let maximumMergedByteCount = 64 * 1024 * 1024

    private func mergedTail(of manifest: IndexManifest) throws -> [UInt8]? {
        let index = try open(manifest)
        let sizes = index.segmentSizes.suffix(2)
        guard let older = sizes.first, let newer = sizes.last, sizes.count == 2, older < Self.growth * newer,
            older + newer <= Self.maximumMergedByteCount
        else { return nil }
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
