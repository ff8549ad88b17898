package import AdvisoryFormats
import CivilTime

/// A document that says how vulnerabilities are exploited, and of no package which versions are affected: as the bytes of a file of
/// signals.
package struct SignalDocument: Sendable {
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// CISA's catalogue of known exploited vulnerabilities.
        case exploited
        /// Scores of the Exploit Prediction Scoring System.
        case epss

        /// The name people know it by.
        package var name: String {
            switch self {
            case .exploited: "KEV"
            case .epss: "EPSS"
            }
        }
    }

    package let kind: Kind
    /// For `SignalTable`.
    package let bytes: [UInt8]
    package let edition: SignalEdition
    /// How many vulnerabilities it is about.
    package let count: Int
    /// What was left out and why: a feed is taken without its bad lines.
    package private(set) var faults: [String] = []

    /// Reads a document, or is nil where the format is one of advisories.
    /// - Throws: `FormatRefusal` with every place; a feed only where nothing in it is a score, or it does not say of which day it is.
    package init?(_ bytes: [UInt8], format: AdvisoryFileFormat) throws(FormatRefusal) {
        switch format {
        case .kev:
            let isJSON = bytes.first { $0 > 0x20 } == UInt8(ascii: "{")
            try self.init(isJSON ? KEVCatalogue(parsingJSON: bytes) : KEVCatalogue(parsingCSV: bytes))
        case .epss: try self.init(feed: bytes)
        case .osv, .cve, .csaf, .ghsa, .rubySec, .friendsOfPHP, .nodeSecurity: return nil
        }
    }

    /// - Throws: `FormatRefusal` where the catalogue has no entry.
    package init(_ catalogue: KEVCatalogue) throws(FormatRefusal) {
        var elements: [ExploitedElement] = []
        for entry in catalogue.entries {
            guard let cve = CVENumber(entry.cve.text), let added = Self.day(entry.dateAdded), let due = Self.day(entry.dueDate)
            else {
                faults.append("\(entry.cve): an identifier that is not written as the CVE Program writes it")
                continue
            }
            let ransomware: UInt32 = entry.ransomwareUse == "Known" ? 2 : entry.ransomwareUse == "Unknown" ? 1 : 0
            elements.append(ExploitedElement(cve: cve, added: added, due: due, ransomware: ransomware))
        }
        guard let newest = elements.map(\.added).max() else { throw Self.refusal("KEV", "the catalogue has no entry") }
        kind = .exploited
        edition = SignalEdition(
            day: CivilDate(daysSinceEpoch: Int64(newest)),
            released: catalogue.released.map {
                Timestamp(millisecondsSinceEpoch: $0.secondsSince1970 * 1_000 + Int64($0.nanoseconds) / 1_000_000)
            }
        )
        (bytes, count) = SignalTable.file(of: elements, edition: edition)
    }

    private init(feed: [UInt8]) throws(FormatRefusal) {
        var reader = EPSSReader()
        var elements: [EPSSElement] = []
        var faults: [String] = []
        func take(_ output: EPSSReader.Output) {
            faults += output.faults.map(\.description)
            for score in output.scores {
                guard let cve = CVENumber(score.cve.text) else {
                    faults.append("\(score.cve): an identifier that is not written as the CVE Program writes it")
                    continue
                }
                let percentile = score.percentile.map(Self.billionths) ?? EPSSElement.none
                elements.append(EPSSElement(cve: cve, score: Self.billionths(score.probability), percentile: percentile))
            }
        }
        // In parts: the reader's scores are several times as large as the elements that are kept of them.
        for start in stride(from: 0, to: feed.count, by: Self.partByteCount) {
            take(reader.consume(Array(feed[start..<min(start + Self.partByteCount, feed.count)])))
        }
        take(reader.finish())
        guard !elements.isEmpty else { throw Self.refusal("EPSS", faults.first ?? "the feed has no score") }
        guard let released = reader.header.scoreDate.flatMap(Self.moment) else {
            throw Self.refusal("EPSS", "the feed does not say of which day its scores are (score_date in its first line)")
        }
        kind = .epss
        edition = SignalEdition(day: released.date, released: released)
        (bytes, count) = SignalTable.file(of: elements, edition: edition)
        self.faults = faults
    }

    /// The edition of the same kind that is known; nil where none is.
    package func edition(in known: Signals) -> SignalEdition? {
        switch kind {
        case .exploited: known.exploited?.edition
        case .epss: known.epss?.edition
        }
    }

    /// The document as one that is not taken.
    package func refusal(_ reason: String) -> FormatRefusal { Self.refusal(kind.name, reason) }

    /// `KEV of 2026-01-31: 1404 vulnerabilities`
    package var summary: String { "\(kind.name) of \(edition): \(count) vulnerabilities" }

    private static let partByteCount = 1 << 20

    private static func billionths(_ share: Double) -> UInt32 { UInt32((share * Double(EPSSElement.unit)).rounded()) }

    private static func day(_ text: String) -> Int32? {
        Timestamp(rfc3339: text + "T00:00:00Z").map { Int32($0.date.daysSinceEpoch) }
    }

    /// The day alone, the moment, or the moment with an offset that has no colon, as feeds of 2022 to 2025 have it.
    private static func moment(_ text: String) -> Timestamp? {
        let colon = text.dropLast(2) + ":" + text.suffix(2)
        return Timestamp(rfc3339: text) ?? Timestamp(rfc3339: text + "T00:00:00Z") ?? Timestamp(rfc3339: String(colon))
    }

    private static func refusal(_ format: String, _ reason: String) -> FormatRefusal {
        FormatRefusal(
            format: format, violations: [FormatViolation(code: .missingMember, pointer: "", byteOffset: 0, reason: reason)]
        )
    }
}
