package import AdvisoryFormats
package import PackageIdentity

extension DpkgStatus.Package {
    /// The component that advisories of this distribution are about; the ecosystem carries the release (`Debian:12`).
    package func component(in ecosystem: Ecosystem) -> Component {
        Component(ecosystem: ecosystem, name: source, version: sourceVersion, displayName: name)
    }
}

extension PythonDistribution {
    /// The component that PyPI's advisories are about.
    package var component: Component {
        Component(ecosystem: Ecosystem(name: "PyPI"), name: name, version: version, displayName: name)
    }
}
