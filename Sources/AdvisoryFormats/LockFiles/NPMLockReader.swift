import JSONText

/// Reads `package-lock.json` and `npm-shrinkwrap.json` of lockfileVersion 1, 2 and 3
/// (https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json). Version 2 says everything twice: `packages` counts, and
/// `dependencies`, which is there for old versions of npm, does not.
struct NPMLockReader: JSONLockFileReading {
    static let file = InventoryFile.npm

    var inventory = LockFileInventory(.npm)
    private var hasPackages = false
    /// What `dependencies` says, until it is known whether `packages` says it better.
    private var fallback = LockFileInventory(.npm)
    private var root: (name: String?, version: String?)
    private var links: [(name: String, target: String?, offset: Int)] = []
    /// Places of `packages` outside `node_modules`, which links lead to.
    private var folders: Set<String> = []

    mutating func member(_ key: JSONKey, _ reader: inout JSONReader) throws(JSONError) {
        switch key {
        case "name": root.name = try optionalString(&reader)
        case "version": root.version = try optionalString(&reader)
        case "lockfileVersion": try lockfileVersion(&reader)
        case "packages":
            hasPackages = true
            try members(&reader) { (this, reader, key) throws(JSONError) in try this.package(key, &reader) }
        case "dependencies" where !hasPackages: try dependencies(&reader)
        default: break
        }
    }

    private mutating func lockfileVersion(_ reader: inout JSONReader) throws(JSONError) {
        let offset = reader.offset
        guard try isKind(.number, &reader) else { return }
        let version = try reader.readNumber()
        inventory.specVersion = version.description
        if let number = version.integer, (1...3).contains(number) { return }
        log.add(.unsupportedVersion, at: offset, "npm's lock files are read in versions 1 to 3")
    }

    mutating func finish(at start: Int) {
        if !hasPackages {
            fallback.specVersion = inventory.specVersion
            fallback.log.add(contentsOf: inventory.log)
            inventory = fallback
        }
        for link in links where !folders.contains(link.target ?? "") { inventory.add(link.name, nil, at: link.offset) }
        if let name = root.name { inventory.addSubject(name, root.version, at: start) }
    }
}

// MARK: packages (versions 2 and 3)
extension NPMLockReader {
    private struct Entry {
        var name, version, target: String?
        var source = NPMSource.registry
        var isLink = false
    }

    private mutating func package(_ key: JSONKey, _ reader: inout JSONReader) throws(JSONError) {
        let folder = key.withDecodedBytes(Self.folder)
        let (path, offset) = (folder == nil ? key.string : "", key.byteOffset)
        guard try isKind(.object, &reader) else { return }
        var entry = Entry()
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "version": entry.version = try optionalString(&reader)
            case "resolved": try resolved(of: &entry, &reader)
            case "name": entry.name = try optionalString(&reader)
            case "link": entry.isLink = try bool(&reader) ?? false
            default: break
            }
        }
        if let folder { add(entry, folder: folder, at: offset) } else { add(entry, path: path, at: offset) }
    }

    private mutating func resolved(of entry: inout Entry, _ reader: inout JSONReader) throws(JSONError) {
        // `false` and others say that there is no address.
        guard try reader.peek() == .string else { return _ = try reader.skipValue() }
        let token = try reader.readStringToken()
        entry.source = NPMSource(resolved: token)
        if case .elsewhere = entry.source { entry.target = token.string }
    }

    /// The folder names the package, unless the entry says that it is an alias.
    private mutating func add(_ entry: Entry, folder: String, at offset: Int) {
        let name = entry.name ?? folder
        if entry.isLink { return links.append((name, entry.target, offset)) }
        inventory.addNPM(name, entry.version, from: entry.source, at: offset)
    }

    /// Outside `node_modules` are the project itself and its workspaces.
    private mutating func add(_ entry: Entry, path: String, at offset: Int) {
        if path.isEmpty { return root = (entry.name ?? root.name, entry.version ?? root.version) }
        folders.insert(path)
        inventory.add(entry.name ?? path, entry.version, at: offset)
    }

    /// What stands behind the last `node_modules/`, or nil where the path has none.
    private static func folder(_ path: UnsafeBufferPointer<UInt8>) -> String? {
        let marker: StaticString = "node_modules/"
        var start = path.count - marker.utf8CodeUnitCount
        while start >= 0 {
            if path[start] == UInt8(ascii: "n"), start == 0 || path[start - 1] == UInt8(ascii: "/"),
                stands(marker, in: path, at: start)
            {
                let name = path[(start + marker.utf8CodeUnitCount)...]
                return name.isEmpty ? nil : String(decoding: name, as: UTF8.self)
            }
            start -= 1
        }
        return nil
    }

    private static func stands(_ text: StaticString, in bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> Bool {
        for offset in 0..<text.utf8CodeUnitCount where bytes[start + offset] != text.utf8Start[offset] { return false }
        return true
    }
}

// MARK: dependencies (version 1)
extension NPMLockReader {
    private mutating func dependencies(_ reader: inout JSONReader) throws(JSONError) {
        try members(&reader) { (this, reader, key) throws(JSONError) in
            let name = key.string
            let offset = key.byteOffset
            guard try this.isKind(.object, &reader) else { return }
            var version: String?
            var source = NPMSource.registry
            try reader.readObject { (reader, key) throws(JSONError) in
                switch key {
                case "version": version = try this.optionalString(&reader)
                case "resolved" where try reader.peek() == .string: source = NPMSource(resolved: try reader.readStringToken())
                case "dependencies": try this.dependencies(&reader)
                default: break
                }
            }
            this.addFallback(name, version, source, at: offset)
        }
    }

    private mutating func addFallback(_ name: String, _ version: String?, _ source: NPMSource, at offset: Int) {
        guard let version, NPMSource.isAddress(version) else {
            return fallback.addNPM(name, version, from: source, at: offset)
        }
        // `npm:other@1.2` is an alias of another package.
        if version.hasPrefix("npm:"), let (other, number) = splitNPMSpecifier(version.dropFirst(4)) {
            return fallback.addNPM(String(other), String(number), at: offset)
        }
        fallback.addNPM(name, version, from: NPMSource(resolved: version), at: offset)
    }
}
