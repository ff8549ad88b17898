package import PackageIdentity

/// What one advisory says about one package: the entry that `AdvisoryIndex` is built from.
package struct AffectedPackage: Hashable, Sendable {
    package var ecosystem: Ecosystem
    /// The package name, normalised by the ecosystem.
    package let name: String
    /// The runs of affected versions, from `RangeBuilder`.
    package var ranges: [VersionRange]
    /// The versions that the advisory lists one by one, as written.
    package var explicitVersions: [String]
    /// Listed versions of which only the place in the order is known: those that come from an index.
    var explicitKeys: [VersionKey] = []

    package init(
        ecosystem: Ecosystem, name: String, ranges: [VersionRange] = [], explicitVersions: [String] = []
    ) {
        self.ecosystem = ecosystem
        self.name = ecosystem.normalizedName(name)
        self.ranges = ranges
        self.explicitVersions = explicitVersions
    }
}
