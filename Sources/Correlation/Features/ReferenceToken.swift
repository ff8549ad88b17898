/// References and commits out of addresses.
enum ReferenceToken {
    enum Kind: Equatable {
        case commit(UInt32)
        case reference(UInt32)
    }

    /// What an address stands for; nil when it names the vulnerability or is none.
    static func reading(_ address: ArraySlice<UInt8>) -> Kind? {
        let text = normalized(address)
        guard text.count > 4, !IdentifierScreen.names(address: text) else { return nil }
        if let commit = commit(in: text) { return .commit(commit) }
        return .reference(TokenHash.of(text, .reference))
    }

    /// Lower case, without scheme, `www.`, fragment and slashes at the end, `%40` and `%3c` undone; mailing lists that have
    /// had several addresses by the one of today.
    static func normalized(_ address: ArraySlice<UInt8>) -> [UInt8] {
        var rest = address.trimmed
        if let scheme = rest.range(of: "://") { rest = rest[scheme.upperBound...] }
        var text: [UInt8] = []
        text.reserveCapacity(rest.count)
        var at = rest.startIndex
        while at < rest.endIndex, rest[at] != UInt8(ascii: "#") || isGroup(text) {
            if rest[at] == UInt8(ascii: "%"), at + 2 < rest.endIndex, let high = rest[at + 1].hexadecimalValue,
                let low = rest[at + 2].hexadecimalValue, high << 4 | low > 0x20, high << 4 | low < 0x7F
            {
                text.append((high << 4 | low).lowercased)
                at += 3
            } else {
                text.append(rest[at].lowercased)
                at += 1
            }
        }
        while text.last == UInt8(ascii: "/") { text.removeLast() }
        if text[...].hasPrefix("www.") { text.removeFirst(4) }
        return mailingList(text) ?? text
    }

    private static func isGroup(_ text: [UInt8]) -> Bool { text[...].hasPrefix("groups.google.com/") }

    private static func mailingList(_ text: [UInt8]) -> [UInt8]? {
        if text[...].hasPrefix("lists.apache.org/thread") {
            // thread.html/rHASH@<list> and thread/HASH
            let parts = text.split(separator: UInt8(ascii: "/"))
            guard parts.count > 2 else { return nil }
            return Array("lists.apache.org/thread/".utf8) + parts[2].prefix { $0.isWord }
        }
        guard isGroup(text) else { return nil }
        // groups.google.com/forum/#!topic/GROUP/TOPIC, /d/msg/GROUP/TOPIC/MESSAGE, /g/GROUP/c/TOPIC
        let parts = text.split(separator: UInt8(ascii: "/")).filter { part in
            !["forum", "#!topic", "#!msg", "d", "msg", "g", "c", "topic", "forum"].contains { part.elementsEqual($0.utf8) }
        }
        guard parts.count > 2 else { return nil }
        return Array(parts[0...2].joined(separator: "/".utf8))
    }

    /// The first hexadecimal run of at least twelve digits in an address of a commit, whatever the host: mirrors of a
    /// repository differ in their addresses and not in their hashes.
    private static func commit(in text: [UInt8]) -> UInt32? {
        guard isCommitAddress(text[...]) else { return nil }
        for run in text.split(whereSeparator: { !$0.isWord }) {
            if let commit = hash(run) { return commit }
        }
        return nil
    }

    private static func isCommitAddress(_ text: ArraySlice<UInt8>) -> Bool {
        text.contains("commit") || text.contains("/+/") || text.contains("cgit") || text.contains("gitweb")
            || text.contains("changeset") || text.contains("/rev/") || text.contains("?id=") || text.contains("/c/")
    }

    /// A commit by its first twelve digits; nil for what is none.
    static func hash(_ digits: ArraySlice<UInt8>) -> UInt32? {
        guard digits.count >= 12, digits.count <= 64, digits.allSatisfy({ $0.hexadecimalValue != nil }) else { return nil }
        return TokenHash.lowercased(digits.prefix(12), .commit)
    }
}
