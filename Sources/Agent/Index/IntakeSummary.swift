package import AdvisoryFormats
package import CivilTime
import Matching

/// What one run took into an index, and what it did not.
package struct IntakeSummary: Sendable {
    /// Documents read.
    package internal(set) var documentCount = 0
    /// Advisories taken.
    package internal(set) var takenCount = 0
    /// Those among them that are about nothing that can be matched: no package, no CPE name, no version or commit.
    package internal(set) var emptyCount = 0
    /// Advisories that the index has in a later revision.
    package internal(set) var olderCount = 0
    /// Documents that were refused: their name and the reason; and sources that could not be read to their end.
    package private(set) var refused: [(name: String, reason: String)] = []
    /// How many were refused, and not only those that are kept for a report.
    package private(set) var refusedCount = 0
    /// What was refused in an earlier run and is not tried yet.
    package private(set) var refusedBefore: [(name: String, reason: String)] = []
    package private(set) var refusedBeforeCount = 0
    /// When the first of them is tried again.
    package private(set) var nextTry: Timestamp?
    /// Files that were taken before and did not change.
    package private(set) var unchangedCount = 0
    /// Those among them from which something was taken.
    package private(set) var knownCount = 0
    /// Documents of another kind in a directory of many, which nobody asked for one by one: by source, how many.
    package internal(set) var foreign: [String: Int] = [:]
    /// Documents read by format.
    package internal(set) var formats: [AdvisoryFileFormat: Int] = [:]
    /// Documents of signals taken: what kind and edition, and of how many vulnerabilities.
    package private(set) var signals: [String] = []
    /// What was left out of them.
    package private(set) var faults: [String] = []

    /// Refusals that are kept: a source of another kind refuses every line.
    private static let maximumKept = 1_000

    /// Files and directories that could not be read to their end, now or when they were last tried; they are among what was refused.
    package private(set) var unreadCount = 0

    /// Whether anything was read, now or before.
    package var isOfUse: Bool { takenCount + olderCount + signals.count + knownCount > 0 }

    mutating func refuse(_ name: String, _ reason: String) {
        refusedCount += 1
        if refused.count < Self.maximumKept { refused.append((name, reason)) }
    }

    /// A file that could not be read to its end.
    mutating func fail(_ name: String, _ reason: String) {
        unreadCount += 1
        refuse(name, reason)
    }

    mutating func take(_ document: SignalDocument) {
        signals.append(document.summary)
        faults += document.faults.prefix(Self.maximumKept - min(faults.count, Self.maximumKept))
    }

    /// A file of which something, or everything, is not read: what was refused of it and is not tried now.
    mutating func leave(_ record: SourceRecord, of path: String, _ reading: SourceReading) {
        if reading == .nothing { unchangedCount += 1 }
        if record.takenCount > 0 { knownCount += 1 }
        var tried: Set<Int> = []
        if case .refused(let numbers) = reading { tried = numbers }
        let left = record.refused.filter { !tried.contains($0.number) }
        let failures = reading == .nothing ? [record.failure].compactMap { $0 } : []
        unreadCount += failures.count
        let refusals = left.map { ($0.name, $0.refusal) } + failures.map { (path, $0) }
        refusedBeforeCount += refusals.count + record.unlistedCount
        for (name, refusal) in refusals where refusedBefore.count < Self.maximumKept {
            refusedBefore.append((name, refusal.reason))
        }
        let times = (refusals.map(\.1) + [record.unlisted].compactMap { $0 }).map(\.nextTry)
        nextTry = (times + [nextTry].compactMap { $0 }).min()
    }
}
