// Tables of OASIS SARIF 2.1.0, in the order of the standard.
extension SARIFSchema {
    static let run = ObjectShape(
        [
            "tool": .ref(.tool), "invocations": .array(.ref(.invocation)), "conversion": .ref(.conversion),
            "language": .language, "versionControlProvenance": .set(.ref(.versionControlDetails)),
            "originalUriBaseIds": .map(.ref(.artifactLocation)), "artifacts": .set(.ref(.artifact)),
            "logicalLocations": .set(.ref(.logicalLocation)), "graphs": .set(.ref(.graph)),
            "results": .array(.ref(.result)), "automationDetails": .ref(.runAutomationDetails),
            "runAggregates": .set(.ref(.runAutomationDetails)), "baselineGuid": .string,
            "redactionTokens": .set(.string), "defaultEncoding": .string, "defaultSourceLanguage": .string,
            "newlineSequences": .nonEmptySet(.string), "columnKind": .oneOf(["utf16CodeUnits", "unicodeCodePoints"]),
            "externalPropertyFileReferences": .ref(.externalPropertyFileReferences),
            "threadFlowLocations": .set(.ref(.threadFlowLocation)), "taxonomies": .set(.ref(.toolComponent)),
            "addresses": .array(.ref(.address)), "translations": .set(.ref(.toolComponent)),
            "policies": .set(.ref(.toolComponent)), "webRequests": .set(.ref(.webRequest)),
            "webResponses": .set(.ref(.webResponse)), "specialLocations": .ref(.specialLocations),
            "properties": .ref(.propertyBag)
        ],
        required: ["tool"], others: nil
    )

    static let runAutomationDetails = ObjectShape(
        [
            "description": .ref(.message), "id": .string, "guid": .string, "correlationGuid": .string,
            "properties": .ref(.propertyBag)
        ],
        others: nil
    )

    static let versionControlDetails = ObjectShape(
        [
            "repositoryUri": .string, "revisionId": .string, "branch": .string, "revisionTag": .string,
            "asOfTimeUtc": .string, "mappedTo": .ref(.artifactLocation), "properties": .ref(.propertyBag)
        ],
        required: ["repositoryUri"], others: nil
    )

    static let conversion = ObjectShape(
        [
            "tool": .ref(.tool), "invocation": .ref(.invocation), "analysisToolLogFiles": .set(.ref(.artifactLocation)),
            "properties": .ref(.propertyBag)
        ],
        required: ["tool"], others: nil
    )

    static let invocation = ObjectShape(
        [
            "commandLine": .string, "arguments": .array(.string), "responseFiles": .set(.ref(.artifactLocation)),
            "startTimeUtc": .string, "endTimeUtc": .string, "exitCode": .integer,
            "ruleConfigurationOverrides": .set(.ref(.configurationOverride)),
            "notificationConfigurationOverrides": .set(.ref(.configurationOverride)),
            "toolExecutionNotifications": .array(.ref(.notification)),
            "toolConfigurationNotifications": .array(.ref(.notification)), "exitCodeDescription": .string,
            "exitSignalName": .string, "exitSignalNumber": .integer, "processStartFailureMessage": .string,
            "executionSuccessful": .bool, "machine": .string, "account": .string, "processId": .integer,
            "executableLocation": .ref(.artifactLocation), "workingDirectory": .ref(.artifactLocation),
            "environmentVariables": .map(.string), "stdin": .ref(.artifactLocation), "stdout": .ref(.artifactLocation),
            "stderr": .ref(.artifactLocation), "stdoutStderr": .ref(.artifactLocation), "properties": .ref(.propertyBag)
        ],
        required: ["executionSuccessful"], others: nil
    )

