import AdvisoryFormats
import JSONText
import Journal
import Sealing

/// One OSV document from outside: what to call it in reports, and its bytes.
package struct OSVDocument: Sendable {
    /// A file and line, or the record's id.
    package let name: String
    package let bytes: [UInt8]

    package init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }
}

/// What became of the documents of a source. Every document is in exactly one of the counts.
package struct ImportTally: Sendable, Hashable {
    package var new = 0
    package var changed = 0
    package var unchanged = 0
    /// Revisions older than the one already there.
    package var older = 0
    package var refused: [RefusedDocument] = []

    package init() {}

    package var total: Int { new + changed + unchanged + older + refused.count }

    package static func += (left: inout ImportTally, right: ImportTally) {
        left.new += right.new
        left.changed += right.changed
        left.unchanged += right.unchanged
        left.older += right.older
        left.refused += right.refused
    }
}

/// A document that was not taken, by name and with the reason and the place.
package struct RefusedDocument: Sendable, Hashable {
    package let name: String
    package let reason: String

    package init(name: String, reason: String) {
        self.name = name
        self.reason = reason
    }
}

extension Distribution {
    /// Documents of one transaction: enough to amortise its sync, little enough to keep memory flat and others waiting briefly.
    package static let importBatchSize = 500

    /// Takes in documents of one source, validated against the OSV schema, in one transaction.
    ///
    /// A document whose bytes are there already is unchanged, and an older revision than the one there (by `modified`) changes
    /// nothing; of two revisions with the same `modified` the one with the greater SHA-256 counts, so that reading the same
    /// sources again changes nothing, in whatever order they come. What is refused is named with its reason and
    /// stops nothing.
    package func importOSV(
        _ documents: [OSVDocument], from source: String, by principal: Principal
    ) async throws -> ImportTally {
        try principal.require(.importAdvisories)
        try Distribution.requireSourceName(source)
        let parsed = OSVBatch(documents, from: source, by: principal.member)
        return try await journal.append { snapshot in
            var intake = AdvisoryIntake(source: source, snapshot: snapshot)
            for document in parsed.accepted { try intake.take(document) }
            intake.tally.refused = parsed.refused
            return Decision(intake.drafts, answer: intake.tally)
        }.answer
    }

    /// Records that a source was read to its end, and what became of its documents.
    package func recordReading(of source: String, _ tally: ImportTally, by principal: Principal) async throws {
        try principal.require(.importAdvisories)
        try Distribution.requireSourceName(source)
        try await journal.append([DistributionRecords.sourceRead(source, tally, by: principal.member)])
    }

    private static func requireSourceName(_ source: String) throws {
        guard source != DistributionRecords.ownSource, !source.isEmpty, source.canNameStream else {
            throw Refusal(
                .malformed, "the source needs a name without control characters, other than \(DistributionRecords.ownSource)",
                place: "/source"
            )
        }
    }
}

extension String {
    /// Whether a stream may carry it: streams are named by printable text, and the auditor holds them to it.
    fileprivate var canNameStream: Bool {
        utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    }
}

/// Documents after parsing, with everything done that needs no journal: its writer is one, and all others wait for it.
private struct OSVBatch: Sendable {
    private(set) var accepted: [AcceptedDocument] = []
    private(set) var refused: [RefusedDocument] = []

    init(_ documents: [OSVDocument], from source: String, by actor: String) {
        for document in documents {
            do {
                let record = try OSVRecord(parsing: document.bytes)
                let rows = AdvisoryRows(record)
                // The OSV schema asks for a prefix of an identifier and leaves the rest open.
                guard rows.identifier.canNameStream else {
                    refused.append(RefusedDocument(name: document.name, reason: "/id: an identifier has no control characters"))
                    continue
                }
                accepted.append(AcceptedDocument(rows, document.bytes, from: source, by: actor))
            } catch {
                let reasons = error.violations.map(\.description).joined(separator: "; ")
                refused.append(RefusedDocument(name: OSVBatch.name(of: document), reason: reasons))
            }
        }
    }

    /// A record that is refused is named by its own identifier where it has one.
    private static func name(of document: OSVDocument) -> String {
        let identifier = (try? JSONValue(parsing: document.bytes))?["id"]?.string
        return identifier.map { "\($0) (\(document.name))" } ?? document.name
    }
}

private struct AcceptedDocument: Sendable {
    let identifier: String
    let modified: Int64
    /// SHA-256 of its bytes, hexadecimal.
    let digest: String
    let draft: RecordDraft

    init(_ rows: AdvisoryRows, _ bytes: [UInt8], from source: String, by actor: String) {
        let content = Content(bytes, derived: rows)
        identifier = rows.identifier
        modified = rows.modified
        digest = content.digest.hex
        draft = DistributionRecords.imported(rows.identifier, osv: content, source: source, by: actor)
    }
}

/// Decides about the documents of one batch, each seeing the ones before it.
private struct AdvisoryIntake {
    let source: String
    let snapshot: JournalSnapshot
    var tally = ImportTally()
    private(set) var drafts: [RecordDraft] = []
    /// What this batch has decided and the tables do not show yet.
    private var current: [String: Revision] = [:]

    private struct Revision {
        let digest: String
        let modified: Int64
        let source: String
    }

    init(source: String, snapshot: JournalSnapshot) {
        self.source = source
        self.snapshot = snapshot
    }

    mutating func take(_ document: AcceptedDocument) throws {
        switch try stored(document.identifier) {
        case .none: tally.new += 1
        case .some(let known) where known.digest == document.digest:
            tally.unchanged += 1
            return
        // What this clearinghouse published itself is not overwritten by a copy that came back.
        case .some(let known)
        where (known.modified, known.digest) > (document.modified, document.digest)
            || known.source == DistributionRecords.ownSource:
            tally.older += 1
            return
        case .some: tally.changed += 1
        }
        current[document.identifier] = Revision(digest: document.digest, modified: document.modified, source: source)
        drafts.append(document.draft)
    }

    private func stored(_ identifier: String) throws -> Revision? {
        if let known = current[identifier] { return known }
        return try snapshot.firstRow("SELECT osv, modified, source FROM advisory WHERE id = $1", [.text(identifier)]).map {
            Revision(digest: try $0.text(0), modified: try $0.integer(1), source: try $0.text(2))
        }
    }
}
