package import PackageIdentity

/// One package that is installed or built in somewhere: the question that `AdvisoryIndex` answers.
package struct Component: Hashable, Sendable {
    package var ecosystem: Ecosystem
    /// The package name as advisories have it, normalised by the ecosystem.
    package let name: String
    /// The installed version, or nil when the inventory does not say.
    package var version: String?
    /// Why the version is not to be taken at its word; nil where it is.
    package var doubt: VersionDoubt?
    /// The purl that the inventory gave, as it stood there, or nil.
    package var purl: String?
    /// What to call the component in front of people.
    package var displayName: String

    package init(ecosystem: Ecosystem, name: String, version: String?, purl: String? = nil, displayName: String? = nil) {
        self.ecosystem = ecosystem
        self.name = ecosystem.normalizedName(name)
        self.version = version
        self.purl = purl
        self.displayName = displayName ?? name
    }

    /// A component as it was kept: its name was normalised by the ecosystem, then.
    package init(ecosystem: Ecosystem, normalizedName: String, version: String?, purl: String?, displayName: String) {
        self.ecosystem = ecosystem
        name = normalizedName
        self.version = version
        self.purl = purl
        self.displayName = displayName
    }

    /// A component whose name the ecosystem has normalised already.
    private init(_ coordinate: PackageCoordinate, purl: String, displayName: String) {
        ecosystem = coordinate.ecosystem
        name = coordinate.name
        version = coordinate.version
        self.purl = purl
        self.displayName = displayName
    }

    /// The version in the spelling in which advisories are asked for it.
    var comparedVersion: String? { ecosystem.name == Self.ecosystemOfRepositories ? taggedVersion : version }

    /// The version of a repository in that spelling.
    var taggedVersion: String? { version.map { GitTag.normalized($0, ofRepository: name) } }

    /// The component that a purl names, or nil when no advisory ecosystem belongs to its type.
    ///
    /// People are shown the name with which they install the package: a distribution's own, elsewhere the whole one.
    package init?(_ purl: Purl) {
        guard let coordinate = PackageCoordinate(purl) else { return nil }
        let isDistribution = ["deb", "apk", "rpm"].contains(purl.type)
        let shown = isDistribution || purl.namespace == nil ? purl.name : coordinate.name
        self.init(coordinate, purl: purl.description, displayName: shown)
    }

    /// The component that a purl names, read from its text: what `init(anyPurl:)` makes of `Purl(parsing:)`, and several times
    /// as fast where the text is plain (`PlainPurl`).
    /// - Throws: `PurlError`, see `Purl.init(parsing:)`.
    package init(purl text: String) throws(PurlError) {
        let plain = PlainPurl.with(text) { purl in
            let coordinate = purl.coordinate
            return Component(coordinate, purl: text, displayName: purl.hasNamespace ? coordinate.name : purl.name)
        }
        guard let plain else {
            self.init(anyPurl: try Purl(parsing: text))
            return
        }
        self = plain
    }
}
