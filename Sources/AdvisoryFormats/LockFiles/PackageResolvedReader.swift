import JSONText
import PackageIdentity

/// Reads `Package.resolved` of SwiftPM, versions 1, 2 and 3. A package is named by where its repository is, as the advisories
/// are; one without a version is a branch or a commit.
struct PackageResolvedReader: JSONLockFileReading {
    static let file = InventoryFile.swiftPM
    var inventory = LockFileInventory(.swiftPM)

    private struct Pin {
        var name, location, kind, version, revision: String?
    }

    mutating func member(_ key: JSONKey, _ reader: inout JSONReader) throws(JSONError) {
        switch key {
        case "version":
            let offset = reader.offset
            guard try isKind(.number, &reader) else { return }
            let version = try reader.readNumber()
            inventory.specVersion = version.description
            if let number = version.integer, (1...3).contains(number) { return }
            log.add(.unsupportedVersion, at: offset, "Package.resolved is read in versions 1 to 3")
        case "pins": try elements(&reader) { (this, reader) throws(JSONError) in try this.pin(&reader) }
        // Version 1 has the pins one level deeper.
        case "object":
            try members(&reader) { (this, reader, key) throws(JSONError) in
                if key == "pins" { try this.elements(&reader) { (this, reader) throws(JSONError) in try this.pin(&reader) } }
            }
        default: break
        }
    }

    private mutating func pin(_ reader: inout JSONReader) throws(JSONError) {
        let start = reader.offset
        guard try isKind(.object, &reader) else { return }
        var pin = Pin()
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "package", "identity": pin.name = try optionalString(&reader)
            case "repositoryURL", "location": pin.location = try optionalString(&reader)
            case "kind": pin.kind = try optionalString(&reader)
            case "state": try state(&pin, &reader)
            default: break
            }
        }
        add(pin, at: start)
    }

    private mutating func state(_ pin: inout Pin, _ reader: inout JSONReader) throws(JSONError) {
        guard try isKind(.object, &reader) else { return }
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "version": pin.version = try optionalString(&reader)
            case "revision": pin.revision = try optionalString(&reader)
            default: break
            }
        }
    }

    private mutating func add(_ pin: Pin, at offset: Int) {
        guard let name = pin.name ?? pin.location else { return noteMissing(at: offset) }
        // A registry's `scope.name` says nothing about the repository, and a local one is the project's own.
        guard let location = pin.location, pin.kind != "localSourceControl", pin.kind != "registry",
            let address = RepositoryAddress(location)
        else { return inventory.add(name, pin.version, at: offset) }
        guard let version = pin.version else {
            return inventory.add(name, nil, repository: location, commit: pin.revision, at: offset)
        }
        let namespace = ([address.host] + address.path.dropLast()).joined(separator: "/")
        inventory.add(name, version, type: "swift", namespace: namespace, purlName: address.path.last, at: offset)
    }

    private mutating func noteMissing(at offset: Int) {
        log.add(.missingMember, at: offset, "the pin names no package")
    }
}
