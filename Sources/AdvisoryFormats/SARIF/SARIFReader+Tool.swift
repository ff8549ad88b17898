import JSONText

extension SARIFReader {
    static func tool(_ reader: inout JSONReader) throws(JSONError) -> SARIFTool {
        var tool = SARIFTool(driver: SARIFToolComponent(name: ""))
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "driver": tool.driver = try component(&reader)
            case "extensions": tool.extensions = try reader.readList(component)
            default: break
            }
        }
        return tool
    }

    private static func component(_ reader: inout JSONReader) throws(JSONError) -> SARIFToolComponent {
        var component = SARIFToolComponent(name: "")
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "name": component.name = try reader.readString()
            case "version": component.version = try reader.readString()
            case "semanticVersion": component.semanticVersion = try reader.readString()
            case "informationUri": component.informationURI = try reader.readString()
            case "guid": component.guid = try reader.readString()
            case "rules": component.rules = try reader.readList(rule)
            case "globalMessageStrings": component.messageTexts = try messageTexts(&reader)
            case "properties": component.properties = RawJSON(try reader.readRaw())
            default: break
            }
        }
        return component
    }

    private static func rule(_ reader: inout JSONReader) throws(JSONError) -> SARIFRule {
        var rule = SARIFRule(id: "")
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "id": rule.id = try reader.readString()
            case "name": rule.name = try reader.readString()
            case "guid": rule.guid = try reader.readString()
            case "shortDescription": rule.shortDescription = try multiformatText(&reader)
            case "fullDescription": rule.fullDescription = try multiformatText(&reader)
            case "helpUri": rule.helpURI = try reader.readString()
            case "messageStrings": rule.messageTexts = try messageTexts(&reader)
            case "defaultConfiguration": rule.defaultLevel = try defaultLevel(&reader)
            case "properties":
                let properties = RawJSON(try reader.readRaw())
                rule.tags = properties.value["tags"]?.array?.compactMap(\.string) ?? []
                rule.properties = properties
            default: break
            }
        }
        return rule
    }

    private static func defaultLevel(_ reader: inout JSONReader) throws(JSONError) -> SARIFResult.Level? {
        var level: SARIFResult.Level?
        try reader.readObject { (reader, key) throws(JSONError) in
            if key == "level" { level = try reader.readCase(SARIFResult.Level.self) }
        }
        return level
    }

    private static func multiformatText(_ reader: inout JSONReader) throws(JSONError) -> String {
        var text = ""
        try reader.readObject { (reader, key) throws(JSONError) in
            if key == "text" { text = try reader.readString() }
        }
        return text
    }

    private static func messageTexts(_ reader: inout JSONReader) throws(JSONError) -> [String: String] {
        var texts: [String: String] = [:]
        try reader.readObject { (reader, key) throws(JSONError) in texts[key.string] = try multiformatText(&reader) }
        return texts
    }
}
