package import PackageIdentity

/// How much of an inventory can be compared with advisories: of which ecosystems it is, and which entries can't be compared, and why.
/// Everything is counted; names are kept of a few.
package struct Comparability: Sendable {
    /// Why an entry can't be compared; the raw value is what reports for programs call it.
    package enum Obstacle: String, Sendable, CaseIterable {
        /// It can't be read as its format has it.
        case unread
        /// It has no package URL and no CPE name.
        case noIdentifier = "no-identifier"
        /// What it has is not written as a package URL or a CPE name is.
        case invalidIdentifier = "invalid-identifier"
        /// It is a package of a system whose release nobody said.
        case unknownRelease = "unknown-release"
        /// Its package URL is of a type that no ecosystem of advisories has.
        case unknownEcosystem = "unknown-ecosystem"
        /// It has no version: advisories that are not about all versions of it can't be decided.
        case noVersion = "no-version"
        /// Its version stands in a list without epochs, and is compared under those of the advisories (`VersionDoubt.openEpoch`).
        case noEpoch = "no-epoch"
        /// Its version has no place in the order of its ecosystem.
        case unreadableVersion = "unreadable-version"
        /// It is named by vendor and product in words, and no advisory names it so: another may spell it otherwise.
        case unknownProduct = "unknown-product"
    }

    /// The entries with one obstacle.
    package struct Entries: Sendable, Hashable {
        package private(set) var count = 0
        /// The first of them, at most `maximumNames`.
        package private(set) var names: [String] = []

        package static let maximumNames = 20
        /// What is kept of a name, which may be anything of any length.
        private static let maximumNameLength = 200

        /// - Parameter name: worked out where it is kept.
        mutating func add(_ name: () -> String) {
            count += 1
            if names.count < Self.maximumNames { names.append(String(name().prefix(Self.maximumNameLength))) }
        }
    }

    package private(set) var obstructed: [Obstacle: Entries] = [:]
    /// How many components are of an ecosystem with this release.
    package private(set) var ecosystems: [Ecosystem: Int] = [:]

    /// Releases that are told apart: an inventory that names another with every component must not fill the memory.
    private static let maximumEcosystems = 1_000

    package init() {}

    /// Notes an entry that can't be compared.
    package mutating func note(_ obstacle: Obstacle, _ name: @autoclosure () -> String) {
        obstructed[obstacle, default: Entries()].add(name)
    }

    /// Notes a component that advisories are asked about.
    package mutating func note(_ component: Component) {
        guard component.isOfKnownKind else { return note(.unknownEcosystem, component.name) }
        count(1, of: component.ecosystem)
        guard let version = component.version else { return note(.noVersion, component.displayName) }
        if component.doubt == .openEpoch { note(.noEpoch, component.displayName) }
        if !Self.hasPlace(version.utf8Span.span, in: component.ecosystem) {
            note(.unreadableVersion, "\(component.displayName) \(version)")
        }
    }

    /// Notes components of an ecosystem, of which nothing else is to be said.
    package mutating func count(_ count: Int, of ecosystem: Ecosystem) {
        // A product's attributes are in its suffix, and say nothing of where advisories about it come from.
        let isAlike = ecosystem.name == CPEPackage.ecosystemName || ecosystems.count >= Self.maximumEcosystems
        ecosystems[isAlike ? Ecosystem(name: ecosystem.name) : ecosystem, default: 0] += count
    }

    /// Whether a version has a place in the order of its ecosystem; where that has no order, every version is as good.
    static func hasPlace(_ version: Span<UInt8>, in ecosystem: Ecosystem) -> Bool {
        let scheme = ecosystem.versionScheme
        guard scheme.isOrdered else { return true }
        return (try? VersionKey(encoding: version, in: scheme)) != nil
    }
}

extension Component {
    /// Whether some advisories name packages of its kind: of an ecosystem, by a CPE name, or by the address of a repository.
    var isOfKnownKind: Bool { isOfEcosystem || !name.hasPrefix("pkg:") }
}

extension AdvisoryIndex {
    /// Whether an advisory that stands may be about packages of an ecosystem and release.
    package func knows(_ ecosystem: Ecosystem) -> Bool {
        segments.contains { segment in segment.ecosystems.contains { $0.coverage(of: ecosystem) != .different } }
    }
}
