import AdvisoryFormats
import CivilTime
import Matching
import TestSupport
import Testing

@Suite struct `Signals of exploitation` {
    private static let feed = """
        #model_version:v1,score_date:2026-09-29T12:00:22Z
        cve,epss,percentile
        CVE-2026-10000,0.97,0.99998
        CVE-1999-0001,0.03351,0.88255
        CVE-2026-0002,1,1
        CVE-2026-00003,0.5,0.5
        nonsense,0.5,0.5
        """
    private static func catalogue(day: String = "2026-01-30", released: String? = nil) -> KEVCatalogue {
        let entries = [("CVE-2026-1000", day, "Known"), ("CVE-2025-9", "2025-12-01", nil)].compactMap { text, day, ransomware in
            CVEID(text.count < 13 ? "CVE-2025-0009" : text).map { cve in
                var entry = KEVEntry(cve: cve)
                (entry.dateAdded, entry.dueDate, entry.ransomwareUse) = (day, "2026-02-20", ransomware)
                return entry
            }
        }
        return KEVCatalogue(released: released.flatMap { WrittenTimestamp($0) }, entries: entries)
    }

    private func epss(_ text: String) throws -> SignalDocument {
        try #require(try SignalDocument(Array(text.utf8), format: .epss))
    }

    private func signals(_ documents: [SignalDocument]) throws -> Signals {
        var (exploited, scores): (SignalTable<ExploitedElement>?, SignalTable<EPSSElement>?)
        for document in documents {
            switch document.kind {
            case .exploited: exploited = try SignalTable(document.bytes)
            case .epss: scores = try SignalTable(document.bytes)
            }
        }
        return Signals(exploited: exploited, epss: scores)
    }

    @Test func `are found by the CVE, exactly as the feed wrote them, and by nothing near it`() throws {
        let document = try epss(Self.feed)
        #expect(document.count == 3 && document.faults.count == 2, "\(document.faults)")
        let table = try SignalTable<EPSSElement>(document.bytes)
        #expect(table.count == 3 && table.edition.description == "2026-09-29T12:00:22Z")
        let signals = try signals([document])
        let found = try #require(signals.about(["GHSA-a", "CVE-1999-0001"]).epss)
        #expect(found.score == 0.03351 && found.percentile == 0.88255 && found.date.description == "2026-09-29")
        for name in ["CVE-1999-0002", "CVE-1999-00001", "CVE-1999-1", "cve-1999-0001", "CVE-2026-10001", "GO-1", ""] {
            #expect(signals.about([name]).isEmpty, "\(name)")
        }
    }

    @Test func `are looked up over all names: the earliest due date and the highest score count`() throws {
        let signals = try signals([epss(Self.feed), SignalDocument(Self.catalogue())])
        let found = signals.about(["CVE-1999-0001", "CVE-2026-10000", "CVE-2026-1000", "GHSA-a"])
        #expect(found.epss?.score == 0.97 && found.epss?.percentile == 0.99998)
        #expect(found.exploited?.due.description == "2026-02-20" && found.exploited?.added.description == "2026-01-30")
        #expect(found.exploited?.ransomware == "known")
        let both = signals.about(["CVE-2026-1000", "CVE-2025-0009"]).exploited
        #expect(both?.added.description == "2025-12-01", "the due date is the same: the one added first")
        #expect(signals.about(["CVE-2025-0009"]).exploited.map { $0.ransomware == nil } == true)
    }

    @Test func `know which edition is older: by the release where both have one, else by the newest day`() throws {
        let day = try SignalDocument(Self.catalogue()).edition
        let released = try SignalDocument(Self.catalogue(released: "2026-01-30T12:00:00Z")).edition
        let later = try SignalDocument(Self.catalogue(day: "2026-01-29", released: "2026-01-30T13:00:00Z")).edition
        #expect(!day.isOlder(than: released) && !released.isOlder(than: day) && !day.isOlder(than: day))
        #expect(released.isOlder(than: later) && !later.isOlder(than: released) && later.isOlder(than: day))
    }

