import Correlation
import PackageIdentity

/// What is scanned: a package or a repository, by the one name under which all its spellings meet, and the revision of it.
///
/// A package URL whose type is a forge (`pkg:github/…`), a Go module on one, and a package URL with a `vcs_url` name the
/// repository. Other packages are tied to their repository by the aliases that a target's maintainer or a coordinator states.
package struct ScanTarget: Sendable, Hashable {
    /// `github.com/acme/parser` or `pkg:npm/left-pad`: without version, qualifiers and subpath.
    package let name: String
    /// The commit or version, as it was stated.
    package let revision: String?

    /// The longest revision in bytes; a commit has 64 at most, and versions of distributions stay below.
    private static let longestRevision = 200

    /// - Parameter text: a package URL, or a repository's address with `@` and a commit behind it where one is meant.
    /// - Throws: `malformed` with the place.
    package init(_ text: String, at place: String = "/target") throws(Refusal) {
        (name, revision) = try text.hasPrefix("pkg:") ? Self.package(text, place) : Self.repository(text, place)
    }

    /// The same target at another revision.
    init(name: String, revision: String?) {
        self.name = name
        self.revision = revision
    }

    /// The same target at a revision that is stated beside it.
    /// - Throws: `malformed` also where the target's own text says another.
    package func at(_ text: String) throws(Refusal) -> ScanTarget {
        let stated = try ScanTarget.revision(text, at: "/revision")
        guard revision == nil || revision == stated else {
            throw Refusal(.malformed, "the target says \(revision ?? "") and the revision \(stated)", place: "/revision")
        }
        return ScanTarget(name: name, revision: stated)
    }

    private static func package(_ text: String, _ place: String) throws(Refusal) -> (String, String?) {
        let purl: Purl
        do {
            purl = try Purl(parsing: text)
        } catch {
            throw Refusal(.malformed, "not a package URL: \(error.reason)", place: place)
        }
        let repository = purl.qualifier("vcs_url") ?? forgeAddress(of: purl)
        if let repository, let name = RepositoryName(withoutRevision(repository)) { return (name.text, purl.version) }
        guard let bare = try? Purl(type: purl.type, namespace: purl.namespace, name: purl.name) else {
            throw Refusal(.malformed, "the package URL has no name of its own", place: place)
        }
        return (bare.description, purl.version)
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

    private static func repository(_ text: String, _ place: String) throws(Refusal) -> (String, String?) {
        let address = withoutRevision(text)
        guard let name = RepositoryName(address) else {
            throw Refusal(
                .malformed, "a target is a package URL or a repository's address like https://github.com/acme/parser",
                place: place
            )
        }
        guard address.count < text.count else { return (name.text, nil) }
        return (name.text, try revision(String(text.dropFirst(address.count + 1)), at: place))
    }

    /// What stands before the `@` behind the last slash; one further in front belongs to a user's name.
    private static func withoutRevision(_ text: String) -> String {
        guard let at = text.lastIndex(of: "@"), let slash = text.lastIndex(of: "/"), slash < at else { return text }
        return String(text[..<at])
    }

    /// - Throws: `malformed` unless the text is 1 to 200 printable bytes without blanks.
    static func revision(_ text: String, at place: String) throws(Refusal) -> String {
        guard (1...longestRevision).contains(text.utf8.count), text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw Refusal(.malformed, "a revision is a commit or a version: printable, without blanks", place: place)
        }
        return text
    }
}
