import JSONText

/// Reads the inventory of an SPDX 3.0 document as JSON-LD: its elements of the type `software_Package` (clause 13.5), with the
/// package URL that each states and the CPE names among its external identifiers.
struct SPDX3Reader: InventoryReading {
    static let formatName = "SPDX"

    var log = ViolationLog()
    private(set) var inventory = InventoryDocument(format: .spdx3)
    /// Whether the context says that this is SPDX 3.
    private(set) var isNamed = false

    mutating func member(_ key: JSONKey, _ reader: inout JSONReader) throws(JSONError) -> Bool {
        switch key {
        case "@context": try context(&reader)
        case "@graph": try graph(&reader)
        default: return false
        }
        return true
    }

    /// A URL or several: one of SPDX names the version, like `https://spdx.org/rdf/3.0.1/spdx-context.jsonld`.
    private mutating func context(_ reader: inout JSONReader) throws(JSONError) {
        switch try reader.peek() {
        case .string: take(try reader.readString())
        case .array:
            try reader.readArray { (reader) throws(JSONError) in
                if try reader.peek() == .string { take(try reader.readString()) } else { try reader.skipValue() }
            }
        default: try reader.skipValue()
        }
    }

    private mutating func take(_ context: String) {
        let origin = "https://spdx.org/rdf/"
        guard context.hasPrefix(origin + "3.") else { return }
        isNamed = true
        // The third number is an edition of the context, which changes nothing that is read here.
        inventory.specVersion = context.dropFirst(origin.count).prefix { $0 != "/" }.split(separator: ".").prefix(2)
            .joined(separator: ".")
    }

    private mutating func graph(_ reader: inout JSONReader) throws(JSONError) {
        guard try isKind(.array, &reader) else { return }
        try reader.readArray { (reader) throws(JSONError) in try element(&reader) }
    }

    private mutating func element(_ reader: inout JSONReader) throws(JSONError) {
        guard try isKind(.object, &reader) else { return }
        var element = InventoryComponent(name: "", byteOffset: reader.offset)
        var (isPackage, isSystem) = (false, false)
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "type": isPackage = try token(&reader).map { $0 == "software_Package" } ?? false
            case "name": if let name = try string(&reader) { element.name = name }
            case "software_packageVersion": element.version = try string(&reader)
            case "software_primaryPurpose" where try reader.peek() == .string:
                isSystem = try reader.readStringToken() == "operatingSystem"
            case "software_packageUrl":
                if let purl = try string(&reader), !element.purls.contains(purl) { element.purls.append(purl) }
            case "externalIdentifier": try identifiers(of: &element, &reader)
            default: try reader.skipValue()
            }
        }
        guard isPackage else { return }
        inventory.components.append(element)
        if isSystem, let system = InventorySystem(element) { inventory.systems.append(system) }
    }

    private mutating func identifiers(of element: inout InventoryComponent, _ reader: inout JSONReader) throws(JSONError) {
        guard try isKind(.array, &reader) else { return }
        try reader.readArray { (reader) throws(JSONError) in
            // An identifier may also be a reference to one that stands in the graph by itself.
            guard try reader.peek() == .object else { return _ = try reader.skipValue() }
            var (type, text): (String?, String?)
            try reader.readObject { (reader, key) throws(JSONError) in
                switch key {
                case "externalIdentifierType": type = try string(&reader)
                case "identifier": text = try string(&reader)
                default: try reader.skipValue()
                }
            }
            guard let text else { return }
            switch type {
            case "cpe22", "cpe23": element.cpes.append(text)
            case "packageUrl" where !element.purls.contains(text): element.purls.append(text)
            default: return
            }
        }
    }
}
