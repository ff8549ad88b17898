import JSONText

/// Reads the inventory of an SPDX 2.2 or 2.3 document (ISO/IEC 5962:2021) as JSON: its packages, with the package URLs and CPE
/// names among their external references (clause 7.21).
struct SPDXReader: InventoryReading {
    static let formatName = "SPDX"

    var log = ViolationLog()
    private(set) var inventory = InventoryDocument(format: .spdxJSON)

    mutating func member(_ key: JSONKey, _ reader: inout JSONReader) throws(JSONError) -> Bool {
        switch key {
        case "spdxVersion": inventory.specVersion = try specVersion(&reader)
        case "packages": try packages(&reader)
        default: return false
        }
        return true
    }

    private mutating func specVersion(_ reader: inout JSONReader) throws(JSONError) -> String? {
        let offset = reader.offset
        guard let version = try string(&reader) else { return "" }
        if !version.hasPrefix("SPDX-2.") {
            log.add(.unsupportedVersion, at: offset, "SPDX JSON is read in versions SPDX-2.2 and SPDX-2.3")
        }
        return version
    }

    private mutating func packages(_ reader: inout JSONReader) throws(JSONError) {
        guard try isKind(.array, &reader) else { return }
        try reader.readArray { (reader) throws(JSONError) in
            let start = reader.offset
            guard try isKind(.object, &reader) else { return }
            // A package without the name that the standard asks for is listed all the same: real tools write such, and what runs
            // somewhere must not be lost.
            var package = InventoryComponent(name: "", byteOffset: start)
            var isSystem = false
            try reader.readObject { (reader, key) throws(JSONError) in
                switch key {
                case "name": if let name = try string(&reader) { package.name = name }
                case "versionInfo": package.version = try string(&reader)
                case "externalRefs": try references(of: &package, &reader)
                case "primaryPackagePurpose" where try reader.peek() == .string:
                    isSystem = InventorySystem.isPurpose(try reader.readString())
                default: try reader.skipValue()
                }
            }
            inventory.components.append(package)
            if isSystem, let system = InventorySystem(package) { inventory.systems.append(system) }
        }
    }

    private mutating func references(of package: inout InventoryComponent, _ reader: inout JSONReader) throws(JSONError) {
        guard try isKind(.array, &reader) else { return }
        try reader.readArray { (reader) throws(JSONError) in
            guard try isKind(.object, &reader) else { return }
            var (type, locator): (String?, String?)
            try reader.readObject { (reader, key) throws(JSONError) in
                switch key {
                case "referenceType": type = try string(&reader)
                case "referenceLocator": locator = try string(&reader)
                default: try reader.skipValue()
                }
            }
            if let type, let locator { package.add(locator, ofType: type) }
        }
    }
}

extension InventorySystem {
    /// Whether a package of this purpose (clause 7.24) is one; the JSON schema spells it otherwise than the text and most tools.
    static func isPurpose(_ text: String) -> Bool { ["OPERATING-SYSTEM", "OPERATING_SYSTEM"].contains(text) }
}

extension InventoryComponent {
    /// An external reference of SPDX; types are written by name or as the URL of their definition.
    mutating func add(_ locator: String, ofType type: String) {
        switch type.split(separator: "/").last {
        case "purl": purls.append(locator)
        case "cpe22Type", "cpe23Type": cpes.append(locator)
        default: break
        }
    }
}
