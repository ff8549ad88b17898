import AdvisoryFormats
package import Archive
package import Matching

/// Takes documents into a segment of an index, and counts what was no advisory.
package struct IndexIntake {
    private let known: AdvisoryIndex?
    private var builder = SegmentBuilder()
    /// Advisories taken.
    package private(set) var takenCount = 0
    /// Advisories that the index has in a later revision.
    package private(set) var olderCount = 0
    /// Documents that were refused: their name and the reason.
    package private(set) var refused: [(name: String, reason: String)] = []
    /// Documents of another kind in a directory of many, which nobody asked for one by one: by source, how many.
    package private(set) var foreign: [(source: String, count: Int)] = []

    /// - Parameter known: the index that the segment will be added to, or nil.
    package init(addingTo known: AdvisoryIndex?) { self.known = known }

    /// The segment, for `IndexDirectory.add`.
    package var segment: [UInt8] { builder.bytes() }

    /// Documents read at once.
    private static let batchCount = 1_000

    /// Reads a source to its end.
    /// - Throws: `ArchiveError` where it is damaged; what was read before counts.
    package mutating func read(_ source: AdvisoryArchive.Source) throws {
        var reader = try source.reader()
        var foreignCount = 0
        defer { if foreignCount > 0 { foreign.append((source.name, foreignCount)) } }
        while case let documents = try reader.next(Self.batchCount), !documents.isEmpty {
            for document in documents {
                do throws(FormatRefusal) {
                    take(IndexedAdvisory(try OSVRecord(parsing: document.bytes)))
                } catch {
                    let document = (name: document.name, refused: RefusedOSVDocument(document.bytes))
                    if !source.isNamed, document.refused.isForeign {
                        foreignCount += 1
                    } else {
                        let reason = error.violations.map(\.description).joined(separator: "; ")
                        refused.append((document.refused.name(document.name), reason))
                    }
                }
            }
        }
    }

    private mutating func take(_ advisory: IndexedAdvisory) {
        if let modified = known?.modified(advisory.id), modified > advisory.modified {
            olderCount += 1
        } else {
            takenCount += 1
            builder.add(advisory)
        }
    }
}
