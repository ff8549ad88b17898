import JSONText

/// Reads `packages.lock.json` of NuGet, versions 1 and 2 (https://learn.microsoft.com/nuget/consume-packages/
/// package-references-in-project-files#locking-dependencies): the packages of every target framework. Those of type `Project` are the solution's own.
struct NuGetLockReader: JSONLockFileReading {
    static let file = InventoryFile.nuget
    var inventory = LockFileInventory(.nuget)

    mutating func member(_ key: JSONKey, _ reader: inout JSONReader) throws(JSONError) {
        switch key {
        case "version" where try reader.peek() == .number: inventory.specVersion = try reader.readNumber().description
        case "dependencies":
            try members(&reader) { (this, reader, _) throws(JSONError) in
                try this.members(&reader) { (this, reader, key) throws(JSONError) in try this.package(key, &reader) }
            }
        default: break
        }
    }

    private mutating func package(_ key: JSONKey, _ reader: inout JSONReader) throws(JSONError) {
        let name = key.string
        let offset = key.byteOffset
        guard try isKind(.object, &reader) else { return }
        var type, resolved: String?
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "type": type = try string(&reader)
            case "resolved": resolved = try string(&reader)
            default: break
            }
        }
        if type == "Project" { return inventory.add(name, resolved, at: offset) }
        inventory.add(name, resolved, type: "nuget", at: offset)
    }
}

/// Reads the `*.deps.json` of a .NET application (https://github.com/dotnet/sdk/blob/main/documentation/specs/
/// runtime-configuration-file.md): its libraries. Only those of type `package` are NuGet's.
struct DotnetDepsReader: JSONLockFileReading {
    static let file = InventoryFile.dotnetDeps
    var inventory = LockFileInventory(.dotnetDeps)

    mutating func member(_ key: JSONKey, _ reader: inout JSONReader) throws(JSONError) {
        guard key == "libraries" else { return }
        try members(&reader) { (this, reader, key) throws(JSONError) in try this.library(key, &reader) }
    }

    private mutating func library(_ key: JSONKey, _ reader: inout JSONReader) throws(JSONError) {
        let text = key.string
        let offset = key.byteOffset
        guard try isKind(.object, &reader) else { return }
        var type: String?
        try reader.readObject { (reader, key) throws(JSONError) in if key == "type" { type = try string(&reader) } }
        let parts = text.split(separator: "/", maxSplits: 1).map(String.init)
        let version = parts.count == 2 ? parts[1] : nil
        let name = parts.first ?? text
        if type == "package" {
            inventory.add(name, version, type: "nuget", at: offset)
        } else {
            inventory.add(name, version, at: offset)
        }
    }
}
