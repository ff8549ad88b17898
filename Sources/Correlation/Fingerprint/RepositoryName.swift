/// A source repository by its one name, `host/path` in lower case, whatever the transport, user, port, page or ending it was written
/// with.
package struct RepositoryName: Hashable, Sendable, CustomStringConvertible {
    package let text: String

    /// Nil unless the address has a host with a dot in its name and a path.
    package init?(_ address: String) {
        guard let address = RepositoryAddress(address), let name = RepositoryName(address) else { return nil }
        self = name
    }

    /// The repository of an address, and the revision where one stands behind an `@` of its path.
    ///
    /// Nil also where it can't be told where a path ends: off the known forges, with a second `@`.
    package static func pinned(_ text: String) -> (name: RepositoryName, revision: String?)? {
        guard
            let address = RepositoryAddress(text), let name = RepositoryName(address),
            address.isOnKnownForge || address.revision?.contains("@") != true
        else { return nil }
        return (name, address.revision)
    }

    /// An escape could stand for anything off the known forges, so that one repository would have two names.
    private init?(_ address: RepositoryAddress) {
        let name = address.name
        guard address.host.contains("."), !name.contains("%"),
            !name.unicodeScalars.contains(where: { $0.properties.isWhitespace || $0.value < 0x20 || $0.value == 0x7F })
        else { return nil }
        text = name
    }

    package var description: String { text }
}
