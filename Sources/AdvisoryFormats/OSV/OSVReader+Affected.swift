import JSONText

extension OSVReader {
    mutating func affectedList(_ reader: inout JSONReader) throws(JSONError) -> [OSVAffected] {
        var list: [OSVAffected] = []
        guard try !isNull(&reader), try isKind(.array, &reader) else { return [] }
        try reader.readArray { (reader) throws(JSONError) in
            guard try isKind(.object, &reader) else { return }
            var affected = OSVAffected()
            try reader.readObject { (reader, key) throws(JSONError) in
                try affectedMember(key, &affected, &reader)
            }
            list.append(affected)
        }
        return list
    }

    private mutating func affectedMember(
        _ key: JSONKey, _ affected: inout OSVAffected, _ reader: inout JSONReader
    ) throws(JSONError) {
        switch key {
        case "package": affected.package = try package(&reader)
        case "ranges": affected.ranges = try ranges(&reader)
        case "versions": affected.versions = try strings(&reader)
        case "ecosystem_specific": affected.ecosystemSpecific = try rawObject(&reader)
        case "database_specific": affected.databaseSpecific = try rawObject(&reader)
        case "severity":
            if try reader.peek() != .null { affectedSeverityOffsets.append(reader.offset) }
            affected.severity = try severities(&reader)
        default: affected.extra.append(try reader.readExtra(key))
        }
    }

    private mutating func package(_ reader: inout JSONReader) throws(JSONError) -> OSVPackage? {
        let start = reader.offset
        guard try isKind(.object, &reader) else { return nil }
        var package = OSVPackage(ecosystem: "", name: "")
        var hasEcosystem = false
        var hasName = false
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "ecosystem":
                hasEcosystem = true
                package.ecosystem = try ecosystem(&reader)
            case "name":
                hasName = true
                package.name = try string(&reader) ?? ""
            case "purl": package.purl = try string(&reader)
            default: package.extra.append(try reader.readExtra(key))
            }
        }
        require(hasEcosystem, "ecosystem", at: start)
        require(hasName, "name", at: start)
        return package
    }

    private mutating func ecosystem(_ reader: inout JSONReader) throws(JSONError) -> String {
        guard let token = try token(&reader) else { return "" }
        if !token.withDecodedBytes(OSVEcosystemName.isDefined) {
            log.add(.badValue, at: token.byteOffset, "ecosystem \"\(token.excerpt)\" is not defined")
        }
        return token.string
    }
}
