package import Archive
package import CivilTime
package import Sealing

/// How far one file of advisories was taken into an index, and what of it was refused.
package struct SourceRecord: Hashable, Sendable {
    package var version: FileVersion
    /// Where reading goes on.
    package var place = AdvisoryArchive.Place.start
    /// SHA-256 of the bytes before `place`, where the file is one that may grow: whether it only grew can be told by it.
    package var prefix: Digest?
    package var isFinished = false
    /// Documents that were taken.
    package var takenCount = 0
    /// Documents of another kind, which nobody asked for one by one.
    package var foreignCount = 0
    /// What was refused, at most `maximumListed`.
    package private(set) var refused: [RefusedDocument] = []
    /// What was refused beyond them, all alike.
    package private(set) var unlistedCount = 0
    package private(set) var unlisted: Refusal?
    /// Why the file could not be read to its end.
    package private(set) var failure: Refusal?

    /// Refused documents that are listed one by one: an archive of 50,000 refused records does not make the ledger large.
    package static let maximumListed = 100
    /// What is kept of a name, which may be a document's own.
    private static let maximumNameLength = 200

    package init(version: FileVersion) { self.version = version }

    /// Everything that was refused, and the file itself where it could not be read to its end.
    package var refusedCount: Int { refused.count + unlistedCount + (failure == nil ? 0 : 1) }

    /// When the first of what was refused is tried again.
    package var nextTry: Timestamp? {
        (refused.map(\.refusal) + [unlisted, failure].compactMap { $0 }).map(\.nextTry).min()
    }

    /// How often a document was refused; nil where it is not listed.
    func tries(_ number: Int) -> Int? { refused.first { $0.number == number }?.refusal.tries }
}

// MARK: what happened
extension SourceRecord {
    /// The document was read, and what was said of it before no longer counts.
    mutating func forget(_ number: Int) { refused.removeAll { $0.number == number } }

    mutating func refuse(_ number: Int, _ name: String, _ reason: String, after tries: Int, at now: Timestamp) {
        let refusal = Refusal(reason, after: tries, at: now)
        guard refused.count < Self.maximumListed else {
            unlistedCount += 1
            unlisted = refusal
            return
        }
        refused.append(RefusedDocument(number: number, name: String(name.prefix(Self.maximumNameLength)), refusal: refusal))
    }

    mutating func fail(_ reason: String, at now: Timestamp) { failure = Refusal(reason, after: failure?.tries ?? 0, at: now) }

    mutating func finish() {
        isFinished = true
        failure = nil
    }

    /// As they were written down.
    mutating func restore(_ document: RefusedDocument) { refused.append(document) }
    mutating func restore(unlisted count: Int, _ refusal: Refusal) { (unlistedCount, unlisted) = (count, refusal) }
    mutating func restore(failure refusal: Refusal) { failure = refusal }
}
