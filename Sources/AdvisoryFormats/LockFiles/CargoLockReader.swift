/// Reads `Cargo.lock` of all versions (https://doc.rust-lang.org/cargo/guide/cargo-toml-vs-cargo-lock.html). A package without a
/// source is a member of the workspace or a path; one of another registry than crates.io is not crates.io's.
enum CargoLockReader {
    static func read(_ bytes: [UInt8]) throws(TextFault) -> InventoryDocument {
        let root = try TOMLReader.parse(bytes).root
        var inventory = LockFileInventory(.cargo)
        inventory.specVersion = root.scalar("version")
        // Version 1 had the project itself apart.
        let project = root.table("root").map { [$0] } ?? []
        for package in project + (root.tables("package") ?? []) { add(package, to: &inventory) }
        return inventory.finished(bytes)
    }

    /// The sources that are crates.io: its index as a repository, and as files.
    private static let cratesIO: Set<String> = [
        "registry+https://github.com/rust-lang/crates.io-index", "sparse+https://index.crates.io/",
        "registry+https://index.crates.io/"
    ]

    private static func add(_ package: TOMLTable, to inventory: inout LockFileInventory) {
        guard let name = inventory.name(of: package) else { return }
        let version = package.string("version")
        guard let source = package.string("source") else { return inventory.add(name, version, at: package.byteOffset) }
        if cratesIO.contains(source) {
            inventory.add(name, version, type: "cargo", at: package.byteOffset)
        } else if source.hasPrefix("git+") {
            let commit = source.split(separator: "#", maxSplits: 1).dropFirst().first.map(String.init)
            inventory.add(name, version, repository: source, commit: commit, type: "cargo", at: package.byteOffset)
        } else {
            inventory.add(name, version, at: package.byteOffset)
        }
    }
}

extension LockFileInventory {
    /// The name of a package in a table; a table without one is noted.
    mutating func name(of table: TOMLTable) -> String? {
        if let name = table.string("name"), !name.isEmpty { return name }
        log.add(.missingMember, at: table.byteOffset, "a package has no name")
        return nil
    }
}
