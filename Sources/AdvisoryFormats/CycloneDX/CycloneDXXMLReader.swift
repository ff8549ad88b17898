import XMLText

/// Reads the inventory of a CycloneDX document as XML in one pass, by the same rules as the JSON reader.
struct CycloneDXXMLReader {
    static let namespacePrefix = "http://cyclonedx.org/schema/bom/"

    private var log = ViolationLog()
    private var inventory = InventoryDocument(format: .cycloneDXXML)
    private var namespace = ""
    private var purlElementCount = 0

    /// - Throws: `FormatRefusal` where the bytes are no XML, another document, or an inventory that can't be read.
    static func parse(_ bytes: UnsafeBufferPointer<UInt8>, limits: XMLLimits) throws(FormatRefusal) -> InventoryDocument {
        var this = CycloneDXXMLReader()
        do throws(XMLError) {
            try XMLReader.read(bytes, limits: limits) { (reader) throws(XMLError) in try this.document(&reader) }
        } catch {
            throw FormatRefusal(format: "inventory", violations: [FormatViolation(error, in: bytes)])
        }
        guard this.log.isEmpty else {
            let violations = this.log.violations { XMLText.paths(toByteOffsets: $0, in: bytes, limits: limits) }
            throw FormatRefusal(format: this.namespace.isEmpty ? "inventory" : "CycloneDX", violations: violations)
        }
        this.inventory.otherPurlCount = this.purlElementCount - this.inventory.purlCount
        return this.inventory
    }

    private mutating func document(_ reader: inout XMLReader) throws(XMLError) {
        guard case .start(let root)? = try reader.next(), isBOM(root) else { return }
        try forEachChild(&reader) { (this, child, reader) throws(XMLError) in
            switch child.name.local {
            case "metadata": try this.metadata(&reader)
            case "components": try this.components(&reader)
            case "vulnerabilities": try this.vulnerabilities(&reader)
            default: try this.pass(&reader)
            }
        }
    }

    /// Whether the root is that of CycloneDX in a version that is read; otherwise says what it is.
    private mutating func isBOM(_ root: XMLElement) -> Bool {
        let name = root.name
        if name.local == "bom", name.namespace.hasPrefix(Self.namespacePrefix) {
            namespace = name.namespace
            let version = String(namespace.dropFirst(Self.namespacePrefix.count))
            inventory.specVersion = version
            if !(0...7).contains(where: { "1.\($0)" == version }) {
                log.add(.unsupportedVersion, at: root.byteOffset, "CycloneDX XML is read in versions 1.0 to 1.7")
            }
            return true
        }
        let isRDF = name.namespace == "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
        log.add(
            .badValue, at: root.byteOffset,
            isRDF
                ? "an RDF/XML SPDX document, which is not read; write it as JSON or as tag-value text"
                : "the root element <\(name)> is not the <bom> of a CycloneDX namespace"
        )
        return false
    }

    /// Calls `body` with each child in the namespace of CycloneDX, whose content it must consume; others are passed.
    private mutating func forEachChild(
        _ reader: inout XMLReader,
        _ body: (inout CycloneDXXMLReader, XMLElement, inout XMLReader) throws(XMLError) -> Void
    ) throws(XMLError) {
        loop: while let event = try reader.next() {
            switch event {
            case .start(let child):
                if child.name.namespace == namespace {
                    if child.name.local == "purl" { purlElementCount += 1 }
                    try body(&self, child, &reader)
                } else {
                    try reader.skipElement()
                }
            case .end: break loop
            case .text: break
            }
        }
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
        var hasName = false
        try forEachChild(&reader) { (this, child, reader) throws(XMLError) in
            switch child.name.local {
            case "name":
                hasName = true
                this.inventory.components[place].name = try this.text(&reader)
            case "version": this.inventory.components[place].version = try this.text(&reader)
            case "purl": this.inventory.components[place].purls.append(try this.text(&reader))
            case "cpe": this.inventory.components[place].cpes.append(try this.text(&reader))
            case "components": try this.components(&reader)
            default: try this.pass(&reader)
            }
        }
        if element.attribute("type") == "operating-system",
            let system = InventorySystem(inventory.components[place])
        {
            inventory.systems.append(system)
        }
        if needsName, !hasName { log.add(.missingMember, at: element.byteOffset, "required element <name> is missing") }
    }

    /// The text of an element that holds no elements, without the white space around it.
    private mutating func text(_ reader: inout XMLReader) throws(XMLError) -> String {
        var text = ""
        loop: while let event = try reader.next() {
            switch event {
            case .text(let characters): text += characters.string
            case .start: try reader.skipElement()
            case .end: break loop
            }
        }
        let isSpace = { (scalar: Unicode.Scalar) in scalar == " " || scalar == "\n" || scalar == "\t" || scalar == "\r" }
        let scalars = text.unicodeScalars.drop(while: isSpace)
        guard let last = scalars.lastIndex(where: { !isSpace($0) }) else { return "" }
        return String(scalars[...last])
    }
}
