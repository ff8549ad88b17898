import JSONText

/// Reads `composer.lock` (https://getcomposer.org/doc/01-basic-usage.md#composer-lock-the-lock-file): `packages` and
/// `packages-dev`. A package whose `dist` is a path is the project's own.
struct ComposerLockReader: JSONLockFileReading {
    static let file = InventoryFile.composer
    var inventory = LockFileInventory(.composer)

    mutating func member(_ key: JSONKey, _ reader: inout JSONReader) throws(JSONError) {
        guard key == "packages" || key == "packages-dev" else { return }
        // `packages-dev` is null where there is no development.
        if try reader.peek() == .null { return }
        try elements(&reader) { (this, reader) throws(JSONError) in try this.package(&reader) }
    }

    private mutating func package(_ reader: inout JSONReader) throws(JSONError) {
        let start = reader.offset
        guard try isKind(.object, &reader) else { return }
        var name, version, type: String?
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "name": name = try string(&reader)
            case "version": version = try string(&reader)
            case "dist" where try reader.peek() == .object:
                try reader.readObject { (reader, key) throws(JSONError) in if key == "type" { type = try string(&reader) } }
            default: break
            }
        }
        require(name != nil, "name", at: start)
        guard let name else { return }
        guard type != "path" else { return inventory.add(name, version, at: start) }
        let parts = name.split(separator: "/", maxSplits: 1).map(String.init)
        inventory.add(
            name, version, type: "composer", namespace: parts.count == 2 ? parts[0] : nil, purlName: parts.last, at: start)
    }
}
