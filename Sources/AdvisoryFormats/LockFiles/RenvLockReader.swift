import JSONText

/// Reads `renv.lock` (https://rstudio.github.io/renv/articles/lockfile.html). Only sources `Repository` and `Bioconductor` are a
/// registry's; `GitHub`, `Local`, `URL` and others are not.
struct RenvLockReader: JSONLockFileReading {
    static let file = InventoryFile.renv
    var inventory = LockFileInventory(.renv)

    private struct Entry {
        var name, version, source, user, repository, commit: String?
    }

    mutating func member(_ key: JSONKey, _ reader: inout JSONReader) throws(JSONError) {
        guard key == "Packages" else { return }
        try members(&reader) { (this, reader, key) throws(JSONError) in
            var entry = Entry(name: key.string)
            let offset = key.byteOffset
            guard try this.isKind(.object, &reader) else { return }
            try reader.readObject { (reader, key) throws(JSONError) in try this.detail(of: &entry, key, &reader) }
            this.add(entry, at: offset)
        }
    }

    private mutating func detail(of entry: inout Entry, _ key: JSONKey, _ reader: inout JSONReader) throws(JSONError) {
        switch key {
        case "Package": entry.name = try string(&reader)
        case "Version": entry.version = try string(&reader)
        case "Source": entry.source = try string(&reader)
        case "RemoteUsername": entry.user = try optionalString(&reader)
        case "RemoteRepo": entry.repository = try optionalString(&reader)
        case "RemoteSha": entry.commit = try optionalString(&reader)
        default: break
        }
    }

    private mutating func add(_ entry: Entry, at offset: Int) {
        guard let name = entry.name else { return }
        switch entry.source {
        case "Repository", "CRAN": inventory.add(name, entry.version, type: "cran", at: offset)
        case "Bioconductor": inventory.add(name, entry.version, type: "bioconductor", at: offset)
        case "GitHub":
            let (user, repository) = (entry.user ?? "", entry.repository ?? "")
            let address = "https://github.com/\(user)/\(repository)"
            inventory.add(name, entry.version, repository: address, commit: entry.commit, type: "cran", at: offset)
        default: inventory.add(name, entry.version, at: offset)
        }
    }
}
