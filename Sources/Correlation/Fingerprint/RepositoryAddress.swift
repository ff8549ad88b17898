/// A repository's address, taken apart: the same repository has many. This is the one place where they are made one name.
///
/// Host and path are in lower case, because the large hosts ignore case; two repositories of one host that differ only in case would
/// be merged here, and none is known.
struct RepositoryAddress {
    /// Without user, without `www.`, and without a port that the transport has anyway.
    let host: String
    /// On a known forge the repository alone: what its pages put behind it (`tree/main/src`) is cut off.
    let path: [String]
    /// What stands behind the first `@` of the path.
    let revision: String?
    let isOnKnownForge: Bool

    /// `host/path`.
    var name: String { host + "/" + path.joined(separator: "/") }

    /// An address with or without scheme, or as `git@host:path`.
    /// - Returns: nil without host and path, for a path that climbs (`..`), and where a known forge can have no such repository.
    init?(_ text: String) {
        var rest = Array(text.utf8)[...].trimmed
        if rest.hasPrefix("git+") { rest = rest.dropFirst(4) }
        guard let (authority, place) = RepositoryAddress.parted(rest) else { return nil }
        host = RepositoryAddress.canonicalHost(authority)
        let end = place.firstIndex { RepositoryAddress.pathEnds.contains($0) } ?? place.endIndex
        let isPinned = end < place.endIndex && place[end] == UInt8(ascii: "@")
        revision = isPinned ? place[(end + 1)...].string : nil
        let segments = place[..<end].split(separator: UInt8(ascii: "/")).map(\.string).filter { $0 != "." }
        guard !host.isEmpty, !segments.isEmpty, !segments.contains("..") else { return nil }
        let forge = KnownForge(host: host)
        isOnKnownForge = forge != nil
        guard let path = forge.map({ $0.repository(in: segments) }) ?? segments.map({ $0.lowercased() }) else { return nil }
        self.path = RepositoryAddress.withoutEnding(path)
    }

    private static let pathEnds: Set<UInt8> = [UInt8(ascii: "@"), UInt8(ascii: "#"), UInt8(ascii: "?")]

    /// Host with port, and what follows it.
    private static func parted(_ text: ReportText) -> (authority: ReportText, place: ReportText)? {
        if let scheme = text.range(of: "://"), !text[..<scheme.lowerBound].contains(UInt8(ascii: "/")) {
            let rest = text[scheme.upperBound...]
            let authority = rest.prefix { $0 != UInt8(ascii: "/") }
            let user = authority.lastIndex(of: UInt8(ascii: "@"))
            return (user.map { authority[($0 + 1)...] } ?? authority, rest[authority.endIndex...])
        }
        var rest = text
        let beforePath = rest.prefix { $0 != UInt8(ascii: "/") }
        let user = beforePath.firstIndex(of: UInt8(ascii: "@"))
        if let user { rest = rest[(user + 1)...] }
        let authority = rest.prefix { $0 != UInt8(ascii: "/") }
        guard let colon = authority.firstIndex(of: UInt8(ascii: ":")) else { return (authority, rest[authority.endIndex...]) }
        // `host:22/path` has a port, `git@host:path` has none.
        if user == nil, usualPorts.contains(authority[(colon + 1)...].string) { return (authority, rest[authority.endIndex...]) }
        return (rest[..<colon], rest[(colon + 1)...])
    }

    /// Of ssh, HTTP, HTTPS and git.
    private static let usualPorts: Set<String> = ["22", "80", "443", "9418"]

    private static func canonicalHost(_ authority: ReportText) -> String {
        var host = authority.string.lowercased()
        if let colon = host.lastIndex(of: ":"), usualPorts.contains(String(host[host.index(after: colon)...])) {
            host = String(host[..<colon])
        }
        if host.hasSuffix(".") { host.removeLast() }
        if host.hasPrefix("www.") { host.removeFirst(4) }
        return KnownForge.doors[host] ?? host
    }

    private static func withoutEnding(_ path: [String]) -> [String] {
        guard let last = path.last, last.hasSuffix(".git"), last.utf8.count > 4 else { return path }
        return path.dropLast() + [String(last.dropLast(4))]
    }
}

/// A host of which it is known where in a path the repository ends.
private enum KnownForge {
    /// Repositories are `owner/repository`.
    case flat
    /// Repositories lie in groups of groups.
    case nested

    init?(host: String) {
        switch host {
        case "github.com", "bitbucket.org", "codeberg.org": self = .flat
        case "gitlab.com": self = .nested
        default: return nil
        }
    }

    /// Further names of these hosts, for networks that let nothing but port 443 through.
    static let doors = [
        "ssh.github.com": "github.com", "altssh.gitlab.com": "gitlab.com", "altssh.bitbucket.org": "bitbucket.org"
    ]

    /// Nil where the forge can have none by that name.
    func repository(in segments: [String]) -> [String]? {
        let names = segments.map { FindingSubject.percentDecoded($0).lowercased() }
        let path =
            switch self {
            case .flat: Array(names.prefix(2))
            case .nested: names.count < 2 ? names : names.prefix(2) + names.dropFirst(2).prefix { !KnownForge.pages.contains($0) }
            }
        guard path.count >= 2, path.allSatisfy({ $0.utf8.allSatisfy(KnownForge.isOfName) }) else { return nil }
        return path
    }

    /// What no project of GitLab can be called, because it begins the address of a page of one
    /// (https://docs.gitlab.com/user/reserved_names/).
    private static let pages: Set<String> = ["-", "blame", "blob", "commit", "commits", "raw", "tree", "wikis"]

    private static func isOfName(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
            || byte == UInt8(ascii: ".")
    }
}