    static let notification = ObjectShape(
        [
            "locations": .set(.ref(.location)), "message": .ref(.message),
            "level": .oneOf(["none", "note", "warning", "error"]), "threadId": .integer, "timeUtc": .string,
            "exception": .ref(.exception), "descriptor": .ref(.reportingDescriptorReference),
            "associatedRule": .ref(.reportingDescriptorReference), "properties": .ref(.propertyBag)
        ],
        required: ["message"], others: nil
    )

    static let exception = ObjectShape(
        [
            "kind": .string, "message": .string, "stack": .ref(.stack), "innerExceptions": .array(.ref(.exception)),
            "properties": .ref(.propertyBag)
        ],
        others: nil
    )

    static let externalProperties = ObjectShape(
        [
            "schema": .string, "version": .oneOf(["2.1.0"]), "guid": .string, "runGuid": .string,
            "conversion": .ref(.conversion), "graphs": .set(.ref(.graph)), "externalizedProperties": .ref(.propertyBag),
            "artifacts": .set(.ref(.artifact)), "invocations": .array(.ref(.invocation)),
            "logicalLocations": .set(.ref(.logicalLocation)), "threadFlowLocations": .set(.ref(.threadFlowLocation)),
            "results": .array(.ref(.result)), "taxonomies": .set(.ref(.toolComponent)), "driver": .ref(.toolComponent),
            "extensions": .set(.ref(.toolComponent)), "policies": .set(.ref(.toolComponent)),
            "translations": .set(.ref(.toolComponent)), "addresses": .array(.ref(.address)),
            "webRequests": .set(.ref(.webRequest)), "webResponses": .set(.ref(.webResponse)),
            "properties": .ref(.propertyBag)
        ],
        others: nil
    )

    static let externalPropertyFileReference = ObjectShape(
        [
            "location": .ref(.artifactLocation), "guid": .string, "itemCount": .integer(minimum: -1),
            "properties": .ref(.propertyBag)
        ],
        choices: [.anyOf("location", "guid")], others: nil
    )

    static let externalPropertyFileReferences = ObjectShape(
        [
            "conversion": .ref(.externalPropertyFileReference), "graphs": .set(.ref(.externalPropertyFileReference)),
            "externalizedProperties": .ref(.externalPropertyFileReference),
            "artifacts": .set(.ref(.externalPropertyFileReference)),
            "invocations": .set(.ref(.externalPropertyFileReference)),
            "logicalLocations": .set(.ref(.externalPropertyFileReference)),
            "threadFlowLocations": .set(.ref(.externalPropertyFileReference)),
            "results": .set(.ref(.externalPropertyFileReference)),
            "taxonomies": .set(.ref(.externalPropertyFileReference)),
            "addresses": .set(.ref(.externalPropertyFileReference)), "driver": .ref(.externalPropertyFileReference),
            "extensions": .set(.ref(.externalPropertyFileReference)),
            "policies": .set(.ref(.externalPropertyFileReference)),
            "translations": .set(.ref(.externalPropertyFileReference)),
            "webRequests": .set(.ref(.externalPropertyFileReference)),
            "webResponses": .set(.ref(.externalPropertyFileReference)), "properties": .ref(.propertyBag)
        ],
        others: nil
    )

    static let specialLocations = ObjectShape(
        [
            "displayBase": .ref(.artifactLocation), "properties": .ref(.propertyBag)
        ],
        others: nil
    )

    static let webRequest = ObjectShape(
        [
            "index": .integer(minimum: -1), "protocol": .string, "version": .string, "target": .string,
            "method": .string, "headers": .map(.string), "parameters": .map(.string), "body": .ref(.artifactContent),
            "properties": .ref(.propertyBag)
        ],
        others: nil
    )

    static let webResponse = ObjectShape(
        [
            "index": .integer(minimum: -1), "protocol": .string, "version": .string, "statusCode": .integer,
            "reasonPhrase": .string, "headers": .map(.string), "body": .ref(.artifactContent),
            "noResponseReceived": .bool, "properties": .ref(.propertyBag)
        ],
        others: nil
    )
}
