package import AdvisoryFormats
package import PackageIdentity

extension DpkgStatus.Package {
    /// The component that advisories of this distribution are about; the ecosystem carries the release (`Debian:12`).
    package func component(in ecosystem: Ecosystem) -> Component {
        Component(ecosystem: ecosystem, name: source, version: sourceVersion, displayName: name)
    }
}

extension Component {
    /// A package of a system's own database: advisories of distributions name the source package.
    package init(_ package: SystemPackage, of release: Ecosystem, displayName: String) {
        self.init(ecosystem: release, name: package.source, version: package.sourceVersion, displayName: displayName)
        if package.isEpochOpen, release.versionScheme == .rpm { doubt = .openEpoch }
    }

    /// The component that a purl of an inventory names. Tools write purls that the standard does not allow, such as a Go module
    /// without a namespace: what can be understood is not left unmatched.
    /// - Throws: `PurlError` where no package is named at all.
    package init(inventoryPurl text: String) throws(PurlError) {
        do throws(PurlError) {
            try self.init(purl: text)
        } catch {
            self.init(anyPurl: try Purl(normalizing: text))
        }
    }
}

extension Component {
    /// Whether advisories of an ecosystem are about it, and not only those that name a repository or a URL.
    package var isOfEcosystem: Bool { ecosystem.name != Self.ecosystemOfRepositories }
}

extension Ecosystem {
    /// Whether it is a distribution that a package database can be of.
    package var isDistribution: Bool { isKnown && [.dpkg, .rpm, .apk].contains(versionScheme) }
}

extension PythonDistribution {
    /// The component that PyPI's advisories are about.
    package var component: Component {
        Component(ecosystem: Ecosystem(name: "PyPI"), name: name, version: version, displayName: name)
    }
}
