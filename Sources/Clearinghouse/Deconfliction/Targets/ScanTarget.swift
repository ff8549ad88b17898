import Correlation
import PackageIdentity

/// What is scanned: a package or a repository, by the one name under which all its spellings meet, and the revision of it.
///
/// A package URL whose type is a forge (`pkg:github/…`) and a Go module on one name the repository. Other packages are tied to their
/// repository by the aliases that a target's maintainer or a coordinator states, never by a `vcs_url`, which is its writer's word.
package struct ScanTarget: Sendable {
    /// `github.com/acme/parser` or `pkg:npm/left-pad`: without version, qualifiers and subpath.
    package let name: String
    /// The commit or version, as it was stated.
    package let revision: String?
    /// The name of the repository that a package URL's `vcs_url` states. What its maintainer asks for is honoured too; who holds,
    /// owns and covered the target goes by `name` alone.
    package let statedRepository: String?

    /// The longest revision in bytes; a commit has 64 at most, and versions of distributions stay below.
    private static let longestRevision = 200

    /// - Parameter text: a package URL, or a repository's address with `@` and a commit behind it where one is meant.
    /// - Throws: `malformed` with the place.
    package init(_ text: String, at place: String = "/target") throws(Refusal) {
        self = try text.hasPrefix("pkg:") ? Self.package(text, place) : Self.repository(text, place)
    }

    /// The same target at another revision.
    init(name: String, revision: String?, statedRepository: String? = nil) {
        self.name = name
        self.revision = revision
        self.statedRepository = statedRepository
    }

    /// Every name whose policy says something of it.
    var names: [String] { [name] + (statedRepository.map { [$0] } ?? []) }

    /// The same target at a revision that is stated beside it.
    /// - Throws: `malformed` also where the target's own text says another.
    package func at(_ text: String) throws(Refusal) -> ScanTarget {
        let stated = try ScanTarget.revision(text, at: "/revision")
        guard revision == nil || revision == stated else {
            throw Refusal(.malformed, "the target says \(revision ?? "") and the revision \(stated)", place: "/revision")
        }
        return ScanTarget(name: name, revision: stated, statedRepository: statedRepository)
    }

    private static func package(_ text: String, _ place: String) throws(Refusal) -> ScanTarget {
        let purl: Purl
        do {
            purl = try Purl(parsing: text)
        } catch {
            throw Refusal(.malformed, "not a package URL: \(error.reason)", place: place)
        }
        let version = try purl.version.map { text throws(Refusal) in try Self.revision(text, at: place) }
        if let name = forgeAddress(of: purl).flatMap({ RepositoryName($0) }) {
            return ScanTarget(name: name.text, revision: version)
        }
        guard let bare = try? Purl(type: purl.type, namespace: purl.namespace, name: purl.name) else {
            throw Refusal(.malformed, "the package URL has no name of its own", place: place)
        }
        let stated = purl.qualifier("vcs_url").flatMap { RepositoryName.pinned($0) }
        return ScanTarget(name: bare.description, revision: version, statedRepository: stated?.name.text)
    }

    /// The address of a package that is a repository by its type.
    private static func forgeAddress(of purl: Purl) -> String? {
        let path = [purl.namespace, purl.name].compactMap(\.self).joined(separator: "/")
        switch purl.type {
        case "github": return "github.com/" + path
        case "gitlab": return "gitlab.com/" + path
        case "bitbucket": return "bitbucket.org/" + path
        case "golang":
            let segments = path.split(separator: "/")
            guard segments.count >= 3, ["github.com", "gitlab.com", "bitbucket.org"].contains(segments[0]) else { return nil }
            return segments.prefix(3).joined(separator: "/")
        default: return nil
        }
    }

    private static func repository(_ text: String, _ place: String) throws(Refusal) -> ScanTarget {
        guard let (name, stated) = RepositoryName.pinned(text) else {
            throw Refusal(
                .malformed, "a target is a package URL or a repository's address like https://github.com/acme/parser",
                place: place
            )
        }
        let revision = try stated.map { text throws(Refusal) in try Self.revision(text, at: place) }
        return ScanTarget(name: name.text, revision: revision)
    }

    /// - Throws: `malformed` unless the text is 1 to 200 printable bytes without blanks.
    static func revision(_ text: String, at place: String) throws(Refusal) -> String {
        guard (1...longestRevision).contains(text.utf8.count), text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw Refusal(.malformed, "a revision is a commit or a version: printable, without blanks", place: place)
        }
        return text
    }
}

/// Targets are the same by name and revision, whatever repository was stated beside.
extension ScanTarget: Hashable {
    package static func == (left: ScanTarget, right: ScanTarget) -> Bool {
        left.name == right.name && left.revision == right.revision
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(name)
        hasher.combine(revision)
    }
}
