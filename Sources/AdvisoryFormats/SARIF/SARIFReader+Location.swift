import JSONText

extension SARIFReader {
    static func location(_ reader: inout JSONReader) throws(JSONError) -> SARIFLocation {
        var location = SARIFLocation()
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "physicalLocation":
                try reader.readObject { (reader, key) throws(JSONError) in
                    switch key {
                    case "artifactLocation": location.artifact = try artifactLocation(&reader)
                    case "region": location.region = try region(&reader)
                    default: break
                    }
                }
            case "logicalLocations": location.logicalLocations = try reader.readList(logicalLocation)
            default: break
            }
        }
        return location
    }

    static func artifactLocation(_ reader: inout JSONReader) throws(JSONError) -> SARIFArtifactLocation {
        var location = SARIFArtifactLocation()
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "uri": location.uri = try reader.readString()
            case "uriBaseId": location.uriBaseID = try reader.readString()
            case "index": location.index = try reader.readIndex()
            default: break
            }
        }
        return location
    }

    /// - Parameter keepsText: whether the region's snippet is kept; those of places are many, and nobody asks for them.
    static func region(_ reader: inout JSONReader, keepsText: Bool = false) throws(JSONError) -> SARIFRegion {
        var region = SARIFRegion()
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "startLine": region.startLine = try reader.readIndex()
            case "startColumn": region.startColumn = try reader.readIndex()
            case "endLine": region.endLine = try reader.readIndex()
            case "endColumn": region.endColumn = try reader.readIndex()
            case "snippet": if keepsText { region.text = try text(&reader) }
            default: break
            }
        }
        return region
    }

    static func logicalLocation(_ reader: inout JSONReader) throws(JSONError) -> SARIFLogicalLocation {
        var location = SARIFLogicalLocation()
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "name": location.name = try reader.readString()
            case "fullyQualifiedName": location.fullyQualifiedName = try reader.readString()
            case "kind": location.kind = try reader.readString()
            case "index": location.index = try reader.readIndex()
            default: break
            }
        }
        return location
    }
}
