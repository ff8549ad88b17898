import PackageIdentity

/// Builds one segment of an `AdvisoryIndex` from advisories in any order.
///
///     var builder = SegmentBuilder()
///     for advisory in advisories { builder.add(advisory) }
///     let segment = try IndexSegment(builder.bytes())
package struct SegmentBuilder {
    private var advisories: [String: IndexedAdvisory] = [:]

    package init() {}

    /// Adds an advisory, in the place of one that was added under the same identifier and did not change later.
    package mutating func add(_ advisory: IndexedAdvisory) {
        if let other = advisories[advisory.id], other.modified > advisory.modified { return }
        advisories[advisory.id] = advisory
    }

    /// Whether nothing was added.
    package var isEmpty: Bool { advisories.isEmpty }

    /// The file's bytes; the same advisories give the same bytes.
    package func bytes() -> [UInt8] {
        var sections = SegmentSections()
        let sorted = advisories.values.sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
        for advisory in sorted where advisory.isWithdrawn { sections.retract(advisory) }
        let standing = sorted.filter { !$0.isWithdrawn }
        for advisory in standing { sections.append(advisory) }
        for package in Self.packages(of: standing) { sections.append(package) }
        sections.finish()
        return sections.bytes()
    }

    /// An affected package and the number of the advisory that says so.
    typealias Entry = (advisory: Int, package: AffectedPackage)

    /// Entries by package, both sorted; in a package by advisory.
    private static func packages(of advisories: [IndexedAdvisory]) -> [[Entry]] {
        let entries = advisories.enumerated().flatMap { number, advisory in
            advisory.affected.map { (advisory: number, package: $0) }
        }
        let sorted = entries.sorted { left, right in
            if left.package.ecosystem.name != right.package.ecosystem.name {
                return left.package.ecosystem.name < right.package.ecosystem.name
            }
            if left.package.name != right.package.name { return left.package.name < right.package.name }
            return left.advisory < right.advisory
        }
        var packages: [[Entry]] = []
        for entry in sorted {
            if let last = packages.last?.last, last.package.name == entry.package.name,
                last.package.ecosystem.name == entry.package.ecosystem.name
            {
                packages[packages.count - 1].append(entry)
            } else {
                packages.append([entry])
            }
        }
        return packages
    }
}
