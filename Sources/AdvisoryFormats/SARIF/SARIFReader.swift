import JSONText

/// Reads the model from a log that the schema check has accepted, so every member has its type; the rest is passed.
enum SARIFReader {
    static func report(_ reader: inout JSONReader) throws(JSONError) -> SARIFReport {
        var report = SARIFReport(runs: [])
        try reader.readObject { (reader, key) throws(JSONError) in
            guard key == "runs" else { return }
            report.runs = try reader.readList(run)
        }
        return report
    }

    private static func run(_ reader: inout JSONReader) throws(JSONError) -> SARIFRun {
        var run = SARIFRun(tool: SARIFTool(driver: SARIFToolComponent(name: "")))
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "tool": run.tool = try tool(&reader)
            case "results": run.results = try reader.readList(result)
            case "artifacts": run.artifacts = try reader.readList(artifact)
            case "logicalLocations": run.logicalLocations = try reader.readList(logicalLocation)
            case "originalUriBaseIds":
                try reader.readObject { (reader, key) throws(JSONError) in
                    run.baseLocations[key.string] = try artifactLocation(&reader)
                }
            case "versionControlProvenance": run.repositories = try reader.readList(repository)
            case "automationDetails":
                try reader.readObject { (reader, key) throws(JSONError) in
                    switch key {
                    case "id": run.automationID = try reader.readString()
                    case "guid": run.automationGUID = try reader.readString()
                    default: break
                    }
                }
            case "baselineGuid": run.baselineGUID = try reader.readString()
            case "properties": run.properties = RawJSON(try reader.readRaw())
            default: break
            }
        }
        return run
    }

    private static func repository(_ reader: inout JSONReader) throws(JSONError) -> SARIFRepository {
        var repository = SARIFRepository(uri: "")
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "repositoryUri": repository.uri = try reader.readString()
            case "revisionId": repository.revision = try reader.readString()
            case "branch": repository.branch = try reader.readString()
            default: break
            }
        }
        return repository
    }

    private static func artifact(_ reader: inout JSONReader) throws(JSONError) -> SARIFArtifactLocation {
        var location = SARIFArtifactLocation()
        try reader.readObject { (reader, key) throws(JSONError) in
            if key == "location" { location = try artifactLocation(&reader) }
        }
        return location
    }
}

extension JSONReader {
    /// Reads an array with one step per element.
    mutating func readList<Element>(
        _ element: (inout JSONReader) throws(JSONError) -> Element
    ) throws(JSONError) -> [Element] {
        var list: [Element] = []
        try readArray { (reader) throws(JSONError) in list.append(try element(&reader)) }
        return list
    }

    mutating func readStrings() throws(JSONError) -> [String] {
        try readList { (reader) throws(JSONError) in try reader.readString() }
    }

    /// Reads an object whose values are strings.
    mutating func readStringMap() throws(JSONError) -> [String: String] {
        var map: [String: String] = [:]
        try readObject { (reader, key) throws(JSONError) in map[key.string] = try reader.readString() }
        return map
    }

    /// Reads an index or line; nil for -1, which SARIF uses for "not known", and for what exceeds an `Int32`, which no
    /// file has so many of.
    mutating func readIndex() throws(JSONError) -> Int? {
        let number = try readNumber()
        guard let value = number.integer ?? number.double.flatMap({ Int64(exactly: $0) }), 0...Int64(Int32.max) ~= value
        else { return nil }
        return Int(value)
    }

    /// Reads a string that is one of an enumeration's raw values, as the schema has checked.
    mutating func readCase<Value: RawRepresentable<String>>(_ type: Value.Type) throws(JSONError) -> Value? {
        Value(rawValue: try readString())
    }
}
