import AdvisoryFormats
import Archive
import Matching

/// What becomes of each document: advisories, signals, a refusal.
extension IndexIntake {
    mutating func take(_ document: AdvisoryArchive.Document, of file: AdvisoryArchive.Source) throws {
        guard let hand = open, hand.isAsked(document.number) else { return }
        let triesBefore = hand.tries(document.number)
        open?.record.forget(document.number)
        readByteCount += document.bytes.count
        summary.documentCount += 1
        if let failure = document.failure {
            // A file of its own is asked for again as a file is, whatever it holds then.
            if file.isOfDocuments { throw failure }
            try refuse(document, of: file, nil, [failure.reason], after: triesBefore)
            open?.pass(document.end)
            return
        }
        let format = AdvisoryFileFormat(of: document.bytes)
        var refused: (own: RefusedAdvisoryDocument, reasons: [String])?
        do throws(FormatRefusal) {
            try take(document, format ?? .osv)
            summary.formats[format ?? .osv, default: 0] += 1
            open?.record.takenCount += 1
        } catch {
            if !file.isNamed, format == nil {
                open?.record.foreignCount += 1
                summary.foreign[file.name, default: 0] += 1
            } else {
                refused = (RefusedAdvisoryDocument(document.bytes), error.violations.map(\.description))
            }
        }
        if let (own, reasons) = refused { try refuse(document, of: file, own, reasons, after: triesBefore) }
        open?.pass(document.end)
        if isFull { try flush() }
    }

    private mutating func refuse(
        _ document: AdvisoryArchive.Document, of file: AdvisoryArchive.Source, _ own: RefusedAdvisoryDocument?,
        _ reasons: [String], after tries: Int
    ) throws {
        let (name, reason) = (own?.name(document.name) ?? document.name, reasons.joined(separator: "; "))
        open?.record.refuse(document.number, name, reason, after: tries, at: now)
        summary.refuse(name, reason)
        try onRefusal(
            IntakeRefusal(source: file.path, number: document.number, name: document.name, document: own, reasons: reasons)
        )
    }

    private mutating func take(_ document: AdvisoryArchive.Document, _ format: AdvisoryFileFormat) throws(FormatRefusal) {
        if let document = try SignalDocument(document.bytes, format: format) { return try take(document) }
        let document = try IndexedDocument(document.bytes, format: format, name: document.name, at: now)
        guard let family = document.family else { return document.advisories.forEach { take($0) } }
        take(document.advisories, of: family)
    }

    /// Takes a revision of a document, with what it has no more; of one that is older than what is known, nothing.
    private mutating func take(_ advisories: [IndexedAdvisory], of family: AdvisoryFamily) {
        let indexed = known?.revisions(of: family) ?? [:]
        let known = indexed.merging(families[family.id] ?? [:]) { max($0, $1) }
        guard let taken = family.taking(advisories, besides: known) else {
            summary.olderCount += advisories.count
            return
        }
        for advisory in advisories { take(advisory) }
        for advisory in taken.dropFirst(advisories.count) { builder.add(advisory) }
        families[family.id] = Dictionary(taken.map { ($0.id, $0.modified) }) { max($0, $1) }
    }

    private mutating func take(_ document: SignalDocument) throws(FormatRefusal) {
        let newest = signals.last { $0.kind == document.kind }?.edition ?? document.edition(in: knownSignals)
        if let newest, document.edition.isOlder(than: newest) {
            throw document.refusal("the edition of \(document.edition) is older than that of \(newest), which the index has")
        }
        signals.removeAll { $0.kind == document.kind }
        signals.append(document)
        heldByteCount += document.bytes.count
        summary.take(document)
    }

    private mutating func take(_ advisory: IndexedAdvisory) {
        if let modified = known?.modified(advisory.id), modified > advisory.modified {
            summary.olderCount += 1
        } else {
            summary.takenCount += 1
            if advisory.affected.isEmpty, !advisory.isWithdrawn { summary.emptyCount += 1 }
            heldByteCount += advisory.heldByteCount
            builder.add(advisory)
        }
    }
}
