import XMLText

/// Reads VEX from a CycloneDX document as XML, by the same rules as the JSON reader.
struct CycloneDXVEXXMLReader: CycloneDXElementReading {
    static let kindName = "VEX"

    var log = ViolationLog()
    var namespace = ""
    private var content = CycloneDXVEX(place: "/bom/vulnerabilities")

    /// - Throws: `FormatRefusal` with every violation found, in byte order; the format is `VEX` where it is no CycloneDX.
    static func parse(_ bytes: UnsafeBufferPointer<UInt8>, limits: XMLLimits) throws(FormatRefusal) -> VEXDocument {
        try read(bytes, limits: limits).content.finished()
    }

    mutating func bom(_ root: XMLElement, version: String, _ reader: inout XMLReader) throws(XMLError) {
        content.document.formatVersion = version
        content.document.version = root.attribute("version")
        content.serialNumber = root.attribute("serialNumber")
        try forEachChild(&reader) { (this, child, reader) throws(XMLError) in
            switch child.name.local {
            case "metadata": try this.metadata(&reader)
            case "components", "services": try this.componentList(&reader)
            case "vulnerabilities":
                try this.forEachChild(&reader) { (this, child, reader) throws(XMLError) in
                    try this.vulnerability(child, &reader)
                }
            default: try reader.skipElement()
            }
        }
    }

    private mutating func metadata(_ reader: inout XMLReader) throws(XMLError) {
        try forEachChild(&reader) { (this, child, reader) throws(XMLError) in
            switch child.name.local {
            case "timestamp": this.content.document.timestamp = try this.timestamp(child, &reader)
            case "component": try this.component(child, &reader)
            case "authors":
                let authors = try this.texts(&reader) { (this, reader) throws(XMLError) in try this.name(&reader) }
                if !authors.isEmpty { this.content.names["authors"] = authors.joined(separator: ", ") }
            case "supplier", "manufacturer", "manufacture":
                if let name = try this.name(&reader) { this.content.names[child.name.local] = name }
            default: try reader.skipElement()
            }
        }
    }

    private mutating func name(_ reader: inout XMLReader) throws(XMLError) -> String? {
        try text(ofChild: "name", &reader)
    }

    /// The text of the child of this name, the last of several.
    private mutating func text(ofChild name: String, _ reader: inout XMLReader) throws(XMLError) -> String? {
        var text: String?
        try forEachChild(&reader) { (this, child, reader) throws(XMLError) in
            if child.name.local == name { text = try this.text(&reader) } else { try reader.skipElement() }
        }
        return text
    }

    /// What the step reads of each child; those that it gives nothing for are left out.
    private mutating func texts(
        _ reader: inout XMLReader, _ text: (inout Self, inout XMLReader) throws(XMLError) -> String?
    ) throws(XMLError) -> [String] {
        var texts: [String] = []
        try forEachChild(&reader) { (this, _, reader) throws(XMLError) in
            if let text = try text(&this, &reader) { texts.append(text) }
        }
        return texts
    }

    /// A moment of RFC 3339, as in JSON. `xs:dateTime` lets the time zone be left out: when that is nobody knows, so it is no time.
    private mutating func timestamp(_ element: XMLElement, _ reader: inout XMLReader) throws(XMLError) -> WrittenTimestamp? {
        let text = try text(&reader)
        if let timestamp = WrittenTimestamp(text) { return timestamp }
        if WrittenTimestamp(text + "Z") != nil {
            let reason = "the time \(text) in <\(element.name)> has no time zone, and counts for none"
            content.document.misfits.append(Misfit(pointer: "/bom", reason: reason))
        } else {
            log.add(.badValue, at: element.byteOffset, "not an RFC 3339 timestamp")
        }
        return nil
    }

    /// The children of `components` and `services`.
    private mutating func componentList(_ reader: inout XMLReader) throws(XMLError) {
        try forEachChild(&reader) { (this, child, reader) throws(XMLError) in try this.component(child, &reader) }
    }

