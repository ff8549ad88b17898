import PackageIdentity

/// Tags of a repository, which name versions in every project's own way: `v1.2.3`, `openssl-3.0.4`, `OpenSSL_1_1_1w`,
/// `libssh2-1.11.1`.
enum GitTag {
    /// Commits have no order by their names; this one tells them apart, so that a range can leave one out.
    static let scheme = VersionScheme.lexicographic

    /// The version that a tag names, in one spelling: without the project's name and what else stands before the first digit, in
    /// lowercase, with dots between numbers. Advisories list tags and inventories know versions; they meet here.
    /// - Parameter address: as the ecosystem `GIT` normalises it, without `.git`.
    static func normalized(_ tag: String, ofRepository address: String) -> String {
        var text = Array(tag.lowercased().utf8)[...]
        if isCommit(text) { return tag.lowercased() }
        let project = Array((address.split(separator: "/").last ?? "").utf8)
        if text.starts(with: project), text.count > project.count { text = text.dropFirst(project.count) }
        guard let digit = text.firstIndex(where: isDigit) else { return tag.lowercased() }
        var version = Array(text[digit...])
        for index in version.indices.dropFirst().dropLast() where version[index] == 0x5F || version[index] == 0x2D {
            if isDigit(version[index - 1]), isDigit(version[index + 1]) { version[index] = 0x2E }
        }
        return String(decoding: version, as: UTF8.self)
    }

    /// Git abbreviates no further.
    static let shortestHash = 7

    /// A hash in lowercase: SHA-1 or SHA-256, or the beginning of one where a letter tells it from a date.
    static func isCommit(_ text: some Collection<UInt8>) -> Bool {
        isHash(text) && (text.count == 40 || text.count == 64 || !text.allSatisfy(isDigit))
    }

    /// Whether a name is that of a version, and neither a commit nor a branch: `main`, `stable`, `4.x`.
    static func namesVersion(_ text: some BidirectionalCollection<UInt8>) -> Bool {
        let isBranch = text.last == UInt8(ascii: "x") && text.dropLast().last == UInt8(ascii: ".")
        return !isCommit(text) && !isBranch && text.contains(where: isDigit)
    }

    private static func isHash(_ text: some Collection<UInt8>) -> Bool {
        shortestHash...64 ~= text.count && text.allSatisfy { isDigit($0) || $0 >= 0x61 && $0 <= 0x66 }
    }

    /// Where a tag or a commit stands among others in the order of `scheme`: itself, and behind an abbreviated commit all that begin so.
    /// A date may be an abbreviated commit too, and what follows it in a tag (`20260101.1`) is none of either.
    static func spans(of name: String) -> [Range<VersionKey>] {
        guard let key = try? VersionKey(encoding: name, in: scheme) else { return [] }
        guard isHash(name.utf8), let first = try? VersionKey(encoding: name + "0", in: scheme),
            let end = try? VersionKey(encoding: name + "g", in: scheme)
        else { return [key..<key.successor] }
        return isCommit(name.utf8) ? [key..<end] : [key..<key.successor, first..<end]
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
}
