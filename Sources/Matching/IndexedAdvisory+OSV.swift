package import AdvisoryFormats
package import PackageIdentity

extension IndexedAdvisory {
    /// What an index keeps of an OSV record.
    /// - Parameter document: where the record lies in the file that the index is made from.
    package init(_ record: OSVRecord, document: Range<Int>? = nil) {
        self.init(
            id: record.id, modified: record.modified.secondsSince1970, aliases: record.aliases, summary: record.summary,
            document: document,
            isWithdrawn: record.withdrawn != nil,
            affected: AffectedPackage.all(of: record)
        )
    }
}

extension AffectedPackage {
    /// What an OSV record says, package by package; what it says of commits alone has no versions and is left out.
    ///
    /// A package of the ecosystem `GIT` is a project by its repository; where the record names it by a package URL as well,
    /// that URL (without its version) is the name an inventory can know it by.
    package static func all(of record: OSVRecord) -> [AffectedPackage] {
        record.affected.compactMap { affected in
            guard let package = affected.package else { return nil }
            let ecosystem = Ecosystem(package.ecosystem)
            let builders = affected.ranges.compactMap { range in
                RangeBuilder.Kind(rawValue: range.kind.rawValue).map {
                    RangeBuilder($0, in: ecosystem).ranges(for: range.events.map(RangeEvent.init))
                }
            }
            return AffectedPackage(
                ecosystem: ecosystem, name: name(of: package, in: ecosystem), ranges: builders.flatMap(\.self),
                explicitVersions: affected.versions
            )
        }
    }

    private static func name(of package: OSVPackage, in ecosystem: Ecosystem) -> String {
        guard ecosystem.name == Component.ecosystemOfRepositories, let purl = package.purl else { return package.name }
        return (try? Purl(parsing: purl)).map(Component.nameWithoutVersion) ?? package.name
    }
}

extension RangeEvent {
    fileprivate init(_ event: OSVEvent) {
        switch event.kind {
        case .introduced: self.init(.introduced, event.version)
        case .fixed: self.init(.fixed, event.version)
        case .lastAffected: self.init(.lastAffected, event.version)
        case .limit: self.init(.limit, event.version)
        }
    }
}

extension Component {
    /// OSV's ecosystem of projects that belong to no package manager.
    static let ecosystemOfRepositories = "GIT"

    /// The component a package URL names: by its ecosystem, or, where no package manager has it (`pkg:generic`), by the URL.
    package init(anyPurl purl: Purl) {
        self =
            Component(purl)
            ?? Component(
                ecosystem: Ecosystem(name: Component.ecosystemOfRepositories), name: Component.nameWithoutVersion(purl),
                version: purl.version, purl: purl.description, displayName: purl.name
            )
    }

    static func nameWithoutVersion(_ purl: Purl) -> String {
        let namespace = purl.namespace.map { $0 + "/" } ?? ""
        return "pkg:\(purl.type)/\(namespace)\(purl.name)"
    }
}
