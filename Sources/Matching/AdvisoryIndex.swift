import PackageIdentity

/// All advisories, arranged by the package they are about.
///
/// Built once, read by any number of tasks. Nothing is allocated for a component that no advisory is about, nor for one whose
/// advisories do not concern its version (unless its key is longer than a key holds inline).
package struct AdvisoryIndex: Sendable {
    struct PackageName: Hashable, Sendable {
        let ecosystem: String
        let name: String
    }

    /// One affected package of one advisory; its ranges and listed versions are slices of the arrays of the index.
    struct Entry: Sendable {
        let advisory: String
        let ecosystem: Ecosystem
        /// Into `ranges`: first the certain ones, then from `doubtful` on those in doubt, each part sorted by lower bound.
        let ranges: Range<Int>
        let doubtful: Int
        /// Into `listed`, sorted.
        let listed: Range<Int>
        /// Into `unplacedVersions`.
        let unplaced: Range<Int>
    }

    private(set) var packages: [PackageName: Range<Int>] = [:]
    private(set) var entries: [Entry] = []
    private(set) var ranges: [VersionRange] = []
    private(set) var listed: [VersionKey] = []
    /// Listed versions that have no place in the order of the ecosystem: compared as text.
    private(set) var unplacedVersions: [String] = []

    /// An index of everything that is not withdrawn. Of entries with the same advisory and package all count.
    package init(_ affected: [AffectedPackage]) {
        let sorted = affected.filter { !$0.isWithdrawn }
            .sorted { ($0.ecosystem.name, $0.name, $0.advisory) < ($1.ecosystem.name, $1.name, $1.advisory) }
        entries.reserveCapacity(sorted.count)
        for package in sorted {
            let name = PackageName(ecosystem: package.ecosystem.name, name: package.name)
            let first = packages[name]?.lowerBound ?? entries.count
            append(package)
            packages[name] = first..<entries.count
        }
    }

    /// The number of packages that some advisory is about.
    package var packageCount: Int { packages.count }
    /// The number of affected packages of advisories that are not withdrawn.
    package var entryCount: Int { entries.count }

    private mutating func append(_ package: AffectedPackage) {
        let firstRange = ranges.count
        ranges += package.ranges.filter { $0.doubt == nil }.sorted { $0.lower < $1.lower }
        let firstDoubtful = ranges.count
        ranges += package.ranges.filter { $0.doubt != nil }.sorted { $0.lower < $1.lower }
        let (firstListed, firstUnplaced) = (listed.count, unplacedVersions.count)
        let scheme = package.ecosystem.versionScheme
        for version in package.explicitVersions {
            if let key = try? VersionKey(encoding: version, in: scheme) {
                listed.append(key)
            } else {
                unplacedVersions.append(version)
            }
        }
        listed[firstListed...].sort()
        entries.append(
            Entry(
                advisory: package.advisory, ecosystem: package.ecosystem, ranges: firstRange..<ranges.count,
                doubtful: firstDoubtful, listed: firstListed..<listed.count, unplaced: firstUnplaced..<unplacedVersions.count
            )
        )
    }
}