    private mutating func component(_ element: XMLElement, _ reader: inout XMLReader) throws(XMLError) {
        var component = VEXProduct(id: "")
        try forEachChild(&reader) { (this, child, reader) throws(XMLError) in
            switch child.name.local {
            case "name": component.name = try this.text(&reader)
            case "version":
                let version = try this.text(&reader)
                if !version.isEmpty { component.versions = [VEXVersion(text: version, isRange: false)] }
            case "purl": component.purls = [try this.text(&reader)]
            case "cpe": component.cpes = [try this.text(&reader)]
            case "components", "services": try this.componentList(&reader)
            default: try reader.skipElement()
            }
        }
        content.add(component, reference: element.attribute("bom-ref"))
    }
}

extension CycloneDXVEXXMLReader {
    private mutating func vulnerability(_ element: XMLElement, _ reader: inout XMLReader) throws(XMLError) {
        guard element.name.local == "vulnerability" else { return try reader.skipElement() }
        var vulnerability = CycloneDXVulnerability()
        try forEachChild(&reader) { (this, child, reader) throws(XMLError) in
            switch child.name.local {
            case "id": vulnerability.id = try this.text(&reader)
            case "references":
                vulnerability.references = try this.texts(&reader) { (this, reader) throws(XMLError) in
                    try this.text(ofChild: "id", &reader)
                }
            case "analysis": vulnerability.analysis = try this.analysis(&reader)
            case "recommendation", "workaround": vulnerability.recommendations.append(try this.text(&reader))
            case "affects":
                try this.forEachChild(&reader) { (this, child, reader) throws(XMLError) in
                    if let product = try this.target(child, &reader) { vulnerability.products.append(product) }
                }
            default: try reader.skipElement()
            }
        }
        guard let statement = vulnerability.statement else { return }
        if statement.vulnerability.isEmpty { noteMissing("id", in: element) }
        content.document.statements.append(statement)
    }

    private mutating func noteMissing(_ name: String, in element: XMLElement) {
        log.add(.missingMember, at: element.byteOffset, "required element <\(name)> is missing")
    }

    private mutating func analysis(_ reader: inout XMLReader) throws(XMLError) -> CycloneDXVulnerability.Analysis {
        var analysis = CycloneDXVulnerability.Analysis()
        try forEachChild(&reader) { (this, child, reader) throws(XMLError) in
            switch child.name.local {
            case "state":
                analysis.state = VEXStatement.Status(cycloneDX: try this.text(&reader))
                if analysis.state == nil { this.log.add(.badValue, at: child.byteOffset, "this state is not defined") }
            case "justification":
                analysis.justification = VEXJustification(cycloneDX: try this.text(&reader))
                if analysis.justification == nil {
                    this.log.add(.badValue, at: child.byteOffset, "this justification is not defined")
                }
            case "responses":
                analysis.responses = try this.texts(&reader) { (this, reader) throws(XMLError) in try this.text(&reader) }
            case "detail": analysis.detail = try this.text(&reader)
            case "firstIssued": analysis.issued = try this.timestamp(child, &reader)
            case "lastUpdated": analysis.updated = try this.timestamp(child, &reader)
            default: try reader.skipElement()
            }
        }
        return analysis
    }

    private mutating func target(_ element: XMLElement, _ reader: inout XMLReader) throws(XMLError) -> VEXProduct? {
        var reference: String?
        var versions: [VEXVersion] = []
        try forEachChild(&reader) { (this, child, reader) throws(XMLError) in
            switch child.name.local {
            case "ref": reference = try this.text(&reader)
            case "versions":
                try this.forEachChild(&reader) { (this, _, reader) throws(XMLError) in
                    if let version = try this.version(&reader) { versions.append(version) }
                }
            default: try reader.skipElement()
            }
        }
        guard let reference else {
            noteMissing("ref", in: element)
            return nil
        }
        var product = VEXProduct(id: reference)
        product.versions = versions
        return product
    }

    private mutating func version(_ reader: inout XMLReader) throws(XMLError) -> VEXVersion? {
        var version: (text: String, isRange: Bool)?
        var status: String?
        try forEachChild(&reader) { (this, child, reader) throws(XMLError) in
            switch child.name.local {
            case "version": version = (try this.text(&reader), false)
            case "range": version = (try this.text(&reader), true)
            case "status": status = try this.text(&reader)
            default: try reader.skipElement()
            }
        }
        return version.map { VEXVersion(cycloneDX: $0.text, isRange: $0.isRange, status: status) }
    }
}
