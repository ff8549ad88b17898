package import AdvisoryFormats
import PackageIdentity

extension IndexedAdvisory {
    /// What an index keeps of an advisory of GitHub: what it keeps of the OSV record that GitHub's database has of it.
    package init(_ advisory: GHSAAdvisory) {
        self.init(
            id: advisory.id, modified: advisory.updated?.secondsSince1970 ?? 0, aliases: advisory.aliases,
            summary: advisory.summary, isWithdrawn: advisory.isWithdrawn,
            affected: AffectedPackage.joined(advisory.vulnerabilities.compactMap { AffectedPackage($0) })
        )
    }
}

extension AffectedPackage {
    /// GitHub's ecosystems as OSV and VERS name them.
    private static let ecosystems: [String: (osv: String, vers: String)] = [
        "actions": ("GitHub Actions", "githubactions"), "composer": ("Packagist", "composer"), "erlang": ("Hex", "hex"),
        "go": ("Go", "golang"), "maven": ("Maven", "maven"), "npm": ("npm", "npm"), "nuget": ("NuGet", "nuget"),
        "pip": ("PyPI", "pypi"), "pub": ("Pub", "pub"), "rubygems": ("RubyGems", "gem"), "rust": ("crates.io", "cargo"),
        "swift": ("SwiftURL", "swift")
    ]

    /// Nil where GitHub gives the package no ecosystem (`other`).
    fileprivate init?(_ vulnerability: GHSAAdvisory.Vulnerability) {
        guard let (osv, vers) = Self.ecosystems[vulnerability.ecosystem] else { return nil }
        let ecosystem = Ecosystem(name: osv)
        self.init(ecosystem: ecosystem, name: vulnerability.package)
        do throws(NativeRangeError) {
            let range = try VersRange(native: vulnerability.range, in: .github(vers))
            ranges = VersionRange.all(of: range).map { $0.fixed(in: vulnerability.firstPatchedVersion) }
        } catch {
            ranges = [.everything(in: ecosystem.versionScheme, doubt: error.doubt)]
        }
    }
}

extension VersionRange {
    /// The range up to the first patched version, where it names the last version that is not: as GitHub's own records have it.
    fileprivate func fixed(in version: String?) -> VersionRange {
        guard let version, case .inclusive(let last) = upper, let key = try? VersionKey(encoding: version, in: scheme), last < key
        else { return self }
        var range = self
        (range.upper, range.end) = (.exclusive(key), .fixed(version))
        return range
    }
}
