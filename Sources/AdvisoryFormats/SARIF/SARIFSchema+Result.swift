// Tables of OASIS SARIF 2.1.0, in the order of the standard.
extension SARIFSchema {
    static let result = ObjectShape(
        [
            "ruleId": .string, "ruleIndex": .integer(minimum: -1), "rule": .ref(.reportingDescriptorReference),
            "kind": .oneOf(["notApplicable", "pass", "fail", "review", "open", "informational"]),
            "level": .oneOf(["none", "note", "warning", "error"]), "message": .ref(.message),
            "analysisTarget": .ref(.artifactLocation), "locations": .array(.ref(.location)), "guid": .string,
            "correlationGuid": .string, "occurrenceCount": .integer(minimum: 1), "partialFingerprints": .map(.string),
            "fingerprints": .map(.string), "stacks": .set(.ref(.stack)), "codeFlows": .array(.ref(.codeFlow)),
            "graphs": .set(.ref(.graph)), "graphTraversals": .set(.ref(.graphTraversal)),
            "relatedLocations": .set(.ref(.location)), "suppressions": .set(.ref(.suppression)),
            "baselineState": .oneOf(["new", "unchanged", "updated", "absent"]), "rank": .number(-1.0...100.0),
            "attachments": .set(.ref(.attachment)), "hostedViewerUri": .string, "workItemUris": .set(.string),
            "provenance": .ref(.resultProvenance), "fixes": .set(.ref(.fix)),
            "taxa": .set(.ref(.reportingDescriptorReference)), "webRequest": .ref(.webRequest),
            "webResponse": .ref(.webResponse), "properties": .ref(.propertyBag)
        ],
        required: ["message"], others: nil
    )

    static let resultProvenance = ObjectShape(
        [
            "firstDetectionTimeUtc": .string, "lastDetectionTimeUtc": .string, "firstDetectionRunGuid": .string,
            "lastDetectionRunGuid": .string, "invocationIndex": .integer(minimum: -1),
            "conversionSources": .set(.ref(.physicalLocation)), "properties": .ref(.propertyBag)
        ],
        others: nil
    )

    static let suppression = ObjectShape(
        [
            "guid": .string, "kind": .oneOf(["inSource", "external"]),
            "status": .oneOf(["accepted", "underReview", "rejected"]), "justification": .string,
            "location": .ref(.location), "properties": .ref(.propertyBag)
        ],
        required: ["kind"], others: nil
    )

    static let attachment = ObjectShape(
        [
            "description": .ref(.message), "artifactLocation": .ref(.artifactLocation), "regions": .set(.ref(.region)),
            "rectangles": .set(.ref(.rectangle)), "properties": .ref(.propertyBag)
        ],
        required: ["artifactLocation"], others: nil
    )

    static let fix = ObjectShape(
        [
            "description": .ref(.message), "artifactChanges": .nonEmptySet(.ref(.artifactChange)),
            "properties": .ref(.propertyBag)
        ],
        required: ["artifactChanges"], others: nil
    )

    static let artifactChange = ObjectShape(
        [
            "artifactLocation": .ref(.artifactLocation), "replacements": .nonEmptyArray(.ref(.replacement)),
            "properties": .ref(.propertyBag)
        ],
        required: ["artifactLocation", "replacements"], others: nil
    )

    static let replacement = ObjectShape(
        [
            "deletedRegion": .ref(.region), "insertedContent": .ref(.artifactContent), "properties": .ref(.propertyBag)
        ],
        required: ["deletedRegion"], others: nil
    )

    static let codeFlow = ObjectShape(
        [
            "message": .ref(.message), "threadFlows": .nonEmptyArray(.ref(.threadFlow)),
            "properties": .ref(.propertyBag)
        ],
        required: ["threadFlows"], others: nil
    )

    static let threadFlow = ObjectShape(
        [
            "id": .string, "message": .ref(.message), "initialState": .map(.ref(.multiformatMessageString)),
            "immutableState": .map(.ref(.multiformatMessageString)),
            "locations": .nonEmptyArray(.ref(.threadFlowLocation)), "properties": .ref(.propertyBag)
        ],
        required: ["locations"], others: nil
    )

    static let threadFlowLocation = ObjectShape(
        [
            "index": .integer(minimum: -1), "location": .ref(.location), "stack": .ref(.stack), "kinds": .set(.string),
            "taxa": .set(.ref(.reportingDescriptorReference)), "module": .string,
            "state": .map(.ref(.multiformatMessageString)), "nestingLevel": .integer(minimum: 0),
            "executionOrder": .integer(minimum: -1), "executionTimeUtc": .string,
            "importance": .oneOf(["important", "essential", "unimportant"]), "webRequest": .ref(.webRequest),
            "webResponse": .ref(.webResponse), "properties": .ref(.propertyBag)
        ],
        others: nil
    )

    static let stack = ObjectShape(
        [
            "message": .ref(.message), "frames": .array(.ref(.stackFrame)), "properties": .ref(.propertyBag)
        ],
        required: ["frames"], others: nil
    )

    static let stackFrame = ObjectShape(
        [
            "location": .ref(.location), "module": .string, "threadId": .integer, "parameters": .array(.string),
            "properties": .ref(.propertyBag)
        ],
        others: nil
    )

    static let graph = ObjectShape(
        [
            "description": .ref(.message), "nodes": .set(.ref(.node)), "edges": .set(.ref(.edge)),
            "properties": .ref(.propertyBag)
        ],
        others: nil
    )

    static let graphTraversal = ObjectShape(
        [
            "runGraphIndex": .integer(minimum: -1), "resultGraphIndex": .integer(minimum: -1),
            "description": .ref(.message), "initialState": .map(.ref(.multiformatMessageString)),
            "immutableState": .map(.ref(.multiformatMessageString)), "edgeTraversals": .array(.ref(.edgeTraversal)),
            "properties": .ref(.propertyBag)
        ],
        choices: [.oneOf("runGraphIndex", "resultGraphIndex")], others: nil
    )

    static let node = ObjectShape(
        [
            "id": .string, "label": .ref(.message), "location": .ref(.location), "children": .set(.ref(.node)),
            "properties": .ref(.propertyBag)
        ],
        required: ["id"], others: nil
    )

    static let edge = ObjectShape(
        [
            "id": .string, "label": .ref(.message), "sourceNodeId": .string, "targetNodeId": .string,
            "properties": .ref(.propertyBag)
        ],
        required: ["id", "sourceNodeId", "targetNodeId"], others: nil
    )

    static let edgeTraversal = ObjectShape(
        [
            "edgeId": .string, "message": .ref(.message), "finalState": .map(.ref(.multiformatMessageString)),
            "stepOverEdgeCount": .integer(minimum: 0), "properties": .ref(.propertyBag)
        ],
        required: ["edgeId"], others: nil
    )
}
