import AdvisoryFormats
import Foundation
import PackageIdentity
import TestSupport
import Testing

/// Lock files of osv-scanner's own tests, against what its recorded runs say.
@Suite struct LockFileCorpusTests {
    private static let folder = "osv-scanner-matches/fixtures/cmd/osv-scanner"
    private static let data = folder + "/scan/source/"

    /// Names under which the scanner was told the format of a file that is not named after it.
    private static let otherNames = [
        "my-package-lock.json": "package-lock.json", "my-yarn.lock": "yarn.lock", "replace-local.mod": "go.mod",
        "depsjson": "deps.json"
    ]

    /// Where another number is right here, and why.
    private static let deviations: [String: (count: Int, reason: String)] = [
        "testdata/locks-requirements/requirements-transitive.txt": (1, "the other file that it names is another inventory")
    ]

    /// Formats that are read from SBOMs or not at all.
    private static func isLockFile(_ path: String) -> Bool {
        !["sbom-insecure", ".cdx.", "osv-scanner", ".props", ".csproj", ".jar", "pom.xml"]
            .contains { path.contains($0) }
    }

    /// `Scanned <rootdir>/PATH file and found N package(s)`.
    private static func expectedCounts() throws -> [String: Int] {
        var counts: [String: Int] = [:]
        for file in try SharedSuite.files(below: folder, suffix: ".snap") {
            for line in try SharedSuite.lines(file) {
                let words = line.split(separator: " ")
                guard words.count >= 7, words[0] == "Scanned", words[2] == "file", words[4] == "found", let count = Int(words[5]),
                    words[1].hasPrefix("<rootdir>/")
                else { continue }
                counts[String(words[1].dropFirst("<rootdir>/".count))] = count
            }
        }
        return counts
    }

    private static func inventory(_ path: String) throws -> InventoryDocument {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        return try InventoryDocument(parsing: SharedSuite.bytes(data + path), fileName: otherNames[name] ?? path)
    }

    @Test(.enabled(if: SharedSuite.has(folder), "shared/suites/osv-scanner-matches is missing"))
    func `finds as many packages in every lock file as osv-scanner`() throws {
        var judged = 0
        for (path, count) in try Self.expectedCounts() where Self.isLockFile(path) && SharedSuite.file(Self.data + path) != nil {
            judged += 1
            let inventory = try Self.inventory(path)
            let expected = Self.deviations[path]?.count ?? count
            #expect(inventory.components.count == expected, "\(path): \(inventory.components.map(\.name))")
        }
        print("lock files: \(judged) judged, \(Self.deviations.count) deviations")
        #expect(judged >= 36, "the corpus was read only in part")
    }

    /// The queries that the scanner sent have the names and versions of its packages: each of ours in these ecosystems is one.
    @Test(.enabled(if: SharedSuite.has(folder), "shared/suites/osv-scanner-matches is missing"))
    func `names the packages as osv-scanner asks for them`() throws {
        let root = try SharedSuite.json("osv-scanner-matches/querybatch-pairs.json") as? [String: Any]
        var asked: Set<String> = []
        for case let entry as [String: Any] in root?["cases"] as? [Any] ?? [] {
            guard let query = entry["query"] as? [String: Any], let package = query["package"] as? [String: Any],
                let ecosystem = package["ecosystem"] as? String, let name = package["name"] as? String
            else { continue }
            let coordinate = PackageCoordinate(ecosystem: Ecosystem(ecosystem), name: name)
            asked.insert("\(ecosystem) \(coordinate.name) \(query["version"] as? String ?? "")")
        }
        var named = 0
        for path in try Self.expectedCounts().keys.sorted()
        where Self.isLockFile(path) && SharedSuite.file(Self.data + path) != nil {
            for purl in try Self.inventory(path).components.flatMap(\.purls) where !purl.hasPrefix("pkg:github/") {
                let coordinate = try #require(PackageCoordinate(try Purl(parsing: purl)), "\(path): \(purl)")
                let version = coordinate.version.map { $0.hasPrefix("v") ? String($0.dropFirst()) : $0 } ?? ""
                #expect(asked.contains("\(coordinate.ecosystem) \(coordinate.name) \(version)"), "\(path): \(purl)")
                named += 1
            }
        }
        print("lock files: \(named) packages named")
        #expect(named >= 60, "the corpus was read only in part")
    }

    @Test(.enabled(if: SharedSuite.has(folder), "shared/suites/osv-scanner-matches is missing"))
    func `refuses a lock file that is broken, with the place`() throws {
        let path = "testdata/locks-many-with-invalid/composer.lock"
        let error = #expect(throws: FormatRefusal.self) { try Self.inventory(path) }
        // A comma too many.
        let text = try SharedSuite.text(Self.data + path)
        let place = text.range(of: ",,").map { text.utf8.distance(from: text.startIndex, to: $0.lowerBound) + 1 }
        #expect(error?.format == "composer.lock" && error?.violations.first?.byteOffset == place, "\(String(describing: error))")
    }
}
