import Client
import Foundation

/// Where advisories come from: paths as given, else the corpus beside the checkout, else OSV.dev by ecosystem.
struct AdvisorySources {
    private let given: [String]
    private let cache: String

    /// Small ecosystems that make a first download of seconds rather than minutes.
    private static let usualEcosystems = ["PyPI", "Go", "crates.io", "Hackage"]
    private static let distribution = "https://osv-vulnerabilities.storage.googleapis.com"

    init(named given: [String], cache: String) {
        self.given = given
        self.cache = cache
    }

    func paths() async throws -> [String] {
        let corpus = (ProcessInfo.processInfo.environment["BREAKWATER_SHARED"] ?? "../shared") + "/suites/osv-corpus"
        if given.isEmpty, FileManager.default.fileExists(atPath: corpus) { return [corpus] }
        var paths: [String] = []
        for name in given.isEmpty ? AdvisorySources.usualEcosystems : given {
            if FileManager.default.fileExists(atPath: name) {
                paths.append(name)
            } else if let path = await downloaded(name) {
                paths.append(path)
            }
        }
        return paths
    }

    /// The ecosystem's archive; nil, with the reason said, where it can't be had. A name with `://` is an address itself.
    private func downloaded(_ name: String) async -> String? {
        let address = name.contains("://") ? name : "\(AdvisorySources.distribution)/\(Local.escaped(name))/all.zip"
        let file = "\(cache)/\(name.map { $0.isLetter || $0.isNumber ? $0 : "_" }.map(String.init).joined()).zip"
        do {
            try FileManager.default.createDirectory(atPath: cache, withIntermediateDirectories: true)
            say("downloading \(address)")
            let bytes = try await ClearinghouseClient(baseURL: address).download(limit: AdvisorySources.largestArchive)
            try Data(bytes).write(to: URL(fileURLWithPath: file), options: .atomic)
            return file
        } catch {
            say("not downloaded: \(name) is no path here, and \(error)")
            return nil
        }
    }

    /// The largest ecosystem archive of OSV.dev is below this.
    private static let largestArchive = 1_024 * 1_024 * 1_024
}
