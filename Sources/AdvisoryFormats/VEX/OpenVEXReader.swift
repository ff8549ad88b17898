import JSONText

/// Reads OpenVEX (https://github.com/openvex/spec) in versions 0.0.1, where products and vulnerabilities are strings, and
/// 0.2.0, where they are objects; documents in the wild mix the two, so both are read in both.
struct OpenVEXReader: DocumentReading {
    static let formatName = "OpenVEX"

    var log = ViolationLog()
    private var document = VEXDocument(format: .openVEX, formatVersion: nil, id: "")

    mutating func document(_ reader: inout JSONReader) throws(JSONError) -> VEXDocument? {
        let start = reader.offset
        guard try isKind(.object, &reader) else { return nil }
        var hasID = false
        var hasAuthor = false
        var hasStatements = false
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "@context": try context(&reader)
            case "@id":
                hasID = true
                document.id = try string(&reader) ?? ""
            case "author":
                hasAuthor = true
                document.author = try string(&reader)
            case "timestamp": document.timestamp = try writtenTimestamp(&reader)
            case "version": document.version = try version(&reader)
            case "statements":
                hasStatements = true
                document.statements = try list(&reader) { (this, reader) throws(JSONError) in try this.statement(&reader) }
            default: try reader.skipValue()
            }
        }
        require(hasID, "@id", at: start)
        require(hasAuthor, "author", at: start)
        require(hasStatements, "statements", at: start)
        for index in document.statements.indices {
            document.statements[index].documentID = document.id
            document.statements[index].author = document.author
            // A statement without a time of its own was made when the document was.
            if document.statements[index].timestamp == nil { document.statements[index].timestamp = document.timestamp }
        }
        return document
    }

    static let namespace = "https://openvex.dev/ns"

    private mutating func context(_ reader: inout JSONReader) throws(JSONError) {
        guard let token = try token(&reader) else { return }
        let context = token.string
        if context == Self.namespace { return }
        let version = context.hasPrefix(Self.namespace + "/v") ? String(context.dropFirst(Self.namespace.count + 2)) : ""
        document.formatVersion = version
        if !["0.0.1", "0.2.0"].contains(version) {
            log.add(.unsupportedVersion, at: token.byteOffset, "OpenVEX is read in versions 0.0.1 and 0.2.0")
        }
    }

    /// A number since 0.0.2, a string before.
    private mutating func version(_ reader: inout JSONReader) throws(JSONError) -> String? {
        if try reader.peek() == .number { return try reader.readNumber().text }
        return try string(&reader)
    }

    private mutating func statement(_ reader: inout JSONReader) throws(JSONError) -> VEXStatement? {
        let start = reader.offset
        guard try isKind(.object, &reader) else { return nil }
        var statement = VEXStatement(vulnerability: "", status: .underInvestigation, documentID: "")
        var status: VEXStatement.Status?
        var (hasVulnerability, hasStatus) = (false, false)
        var subcomponents: [VEXProduct] = []
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "vulnerability":
                hasVulnerability = true
                try vulnerability(&statement, &reader)
            case "products": statement.products = try products(&reader)
            case "subcomponents": subcomponents = try products(&reader)
            case "status":
                hasStatus = true
                status = try self.status(&reader)
            case "justification": statement.justification = try justification(&reader)
            case "impact_statement": statement.impactStatement = try string(&reader)
            case "action_statement": statement.actionStatement = try string(&reader)
            case "status_notes": statement.statusNotes = try string(&reader)
            case "timestamp": statement.timestamp = try writtenTimestamp(&reader)
            default: try reader.skipValue()
            }
        }
        require(hasVulnerability, "vulnerability", at: start)
        require(hasStatus, "status", at: start)
        guard let status else { return nil }
        statement.status = status
        // In 0.0.1 the parts are those of the statement, whose products all contain them.
        for index in statement.products.indices where statement.products[index].subcomponents.isEmpty {
            statement.products[index].subcomponents = subcomponents
        }
        checkReasons(of: statement, at: start)
        return statement
    }

    /// "VEX statements must have a justification or an impact statement" for `not_affected`, an action for `affected`.
    private mutating func checkReasons(of statement: VEXStatement, at start: Int) {
        if statement.status == .notAffected, statement.justification == nil, statement.impactStatement == nil {
            log.add(.missingMember, at: start, "not_affected needs a justification or an impact_statement")
        }
        if statement.status == .affected, statement.actionStatement == nil {
            log.add(.missingMember, at: start, "affected needs an action_statement")
        }
    }

    private mutating func status(_ reader: inout JSONReader) throws(JSONError) -> VEXStatement.Status? {
        guard let token = try token(&reader) else { return nil }
        let status = VEXStatement.Status(rawValue: token.string)
        if status == nil {
            let reason = "\"\(token.excerpt)\" is not one of not_affected, affected, fixed and under_investigation"
            log.add(.badValue, at: token.byteOffset, reason)
        }
        return status
    }

    private mutating func justification(_ reader: inout JSONReader) throws(JSONError) -> VEXJustification? {
        guard let token = try token(&reader) else { return nil }
        let justification = VEXJustification(token.string)
        // Tools write an empty text for none.
        if justification == nil, !token.string.isEmpty {
            log.add(.badValue, at: token.byteOffset, "justification \"\(token.excerpt)\" is not defined")
        }
        return justification
    }

    private mutating func vulnerability(_ statement: inout VEXStatement, _ reader: inout JSONReader) throws(JSONError) {
        if try reader.peek() == .string {
            statement.vulnerability = try reader.readString()
            return
        }
        let start = reader.offset
        guard try isKind(.object, &reader) else { return }
        var name: String?
        var id: String?
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "name": name = try string(&reader)
            case "@id": id = try string(&reader)
            case "aliases": statement.aliases = try strings(&reader)
            default: try reader.skipValue()
            }
        }
        require(name != nil || id != nil, "name", at: start)
        statement.vulnerability = name ?? id ?? ""
    }

    private mutating func products(_ reader: inout JSONReader) throws(JSONError) -> [VEXProduct] {
        try list(&reader) { (this, reader) throws(JSONError) in
            if try reader.peek() == .string { return VEXProduct(id: try reader.readString()) }
            return try this.component(&reader)
        }
    }

    private mutating func component(_ reader: inout JSONReader) throws(JSONError) -> VEXProduct? {
        let start = reader.offset
        guard try isKind(.object, &reader) else { return nil }
        var id: String?
        var product = VEXProduct(id: "")
        var subcomponents: [VEXProduct] = []
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "@id": id = try string(&reader)
            case "identifiers": try identifiers(&product, &reader)
            case "subcomponents": subcomponents = try products(&reader)
            default: try reader.skipValue()
            }
        }
        let given = VEXProduct(id: id ?? product.purls.first ?? product.cpes.first ?? "")
        if given.id.isEmpty { log.add(.missingMember, at: start, "a product needs \"@id\" or \"identifiers\"") }
        product.id = given.id
        product.purls = given.purls + product.purls.filter { !given.purls.contains($0) }
        product.cpes = given.cpes + product.cpes.filter { !given.cpes.contains($0) }
        product.subcomponents = subcomponents
        return product
    }

    private mutating func identifiers(_ product: inout VEXProduct, _ reader: inout JSONReader) throws(JSONError) {
        guard try isKind(.object, &reader) else { return }
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "purl": if let purl = try string(&reader) { product.purls.append(purl) }
            case "cpe22", "cpe23": if let cpe = try string(&reader) { product.cpes.append(cpe) }
            default: try reader.skipValue()
            }
        }
    }
}
