import JSONText

/// Reads the inventory of a CycloneDX document (ECMA-424) in one pass: its components, at any depth. The component that the
/// document is about (`metadata.component`) is no part of its own inventory.
struct CycloneDXReader: InventoryReading {
    static let formatName = "CycloneDX"

    var log = ViolationLog()
    private(set) var inventory = InventoryOutline()

    mutating func member(_ key: JSONKey, _ reader: inout JSONReader) throws(JSONError) -> Bool {
        switch key {
        case "bomFormat": try bomFormat(&reader)
        case "specVersion": inventory.specVersion = try specVersion(&reader)
        case "serialNumber": inventory.serialNumber = try textIfAny(&reader)
        case "version": inventory.version = try reader.peek() == .number ? reader.readNumber().text : textIfAny(&reader)
        case "metadata": try metadata(&reader)
        case "components": try components(&reader)
        case "vulnerabilities": inventory.vulnerabilityCount = try vulnerabilityCount(&reader)
        default: return false
        }
        return true
    }

    /// Notes what the root, which begins at an offset, lacks.
    mutating func finish(_ start: Int) { require(inventory.specVersion != nil, "specVersion", at: start) }

    private mutating func bomFormat(_ reader: inout JSONReader) throws(JSONError) {
        let offset = reader.offset
        guard let name = try token(&reader) else { return }
        if name != "CycloneDX" { log.add(.badValue, at: offset, "must be \"CycloneDX\"") }
    }

    /// A text that no inventory is refused for: nil where it is none.
    private func textIfAny(_ reader: inout JSONReader) throws(JSONError) -> String? {
        if try reader.peek() == .string { return try reader.readString() }
        try reader.skipValue()
        return nil
    }

    /// Versions before 1.2 had no JSON form.
    private static let specVersions: Set<String> = ["1.2", "1.3", "1.4", "1.5", "1.6", "1.7"]

    private mutating func specVersion(_ reader: inout JSONReader) throws(JSONError) -> String? {
        let offset = reader.offset
        guard let version = try string(&reader) else { return "" }
        if !Self.specVersions.contains(version) {
            log.add(.unsupportedVersion, at: offset, "CycloneDX JSON is read in versions 1.2 to 1.7")
        }
        return version
    }

    private mutating func vulnerabilityCount(_ reader: inout JSONReader) throws(JSONError) -> Int {
        var count = 0
        guard try isKind(.array, &reader) else { return 0 }
        try reader.readArray { (reader) throws(JSONError) in
            count += 1
            try reader.skipValue()
        }
        return count
    }

    private mutating func metadata(_ reader: inout JSONReader) throws(JSONError) {
        guard try isKind(.object, &reader) else { return }
        try reader.readObject { (reader, key) throws(JSONError) in
            guard key == "component" else { return _ = try reader.skipValue() }
            let before = inventory.components.count
            // Many tools leave out its name, which is that of nothing installed.
            try component(&reader, needsName: false)
            inventory.subjects += inventory.components[before...]
            inventory.components.removeSubrange(before...)
        }
    }

    private mutating func components(_ reader: inout JSONReader) throws(JSONError) {
        guard try isKind(.array, &reader) else { return }
        try reader.readArray { (reader) throws(JSONError) in try component(&reader) }
    }

    private mutating func component(_ reader: inout JSONReader, needsName: Bool = true) throws(JSONError) {
        let start = reader.offset
        guard try isKind(.object, &reader) else { return }
        // It stands before those that it holds.
        let place = inventory.components.count
        inventory.components.append(InventoryOutline.Component(byteOffset: start))
        var (hasName, isSystem) = (false, false)
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "name":
                hasName = true
                inventory.components[place].name = try token(&reader)
            // It decides nothing else, so that another kind of value is no fault.
            case "type" where try reader.peek() == .string:
                isSystem = try reader.readStringToken() == "operating-system"
            case "version": inventory.components[place].version = try token(&reader)
            case "purl": inventory.components[place].purl = try token(&reader)
            case "cpe": inventory.components[place].cpe = try token(&reader)
            case "manufacturer": inventory.components[place].maker = try organization(&reader)
            case "supplier": inventory.components[place].supplier = try organization(&reader)
            case "components": try components(&reader)
            case "bom-ref":
                if try reader.peek() == .string {
                    inventory.components[place].bomReference = try reader.readStringToken()
                } else {
                    try reader.skipValue()
                }
            default: try reader.skipValue()
            }
        }
        if isSystem, let system = InventorySystem(InventoryComponent(inventory.components[place])) {
            inventory.systems.append(system)
        }
        require(hasName || !needsName, "name", at: start)
    }

    /// The name of an organizational entity; nil where it has none.
    private func organization(_ reader: inout JSONReader) throws(JSONError) -> JSONStringToken? {
        guard try reader.peek() == .object else {
            try reader.skipValue()
            return nil
        }
        var name: JSONStringToken?
        try reader.readObject { (reader, key) throws(JSONError) in
            if key == "name", try reader.peek() == .string { name = try reader.readStringToken() } else { try reader.skipValue() }
        }
        return name
    }
}
