import Foundation
import Matching

/// What gets onto the disk, and in which order.
extension IndexDirectory {
    /// - Parameter isMerging: asked before segments are merged; who is in a hurry leaves that to the next time.
    func append(
        _ segment: [UInt8]?, to manifest: inout IndexManifest, isMerging: () -> Bool = { true }
    ) throws {
        if let segment { manifest.segments.append(try write(segment, ending: "segment", &manifest)) }
        while isMerging(), let merged = try mergedTail(of: manifest) {
            manifest.segments.removeLast(2)
            manifest.segments.append(try write(merged, ending: "segment", &manifest))
        }
        try write(Array(manifest.text.utf8), to: "manifest")
        removeFiles(besides: manifest)
    }

    /// What was merged or replaced, and what a killed process left behind. A file that can't be removed now is removed the next time.
    private func removeFiles(besides manifest: IndexManifest) {
        let files = Set(manifest.files)
        for name in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        where name.first?.isNumber == true && !files.contains(name) {
            try? FileManager.default.removeItem(atPath: path + "/" + name)
        }
    }

    /// Each segment is at least this many times as large as the next: there are few of them, and a byte is merged seldom.
    private static let growth = 4

    /// Bytes beyond which two segments stay apart: merging holds what both say in memory, many times their size, and a segment counts
    /// in 32 bits.
    private static let maximumMergedByteCount = 64 * 1024 * 1024

    private func mergedTail(of manifest: IndexManifest) throws -> [UInt8]? {
        let tail = manifest.segments.suffix(2)
        let sizes = tail.map { IndexedLines.length(of: path + "/" + $0) }
        guard sizes.count == 2, sizes[0] < Self.growth * sizes[1], sizes[0] + sizes[1] <= Self.maximumMergedByteCount else {
            return nil
        }
        // What others outdate in these two stays where it is, and counts no more there either.
        return AdvisoryIndex(try tail.map { try mapped($0) }).merged(newest: 2)
    }

    func write(_ bytes: [UInt8], ending: String, _ manifest: inout IndexManifest) throws -> String {
        manifest.lastNumber += 1
        let name = "\(manifest.lastNumber).\(ending)"
        try write(bytes, to: name)
        return name
    }

    /// On disk under its name, whole, or not at all.
    private func write(_ bytes: [UInt8], to name: String) throws {
        do {
            try writeFile(bytes, path + "/" + name)
        } catch {
            throw AgentError(.storage, "\(path)/\(name) can't be written: \(error)")
        }
    }
}
