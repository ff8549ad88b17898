import JSONText

/// What a finding brings along beside its words.
extension FindingReader {
    mutating func patch(_ reader: inout JSONReader) throws(JSONError) -> String? {
        guard let token = try token(&reader) else { return nil }
        let text = token.string
        if text.utf8.count > FindingDocument.maximumPatchBytes {
            log.add(.badValue, at: token.byteOffset, "a patch has at most \(FindingDocument.maximumPatchBytes) bytes")
            return nil
        }
        if DiffExcerpt.found(in: text) != nil { return text }
        log.add(.badValue, at: token.byteOffset, "no unified diff: no \"--- \" and \"+++ \" with a \"@@\" behind them")
        return nil
    }

    mutating func renames(_ reader: inout JSONReader) throws(JSONError) -> [FindingRename] {
        let start = reader.offset
        guard try isKind(.array, &reader) else { return [] }
        var renames: [FindingRename] = []
        var count = 0
        try reader.readArray { (reader) throws(JSONError) in
            count += 1
            if let rename = try rename(&reader), count <= FindingDocument.maximumRenames { renames.append(rename) }
        }
        if count > FindingDocument.maximumRenames {
            log.add(.badValue, at: start, "more than \(FindingDocument.maximumRenames) renames")
        }
        return renames
    }

    private mutating func rename(_ reader: inout JSONReader) throws(JSONError) -> FindingRename? {
        let start = reader.offset
        guard try isKind(.object, &reader) else { return nil }
        var (from, to): (String?, String?) = (nil, nil)
        var (hasFrom, hasTo) = (false, false)
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "from": (hasFrom, from) = (true, try name(&reader))
            case "to": (hasTo, to) = (true, try name(&reader))
            default: log.add(.unknownMember, at: key.byteOffset, "a rename has \"from\" and \"to\" only")
            }
        }
        require(hasFrom, "from", at: start)
        require(hasTo, "to", at: start)
        guard let from, let to else { return nil }
        return FindingRename(from: from, to: to)
    }

    /// A name of code, or a path.
    mutating func name(_ reader: inout JSONReader) throws(JSONError) -> String? {
        try text(&reader, "a name of 1 to \(FindingDocument.maximumNameBytes) bytes") { bytes in
            1...FindingDocument.maximumNameBytes ~= bytes.count
        }
    }
}
