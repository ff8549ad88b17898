import CivilTime
import PackageIdentity
package import Runners

/// What is to be looked at, as its owner knows it. A run always looks at an archive that was uploaded; the target says what that
/// archive is claimed to be, and is what authorisations and opt-outs are about.
package struct RunTarget: Sendable, Hashable {
    /// A URI.
    package let repository: String?
    package let commit: String?
    /// A package URL.
    package let package: String?

    /// - Throws: `malformed` unless a repository or a package is named, each well-formed. A package URL says nothing of where the
    ///   source is: its repository stands beside it, so that the owners of both are asked.
    package init(repository: String?, commit: String?, package: String?) throws(Refusal) {
        guard repository != nil || package != nil else {
            throw Refusal(.malformed, "a target is a repository or a package", place: "/repository")
        }
        if let repository {
            guard RunTarget.isURI(repository), !repository.hasPrefix("pkg:") else {
                throw Refusal(.malformed, "the repository is no URI", place: "/repository")
            }
            _ = try ScanTarget(repository, at: "/repository")
        }
        if let commit, !(7...64 ~= commit.utf8.count && commit.utf8.allSatisfy { 48...57 ~= $0 || 97...102 ~= $0 }) {
            throw Refusal(.malformed, "a commit is 7 to 64 lowercase hexadecimal digits", place: "/commit")
        }
        if let package {
            try RunTarget.requireBare(package)
        }
        self.repository = repository
        self.commit = commit
        self.package = package
    }

    /// Every name an owner must have agreed to.
    package var names: [String] { [repository, package].compactMap { $0 } }

    /// What is leased: each target once, at the revision that is looked at.
    func scanTargets() throws(Refusal) -> [ScanTarget] {
        var targets: [ScanTarget] = []
        if let repository {
            let target = try ScanTarget(repository, at: "/repository")
            targets.append(try commit.map { text throws(Refusal) in try target.at(text) } ?? target)
        }
        if let package { targets.append(try ScanTarget(package, at: "/package")) }
        return targets
    }

    private static func requireBare(_ package: String) throws(Refusal) {
        let purl: Purl
        do throws(PurlError) { purl = try Purl(parsing: package) } catch {
            throw Refusal(.malformed, "the package is no package URL: \(error.reason)", place: "/package")
        }
        guard purl.qualifier("vcs_url") == nil else {
            throw Refusal(.malformed, "state the repository beside the package, not in its vcs_url", place: "/package")
        }
    }

    private static func isURI(_ text: String) -> Bool {
        let scheme = text.prefix { $0 != ":" }
        return text.utf8.count <= 2_048 && !scheme.isEmpty && scheme.utf8.count < text.utf8.count
            && scheme.utf8.allSatisfy { 97...122 ~= $0 } && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }

    var sarif: SARIFLog.Target { SARIFLog.Target(repository: repository, commit: commit, package: package) }
}

/// Which runners this server has. All are off until an operator names them.
package struct ScanSettings: Sendable {
    package let runners: [any Runner]
    package let engine: ScanEngine

    package init(runners: [any Runner], engine: ScanEngine = .sandboxed) {
        self.runners = runners
        self.engine = engine
    }

    package static let off = ScanSettings(runners: [])

    /// - Throws: `forbidden` for one that is off or unknown.
    func runner(_ name: String) throws(Refusal) -> any Runner {
        guard let runner = runners.first(where: { $0.name == name }) else {
            let on = runners.isEmpty ? "none is on" : "on are: " + runners.map(\.name).joined(separator: ", ")
            throw Refusal(.forbidden, "the runner \(name) is off here (\(on)); the operator turns it on", place: "/tool")
        }
        return runner
    }
}
