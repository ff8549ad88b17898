// Tables of OASIS SARIF 2.1.0, in the order of the standard.
extension SARIFSchema {
    static let tool = ObjectShape(
        [
            "driver": .ref(.toolComponent), "extensions": .set(.ref(.toolComponent)), "properties": .ref(.propertyBag)
        ],
        required: ["driver"], others: nil
    )

    static let toolComponent = ObjectShape(
        [
            "guid": .string, "name": .string, "organization": .string, "product": .string, "productSuite": .string,
            "shortDescription": .ref(.multiformatMessageString), "fullDescription": .ref(.multiformatMessageString),
            "fullName": .string, "version": .string, "semanticVersion": .string, "dottedQuadFileVersion": .dottedQuad,
            "releaseDateUtc": .string, "downloadUri": .string, "informationUri": .string,
            "globalMessageStrings": .map(.ref(.multiformatMessageString)),
            "notifications": .set(.ref(.reportingDescriptor)), "rules": .set(.ref(.reportingDescriptor)),
            "taxa": .set(.ref(.reportingDescriptor)), "locations": .array(.ref(.artifactLocation)),
            "language": .language, "contents": .set(.oneOf(["localizedData", "nonLocalizedData"])),
            "isComprehensive": .bool, "localizedDataSemanticVersion": .string,
            "minimumRequiredLocalizedDataSemanticVersion": .string, "associatedComponent": .ref(.toolComponentReference),
            "translationMetadata": .ref(.translationMetadata),
            "supportedTaxonomies": .set(.ref(.toolComponentReference)), "properties": .ref(.propertyBag)
        ],
        required: ["name"], others: nil
    )

    static let toolComponentReference = ObjectShape(
        [
            "name": .string, "index": .integer(minimum: -1), "guid": .string, "properties": .ref(.propertyBag)
        ],
        others: nil
    )

    static let translationMetadata = ObjectShape(
        [
            "name": .string, "fullName": .string, "shortDescription": .ref(.multiformatMessageString),
            "fullDescription": .ref(.multiformatMessageString), "downloadUri": .string, "informationUri": .string,
            "properties": .ref(.propertyBag)
        ],
        required: ["name"], others: nil
    )

    static let reportingDescriptor = ObjectShape(
        [
            "id": .string, "deprecatedIds": .set(.string), "guid": .string, "deprecatedGuids": .set(.string),
            "name": .string, "deprecatedNames": .set(.string), "shortDescription": .ref(.multiformatMessageString),
            "fullDescription": .ref(.multiformatMessageString), "messageStrings": .map(.ref(.multiformatMessageString)),
            "defaultConfiguration": .ref(.reportingConfiguration), "helpUri": .string,
            "help": .ref(.multiformatMessageString), "relationships": .set(.ref(.reportingDescriptorRelationship)),
            "properties": .ref(.propertyBag)
        ],
        required: ["id"], others: nil
    )

    static let reportingDescriptorReference = ObjectShape(
        [
            "id": .string, "index": .integer(minimum: -1), "guid": .string,
            "toolComponent": .ref(.toolComponentReference), "properties": .ref(.propertyBag)
        ],
        choices: [.anyOf("index", "guid", "id")], others: nil
    )

    static let reportingDescriptorRelationship = ObjectShape(
        [
            "target": .ref(.reportingDescriptorReference), "kinds": .set(.string), "description": .ref(.message),
            "properties": .ref(.propertyBag)
        ],
        required: ["target"], others: nil
    )

    static let reportingConfiguration = ObjectShape(
        [
            "enabled": .bool, "level": .oneOf(["none", "note", "warning", "error"]), "rank": .number(-1.0...100.0),
            "parameters": .ref(.propertyBag), "properties": .ref(.propertyBag)
        ],
        others: nil
    )

    static let configurationOverride = ObjectShape(
        [
            "configuration": .ref(.reportingConfiguration), "descriptor": .ref(.reportingDescriptorReference),
            "properties": .ref(.propertyBag)
        ],
        required: ["configuration", "descriptor"], others: nil
    )

    static let message = ObjectShape(
        [
            "text": .string, "markdown": .string, "id": .string, "arguments": .array(.string),
            "properties": .ref(.propertyBag)
        ],
        choices: [.anyOf("text", "id")], others: nil
    )

    static let multiformatMessageString = ObjectShape(
        [
            "text": .string, "markdown": .string, "properties": .ref(.propertyBag)
        ],
        required: ["text"], others: nil
    )

    static let propertyBag = ObjectShape(
        [
            "tags": .set(.string)
        ]
    )
}
