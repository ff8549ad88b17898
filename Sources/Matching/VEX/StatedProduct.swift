import AdvisoryFormats
import PackageIdentity

/// A product of a statement, in the form in which it is compared.
///
/// Package URLs are compared as OpenVEX has it (https://github.com/openvex/spec, "Software identifiers", and its reference
/// implementation): the statement's is the more general one, and what it leaves out (version, qualifiers, subpath) it leaves
/// open. What cannot be compared names nothing.
struct StatedProduct: Sendable {
    /// How much of a target was named.
    enum Naming: Comparable {
        /// The package, whatever its version.
        case package
        /// This version of it.
        case version
    }

    /// The document's identifier, where it means the same in every document; of a BOM-Link every form of what it names.
    let identifiers: Set<String>
    /// Whether it is a BOM-Link.
    private let isLink: Bool
    let purls: [Purl]
    let cpes: [CPE]
    let versions: [StatedVersion]

    init(_ product: VEXProduct, in format: VEXFormat) {
        // OpenVEX wants an IRI, and a BOM-Link is one; identifiers of CSAF and CycloneDX are their document's own.
        let link = BOMLink(product.id)
        let linked = link.map { link in link.references.map { "\(link.document)#\($0)" } } ?? []
        identifiers = Set(linked + (format == .openVEX || link != nil ? [product.id] : []))
        isLink = link != nil
        purls = product.purls.compactMap { try? Purl(normalizing: $0) }
        cpes = product.cpes.compactMap { try? CPE(parsing: $0) }
        // The name of a CSAF branch may be a whole package name with its version (`kernel-0:4.18.0-1.x86_64`); where the package
        // URL has the version it is the better text for the same thing.
        let isRepeated = format == .csaf && !purls.isEmpty && purls.allSatisfy { $0.version != nil }
        versions = isRepeated ? [] : product.versions.map(StatedVersion.init)
    }

    /// The keys under which it is found.
    var identities: Set<VEXIdentity> {
        var identities: Set<VEXIdentity> = []
        for identifier in identifiers { identities.insert(.product(identifier)) }
        for purl in purls {
            identities.insert(.package(Component.nameWithoutVersion(purl)))
            if let coordinate = PackageCoordinate(purl) {
                identities.insert(.coordinate(coordinate.ecosystem.name, coordinate.name))
            }
        }
        for cpe in cpes { if let platform = VEXIdentity.platform(cpe) { identities.insert(platform) } }
        return identities
    }

    /// Whether a statement with this status about the product is about the target; nil where it is not, or nobody can say.
    func naming(of target: VEXTarget, as status: VEXStatement.Status) -> Naming? {
        if let naming = target.commit.flatMap({ naming(of: VEXTarget($0), as: status) }) { return naming }
        let isOther = target.isStated && status.suppresses
        let ofPurls = isOther ? [] : purls.filter { $0.isStatement(about: target, as: status) }
        if let purl = ofPurls.first(where: { $0.version != nil }) ?? ofPurls.first {
            return naming(versionOf: target, purl.version == nil ? .package : .version, status)
        }
        if let installed = target.cpe, cpes.contains(where: { applies($0, to: installed, status) }) { return .version }
        guard let identifier = target.identifier, identifiers.contains(identifier) else { return nil }
        // A link names a component of one version of one document, and so the version that stands there.
        if isLink { return naming(versionOf: target, .version, status) }
        // Another identifier says nothing of versions that stand beside it.
        return versions.isEmpty ? .package : nil
    }

    /// - Parameter named: what the name alone says.
    private func naming(versionOf target: VEXTarget, _ named: Naming, _ status: VEXStatement.Status) -> Naming? {
        if versions.isEmpty { return named }
        func containment(_ version: StatedVersion) -> StatedVersion.Containment {
            // Beside a name that has been compared with its epoch, the version may stand without one.
            let isSpelledSo = named == .version && !version.isRange && version.text == target.purl?.version
            return isSpelledSo ? .contained : version.containment(of: target, as: status)
        }
        if versions.contains(where: { !$0.speaks(for: status) && containment($0) != .notContained }) { return nil }
        let holding = versions.filter { $0.speaks(for: status) && containment($0) == .contained }
        if holding.isEmpty { return nil }
        return holding.contains { !$0.isEveryVersion } ? .version : named
    }

    private func applies(_ cpe: CPE, to installed: CPE, _ status: VEXStatement.Status) -> Bool {
        func applies(in versions: VersRange?) -> Bool {
            CPEApplicability(cpe, versions: versions).verdict(for: installed) == .applies
        }
        if versions.isEmpty || cpe[.version] != .any { return applies(in: nil) }
        return versions.contains { version in
            guard version.speaks(for: status) else { return false }
            if version.isRange { return version.range.map(applies) ?? false }
            return installed[.version].literal == version.text && applies(in: .everyVersion)
        }
    }
}

extension VersRange {
    /// `vers:all/*`.
    fileprivate static let everyVersion = try? VersRange(type: "all", constraints: [])
}

extension Purl {
    /// Whether a statement with this status about this package URL is about the target.
    fileprivate func isStatement(about target: VEXTarget, as status: VEXStatement.Status) -> Bool {
        if let component = target.component { return isStatement(about: component, target, status) }
        guard let other = target.purl, type == other.type, namespace == other.namespace, name == other.name else { return false }
        guard subpath == nil || subpath == other.subpath else { return false }
        guard qualifiers.allSatisfy({ other.qualifier($0.key) == $0.value }) else { return false }
        return VEXTarget.comparedVersion(self).map { target.isInstalled($0, as: status) } ?? true
    }

    /// Qualifiers that the coordinate does not hold can't be compared with a component that has none.
    private static let coordinateKeys: Set<String> = ["arch", "distro", "epoch", "upstream"]

    /// A component without a package URL is a package of a distribution by its source, or of a registry. A statement about one
    /// binary package is no statement about the others of its source.
    private func isStatement(about component: Component, _ target: VEXTarget, _ status: VEXStatement.Status) -> Bool {
        guard let coordinate = PackageCoordinate(self), coordinate.name == component.name, subpath == nil,
            coordinate.ecosystem.coverage(of: component.ecosystem) == .same
        else { return false }
        let isSource = qualifier("arch") == "source"
        guard qualifiers.allSatisfy({ Self.coordinateKeys.contains($0.key) && ($0.key != "arch" || isSource) }) else {
            return false
        }
        let shown = component.ecosystem.normalizedName(component.displayName)
        let named = qualifier("upstream") == nil ? coordinate.name : component.ecosystem.normalizedName(name)
        guard isSource || named == shown else { return false }
        return coordinate.version.map { target.isInstalled($0, as: status) } ?? true
    }
}
