import JSONText

// Severities, references and credits.
extension OSVReader {
    mutating func severities(_ reader: inout JSONReader) throws(JSONError) -> [OSVSeverity] {
        var list: [OSVSeverity] = []
        guard try !isNull(&reader), try isKind(.array, &reader) else { return [] }
        try reader.readArray { (reader) throws(JSONError) in
            if let severity = try severity(&reader) { list.append(severity) }
        }
        return list
    }

    private mutating func severity(_ reader: inout JSONReader) throws(JSONError) -> OSVSeverity? {
        let start = reader.offset
        guard try isKind(.object, &reader) else { return nil }
        var kind: JSONStringToken?
        var score: JSONStringToken?
        var hasType = false
        var hasScore = false
        var extra: [RawMember] = []
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "type":
                hasType = true
                kind = try token(&reader)
            case "score":
                hasScore = true
                score = try token(&reader)
            default: extra.append(try reader.readExtra(key))
            }
        }
        require(hasType, "type", at: start)
        require(hasScore, "score", at: start)
        guard let kind else { return nil }
        guard let known = Self.named(OSVSeverity.Kind.self, kind) else {
            log.add(.badValue, at: kind.byteOffset, "severity type \"\(kind.excerpt)\" is not defined")
            return nil
        }
        guard let score else { return nil }
        if !score.withDecodedBytes({ SeveritySyntax.isScore($0, of: known) }) {
            log.add(.badValue, at: score.byteOffset, "not a score of type \(known.rawValue)")
        }
        var severity = OSVSeverity(kind: known, score: score.string)
        severity.extra = extra
        return severity
    }

    mutating func references(_ reader: inout JSONReader) throws(JSONError) -> [OSVReference] {
        var list: [OSVReference] = []
        guard try !isNull(&reader), try isKind(.array, &reader) else { return [] }
        try reader.readArray { (reader) throws(JSONError) in
            if let reference = try reference(&reader) { list.append(reference) }
        }
        return list
    }

    private mutating func reference(_ reader: inout JSONReader) throws(JSONError) -> OSVReference? {
        let start = reader.offset
        guard try isKind(.object, &reader) else { return nil }
        var reference = OSVReference(kind: .web, url: "")
        var hasType = false
        var hasURL = false
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "type":
                hasType = true
                if let kind = try defined(OSVReference.Kind.self, "reference type", &reader) { reference.kind = kind }
            case "url":
                hasURL = true
                reference.url = try url(&reader)
            default: reference.extra.append(try reader.readExtra(key))
            }
        }
        require(hasType, "type", at: start)
        require(hasURL, "url", at: start)
        return reference
    }

    private mutating func url(_ reader: inout JSONReader) throws(JSONError) -> String {
        guard let token = try token(&reader) else { return "" }
        if !token.withDecodedBytes(URISyntax.isURI) {
            log.add(.badValue, at: token.byteOffset, "not an absolute URI")
        }
        return token.string
    }

    mutating func credits(_ reader: inout JSONReader) throws(JSONError) -> [OSVCredit] {
        var list: [OSVCredit] = []
        guard try isKind(.array, &reader) else { return [] }
        try reader.readArray { (reader) throws(JSONError) in
            let start = reader.offset
            guard try isKind(.object, &reader) else { return }
            var credit = OSVCredit(name: "")
            var hasName = false
            try reader.readObject { (reader, key) throws(JSONError) in
                switch key {
                case "name":
                    hasName = true
                    credit.name = try string(&reader) ?? ""
                case "contact": credit.contact = try strings(&reader)
                case "type": credit.kind = try defined(OSVCredit.Kind.self, "credit type", &reader)
                default: credit.extra.append(try reader.readExtra(key))
                }
            }
            require(hasName, "name", at: start)
            list.append(credit)
        }
        return list
    }

    /// Reads a string that must be one of an enumeration's raw values.
    private mutating func defined<Kind: RawRepresentable<String> & CaseIterable>(
        _ kind: Kind.Type, _ what: StaticString, _ reader: inout JSONReader
    ) throws(JSONError) -> Kind? {
        guard let token = try token(&reader) else { return nil }
        if let known = Self.named(kind, token) { return known }
        log.add(.badValue, at: token.byteOffset, "\(what) \"\(token.excerpt)\" is not defined")
        return nil
    }

    private static func named<Kind: RawRepresentable<String>>(_ kind: Kind.Type, _ token: JSONStringToken) -> Kind? {
        Kind(rawValue: token.string)
    }
}
