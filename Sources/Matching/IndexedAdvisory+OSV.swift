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
    /// What an OSV record says, package by package, and for its git ranges repository by repository.
    ///
    /// A package of the ecosystem `GIT` is a project by its repository; where the record names it by a package URL as well,
    /// that URL (without its version) is the name an inventory can know it by.
    package static func all(of record: OSVRecord) -> [AffectedPackage] {
        record.affected.flatMap { affected in
            repositories(affected) + (affected.package.map { [AffectedPackage(affected, of: $0)] } ?? [])
        }
    }

    private init(_ affected: OSVAffected, of package: OSVPackage) {
        let ecosystem = Ecosystem(package.ecosystem)
        let builders = affected.ranges.compactMap { range in
            RangeBuilder.Kind(rawValue: range.kind.rawValue).map {
                RangeBuilder($0, in: ecosystem).ranges(for: range.events.map(RangeEvent.init))
            }
        }
        self.init(
            ecosystem: ecosystem, name: Self.name(of: package, in: ecosystem), ranges: builders.flatMap(\.self),
            explicitVersions: affected.versions
        )
    }

    /// A range of commits is answered by what is listed: the tags that the record enumerates, and the commits it names as
    /// affected. Which other commits lie between them only the repository knows, and nothing is guessed.
    private static func repositories(_ affected: OSVAffected) -> [AffectedPackage] {
        affected.ranges.compactMap { range in
            guard range.kind == .git, let repository = range.repository else { return nil }
            let git = Ecosystem(name: Component.ecosystemOfRepositories)
            let name = git.normalizedName(repository)
            let tags = affected.versions.map { GitTag.normalized($0, ofRepository: name) }
            let listed = tags + commits(of: range)
            guard !listed.isEmpty else { return nil }
            return AffectedPackage(ecosystem: git, name: name, explicitVersions: listed)
        }
    }

    /// The commits that a record names as affected, in any repository.
    package static func commits(of record: OSVRecord) -> [String] {
        record.affected.flatMap { $0.ranges.filter { $0.kind == .git }.flatMap(commits) }
    }

    private static func commits(of range: OSVRange) -> [String] {
        range.events.filter { $0.kind == .introduced && $0.version != "0" || $0.kind == .lastAffected }.map(\.version)
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

    /// The component a package URL names: by its ecosystem, or, where no package manager has it, by its repository
    /// (`pkg:github`), or by the URL (`pkg:generic`).
    package init(anyPurl purl: Purl) {
        self =
            Component(purl)
            ?? Component(
                ecosystem: Ecosystem(name: Component.ecosystemOfRepositories),
                name: Component.repository(purl) ?? Component.nameWithoutVersion(purl),
                version: purl.version, purl: purl.description, displayName: purl.name
            )
    }

    private static let hosts = ["github": "github.com", "gitlab": "gitlab.com", "bitbucket": "bitbucket.org"]

    private static func repository(_ purl: Purl) -> String? {
        guard let host = hosts[purl.type], let namespace = purl.namespace else { return nil }
        return "\(host)/\(namespace)/\(purl.name)"
    }

    static func nameWithoutVersion(_ purl: Purl) -> String {
        let namespace = purl.namespace.map { $0 + "/" } ?? ""
        return "pkg:\(purl.type)/\(namespace)\(purl.name)"
    }
}
