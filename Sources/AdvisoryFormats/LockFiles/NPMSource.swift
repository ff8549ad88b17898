import JSONText

/// Where npm, Yarn and pnpm say that a package comes from.
enum NPMSource {
    /// The tarball of a registry, or nothing that says otherwise.
    case registry
    /// A repository, with the commit where it is named.
    case repository(String, commit: String?)
    /// A path, a workspace, or a tarball that is not a registry's.
    case elsewhere

    /// Tells it from a `resolved` address or from what stands in the place of a version.
    init(resolved address: String) {
        let bytes = Array(address.utf8)[...]
        let hash = address.utf8.firstIndex(of: UInt8(ascii: "#"))
        let commit = hash.map { String(address[address.utf8.index(after: $0)...]) }
        if bytes.withUnsafeBufferPointer(Self.isRegistry) {
            self = .registry
        } else if bytes.hasPrefix("https://") || bytes.hasPrefix("http://") {
            if let archive = Self.archive(address) {
                self = archive
            } else {
                self = bytes.index(of: ".git") == nil ? .elsewhere : .repository(address, commit: Self.named(commit))
            }
        } else if bytes.hasPrefix("git") || bytes.hasPrefix("bitbucket:") || bytes.hasPrefix("ssh:") {
            self = .repository(address, commit: Self.named(commit))
        } else {
            self = .elsewhere
        }
    }

    /// The same from the bytes of a document, of which most are a registry's and need no text.
    init(resolved address: JSONStringToken) {
        self = address.withDecodedBytes(Self.isRegistry) ? .registry : NPMSource(resolved: address.string)
    }

    /// Registries serve tarballs below `/-/` (npm, Yarn, Verdaccio, Artifactory, GitLab) or `/download/` (GitHub Packages): any
    /// other tarball is some site's own.
    private static func isRegistry(_ address: UnsafeBufferPointer<UInt8>) -> Bool {
        guard begins(address, at: 0, with: "http"), begins(address, at: 4, with: "://") || begins(address, at: 4, with: "s://")
        else {
            return false
        }
        for index in address.indices where address[index] == UInt8(ascii: "/") {
            if begins(address, at: index, with: "/-/") || begins(address, at: index, with: "/download/") { return true }
        }
        return false
    }

    private static func begins(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int, with text: StaticString) -> Bool {
        guard start + text.utf8CodeUnitCount <= bytes.count else { return false }
        for offset in 0..<text.utf8CodeUnitCount where bytes[start + offset] != text.utf8Start[offset] { return false }
        return true
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
            let (scope, bare) = Self.scopeAndName(name)
            add(name, version, type: "npm", namespace: scope, purlName: bare, at: offset)
        case .repository(let address, let commit):
            let (scope, bare) = Self.scopeAndName(name)
            // Some of the tools write the address in the place of the version.
            let type = version.map(NPMSource.isAddress) ?? true ? nil : "npm"
            add(name, version, repository: address, commit: commit, type: type, namespace: scope, purlName: bare, at: offset)
        case .elsewhere: add(name, version, at: offset)
        }
    }

    private static func scopeAndName(_ name: String) -> (scope: String?, name: String) {
        guard name.utf8.first == UInt8(ascii: "@"), let slash = name.utf8.firstIndex(of: UInt8(ascii: "/")) else {
            return (nil, name)
        }
        return (String(name[..<slash]), String(name[name.utf8.index(after: slash)...]))
    }
}

/// `name@rest`, where a scope's own `@` is part of the name.
func splitNPMSpecifier(_ text: Substring) -> (name: Substring, rest: Substring)? {
    guard let at = text.utf8.dropFirst().firstIndex(of: UInt8(ascii: "@")) else { return nil }
    return (text[..<at], text[text.utf8.index(after: at)...])
}
