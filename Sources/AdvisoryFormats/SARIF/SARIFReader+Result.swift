import JSONText

extension SARIFReader {
    static func result(_ reader: inout JSONReader) throws(JSONError) -> SARIFResult {
        var result = SARIFResult(message: SARIFMessage())
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "ruleId": result.ruleID = try reader.readString()
            case "ruleIndex": result.ruleIndex = try reader.readIndex() ?? result.ruleIndex
            case "rule": try ruleReference(&result, &reader)
            case "level": result.level = try reader.readCase(SARIFResult.Level.self)
            case "kind": result.kind = try reader.readCase(SARIFResult.Kind.self) ?? .fail
            case "message": result.message = try message(&reader)
            case "locations": result.locations = try reader.readList(location)
            case "partialFingerprints": result.partialFingerprints = try reader.readStringMap()
            case "fingerprints": result.fingerprints = try reader.readStringMap()
            case "guid": result.guid = try reader.readString()
            case "correlationGuid": result.correlationGUID = try reader.readString()
            case "codeFlows":
                try reader.readArray { (reader) throws(JSONError) in
                    result.codeFlowCount += 1
                    if result.codeFlowCount == 1 { result.flow = try flow(&reader) }
                }
            case "fixes":
                try reader.readArray { (reader) throws(JSONError) in
                    result.fixCount += 1
                    if result.fixCount == 1 { result.fix = try fix(&reader) }
                }
            case "suppressions": result.isSuppressed = try isSuppressed(&reader)
            case "baselineState": result.baselineState = try reader.readCase(SARIFResult.BaselineState.self)
            case "rank":
                let rank = try reader.readNumber().double
                // -1 says that the rank is not known (3.27.25).
                result.rank = rank.flatMap { $0 < 0 ? nil : $0 }
            case "properties": result.properties = RawJSON(try reader.readRaw())
            default: break
            }
        }
        return result
    }

    /// `rule` (3.27.7) names the rule and the component that has it; `ruleId` and `ruleIndex` must not contradict it.
    private static func ruleReference(_ result: inout SARIFResult, _ reader: inout JSONReader) throws(JSONError) {
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "id":
                let id = try reader.readString()
                result.ruleID = result.ruleID ?? id
            case "index": result.ruleIndex = try reader.readIndex() ?? result.ruleIndex
            case "toolComponent":
                try reader.readObject { (reader, key) throws(JSONError) in
                    if key == "index" { result.ruleExtensionIndex = try reader.readIndex() }
                }
            default: break
            }
        }
    }

    private static func message(_ reader: inout JSONReader) throws(JSONError) -> SARIFMessage {
        var message = SARIFMessage()
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "text": message.text = try reader.readString()
            case "markdown": message.markdown = try reader.readString()
            case "id": message.id = try reader.readString()
            case "arguments": message.arguments = try reader.readStrings()
            default: break
            }
        }
        return message
    }

    private static func isSuppressed(_ reader: inout JSONReader) throws(JSONError) -> Bool {
        var count = 0
        var undecided = 0
        try reader.readArray { (reader) throws(JSONError) in
            count += 1
            try reader.readObject { (reader, key) throws(JSONError) in
                if key == "status", try reader.readString() != "accepted" { undecided += 1 }
            }
        }
        return count > 0 && undecided == 0
    }
}
