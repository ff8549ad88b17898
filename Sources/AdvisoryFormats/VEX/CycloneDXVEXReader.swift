import JSONText

/// Reads VEX from a CycloneDX document (ECMA-424) as JSON.
struct CycloneDXVEXReader: DocumentReading {
    static let formatName = "CycloneDX"

    var log = ViolationLog()
    private var content = CycloneDXVEX(place: "/vulnerabilities")

    mutating func document(_ reader: inout JSONReader) throws(JSONError) -> VEXDocument? {
        let start = reader.offset
        guard try isKind(.object, &reader) else { return nil }
        var hasFormat = false
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "bomFormat":
                hasFormat = true
                if let token = try token(&reader), token != "CycloneDX" {
                    log.add(.badValue, at: token.byteOffset, "must be \"CycloneDX\"")
                }
            case "specVersion": content.document.formatVersion = try string(&reader)
            case "serialNumber": content.serialNumber = try string(&reader)
            case "version":
                if try isKind(.number, &reader) { content.document.version = try reader.readNumber().text }
            case "metadata": try metadata(&reader)
            case "components", "services": try componentList(&reader)
            case "vulnerabilities": try vulnerabilities(&reader)
            default: try reader.skipValue()
            }
        }
        require(hasFormat, "bomFormat", at: start)
        require(content.document.formatVersion != nil, "specVersion", at: start)
        return content.finished()
    }

    private mutating func metadata(_ reader: inout JSONReader) throws(JSONError) {
        guard try isKind(.object, &reader) else { return }
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "timestamp": content.document.timestamp = try writtenTimestamp(&reader)
            case "component": try component(&reader)
            case "authors":
                let authors = try list(&reader) { (this, reader) throws(JSONError) in try this.name(&reader) }
                if !authors.isEmpty { content.names["authors"] = authors.joined(separator: ", ") }
            case "supplier", "manufacturer", "manufacture": content.names[key.string] = try name(&reader)
            default: try reader.skipValue()
            }
        }
    }

    private mutating func name(_ reader: inout JSONReader) throws(JSONError) -> String? {
        var name: String?
        guard try isKind(.object, &reader) else { return nil }
        try reader.readObject { (reader, key) throws(JSONError) in
            if key == "name" { name = try string(&reader) } else { try reader.skipValue() }
        }
        return name
    }

    private mutating func componentList(_ reader: inout JSONReader) throws(JSONError) {
        guard try isKind(.array, &reader) else { return }
        try reader.readArray { (reader) throws(JSONError) in try component(&reader) }
    }

    private mutating func component(_ reader: inout JSONReader) throws(JSONError) {
        guard try isKind(.object, &reader) else { return }
        var reference: String?
        var component = VEXProduct(id: "")
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "bom-ref": reference = try string(&reader)
            case "name": component.name = try string(&reader)
            case "version":
                if let version = try string(&reader), !version.isEmpty {
                    component.versions = [VEXVersion(text: version, isRange: false)]
                }
            case "purl": if let purl = try string(&reader) { component.purls = [purl] }
            case "cpe": if let cpe = try string(&reader) { component.cpes = [cpe] }
            case "components", "services": try componentList(&reader)
            default: try reader.skipValue()
            }
        }
        content.add(component, reference: reference)
    }
}

extension CycloneDXVEXReader {
    private mutating func vulnerabilities(_ reader: inout JSONReader) throws(JSONError) {
        content.document.statements = try list(&reader) { (this, reader) throws(JSONError) in try this.vulnerability(&reader) }
    }

    private mutating func vulnerability(_ reader: inout JSONReader) throws(JSONError) -> VEXStatement? {
        let start = reader.offset
        guard try isKind(.object, &reader) else { return nil }
        var vulnerability = CycloneDXVulnerability()
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "id": vulnerability.id = try string(&reader) ?? ""
            case "references":
                vulnerability.references = try list(&reader) { (this, reader) throws(JSONError) in try this.referenceID(&reader) }
            case "analysis": vulnerability.analysis = try analysis(&reader)
            case "recommendation", "workaround":
                if let text = try string(&reader) { vulnerability.recommendations.append(text) }
            case "affects":
                vulnerability.products = try list(&reader) { (this, reader) throws(JSONError) in try this.affected(&reader) }
            default: try reader.skipValue()
            }
        }
        guard let statement = vulnerability.statement else { return nil }
        require(!statement.vulnerability.isEmpty, "id", at: start)
        return statement
    }

    private mutating func analysis(_ reader: inout JSONReader) throws(JSONError) -> CycloneDXVulnerability.Analysis? {
        var analysis = CycloneDXVulnerability.Analysis()
        guard try isKind(.object, &reader) else { return nil }
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "state": analysis.state = try state(&reader)
            case "justification":
                guard let token = try token(&reader) else { return }
                analysis.justification = VEXJustification(cycloneDX: token.string)
                if analysis.justification == nil {
                    log.add(.badValue, at: token.byteOffset, "justification \"\(token.excerpt)\" is not defined")
                }
            case "response": analysis.responses = try strings(&reader)
            case "detail": analysis.detail = try string(&reader)
            case "firstIssued": analysis.issued = try writtenTimestamp(&reader)
            case "lastUpdated": analysis.updated = try writtenTimestamp(&reader)
            default: try reader.skipValue()
            }
        }
        return analysis
    }

    private mutating func state(_ reader: inout JSONReader) throws(JSONError) -> VEXStatement.Status? {
        guard let token = try token(&reader) else { return nil }
        let status = VEXStatement.Status(cycloneDX: token.string)
        if status == nil { log.add(.badValue, at: token.byteOffset, "state \"\(token.excerpt)\" is not defined") }
        return status
    }

    private mutating func referenceID(_ reader: inout JSONReader) throws(JSONError) -> String? {
        var id: String?
        guard try isKind(.object, &reader) else { return nil }
        try reader.readObject { (reader, key) throws(JSONError) in
            if key == "id" { id = try string(&reader) } else { try reader.skipValue() }
        }
        return id
    }

    private mutating func affected(_ reader: inout JSONReader) throws(JSONError) -> VEXProduct? {
        let start = reader.offset
        guard try isKind(.object, &reader) else { return nil }
        var reference: String?
        var versions: [VEXVersion] = []
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "ref": reference = try string(&reader)
            case "versions": versions = try list(&reader) { (this, reader) throws(JSONError) in try this.version(&reader) }
            default: try reader.skipValue()
            }
        }
        require(reference != nil, "ref", at: start)
        guard let reference else { return nil }
        var product = VEXProduct(id: reference)
        product.versions = versions
        return product
    }

    private mutating func version(_ reader: inout JSONReader) throws(JSONError) -> VEXVersion? {
        guard try isKind(.object, &reader) else { return nil }
        var version: (text: String, isRange: Bool)?
        var status: String?
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "version": version = try string(&reader).map { ($0, false) }
            case "range": version = try string(&reader).map { ($0, true) }
            case "status": status = try string(&reader)
            default: try reader.skipValue()
            }
        }
        return version.map { VEXVersion(cycloneDX: $0.text, isRange: $0.isRange, status: status) }
    }
}
