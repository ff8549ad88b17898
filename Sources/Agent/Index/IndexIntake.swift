package import AdvisoryFormats
package import Archive
import Matching

/// Takes documents into segments of an index, and counts what was no advisory.
///
/// What is taken goes into the index whenever it has grown to `maximumHeldByteCount`, so that memory does not go with the number of
/// advisories; whoever is interrupted runs it again, and what was taken before is taken in its own place.
package struct IndexIntake {
    private let directory: IndexDirectory
    private let maximumHeldByteCount: Int
    private var known: AdvisoryIndex?
    private var builder = SegmentBuilder()
    private var heldByteCount = 0
    /// Advisories taken.
    package private(set) var takenCount = 0
    /// Those among them that are about nothing that can be matched: no package, no CPE name, no version or commit.
    package private(set) var emptyCount = 0
    /// Advisories that the index has in a later revision.
    package private(set) var olderCount = 0
    /// Documents that were refused: their name and the reason; and sources that could not be read to their end.
    package private(set) var refused: [(name: String, reason: String)] = []
    /// How many were refused, and not only those that are kept for a report.
    package private(set) var refusedCount = 0
    /// Documents of another kind in a directory of many, which nobody asked for one by one: by source, how many.
    package private(set) var foreign: [(source: String, count: Int)] = []
    /// Documents read by format.
    package private(set) var formats: [AdvisoryFileFormat: Int] = [:]

    /// Documents read at once.
    private static let batchCount = 1_000
    /// Refusals that are kept: a source of another kind refuses every line.
    private static let maximumRefused = 1_000
    /// What the advisories of a segment may hold in memory while it is built; the segment itself is a fraction of it.
    package static let standardHeldByteCount = 128 * 1024 * 1024

    /// - Parameter directory: the index that is added to; made where there is none.
    /// - Throws: `AgentError.storage` where there is an index that can't be read.
    package init(addingTo directory: IndexDirectory, maximumHeldByteCount: Int = standardHeldByteCount) throws {
        self.directory = directory
        self.maximumHeldByteCount = maximumHeldByteCount
        known = directory.exists ? try directory.open() : nil
    }

    /// Reads a source to its end, or to where it is damaged, which is among the refusals then; what was read before counts.
    /// - Throws: `AgentError.storage` where the index can't be written; what was added before stays.
    package mutating func read(_ source: AdvisoryArchive.Source) throws {
        var foreignCount = 0
        defer { if foreignCount > 0 { foreign.append((source.name, foreignCount)) } }
        var reader: any ArchiveReader
        do { reader = try source.reader() } catch { return refuse(source.name, "\(error)") }
        while true {
            let documents: [AdvisoryArchive.Document]
            do { documents = try reader.next(Self.batchCount) } catch { return refuse(source.name, "\(error)") }
            if documents.isEmpty { return }
            for document in documents {
                take(document, isNamed: source.isNamed, &foreignCount)
                if heldByteCount > maximumHeldByteCount { try flush() }
            }
        }
    }

    /// Puts what was taken since the last time into the index.
    /// - Throws: `AgentError.storage` where the index can't be written; it is as it was.
    package mutating func flush() throws {
        if builder.isEmpty { return }
        try directory.add(builder.bytes())
        builder = SegmentBuilder()
        heldByteCount = 0
        known = try directory.open()
    }

    private mutating func take(_ document: AdvisoryArchive.Document, isNamed: Bool, _ foreignCount: inout Int) {
        let format = AdvisoryFileFormat(of: document.bytes)
        let refusal: FormatRefusal
        do throws(FormatRefusal) {
            let advisories = try IndexedAdvisory.all(in: document.bytes, format: format ?? .osv, name: document.name)
            formats[format ?? .osv, default: 0] += 1
            for advisory in advisories { take(advisory) }
            return
        } catch {
            refusal = error
        }
        let other = RefusedOSVDocument(document.bytes)
        if !isNamed, format == nil {
            foreignCount += 1
        } else {
            refuse(other.name(document.name), refusal.violations.map(\.description).joined(separator: "; "))
        }
    }

    private mutating func refuse(_ name: String, _ reason: String) {
        refusedCount += 1
        if refused.count < Self.maximumRefused { refused.append((name, reason)) }
    }

    private mutating func take(_ advisory: IndexedAdvisory) {
        if let modified = known?.modified(advisory.id), modified > advisory.modified {
            olderCount += 1
        } else {
            takenCount += 1
            if advisory.affected.isEmpty, !advisory.isWithdrawn { emptyCount += 1 }
            heldByteCount += advisory.heldByteCount
            builder.add(advisory)
        }
    }
}