    @Test func `of a feed without a day, or without a score, are refused`() throws {
        let undated = String(Self.feed.split(separator: "\n", maxSplits: 1)[1])
        for text in [undated, "#model_version:v1,score_date:2026-09-29\ncve,epss\n", "cve,epss\n"] {
            #expect(throws: FormatRefusal.self, "\(text)") { try SignalDocument(Array(text.utf8), format: .epss) }
        }
        for date in ["2026-09-29", "2026-09-29T00:00:00+0000", "2026-09-29T00:00:00+00:00"] {
            let dated = Self.feed.replacing("2026-09-29T12:00:22Z", with: date)
            #expect(try epss(dated).edition.description == "2026-09-29T00:00:00Z")
        }
        let empty = KEVCatalogue()
        #expect(throws: FormatRefusal.self) { try SignalDocument(empty) }
    }

    @Test func `in a damaged file are not read, whatever byte was changed or cut off`() throws {
        let bytes = try epss(Self.feed).bytes
        for place in bytes.indices {
            var damaged = bytes
            damaged[place] ^= 0x10
            #expect(throws: IndexError.self, "byte \(place)") { try SignalTable<EPSSElement>(damaged) }
            #expect(throws: IndexError.self, "cut at \(place)") { try SignalTable<EPSSElement>(Array(bytes.prefix(place))) }
        }
        #expect(throws: IndexError.self, "another kind") { try SignalTable<ExploitedElement>(bytes) }
    }

    @Test func `of 300,000 vulnerabilities take five megabytes`() throws {
        var feed = "#model_version:v1,score_date:2026-09-29T12:00:22Z\ncve,epss,percentile\n"
        for year in 2001...2030 { for number in 1_000..<11_000 { feed += "CVE-\(year)-\(number),0.00043,0.1\n" } }
        let document = try epss(feed)
        #expect(document.count == 300_000 && document.faults.isEmpty && document.bytes.count < 5_000_000)
        let start = ContinuousClock.now
        let table = try SignalTable<EPSSElement>(document.bytes)
        print("opened 300,000 scores in \(ContinuousClock.now - start)")
        #expect(table["CVE-2030-10999"] != nil && table["CVE-2030-11000"] == nil)
    }

    @Test(.enabled(if: SharedSuite.has("kev") && SharedSuite.has("epss"), "catalogue and feed lie beside the project"))
    func `of the real catalogue, in both editions, and of the real feed agree with their documents`() throws {
        let json = try SharedSuite.bytes("kev/known_exploited_vulnerabilities.json")
        let csv = try SharedSuite.bytes("kev/known_exploited_vulnerabilities.csv")
        let catalogue = try KEVCatalogue(parsingJSON: json)
        for bytes in [json, csv] {
            let signals = try signals([#require(try SignalDocument(bytes, format: .kev))])
            #expect(signals.exploited?.count == 1404 && signals.exploited?.edition.day.description == "2025-08-25")
            for entry in catalogue.entries {
                let found = try #require(signals.about([entry.cve.text]).exploited, "\(entry.cve)")
                #expect(found.added.description == entry.dateAdded && found.due.description == entry.dueDate, "\(entry.cve)")
                #expect(found.ransomware == entry.ransomwareUse?.lowercased(), "\(entry.cve)")
            }
        }
        let feed = try epss(SharedSuite.text("epss/epss_scores-sample.csv"))
        let scores = try signals([feed])
        var reader = EPSSReader()
        let rows = reader.consume(try SharedSuite.bytes("epss/epss_scores-sample.csv")).scores
        #expect(feed.count == 49 && feed.faults.isEmpty && rows.count == 49)
        for row in rows {
            let found = scores.about([row.cve.text]).epss
            #expect(found?.score == row.probability && found?.percentile == row.percentile, "\(row.cve)")
        }
    }
}
