import JSONText

/// Reads an advisory in both spellings of its members, `ghsa_id` (REST) and `ghsaId` (GraphQL).
struct GHSAReader: DocumentReading {
    static let formatName = "GHSA"

    var log = ViolationLog()

    mutating func document(_ reader: inout JSONReader) throws(JSONError) -> GHSAAdvisory? {
        let start = reader.offset
        guard try isKind(.object, &reader) else { return nil }
        var advisory = GHSAAdvisory()
        var names: [String] = []
        var hasVulnerabilities = false
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "ghsa_id", "ghsaId": advisory.id = try string(&reader) ?? ""
            case "identifiers": names += try identifiers(&reader)
            case "cve_id": if let name = try optional(&reader) { names.append(name) }
            case "summary": advisory.summary = try optional(&reader)
            case "updated_at", "updatedAt": advisory.updated = try timestamp(&reader)
            case "withdrawn_at", "withdrawnAt": advisory.isWithdrawn = try optional(&reader) != nil
            case "vulnerabilities":
                hasVulnerabilities = true
                advisory.vulnerabilities = try vulnerabilities(&reader)
            default: try reader.skipValue()
            }
        }
        require(!advisory.id.isEmpty, "ghsa_id", at: start)
        require(hasVulnerabilities, "vulnerabilities", at: start)
        var seen: Set<String> = [advisory.id]
        advisory.aliases = names.filter { seen.insert($0).inserted }
        return advisory
    }

    private mutating func optional(_ reader: inout JSONReader) throws(JSONError) -> String? {
        guard try reader.peek() == .null else { return try string(&reader) }
        try reader.skipValue()
        return nil
    }

    private mutating func timestamp(_ reader: inout JSONReader) throws(JSONError) -> WrittenTimestamp? {
        let offset = reader.offset
        guard let text = try optional(&reader) else { return nil }
        let timestamp = WrittenTimestamp(text)
        if timestamp == nil { log.add(.badValue, at: offset, "not an RFC 3339 timestamp") }
        return timestamp
    }

    private mutating func identifiers(_ reader: inout JSONReader) throws(JSONError) -> [String] {
        var values: [String] = []
        guard try isKind(.array, &reader) else { return [] }
        try reader.readArray { (reader) throws(JSONError) in
            guard try isKind(.object, &reader) else { return }
            try reader.readObject { (reader, key) throws(JSONError) in
                if key == "value", let value = try string(&reader) {
                    values.append(value)
                } else if key != "value" {
                    try reader.skipValue()
                }
            }
        }
        return values
    }

    /// GraphQL has the list in a connection's `nodes`.
    private mutating func vulnerabilities(
        _ reader: inout JSONReader
    ) throws(JSONError) -> [GHSAAdvisory.Vulnerability] {
        var list: [GHSAAdvisory.Vulnerability] = []
        if try reader.peek() == .object {
            try reader.readObject { (reader, key) throws(JSONError) in
                if key == "nodes" { list = try vulnerabilities(&reader) } else { try reader.skipValue() }
            }
            return list
        }
        guard try isKind(.array, &reader) else { return [] }
        try reader.readArray { (reader) throws(JSONError) in
            if let vulnerability = try vulnerability(&reader) { list.append(vulnerability) }
        }
        return list
    }

    private mutating func vulnerability(_ reader: inout JSONReader) throws(JSONError) -> GHSAAdvisory.Vulnerability? {
        let start = reader.offset
        guard try isKind(.object, &reader) else { return nil }
        var (ecosystem, package, range, patched): (String?, String?, String?, String?)
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "package":
                guard try isKind(.object, &reader) else { return }
                try reader.readObject { (reader, key) throws(JSONError) in
                    switch key {
                    case "ecosystem": ecosystem = try string(&reader)
                    case "name": package = try string(&reader)
                    default: try reader.skipValue()
                    }
                }
            case "vulnerable_version_range", "vulnerableVersionRange": range = try optional(&reader)
            case "first_patched_version", "firstPatchedVersion": patched = try patchedVersion(&reader)
            default: try reader.skipValue()
            }
        }
        require(ecosystem != nil && package != nil, "package", at: start)
        guard let ecosystem, let package else { return nil }
        return GHSAAdvisory.Vulnerability(
            ecosystem: ecosystem.lowercased(), package: package, range: range ?? "", firstPatchedVersion: patched
        )
    }

    /// A text, or an object with the text as its `identifier`.
    private mutating func patchedVersion(_ reader: inout JSONReader) throws(JSONError) -> String? {
        guard try reader.peek() == .object else { return try optional(&reader) }
        var version: String?
        try reader.readObject { (reader, key) throws(JSONError) in
            if key == "identifier" { version = try string(&reader) } else { try reader.skipValue() }
        }
        return version
    }
}
