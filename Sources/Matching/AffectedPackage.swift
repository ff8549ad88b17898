package import PackageIdentity

/// What one advisory says about one package: the entry that `AdvisoryIndex` is built from.
package struct AffectedPackage: Hashable, Sendable {
    /// The identifier of the advisory.
    package var advisory: String
    package var ecosystem: Ecosystem
    /// The package name, normalised by the ecosystem.
    package let name: String
    /// The runs of affected versions, from `RangeBuilder`.
    package var ranges: [VersionRange]
    /// The versions that the advisory lists one by one, as written.
    package var explicitVersions: [String]
    /// A withdrawn advisory never matches.
    package var isWithdrawn: Bool

    package init(
        advisory: String, ecosystem: Ecosystem, name: String, ranges: [VersionRange] = [], explicitVersions: [String] = [],
        isWithdrawn: Bool = false
    ) {
        self.advisory = advisory
        self.ecosystem = ecosystem
        self.name = ecosystem.normalizedName(name)
        self.ranges = ranges
        self.explicitVersions = explicitVersions
        self.isWithdrawn = isWithdrawn
    }
}
