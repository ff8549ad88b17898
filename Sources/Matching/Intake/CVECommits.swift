import AdvisoryFormats
import PackageIdentity

/// What a block of a CVE record says of its product's repository in entries of the version type `git`.
///
/// What they name as affected is affected. What else lies in their ranges only the repository knows, so everything else is in doubt
/// but for what they name as not affected; so it is where the default is not "unaffected". Numbering authorities write tags
/// (`v1.0`) beside commits, abbreviated ones (the Linux kernel's), and what is neither (`*`, `unspecified`), which names nothing.
struct CVECommits {
    private let repository: String
    private let defaultStatus: CVEStatus
    private let entries: [CVEVersion]

    /// Nil where the product has no repository, or no such entries.
    init?(_ product: CVEProduct) {
        entries = product.versions.filter { $0.versionType == "git" }
        guard let repository = product.repo, !entries.isEmpty else { return nil }
        self.repository = Self.ecosystem.normalizedName(repository)
        defaultStatus = product.defaultStatus ?? .unknown
    }

    private static let ecosystem = Ecosystem(name: Component.ecosystemOfRepositories)
    private static let doubt = "The record lists commits, and whether another one lies between them only the repository knows."

    /// The repository with what is said of it; nil where nothing of it is affected.
    ///
    /// All of it are ranges: a list has no place for what begins with an abbreviated commit, and passes tags that are not on it.
    var package: AffectedPackage? {
        let statuses = Set(entries.flatMap { [$0.status] + $0.changes.map(\.status) } + [defaultStatus])
        if statuses == [.unaffected] { return nil }
        let affected = Set(entries.filter { $0.status == .affected }.flatMap(commits)).sorted()
        let others =
            isListed
            ? affected.compactMap(VersionRange.abbreviations)
            : VersionRange.commits(besides: entries.flatMap(unaffectedCommits), doubt: Self.doubt)
        return AffectedPackage(
            ecosystem: Self.ecosystem, name: repository, ranges: affected.flatMap(VersionRange.commit) + others
        )
    }

    /// Whether nothing is affected but the commits that are listed.
    private var isListed: Bool {
        defaultStatus == .unaffected
            && entries.allSatisfy { entry in
                entry.isSingle && entry.status != .unknown && name(entry.version).map { GitTag.isCommit($0.utf8) } ?? false
            }
    }

    /// The commits and tags that have the entry's status by its own words.
    private func commits(of entry: CVEVersion) -> [String] {
        [entry.version, entry.changes.isEmpty ? entry.lessThanOrEqual : nil].compactMap { $0.flatMap(name) }
    }

    /// Those that it says are not affected: the end of an affected range is none of it, and what it has from a change on.
    private func unaffectedCommits(of entry: CVEVersion) -> [String] {
        let changed = entry.changes.filter { $0.status == .unaffected }.compactMap { name($0.at) }
        guard entry.status == .affected else { return entry.status == .unaffected ? commits(of: entry) + changed : changed }
        return changed + [entry.lessThan.flatMap(name)].compactMap(\.self)
    }

    /// The commit or tag that a text names, or the page about it, in the spelling that inventories are asked in; nil where it names none.
    private func name(_ text: String) -> String? {
        let words = text.split(separator: " ")
        guard words.count == 1, let text = words[0].contains("://") ? words[0].split(separator: "/").last : words[0] else {
            return nil
        }
        let name = GitTag.normalized(String(text), ofRepository: repository)
        if GitTag.isCommit(name.utf8) { return name }
        return text != "0" && CVEProductStatus.isVersion(String(text)) ? name : nil
    }
}

extension CVEVersion {
    fileprivate var isSingle: Bool { lessThan == nil && lessThanOrEqual == nil && changes.isEmpty }
}

extension VersionRange {
    /// As many digits tell a commit from every other, in the largest repositories too.
    private static let certainLength = 12

    /// A commit, with those that begin as an abbreviated one does and its own abbreviations that are long enough; or a tag. Affected.
    fileprivate static func commit(_ name: String) -> [VersionRange] {
        GitTag.spans(of: name).map { span in
            let start = GitTag.isCommit(name.utf8) ? GitTag.spans(of: String(name.prefix(certainLength))).first : nil
            return VersionRange(
                scheme: GitTag.scheme, lower: start?.lowerBound ?? span.lowerBound, upper: .exclusive(span.upperBound),
                introducedText: name, end: .lastAffected(name)
            )
        }
    }

    /// The shorter abbreviations of a commit, which may also be those of another, in doubt.
    fileprivate static func abbreviations(of commit: String) -> VersionRange? {
        let ends = [GitTag.shortestHash, certainLength].compactMap {
            GitTag.spans(of: String(commit.prefix($0))).first?.lowerBound
        }
        guard ends.count == 2, ends[0] < ends[1] else { return nil }
        return VersionRange(
            scheme: GitTag.scheme, lower: ends[0], upper: .exclusive(ends[1]), introducedText: commit, end: .limit(commit),
            doubt: "The inventory's commit is abbreviated, and may be one that the record lists."
        )
    }
}
