import AdvisoryFormats
import Foundation
import PackageIdentity
import TestSupport
import Testing

@testable import Matching

/// What an index keeps of real CVE records and CSAF documents, and of which it keeps nothing, and why.
@Suite struct `Real records for an index` {
    private static let records = "vulnrichment/vulnrichment.jsonl.zst"
    private static let archives = ["cisa-csaf/csaf_files.tar.zst", "csaf-other/csaf-other-corpus.tar.zst"]
    /// Of the 44,130 records every tenth: all take a minute.
    private static let stride = 10

    private struct Count: CustomStringConvertible {
        var advisories = 0
        var entries: [String: Int] = [:]
        var certain = 0
        var nothing: [String: Int] = [:]

        mutating func add(_ advisory: IndexedAdvisory) {
            advisories += 1
            for package in advisory.affected {
                entries[package.ecosystem.name, default: 0] += 1
                certain += package.ranges.contains { $0.doubt == nil } || !package.explicitVersions.isEmpty ? 1 : 0
            }
        }

        var description: String {
            "\(advisories) advisories, \(entries.sorted { $0.value > $1.value }), \(certain) certain, nothing: \(nothing)"
        }
    }

    @Test(.enabled(if: SharedSuite.has(records) && Program.isInstalled("zstd"), "the CVE records or zstd is missing"))
    func `name packages and products, or why they name none`() throws {
        var count = Count()
        for (number, line) in try SharedSuite.unpacked(Self.records).split(separator: UInt8(ascii: "\n")).enumerated()
        where number % Self.stride == 0 {
            guard let record = try? CVERecord(parsing: line) else { continue }
            let advisory = IndexedAdvisory(record)
            count.add(advisory)
            if advisory.affected.isEmpty { count.nothing[Self.reason(record), default: 0] += 1 }
        }
        print("vulnrichment: \(count)")
        #expect(count.nothing.keys.allSatisfy { !$0.hasPrefix("?") })
        #expect(count.advisories == 4_396)
    }

    /// Why a record gives an index nothing: the first reason that holds.
    private static func reason(_ record: CVERecord) -> String {
        if record.state == .rejected { return "rejected" }
        let containers = [record.cna] + record.adp
        let products = containers.flatMap(\.affected)
        let names =
            products.flatMap(\.cpes)
            + containers.flatMap { $0.cpeApplicability.flatMap(\.nodes).flatMap { $0.matches.map(\.criteria) } }
        let parsed = names.compactMap { try? CPE(parsing: $0) }
        if !names.isEmpty, parsed.isEmpty { return "CPE names that are none" }
        if !parsed.isEmpty, parsed.allSatisfy({ CPEPackage.name(of: $0) == nil }) {
            return "CPE names without a vendor or product"
        }
        if !parsed.isEmpty { return "no version that is affected or in doubt" }
        let collections = products.filter { $0.collectionURL != nil && $0.packageName != nil }
        if !collections.isEmpty { return "a collection that is no ecosystem" }
        if products.contains(where: { $0.repo != nil }) { return "a repository without commits" }
        return products.isEmpty ? "? no product" : "words that name nothing, or no version of it"
    }

    @Test(.enabled(if: archives.allSatisfy(SharedSuite.has), "the CSAF documents are missing"))
    func `of CSAF name what is known by package URL, by CPE or in words`() throws {
        var count = Count()
        var ids: Set<String> = []
        for archive in Self.archives {
            let folder = try SharedSuite.unpackedArchive(archive)
            defer { try? FileManager.default.removeItem(at: folder) }
            for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted() where path.hasSuffix(".json") {
                let bytes = [UInt8](try Data(contentsOf: folder.appending(path: path)))
                guard AdvisoryFileFormat(of: bytes) == .csaf, let document = try? CSAFDocument(parsing: bytes) else { continue }
                for advisory in IndexedAdvisory.all(of: document) {
                    ids.insert(advisory.id)
                    count.add(advisory)
                    if advisory.affected.isEmpty { count.nothing["no name", default: 0] += 1 }
                }
            }
        }
        print("CSAF: \(count), \(ids.count) identifiers")
        #expect(count.advisories == 7_997 && count.nothing["no name"] == 11)
    }
}
