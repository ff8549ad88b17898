import AdvisoryFormats
import PackageIdentity

/// What statements are compared with: a component, or what its inventory describes.
package struct VEXTarget: Sendable {
    /// The identifier in the words of a document; of a component, which is known by its package, a BOM-Link, or nil.
    let identifier: String?
    let purl: Purl?
    let cpe: CPE?
    /// A component that has no package URL (of a system's database): it is known by ecosystem and name.
    let component: Component?
    /// The version in the spelling that its ecosystem compares, with the epoch.
    let version: String?
    let scheme: VersionScheme
    /// Whether the version may lack an epoch: then nobody can say whether it lies in a range.
    let isEpochOpen: Bool
    /// Whether the package comes from a repository: its code may be another's than that of the package of this name, and what is said to be
    /// harmless of the one is not said of the other.
    let isStated: Bool
    /// What it was taken from, of a package from a repository: that very code, and so what is said of it counts.
    let commit: Component?

    /// A component of an inventory.
    /// - Parameters:
    ///   - link: the BOM-Link that leads to it, where the inventory has one and statements follow it.
    ///   - commit: what it was taken from, where it comes from a repository.
    package init(_ component: Component, linked link: String? = nil, commit: Component? = nil) {
        identifier = link
        cpe = nil
        purl = component.purl.flatMap { try? Purl(normalizing: $0) }
        self.component = purl == nil ? component : nil
        version = purl.flatMap(Self.comparedVersion) ?? component.version
        scheme = component.ecosystem.versionScheme
        isEpochOpen = component.doubt == .openEpoch
        isStated = component.doubt == .stated
        self.commit = commit
    }

    /// What an inventory describes: a package URL, a CPE name, or the IRI that OpenVEX documents name it by. A text that is none
    /// of them names nothing but itself.
    package init(product identifier: String) {
        self.identifier = identifier
        component = nil
        (isEpochOpen, isStated, commit) = (false, false, nil)
        purl = identifier.hasPrefix("pkg:") ? try? Purl(normalizing: identifier) : nil
        cpe = identifier.hasPrefix("cpe:") ? try? CPE(parsing: identifier) : nil
        version = purl.flatMap(Self.comparedVersion) ?? cpe?[.version].literal
        scheme = purl.map { Component(anyPurl: $0).ecosystem.versionScheme } ?? .unknown
    }

    /// Whether a text that begins like a package URL or a CPE name is one.
    package var isReadable: Bool {
        guard let identifier else { return true }
        return identifier.hasPrefix("pkg:") ? purl != nil : !identifier.hasPrefix("cpe:") || cpe != nil
    }

    /// A distribution's package URL has the epoch beside the version; without it two different versions look the same.
    static func comparedVersion(_ purl: Purl) -> String? {
        guard let version = purl.version, let epoch = purl.qualifier("epoch"), !version.utf8.contains(UInt8(ascii: ":")) else {
            return purl.version
        }
        return epoch + ":" + version
    }

    /// Whether a version of a statement is the installed one: spelled alike, or equal in the order of its ecosystem. What is said
    /// of one build suppresses nothing in another; what asks for care counts for all builds of the version.
    func isInstalled(_ other: String, as status: VEXStatement.Status) -> Bool {
        guard let version else { return false }
        if version == other { return true }
        if status.suppresses, scheme.ignoresDifference(of: other, from: version) { return false }
        return (try? scheme.compare(version, other)) == .equal
    }

    /// The keys under which statements about it are found.
    var identities: [VEXIdentity] {
        var identities: [VEXIdentity] = []
        if let identifier { identities.append(.product(identifier)) }
        if let purl { identities.append(.package(Component.nameWithoutVersion(purl))) }
        if let component { identities.append(.coordinate(component.ecosystem.name, component.name)) }
        if let platform = cpe.flatMap(VEXIdentity.platform) { identities.append(platform) }
        return identities + (commit.map { VEXTarget($0).identities } ?? [])
    }
}

/// What a product is called, whatever its version: the key under which statements are found before they are compared.
enum VEXIdentity: Hashable, Sendable {
    /// An identifier that means the same in every document.
    case product(String)
    /// A package URL up to its name.
    case package(String)
    /// Ecosystem and name, for components that have no package URL.
    case coordinate(String, String)
    /// Vendor and product of a CPE name; a product name alone is no identity.
    case platform(String, String)

    static func platform(_ cpe: CPE) -> VEXIdentity? {
        guard let vendor = cpe[.vendor].literal, let product = cpe[.product].literal else { return nil }
        return .platform(vendor.lowercased(), product.lowercased())
    }
}
