import JSONText

// Products, applicability and metrics.
extension CVEReader {
    static func product(_ reader: inout JSONReader) throws(JSONError) -> CVEProduct {
        var product = CVEProduct()
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "vendor": product.vendor = try reader.readString()
            case "product": product.product = try reader.readString()
            case "collectionURL": product.collectionURL = try reader.readString()
            case "packageName": product.packageName = try reader.readString()
            // Before format 5.2 anything may stand in a member of this name.
            case "packageURL": if try reader.peek() == .string { product.packageURL = try reader.readString() }
            case "repo": product.repo = try reader.readString()
            case "cpes": product.cpes = try reader.readStrings()
            case "modules": product.modules = try reader.readStrings()
            case "programFiles": product.programFiles = try reader.readStrings()
            case "programRoutines": product.programRoutines = try reader.readList(routine)
            case "platforms": product.platforms = try reader.readStrings()
            case "defaultStatus": product.defaultStatus = try reader.readCase(CVEStatus.self)
            case "versions": product.versions = try reader.readList(version)
            default: break
            }
        }
        return product
    }

    private static func routine(_ reader: inout JSONReader) throws(JSONError) -> String {
        var name = ""
        try reader.readObject { (reader, key) throws(JSONError) in if key == "name" { name = try reader.readString() } }
        return name
    }

    private static func version(_ reader: inout JSONReader) throws(JSONError) -> CVEVersion {
        var version = CVEVersion(version: "", status: .unknown)
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "version": version.version = try reader.readString()
            case "status": if let status = try reader.readCase(CVEStatus.self) { version.status = status }
            case "versionType": version.versionType = try reader.readString()
            case "lessThan": version.lessThan = try reader.readString()
            case "lessThanOrEqual": version.lessThanOrEqual = try reader.readString()
            case "changes": version.changes = try reader.readList(change)
            default: break
            }
        }
        return version
    }

    private static func change(_ reader: inout JSONReader) throws(JSONError) -> CVEVersionChange {
        var change = CVEVersionChange(at: "", status: .unknown)
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "at": change.at = try reader.readString()
            case "status": if let status = try reader.readCase(CVEStatus.self) { change.status = status }
            default: break
            }
        }
        return change
    }

    static func applicability(_ reader: inout JSONReader) throws(JSONError) -> CVEApplicability {
        var applicability = CVEApplicability()
        // The schema names no type for statements and nodes: what is no object says nothing.
        guard try reader.peek() == .object else { return applicability }
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "operator": applicability.joining = try reader.readCase(CVEApplicability.Operator.self)
            case "negate": applicability.isNegated = try reader.readBool()
            case "nodes": applicability.nodes = try reader.readList(node)
            default: break
            }
        }
        return applicability
    }

    private static func node(_ reader: inout JSONReader) throws(JSONError) -> CVEApplicability.Node {
        var node = CVEApplicability.Node()
        guard try reader.peek() == .object else { return node }
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "operator": node.joining = try reader.readCase(CVEApplicability.Operator.self)
            case "negate": node.isNegated = try reader.readBool()
            case "cpeMatch": node.matches = try reader.readList(match)
            default: break
            }
        }
        return node
    }

    private static func match(_ reader: inout JSONReader) throws(JSONError) -> CVEApplicability.Match {
        var match = CVEApplicability.Match()
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "vulnerable": match.isVulnerable = try reader.readBool()
            case "criteria": match.criteria = try reader.readString()
            case "matchCriteriaId": match.matchCriteriaID = try reader.readString()
            case "versionStartIncluding": match.startIncluding = try reader.readString()
            case "versionStartExcluding": match.startExcluding = try reader.readString()
            case "versionEndIncluding": match.endIncluding = try reader.readString()
            case "versionEndExcluding": match.endExcluding = try reader.readString()
            default: break
            }
        }
        return match
    }

    static func metric(_ reader: inout JSONReader) throws(JSONError) -> CVEMetric {
        var metric = CVEMetric()
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "format": metric.format = try reader.readString()
            case "scenarios": metric.scenarios = try reader.readList(text)
            case "cvssV4_0", "cvssV3_1", "cvssV3_0", "cvssV2_0": metric.scores.append(try score(&reader))
            case "other": metric.other = try other(&reader)
            default: break
            }
        }
        return metric
    }

    private static func score(_ reader: inout JSONReader) throws(JSONError) -> CVEScore {
        var score = CVEScore(version: "", vector: "", baseScore: JSONNumber(0))
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "version": score.version = try reader.readString()
            case "vectorString": score.vector = try reader.readString()
            case "baseScore": score.baseScore = try reader.readNumber()
            case "baseSeverity": score.baseSeverity = try reader.readString()
            default: break
            }
        }
        return score
    }

    private static func other(_ reader: inout JSONReader) throws(JSONError) -> CVEOtherMetric {
        var type = ""
        var content = RawJSON(.null)
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "type": type = try reader.readString()
            case "content": content = RawJSON(try reader.readRaw())
            default: break
            }
        }
        return CVEOtherMetric(type: type, content: content)
    }
}
