package import AdvisoryFormats
package import CivilTime
package import PackageIdentity

extension IndexedAdvisory {
    /// What an index keeps of an OSV record.
    /// - Parameters:
    ///   - document: where the record lies in the file that the index is made from.
    ///   - now: a withdrawal of a later time is none yet; nil for one that counts whatever its time.
    package init(_ record: OSVRecord, document: Range<Int>? = nil, at now: Timestamp? = nil) {
        self.init(
            id: record.id, modified: record.modified.secondsSince1970, aliases: record.aliases, summary: record.summary,
            document: document,
            isWithdrawn: record.withdrawn.map { withdrawn in
                now.map { withdrawn.secondsSince1970 * 1_000 <= $0.millisecondsSinceEpoch } ?? true
            } ?? false,
            affected: AffectedPackage.all(of: record)
        )
    }
}

extension AffectedPackage {
    /// Raised whenever the same record gives other packages or ranges: whoever stores them makes them anew then.
    package static let readingRevision = 2

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
        let isOfCommits = builders.isEmpty && affected.versions.isEmpty && !affected.ranges.isEmpty
        self.init(
            ecosystem: ecosystem, name: Self.name(of: package, in: ecosystem),
            ranges: isOfCommits ? [Self.versions(of: affected.ranges, in: ecosystem)] : builders.flatMap(\.self),
            explicitVersions: affected.versions
        )
    }

    /// The versions of a package of which only commits are known: all of them where all commits are affected, or else nobody knows.
    private static func versions(of ranges: [OSVRange], in ecosystem: Ecosystem) -> VersionRange {
        let doubt = "The advisory gives its range in commits, and which versions of the package hold them it does not say."
        return .everything(in: ecosystem.versionScheme, doubt: ranges.contains(where: isEverything) ? nil : doubt)
    }

    private static func isEverything(_ range: OSVRange) -> Bool {
        range.events.allSatisfy { $0.kind == .introduced && $0.version == "0" || $0.kind == .limit && $0.version == "*" }
    }

    /// A range of commits is answered by what is listed: the tags that the record enumerates, and the commits it names as
    /// affected or as the fix. Which other commits lie between them only the repository knows: those are in doubt
    /// (`Matcher` passes tags where the record enumerates them).
    private static func repositories(_ affected: OSVAffected) -> [AffectedPackage] {
        affected.ranges.compactMap { range in
            guard range.kind == .git, let repository = range.repository else { return nil }
            let git = Ecosystem(name: Component.ecosystemOfRepositories)
            let name = git.normalizedName(repository)
            if isEverything(range) {
                return AffectedPackage(ecosystem: git, name: name, ranges: [.everything(in: GitTag.scheme)])
            }
            let tags = affected.versions.map { GitTag.normalized($0, ofRepository: name) }
            return AffectedPackage(
                ecosystem: git, name: name, ranges: unknownCommits(of: range), explicitVersions: tags + commits(of: range)
            )
        }
    }

    /// Every commit but those that the range names as not affected, in doubt.
    private static func unknownCommits(of range: OSVRange) -> [VersionRange] {
        let ends = range.events.filter { $0.kind == .fixed || $0.kind == .limit && $0.version != "*" }.map {
            $0.version.lowercased()
        }
        let doubt = "The advisory gives a range of commits, and which others it holds only the repository knows."
        return VersionRange.commits(besides: ends, doubt: doubt)
    }

    /// The commits that a record names as affected, in any repository.
    package static func commits(of record: OSVRecord) -> [String] {
        record.affected.flatMap { $0.ranges.filter { $0.kind == .git }.flatMap(commits) }
    }

    private static func commits(of range: OSVRange) -> [String] {
        range.events.filter { $0.kind == .introduced && $0.version != "0" || $0.kind == .lastAffected }.map {
            $0.version.lowercased()
        }
    }

    private static func name(of package: OSVPackage, in ecosystem: Ecosystem) -> String {
        guard ecosystem.name == Component.ecosystemOfRepositories, let purl = package.purl else { return package.name }
        return (try? Purl(parsing: purl)).map(Component.nameWithoutVersion) ?? package.name
    }
}

extension VersionRange {
    /// Every commit and tag but these, in doubt.
    static func commits(besides others: [String], doubt: String) -> [VersionRange] {
        let spans = Set(others).sorted().flatMap { other in GitTag.spans(of: other).map { (text: other, keys: $0) } }
        var ranges = [VersionRange.everything(in: GitTag.scheme, doubt: doubt)]
        for (text, keys) in spans.sorted(by: { $0.keys.lowerBound < $1.keys.lowerBound }) {
            var rest = ranges[ranges.count - 1]
            // What begins with an abbreviated commit has been left out with it.
            if keys.lowerBound < rest.lower { continue }
            (ranges[ranges.count - 1].upper, ranges[ranges.count - 1].end) = (.exclusive(keys.lowerBound), .limit(text))
            (rest.lower, rest.introducedText) = (keys.upperBound, "after " + text)
            ranges.append(rest)
        }
        return ranges
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
