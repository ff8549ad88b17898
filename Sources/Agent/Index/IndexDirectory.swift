import Foundation
package import Matching

/// The files of an `AdvisoryIndex`.
///
/// A manifest names the segments; it is written beside and renamed after they are on disk, so that a kill at any moment leaves the
/// old index or the new one. One process at a time changes an index; readers are never disturbed, for a segment is never changed,
/// and a file that is mapped stays readable after its name is gone. An index is no truth of its own: it is made from advisories,
/// and made again whenever it can't be read. Signals and the ledger of sources lie beside the segments, and are named and replaced
/// like them.
package struct IndexDirectory: Sendable {
    package let path: String
    /// How a file gets onto the disk.
    let writeFile: @Sendable ([UInt8], String) throws -> Void

    /// - Parameter writeFile: see `DurableFile.write`; a test gives one that fails.
    package init(path: String, writeFile: @escaping @Sendable ([UInt8], String) throws -> Void = DurableFile.write) {
        self.path = path
        self.writeFile = writeFile
    }

    /// The index as it stands.
    /// - Throws: `AgentError.storage` where there is none, or a file of it is missing, damaged or of another release.
    package func open() throws -> AdvisoryIndex { try reading { try open($0) } }

    /// The same for who takes advisories in: none of its pages is in memory yet, and no more than two segments' were.
    package func openForIntake() throws -> AdvisoryIndex { try reading { try openForIntake($0) } }

    /// What is known of how vulnerabilities are exploited.
    /// - Throws: as `open()`.
    package func signals() throws -> Signals { try reading { try signals($0) } }

    /// Which sources were taken; empty where that was never written down, or can't be read.
    /// - Throws: `AgentError.storage` where there is no index.
    package func ledger() throws -> SourceLedger { try reading { ledger($0) } }

    private func reading<Value>(_ read: (IndexManifest) throws -> Value) throws -> Value {
        var manifest = try manifest()
        while true {
            do {
                return try read(manifest)
            } catch {
                // Files that another process merged or replaced since are gone; then there is a later manifest.
                let later = try self.manifest()
                guard later.lastNumber != manifest.lastNumber else { throw error }
                manifest = later
            }
        }
    }

    private func manifest() throws -> IndexManifest {
        guard let text = try WholeFile.bytes(ifThere: path + "/manifest") else {
            throw AgentError(.storage, "\(path) holds no index of advisories; make one: breakwater index add")
        }
        guard let manifest = IndexManifest(parsing: String(decoding: text, as: UTF8.self)) else {
            throw AgentError(.storage, "\(path)/manifest is not of this release; delete the directory and make the index anew")
        }
        return manifest
    }

    /// Whether an index was made here, readable or not.
    package var exists: Bool { FileManager.default.fileExists(atPath: path + "/manifest") }

    /// Adds advisories and signals, and what is known of their sources since, in one step: all of it or nothing.
    ///
    /// Advisories take the place of older ones with their identifiers, signals that of an edition that is not newer.
    /// - Parameters:
    ///   - segment: from `SegmentBuilder`.
    ///   - isMerging: asked before segments are merged; who is in a hurry leaves that to the next time.
    /// - Throws: `AgentError.storage`, also where there is an index that can't be read: what it held would be lost in silence. The
    ///   index is as it was.
    package func add(
        _ segment: [UInt8]? = nil, signals: [SignalDocument] = [], sources: [String: SourceRecord] = [:],
        isMerging: () -> Bool = { true }
    ) throws {
        let lock = try lock()
        defer { lock.release() }
        var manifest = exists ? try manifest() : IndexManifest()
        for name in manifest.segments { _ = try mapped(name) }
        let known = try self.signals(manifest)
        for document in signals {
            if let edition = document.edition(in: known), document.edition.isOlder(than: edition) { continue }
            manifest.signals[document.kind] = try write(document.bytes, ending: document.kind.rawValue, &manifest)
        }
        if !sources.isEmpty {
            var ledger = ledger(manifest)
            ledger.take(sources) { FileManager.default.fileExists(atPath: $0) }
            manifest.ledger = try write(ledger.text, ending: "ledger", &manifest)
        }
        try append(segment, to: &manifest, isMerging: isMerging)
    }

    func lock() throws -> FileLock {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw AgentError(.storage, "the directory \(path) can't be made")
        }
        return try FileLock(path: path + "/lock")
    }

    func open(_ manifest: IndexManifest) throws -> AdvisoryIndex {
        AdvisoryIndex(try manifest.segments.map { try mapped($0) })
    }

    func openForIntake(_ manifest: IndexManifest) throws -> AdvisoryIndex {
        let segments = try manifest.segments.map { name in
            let segment = try mapped(name)
            segment.releasePages()
            return segment
        }
        return AdvisoryIndex(segments, givingBackPages: true)
    }

    func mapped(_ name: String) throws -> IndexSegment {
        do {
            return try IndexSegment(mapping: path + "/" + name)
        } catch {
            throw AgentError(.storage, error.reason)
        }
    }

    func signals(_ manifest: IndexManifest) throws -> Signals {
        do {
            return Signals(
                exploited: try manifest.signals[.exploited].map { try SignalTable(mapping: path + "/" + $0) },
                epss: try manifest.signals[.epss].map { try SignalTable(mapping: path + "/" + $0) }
            )
        } catch let error as IndexError {
            throw AgentError(.storage, error.reason)
        }
    }

    private func ledger(_ manifest: IndexManifest) -> SourceLedger {
        manifest.ledger.flatMap { FileManager.default.contents(atPath: path + "/" + $0) }
            .flatMap { SourceLedger(parsing: [UInt8]($0)) } ?? SourceLedger()
    }
}
