import JSONText

extension FindingReader {
    mutating func location(_ reader: inout JSONReader) throws(JSONError) -> FindingLocation? {
        let start = reader.offset
        guard try isKind(.object, &reader) else { return nil }
        var location = FindingLocation(file: "")
        var hasFile = false
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "file":
                hasFile = true
                location.file = try text(&reader, "a path", Self.isNotEmpty) ?? ""
            case "function": location.function = try text(&reader, "a name", Self.isNotEmpty)
            case "startLine": location.startLine = try line(&reader)
            default: location.extra.append(try reader.readExtra(key))
            }
        }
        require(hasFile, "file", at: start)
        return location
    }

    /// Lines count from 1; a file with more than `Int32.max` lines does not exist.
    private mutating func line(_ reader: inout JSONReader) throws(JSONError) -> Int? {
        guard try isKind(.number, &reader) else { return nil }
        let offset = reader.offset
        let number = try reader.readNumber()
        if let value = number.integer, 1...Int64(Int32.max) ~= value { return Int(value) }
        log.add(.badValue, at: offset, "not a line number, which is an integer from 1")
        return nil
    }

    mutating func provenance(_ reader: inout JSONReader) throws(JSONError) -> FindingProvenance? {
        guard try isKind(.object, &reader) else { return nil }
        var provenance = FindingProvenance()
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "model": provenance.model = try text(&reader, "a name", Self.isNotEmpty)
            case "version": provenance.version = try text(&reader, "a version", Self.isNotEmpty)
            case "harness": provenance.harness = try text(&reader, "a name", Self.isNotEmpty)
            case "harnessVersion": provenance.harnessVersion = try text(&reader, "a version", Self.isNotEmpty)
            case "promptPolicyHash": provenance.promptPolicyHash = try text(&reader, "a digest", Self.isNotEmpty)
            case "humanReviewed": provenance.humanReviewed = try bool(&reader)
            default: provenance.extra.append(try reader.readExtra(key))
            }
        }
        return provenance
    }

    mutating func fingerprints(_ reader: inout JSONReader) throws(JSONError) -> [String: String] {
        let start = reader.offset
        guard try isKind(.object, &reader) else { return [:] }
        var fingerprints: [String: String] = [:]
        var count = 0
        try reader.readObject { (reader, key) throws(JSONError) in
            count += 1
            let value = try text(&reader, "a fingerprint", Self.isNotEmpty)
            if count <= FindingDocument.maximumFingerprints { fingerprints[key.string] = value }
        }
        if count > FindingDocument.maximumFingerprints {
            log.add(.badValue, at: start, "more than \(FindingDocument.maximumFingerprints) fingerprints")
        }
        return fingerprints
    }
}
