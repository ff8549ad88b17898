import JSONText

/// Reads the model from a record that the schema check has accepted, so every member has its type; the rest is passed.
enum CVEReader {
    static func record(_ reader: inout JSONReader) throws(JSONError) -> CVERecord? {
        var metadata = Metadata()
        var version = ""
        var cna = CVEContainer()
        var adp: [CVEContainer] = []
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "dataVersion": version = try reader.readString()
            case "cveMetadata": metadata = try Metadata(&reader)
            case "containers":
                try reader.readObject { (reader, key) throws(JSONError) in
                    switch key {
                    case "cna": cna = try container(&reader)
                    case "adp": adp = try reader.readList(container)
                    default: break
                    }
                }
            default: break
            }
        }
        guard var record = metadata.record else { return nil }
        record.dataVersion = version
        record.cna = cna
        record.adp = adp
        return record
    }

    /// The metadata, whose members may come in any order.
    private struct Metadata {
        var record: CVERecord?

        init() {}

        init(_ reader: inout JSONReader) throws(JSONError) {
            guard var record = CVEID("CVE-0000-0000").map({ CVERecord(id: $0, dataVersion: "", state: .published) }) else {
                return
            }
            try reader.readObject { (reader, key) throws(JSONError) in
                switch key {
                case "cveId": if let id = CVEID(try reader.readString()) { record.id = id }
                case "state": if let state = try reader.readCase(CVERecord.State.self) { record.state = state }
                case "assignerOrgId": record.assignerID = try reader.readString()
                case "assignerShortName": record.assignerShortName = try reader.readString()
                case "dateReserved": record.dateReserved = try reader.readCVETimestamp()
                case "datePublished": record.datePublished = try reader.readCVETimestamp()
                case "dateUpdated": record.dateUpdated = try reader.readCVETimestamp()
                case "dateRejected": record.dateRejected = try reader.readCVETimestamp()
                default: break
                }
            }
            self.record = record
        }
    }

    private static func container(_ reader: inout JSONReader) throws(JSONError) -> CVEContainer {
        var container = CVEContainer()
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "providerMetadata": try provider(&container, &reader)
            case "title": container.title = try reader.readString()
            case "dateAssigned": container.dateAssigned = try reader.readCVETimestamp()
            case "datePublic": container.datePublic = try reader.readCVETimestamp()
            case "descriptions": container.descriptions = try reader.readList(text)
            case "affected": container.affected = try reader.readList(product)
            case "cpeApplicability": container.cpeApplicability = try reader.readList(applicability)
            case "references": container.references = try reader.readList(reference)
            case "problemTypes": container.problemTypes = try problemTypes(&reader)
            case "metrics": container.metrics = try reader.readList(metric)
            case "credits": container.credits = try reader.readList(credit)
            case "configurations": container.configurations = try reader.readList(text)
            case "workarounds": container.workarounds = try reader.readList(text)
            case "solutions": container.solutions = try reader.readList(text)
            case "exploits": container.exploits = try reader.readList(text)
            case "tags": container.tags = try reader.readStrings()
            case "rejectedReasons": container.rejectedReasons = try reader.readList(text)
            case "replacedBy": container.replacedBy = try reader.readStrings().compactMap { CVEID($0) }
            default: break
            }
        }
        return container
    }

    private static func provider(_ container: inout CVEContainer, _ reader: inout JSONReader) throws(JSONError) {
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "orgId": container.providerID = try reader.readString()
            case "shortName": container.providerShortName = try reader.readString()
            case "dateUpdated": container.dateUpdated = try reader.readCVETimestamp()
            default: break
            }
        }
    }

    static func text(_ reader: inout JSONReader) throws(JSONError) -> CVEText {
        var text = CVEText(language: "", text: "")
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "lang": text.language = try reader.readString()
            case "value": text.text = try reader.readString()
            default: break
            }
        }
        return text
    }

    private static func reference(_ reader: inout JSONReader) throws(JSONError) -> CVEReference {
        var reference = CVEReference(url: "")
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "url": reference.url = try reader.readString()
            case "name": reference.name = try reader.readString()
            case "tags": reference.tags = try reader.readStrings()
            default: break
            }
        }
        return reference
    }

    private static func problemTypes(_ reader: inout JSONReader) throws(JSONError) -> [CVEProblemType] {
        var types: [CVEProblemType] = []
        try reader.readArray { (reader) throws(JSONError) in
            try reader.readObject { (reader, key) throws(JSONError) in
                if key == "descriptions" { types += try reader.readList(problemType) }
            }
        }
        return types
    }

    private static func problemType(_ reader: inout JSONReader) throws(JSONError) -> CVEProblemType {
        var type = CVEProblemType(description: CVEText(language: "", text: ""))
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "lang": type.description.language = try reader.readString()
            case "description": type.description.text = try reader.readString()
            case "cweId": type.weakness = try reader.readString()
            case "type": type.type = try reader.readString()
            default: break
            }
        }
        return type
    }

    private static func credit(_ reader: inout JSONReader) throws(JSONError) -> CVECredit {
        var credit = CVECredit(credit: CVEText(language: "", text: ""))
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "lang": credit.credit.language = try reader.readString()
            case "value": credit.credit.text = try reader.readString()
            case "type": credit.type = try reader.readString()
            default: break
            }
        }
        return credit
    }
}

extension JSONReader {
    fileprivate mutating func readCVETimestamp() throws(JSONError) -> CVETimestamp {
        CVETimestamp(checked: try readString())
    }
}
