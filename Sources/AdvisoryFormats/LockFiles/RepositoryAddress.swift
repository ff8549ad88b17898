import PackageIdentity

/// The address of a repository in the spellings that lock files have: `https://host/a/b.git`, `git+ssh://git@host/a/b`,
/// `git@host:a/b.git`, `github:a/b`; what follows `#` or `?` is no part of it.
struct RepositoryAddress: Hashable {
    /// In lowercase, without user and port.
    let host: String
    /// The parts of the path, without `.git` at the end.
    let path: [String]

    /// Nil where the text names no host and path, as a local path does.
    init?(_ text: String) {
        var rest = Array(text.utf8)[...]
        if let end = rest.firstIndex(where: { $0 == UInt8(ascii: "#") || $0 == UInt8(ascii: "?") }) { rest = rest[..<end] }
        if rest.hasPrefix("git+") { rest = rest.dropFirst(4) }
        var authority: TextSlice
        if let (scheme, after) = rest.divided(by: "://") {
            guard !scheme.equals("file") else { return nil }
            let slash = after.firstIndex(of: UInt8(ascii: "/")) ?? after.endIndex
            (authority, rest) = (after[..<slash], after[slash...])
        } else if let (before, after) = rest.divided(by: ":"), !before.contains(UInt8(ascii: "/")) {
            (authority, rest) = (before, after)
        } else {
            return nil
        }
        if let at = authority.lastIndex(of: UInt8(ascii: "@")) { authority = authority[(at + 1)...] }
        if let colon = authority.firstIndex(of: UInt8(ascii: ":")) { authority = authority[..<colon] }
        host = Self.shortcuts[authority.text] ?? authority.text.lowercased()
        if rest.hasSuffix(".git") { rest = rest.dropLast(4) }
        path = rest.split(separator: UInt8(ascii: "/")).map(\.text)
        if host.isEmpty || path.isEmpty { return nil }
    }

    private static let shortcuts = ["github": "github.com", "gitlab": "gitlab.com", "bitbucket": "bitbucket.org"]
    private static let types = ["github.com": "github", "bitbucket.org": "bitbucket"]

    /// `pkg:github/a/b@commit`, or nil where the host has no purl type or the address names no repository there.
    func purl(commit: String?) -> String? {
        guard let type = Self.types[host], path.count >= 2 else { return nil }
        do throws(PurlError) {
            return try Purl(type: type, namespace: path[0], name: Self.withoutGit(path[1]), version: commit).description
        } catch {
            return nil
        }
    }

    /// pip writes the commit behind the address: `…/b.git@commit`.
    private static func withoutGit(_ name: String) -> String {
        let name = name.split(separator: "@").first.map(String.init) ?? name
        return name.hasSuffix(".git") ? String(name.dropLast(4)) : name
    }
}
