import XMLText

/// Reads the inventory of a CycloneDX document as XML in one pass, by the same rules as the JSON reader.
struct CycloneDXXMLReader: CycloneDXElementReading {
    static let namespacePrefix = "http://cyclonedx.org/schema/bom/"
    static let kindName = "inventory"

    var log = ViolationLog()
    var namespace = ""
    private var inventory = InventoryDocument(format: .cycloneDXXML)
    private var purlElementCount = 0

    /// - Throws: `FormatRefusal` where the bytes are no XML, another document, or an inventory that can't be read.
    static func parse(_ bytes: UnsafeBufferPointer<UInt8>, limits: XMLLimits) throws(FormatRefusal) -> InventoryDocument {
        var this = try read(bytes, limits: limits)
        this.inventory.otherPurlCount = this.purlElementCount - this.inventory.purlCount
        return this.inventory
    }

    static func reason(againstRoot name: XMLName) -> String? {
        guard name.namespace == "http://www.w3.org/1999/02/22-rdf-syntax-ns#" else { return nil }
        return "an RDF/XML SPDX document, which is not read; write it as JSON or as tag-value text"
    }

    mutating func bom(_ root: XMLElement, version: String, _ reader: inout XMLReader) throws(XMLError) {
        inventory.specVersion = version
        inventory.bom = BOMIdentity(serialNumber: root.attribute("serialNumber"), version: root.attribute("version"))
        try forEachChild(&reader) { (this, child, reader) throws(XMLError) in
            switch child.name.local {
            case "metadata": try this.metadata(&reader)
            case "components": try this.components(&reader)
            case "vulnerabilities": try this.vulnerabilities(&reader)
            default: try this.pass(&reader)
            }
        }
    }

    mutating func meet(_ child: XMLElement) {
        if child.name.local == "purl" { purlElementCount += 1 }
    }

    /// Passes what the inventory does not need, counting the package URLs in it.
    private mutating func pass(_ reader: inout XMLReader) throws(XMLError) {
        var depth = 1
        while depth > 0, let event = try reader.next() {
            switch event {
            case .start(let element):
                depth += 1
                if element.name.local == "purl", element.name.namespace == namespace { purlElementCount += 1 }
            case .end: depth -= 1
            case .text: break
            }
        }
    }

    private mutating func metadata(_ reader: inout XMLReader) throws(XMLError) {
        try forEachChild(&reader) { (this, child, reader) throws(XMLError) in
            guard child.name.local == "component" else { return try this.pass(&reader) }
            let before = this.inventory.components.count
            // As in JSON, its name may be missing.
            try this.component(child, &reader, needsName: false)
            this.inventory.subjects += this.inventory.components[before...]
            this.inventory.components.removeSubrange(before...)
        }
    }

    private mutating func components(_ reader: inout XMLReader) throws(XMLError) {
        try forEachChild(&reader) { (this, child, reader) throws(XMLError) in
            guard child.name.local == "component" else { return try this.pass(&reader) }
            try this.component(child, &reader)
        }
    }

    private mutating func vulnerabilities(_ reader: inout XMLReader) throws(XMLError) {
        try forEachChild(&reader) { (this, child, reader) throws(XMLError) in
            if child.name.local == "vulnerability" { this.inventory.vulnerabilityCount += 1 }
            try this.pass(&reader)
        }
    }

    private mutating func component(
        _ element: XMLElement, _ reader: inout XMLReader, needsName: Bool = true
    ) throws(XMLError) {
        let place = inventory.components.count
        inventory.components.append(InventoryComponent(name: "", byteOffset: element.byteOffset))
        inventory.components[place].bomReference = element.attribute("bom-ref")
        var (hasName, maker, supplier): (Bool, String?, String?) = (false, nil, nil)
        try forEachChild(&reader) { (this, child, reader) throws(XMLError) in
            switch child.name.local {
            case "name":
                hasName = true
                this.inventory.components[place].name = try this.text(&reader)
            case "version": this.inventory.components[place].version = try this.text(&reader)
            case "purl": this.inventory.components[place].purls.append(try this.text(&reader))
            case "cpe": this.inventory.components[place].cpes.append(try this.text(&reader))
            case "manufacturer": maker = try this.organization(&reader)
            case "supplier": supplier = try this.organization(&reader)
            case "components": try this.components(&reader)
            default: try this.pass(&reader)
            }
        }
        inventory.components[place].name(vendor: maker ?? supplier)
        if element.attribute("type") == "operating-system",
            let system = InventorySystem(inventory.components[place])
        {
            inventory.systems.append(system)
        }
        if needsName, !hasName { log.add(.missingMember, at: element.byteOffset, "required element <name> is missing") }
    }

    /// The name of an organizational entity; nil where it has none.
    private mutating func organization(_ reader: inout XMLReader) throws(XMLError) -> String? {
        var name: String?
        try forEachChild(&reader) { (this, child, reader) throws(XMLError) in
            if child.name.local == "name" { name = try this.text(&reader) } else { try this.pass(&reader) }
        }
        return name
    }
}
