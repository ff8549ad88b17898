/// Reads `poetry.lock` (https://python-poetry.org/docs/): packages without a source are PyPI's, and so are those of an index
/// (`legacy`), which serves the same projects; others come from elsewhere.
enum PoetryLockReader {
    static func read(_ bytes: [UInt8]) throws(TextFault) -> InventoryDocument {
        let root = try TOMLReader.parse(bytes).root
        var inventory = LockFileInventory(.poetry)
        inventory.specVersion = root.table("metadata")?.string("lock-version")
        for package in root.tables("package") ?? [] {
            guard let name = inventory.name(of: package) else { continue }
            let (version, source, offset) = (package.string("version"), package.table("source"), package.byteOffset)
            switch source?.string("type") {
            case nil, "legacy": inventory.add(name, version, type: "pypi", at: offset)
            case "git":
                let commit = source?.string("resolved_reference") ?? source?.string("reference")
                inventory.add(name, version, repository: source?.string("url") ?? "", commit: commit, type: "pypi", at: offset)
            default: inventory.add(name, version, at: offset)
            }
        }
        return inventory.finished(bytes)
    }
}

/// Reads `uv.lock` (https://docs.astral.sh/uv/concepts/projects/layout/#the-lockfile). Only a source `registry` with an address
/// is an index; `editable`, `virtual`, `directory`, `path` and `url` are not.
enum UVLockReader {
    static func read(_ bytes: [UInt8]) throws(TextFault) -> InventoryDocument {
        let root = try TOMLReader.parse(bytes).root
        var inventory = LockFileInventory(.uv)
        inventory.specVersion = root.scalar("version")
        for package in root.tables("package") ?? [] {
            guard let name = inventory.name(of: package) else { continue }
            let (version, source, offset) = (package.string("version"), package.table("source"), package.byteOffset)
            if let registry = source?.string("registry"), registry.hasPrefix("http") {
                inventory.add(name, version, type: "pypi", at: offset)
            } else if let git = source?.string("git") {
                let commit = git.split(separator: "#", maxSplits: 1).dropFirst().first.map(String.init)
                inventory.add(name, version, repository: git, commit: commit, type: "pypi", at: offset)
            } else {
                inventory.add(name, version, at: offset)
            }
        }
        return inventory.finished(bytes)
    }
}

/// Reads `pdm.lock` (https://pdm-project.org/en/latest/usage/lockfile/). A package with extras stands once more for them.
enum PDMLockReader {
    static func read(_ bytes: [UInt8]) throws(TextFault) -> InventoryDocument {
        let root = try TOMLReader.parse(bytes).root
        var inventory = LockFileInventory(.pdm)
        inventory.specVersion = root.table("metadata")?.string("lock_version")
        for package in root.tables("package") ?? [] {
            guard let name = inventory.name(of: package) else { continue }
            let (version, offset) = (package.string("version"), package.byteOffset)
            if let git = package.string("git") {
                inventory.add(name, version, repository: git, commit: package.string("revision"), type: "pypi", at: offset)
            } else if package.has("path") || package.has("url") || package.has("hg") || package.has("svn") || package.has("bzr") {
                inventory.add(name, version, at: offset)
            } else {
                inventory.add(name, version, type: "pypi", at: offset)
            }
        }
        return inventory.finished(bytes)
    }
}

/// Reads `pylock.toml` (PEP 751, https://packaging.python.org/en/latest/specifications/pylock-toml/). `vcs`, `directory` and
/// `archive` say that a package comes from elsewhere than an index.
enum PylockReader {
    static func read(_ bytes: [UInt8]) throws(TextFault) -> InventoryDocument {
        let root = try TOMLReader.parse(bytes).root
        var inventory = LockFileInventory(.pylock)
        inventory.specVersion = root.string("lock-version")
        for package in root.tables("packages") ?? [] {
            guard let name = inventory.name(of: package) else { continue }
            let (version, offset) = (package.string("version"), package.byteOffset)
            if let vcs = package.table("vcs") {
                let address = vcs.string("type") == "git" ? vcs.string("url") ?? "" : ""
                inventory.add(name, version, repository: address, commit: vcs.string("commit-id"), type: "pypi", at: offset)
            } else if package.has("directory") || package.has("archive") {
                inventory.add(name, version, at: offset)
            } else {
                inventory.add(name, version, type: "pypi", at: offset)
            }
        }
        return inventory.finished(bytes)
    }
}
