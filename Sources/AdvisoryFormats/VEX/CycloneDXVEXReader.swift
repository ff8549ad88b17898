import JSONText

/// Reads VEX from a CycloneDX document (ECMA-424): `vulnerabilities[].analysis`, with `affects[].ref` resolved to components.
///
/// A vulnerability without an analysis is a report, not a statement, and is passed.
struct CycloneDXVEXReader: DocumentReading {
    static let formatName = "CycloneDX"

    var log = ViolationLog()
    private var document = VEXDocument(format: .cycloneDX, formatVersion: nil, id: "")
    /// Components by `bom-ref`, which may stand after the vulnerabilities that name them.
    private var components: [String: VEXProduct] = [:]
    private var serialNumber: String?

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
            case "specVersion": document.formatVersion = try string(&reader)
            case "serialNumber": serialNumber = try string(&reader)
            case "version":
                if try isKind(.number, &reader) { document.version = try reader.readNumber().text }
            case "metadata": try metadata(&reader)
            case "components", "services": try componentList(&reader)
            case "vulnerabilities": try vulnerabilities(&reader)
            default: try reader.skipValue()
            }
        }
        require(hasFormat, "bomFormat", at: start)
        require(document.formatVersion != nil, "specVersion", at: start)
        finish()
        return document
    }

    private mutating func finish() {
        document.id = serialNumber ?? ""
        for index in document.statements.indices {
            var statement = document.statements[index]
            statement.documentID = document.id
            statement.author = document.author
            statement.timestamp = statement.timestamp ?? document.timestamp
            statement.products = statement.products.map { resolved($0, of: statement.vulnerability) }
            document.statements[index] = statement
        }
    }

    /// A BOM-Link to this document is resolved too; one to another document stays the identity of the product.
    private mutating func resolved(_ affected: VEXProduct, of vulnerability: String) -> VEXProduct {
        var product = affected
        var reference = product.id
        if let serialNumber, serialNumber.hasPrefix("urn:uuid:") {
            let link = "urn:cdx:" + serialNumber.dropFirst(9) + "/" + (document.version ?? "1") + "#"
            if reference.hasPrefix(link) { reference = String(reference.dropFirst(link.count)) }
        }
        if let component = components[reference] {
            product.name = component.name
            product.purls = component.purls
            product.cpes = component.cpes
            if product.versions.isEmpty { product.versions = component.versions }
        } else if !reference.hasPrefix("urn:cdx:"), product.purls.isEmpty {
            let reason = "product \"\(product.id)\" of \(vulnerability) is not defined"
            document.misfits.append(Misfit(pointer: "/vulnerabilities", reason: reason))
        }
        return product
    }

    private mutating func metadata(_ reader: inout JSONReader) throws(JSONError) {
        guard try isKind(.object, &reader) else { return }
        var names: [String: String] = [:]
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "timestamp": document.timestamp = try writtenTimestamp(&reader)
            case "component": try component(&reader)
            case "authors":
                let authors = try list(&reader) { (this, reader) throws(JSONError) in try this.name(&reader) }
                names["authors"] = authors.isEmpty ? nil : authors.joined(separator: ", ")
            case "supplier", "manufacturer", "manufacture": names[key.string] = try name(&reader)
            default: try reader.skipValue()
            }
        }
        document.author = names["authors"] ?? names["supplier"] ?? names["manufacturer"] ?? names["manufacture"]
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
        guard let reference else { return }
        component.id = reference
        components[reference] = component
    }
}

extension CycloneDXVEXReader {
    private mutating func vulnerabilities(_ reader: inout JSONReader) throws(JSONError) {
        document.statements = try list(&reader) { (this, reader) throws(JSONError) in try this.vulnerability(&reader) }
    }

    private mutating func vulnerability(_ reader: inout JSONReader) throws(JSONError) -> VEXStatement? {
        let start = reader.offset
        guard try isKind(.object, &reader) else { return nil }
        var statement = VEXStatement(vulnerability: "", status: .underInvestigation, documentID: "")
        var analysis: Analysis?
        var recommendation: [String] = []
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "id": statement.vulnerability = try string(&reader) ?? ""
            case "references":
                statement.aliases = try list(&reader) { (this, reader) throws(JSONError) in try this.referenceID(&reader) }
            case "analysis": analysis = try self.analysis(&reader)
            case "recommendation", "workaround": if let text = try string(&reader) { recommendation.append(text) }
            case "affects":
                statement.products = try list(&reader) { (this, reader) throws(JSONError) in try this.affected(&reader) }
            default: try reader.skipValue()
            }
        }
        guard let analysis, let state = analysis.state else { return nil }
        require(!statement.vulnerability.isEmpty, "id", at: start)
        statement.aliases.removeAll { $0 == statement.vulnerability }
        statement.status = state
        statement.justification = analysis.justification
        statement.timestamp = analysis.updated ?? analysis.issued
        switch state {
        case .notAffected: statement.impactStatement = analysis.detail
        case .affected: recommendation = (analysis.responses + [analysis.detail].compactMap { $0 }) + recommendation
        case .fixed, .underInvestigation: statement.statusNotes = analysis.detail
        }
        if state == .affected, !recommendation.isEmpty {
            statement.actionStatement = recommendation.joined(separator: "\n")
        }
        return statement
    }

    /// `analysis` of ECMA-424, with the state in the terms of VEX.
    private struct Analysis {
        var state: VEXStatement.Status?
        var justification: VEXJustification?
        var responses: [String] = []
        var detail: String?
        var issued: WrittenTimestamp?
        var updated: WrittenTimestamp?
    }

    private mutating func analysis(_ reader: inout JSONReader) throws(JSONError) -> Analysis? {
        var analysis = Analysis()
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
        switch token {
        case "resolved", "resolved_with_pedigree": return .fixed
        case "exploitable": return .affected
        case "in_triage": return .underInvestigation
        case "false_positive", "not_affected": return .notAffected
        default:
            log.add(.badValue, at: token.byteOffset, "state \"\(token.excerpt)\" is not defined")
            return nil
        }
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
        var version: VEXVersion?
        var status: String?
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "version": version = try string(&reader).map { VEXVersion(text: $0, isRange: false) }
            case "range": version = try string(&reader).map { VEXVersion(text: $0, isRange: true) }
            case "status": status = try string(&reader)
            default: try reader.skipValue()
            }
        }
        // "default": "affected" (`affectedStatus` of the schemas 1.4 to 1.7), whatever the analysis says.
        version?.status = status ?? "affected"
        return version
    }
}
