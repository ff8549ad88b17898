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
    /// Takes the release of the system that the component's inventory lists, where its package URL is of that distribution and says no
    /// release: `debian` and `12` make `Debian:12` of `Debian`.
    mutating func takeRelease(of system: InventorySystem) {
        guard ecosystem.isDistribution, ecosystem.canHaveRelease, ecosystem.release == nil,
            let purl = purl.flatMap({ try? Purl(normalizing: $0) }), purl.qualifier("distro") == nil
        else { return }
        // A package of the system itself, as tools write it, has to be of the same distribution.
        let (id, version) = (system.name.lowercased(), purl.version)
        let own = try? Purl(
            type: purl.type, namespace: id, name: purl.name, version: version,
            qualifiers: ["distro": "\(id)-\(system.version)"])
        guard let found = own.flatMap({ PackageCoordinate($0) })?.ecosystem, found.name == ecosystem.name, found.release != nil
        else {
            return
        }
        ecosystem = found
    }
}

extension Component {
    /// Whether advisories of an ecosystem are about it, and not only those that name a repository or a URL.
    package var isOfEcosystem: Bool { ecosystem.name != Self.ecosystemOfRepositories }
}

extension SystemPackage.Manager {
    /// The order of its versions.
    var scheme: VersionScheme {
        switch self {
        case .dpkg: .dpkg
        case .apk: .apk
        case .rpm: .rpm
        }
    }
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
