/// A source repository by its one name, `host/path` in lower case, whatever the transport, user or ending it was written with.
package struct RepositoryName: Hashable, Sendable, CustomStringConvertible {
    package let text: String

    /// Nil unless the address has a host with a dot in its name and a path.
    package init?(_ address: String) {
        guard
            let name = FindingSubject.normalizedRepository(address), let host = name.split(separator: "/").first,
            host.contains("."), !name.contains(where: { $0.isWhitespace })
        else { return nil }
        text = name
    }

    package var description: String { text }
}
