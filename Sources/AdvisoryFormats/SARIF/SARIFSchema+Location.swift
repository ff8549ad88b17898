// Tables of OASIS SARIF 2.1.0, in the order of the standard.
extension SARIFSchema {
    static let artifact = ObjectShape(
        [
            "description": .ref(.message), "location": .ref(.artifactLocation), "parentIndex": .integer(minimum: -1),
            "offset": .integer(minimum: 0), "length": .integer(minimum: -1),
            "roles": .set(
                .oneOf([
                    "analysisTarget", "attachment", "responseFile", "resultFile", "standardStream", "tracedFile",
                    "unmodified", "modified", "added", "deleted", "renamed", "uncontrolled", "driver", "extension",
                    "translation", "taxonomy", "policy", "referencedOnCommandLine", "memoryContents", "directory",
                    "userSpecifiedConfiguration", "toolSpecifiedConfiguration", "debugOutputFile", "conversionSource",
                    "externalPropertyFile", "repositoryRoot"
                ])),
            "mimeType": .mimeType, "contents": .ref(.artifactContent), "encoding": .string, "sourceLanguage": .string,
            "hashes": .map(.string), "lastModifiedTimeUtc": .string, "properties": .ref(.propertyBag)
        ],
        others: nil
    )

    static let artifactContent = ObjectShape(
        [
            "text": .string, "binary": .string, "rendered": .ref(.multiformatMessageString),
            "properties": .ref(.propertyBag)
        ],
        others: nil
    )

    static let artifactLocation = ObjectShape(
        [
            "uri": .string, "uriBaseId": .string, "index": .integer(minimum: -1), "description": .ref(.message),
            "properties": .ref(.propertyBag)
        ],
        others: nil
    )

    static let address = ObjectShape(
        [
            "absoluteAddress": .integer(minimum: -1), "relativeAddress": .integer, "length": .integer, "kind": .string,
            "name": .string, "fullyQualifiedName": .string, "offsetFromParent": .integer, "index": .integer(minimum: -1),
            "parentIndex": .integer(minimum: -1), "properties": .ref(.propertyBag)
        ],
        others: nil
    )

    static let location = ObjectShape(
        [
            "id": .integer(minimum: -1), "physicalLocation": .ref(.physicalLocation),
            "logicalLocations": .set(.ref(.logicalLocation)), "message": .ref(.message),
            "annotations": .set(.ref(.region)), "relationships": .set(.ref(.locationRelationship)),
            "properties": .ref(.propertyBag)
        ],
        others: nil
    )

    static let locationRelationship = ObjectShape(
        [
            "target": .integer(minimum: 0), "kinds": .set(.string), "description": .ref(.message),
            "properties": .ref(.propertyBag)
        ],
        required: ["target"], others: nil
    )

    static let logicalLocation = ObjectShape(
        [
            "name": .string, "index": .integer(minimum: -1), "fullyQualifiedName": .string, "decoratedName": .string,
            "parentIndex": .integer(minimum: -1), "kind": .string, "properties": .ref(.propertyBag)
        ],
        others: nil
    )

    static let physicalLocation = ObjectShape(
        [
            "address": .ref(.address), "artifactLocation": .ref(.artifactLocation), "region": .ref(.region),
            "contextRegion": .ref(.region), "properties": .ref(.propertyBag)
        ],
        choices: [.anyOf("address", "artifactLocation")], others: nil
    )

    static let rectangle = ObjectShape(
        [
            "top": .number(nil), "left": .number(nil), "bottom": .number(nil), "right": .number(nil),
            "message": .ref(.message), "properties": .ref(.propertyBag)
        ],
        others: nil
    )

    static let region = ObjectShape(
        [
            "startLine": .integer(minimum: 1), "startColumn": .integer(minimum: 1), "endLine": .integer(minimum: 1),
            "endColumn": .integer(minimum: 1), "charOffset": .integer(minimum: -1), "charLength": .integer(minimum: 0),
            "byteOffset": .integer(minimum: -1), "byteLength": .integer(minimum: 0), "snippet": .ref(.artifactContent),
            "message": .ref(.message), "sourceLanguage": .string, "properties": .ref(.propertyBag)
        ],
        others: nil
    )
}
