/// Where npm, Yarn and pnpm say that a package comes from.
enum NPMSource {
    /// The tarball of a registry, or nothing that says otherwise.
    case registry
    /// A repository, with the commit where it is named.
    case repository(String, commit: String?)
    /// A path, a workspace, or a tarball that is not a registry's.
    case elsewhere

    /// Tells it from a `resolved` address or from what stands in the place of a version.
    ///
    /// Registries serve tarballs below `/-/` (npm, Yarn, Verdaccio, Artifactory, GitLab) or `/download/` (GitHub Packages): any
    /// other tarball is some site's own.
    init(resolved address: String) {
        let bytes = Array(address.utf8)[...]
        let commit = address.split(separator: "#", maxSplits: 1).dropFirst().first.map(String.init)
        if bytes.hasPrefix("https://") || bytes.hasPrefix("http://") {
            if let archive = Self.archive(address) {
                self = archive
            } else if bytes.index(of: "/-/") != nil || bytes.index(of: "/download/") != nil {
                self = .registry
            } else {
                self = bytes.index(of: ".git") == nil ? .elsewhere : .repository(address, commit: Self.named(commit))
            }
        } else if bytes.hasPrefix("git") || bytes.hasPrefix("bitbucket:") || bytes.hasPrefix("ssh:") {
            self = .repository(address, commit: Self.named(commit))
        } else {
            self = .elsewhere
        }
    }

    /// Yarn writes `commit=…` behind the `#`.
    private static func named(_ fragment: String?) -> String? {
        guard let fragment else { return nil }
        return fragment.split(separator: "&").first { $0.hasPrefix("commit=") }.map { String($0.dropFirst(7)) } ?? fragment
    }

    /// `https://codeload.github.com/owner/name/tar.gz/commit`.
    private static func archive(_ address: String) -> NPMSource? {
        guard let place = RepositoryAddress(address), place.host == "codeload.github.com", place.path.count >= 4 else {
            return nil
        }
        return .repository("https://github.com/\(place.path[0])/\(place.path[1])", commit: place.path[3])
    }

    /// Whether text in the place of a version or range is none: a path, an address, `owner/name`.
    static func isAddress(_ range: String) -> Bool { range.utf8.contains { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "/") } }
}

extension LockFileInventory {
    /// Adds a package of npm's ecosystem from where it comes from; `@scope/name` is a namespace and a name.
    mutating func addNPM(_ name: String, _ version: String?, from source: NPMSource = .registry, at offset: Int) {
        switch source {
        case .registry:
            guard name.utf8.first == UInt8(ascii: "@"), let slash = name.utf8.firstIndex(of: UInt8(ascii: "/")) else {
                return add(name, version, type: "npm", at: offset)
            }
            let bare = String(name[name.utf8.index(after: slash)...])
            add(name, version, type: "npm", namespace: String(name[..<slash]), purlName: bare, at: offset)
        case .repository(let address, let commit): add(name, version, repository: address, commit: commit, at: offset)
        case .elsewhere: add(name, version, at: offset)
        }
    }
}

/// `name@rest`, where a scope's own `@` is part of the name.
func splitNPMSpecifier(_ text: Substring) -> (name: Substring, rest: Substring)? {
    guard let at = text.utf8.dropFirst().firstIndex(of: UInt8(ascii: "@")) else { return nil }
    return (text[..<at], text[text.utf8.index(after: at)...])
}
