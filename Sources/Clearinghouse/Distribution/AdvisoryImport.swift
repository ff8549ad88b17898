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
    /// True where it is of another format, or JSON without the identifier that every OSV record has: then most likely it is, too.
    package let isForeign: Bool
    /// The other format of advisories that it is of; nil where it is none that is known.
    package let format: String?

    package init(name: String, reason: String, isForeign: Bool = false, format: String? = nil) {
        self.name = name
        self.reason = reason
        self.isForeign = isForeign
        self.format = format
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
        try await importOSV(try prepare(documents, from: source, by: principal))
    }

    /// What can be done for documents before the journal is asked; for whoever has time for it while others are recorded.
    package func prepare(_ documents: [OSVDocument], from source: String, by principal: Principal) throws -> PreparedAdvisories {
        try principal.require(.importAdvisories)
        try Distribution.requireSourceName(source)
        return PreparedAdvisories(documents, from: source, by: principal.member)
    }

    /// The same for documents that were prepared.
    package func importOSV(_ prepared: PreparedAdvisories) async throws -> ImportTally {
        try await journal.append { snapshot in
            var intake = AdvisoryIntake(source: prepared.source, snapshot: snapshot)
            for document in prepared.accepted { try intake.take(document) }
            intake.tally.refused = prepared.refused
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
    var canNameStream: Bool {
        utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
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
