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

    /// - Throws: `malformed` unless a repository or a package is named, each well-formed.
    package init(repository: String?, commit: String?, package: String?) throws(Refusal) {
        guard repository != nil || package != nil else {
            throw Refusal(.malformed, "a target is a repository or a package", place: "/repository")
        }
        if let repository, !RunTarget.isURI(repository) {
            throw Refusal(.malformed, "the repository is no URI", place: "/repository")
        }
        if let commit, !(7...64 ~= commit.utf8.count && commit.utf8.allSatisfy { 48...57 ~= $0 || 97...102 ~= $0 }) {
            throw Refusal(.malformed, "a commit is 7 to 64 lowercase hexadecimal digits", place: "/commit")
        }
        if let package {
            do throws(PurlError) { _ = try Purl(parsing: package) } catch {
                throw Refusal(.malformed, "the package is no package URL: \(error.reason)", place: "/package")
            }
        }
        self.repository = repository
        self.commit = commit
        self.package = package
    }

    /// Every name an owner must have agreed to.
    package var names: [String] { [repository, package].compactMap { $0 } }

    private static func isURI(_ text: String) -> Bool {
        let scheme = text.prefix { $0 != ":" }
        return text.utf8.count <= 2_048 && !scheme.isEmpty && scheme.utf8.count < text.utf8.count
            && scheme.utf8.allSatisfy { 97...122 ~= $0 } && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }

    var sarif: SARIFLog.Target { SARIFLog.Target(repository: repository, commit: commit, package: package) }
}

/// What is known of owners and opt-outs when a scan is asked for, and before each portion of it.
package struct ScanRules: Sendable {
    /// The member who owns a target (a repository's URI or a package URL), where one is registered.
    package let owner: @Sendable (_ target: String) async throws -> String?
    /// Why this target may not be looked at with this tool now, or nil.
    package let mayScan: @Sendable (_ target: RunTarget, _ tool: String) async throws -> Refusal?

    package init(
        owner: @escaping @Sendable (String) async throws -> String?,
        mayScan: @escaping @Sendable (RunTarget, String) async throws -> Refusal?
    ) {
        self.owner = owner
        self.mayScan = mayScan
    }

    /// By the policies of targets: who maintains one owns it, and who opted out is not scanned.
    static func policies(of targets: Targets) -> ScanRules {
        ScanRules(owner: { try await targets.policy(ofText: $0)?.maintainer }) { target, _ in
            for name in target.names {
                guard let optOut = try await targets.optOut(ofText: name) else { continue }
                return Refusal(.forbidden, "the maintainer of \(name) asked on \(optOut.requested.date) not to be scanned")
            }
            return nil
        }
    }
}

/// Which runners this server has. All are off until an operator names them.
package struct ScanSettings: Sendable {
    package let runners: [any Runner]
    package let engine: ScanEngine
    /// Nil for the policies of targets; others are for tests.
    let rules: ScanRules?

    package init(runners: [any Runner], engine: ScanEngine = .sandboxed, rules: ScanRules? = nil) {
        self.runners = runners
        self.engine = engine
        self.rules = rules
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
