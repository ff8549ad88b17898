/// The shape of a SARIF 2.1.0 log (OASIS Standard, section 3 and its schema): every object with its members.
///
/// Formats (`uri`, `uuid`, `date-time`) are annotations in that schema and are not judged here.
enum SARIFSchema {
    /// The objects of the standard, which refer to each other.
    enum Definition: Int, CaseIterable {
        case tool, toolComponent, toolComponentReference, translationMetadata, reportingDescriptor
        case reportingDescriptorReference, reportingDescriptorRelationship, reportingConfiguration
        case configurationOverride, message, multiformatMessageString, propertyBag, run, runAutomationDetails
        case versionControlDetails, conversion, invocation, notification, exception, externalProperties
        case externalPropertyFileReference, externalPropertyFileReferences, specialLocations, webRequest
        case webResponse, artifact, artifactContent, artifactLocation, address, location, locationRelationship
        case logicalLocation, physicalLocation, rectangle, region, result, resultProvenance, suppression
        case attachment, fix, artifactChange, replacement, codeFlow, threadFlow, threadFlowLocation, stack
        case stackFrame, graph, graphTraversal, node, edge, edgeTraversal

        var shape: ObjectShape {
            switch self {
            case .tool: SARIFSchema.tool
            case .toolComponent: SARIFSchema.toolComponent
            case .toolComponentReference: SARIFSchema.toolComponentReference
            case .translationMetadata: SARIFSchema.translationMetadata
            case .reportingDescriptor: SARIFSchema.reportingDescriptor
            case .reportingDescriptorReference: SARIFSchema.reportingDescriptorReference
            case .reportingDescriptorRelationship: SARIFSchema.reportingDescriptorRelationship
            case .reportingConfiguration: SARIFSchema.reportingConfiguration
            case .configurationOverride: SARIFSchema.configurationOverride
            case .message: SARIFSchema.message
            case .multiformatMessageString: SARIFSchema.multiformatMessageString
            case .propertyBag: SARIFSchema.propertyBag
            case .run: SARIFSchema.run
            case .runAutomationDetails: SARIFSchema.runAutomationDetails
            case .versionControlDetails: SARIFSchema.versionControlDetails
            case .conversion: SARIFSchema.conversion
            case .invocation: SARIFSchema.invocation
            case .notification: SARIFSchema.notification
            case .exception: SARIFSchema.exception
            case .externalProperties: SARIFSchema.externalProperties
            case .externalPropertyFileReference: SARIFSchema.externalPropertyFileReference
            case .externalPropertyFileReferences: SARIFSchema.externalPropertyFileReferences
            case .specialLocations: SARIFSchema.specialLocations
            case .webRequest: SARIFSchema.webRequest
            case .webResponse: SARIFSchema.webResponse
            case .artifact: SARIFSchema.artifact
            case .artifactContent: SARIFSchema.artifactContent
            case .artifactLocation: SARIFSchema.artifactLocation
            case .address: SARIFSchema.address
            case .location: SARIFSchema.location
            case .locationRelationship: SARIFSchema.locationRelationship
            case .logicalLocation: SARIFSchema.logicalLocation
            case .physicalLocation: SARIFSchema.physicalLocation
            case .rectangle: SARIFSchema.rectangle
            case .region: SARIFSchema.region
            case .result: SARIFSchema.result
            case .resultProvenance: SARIFSchema.resultProvenance
            case .suppression: SARIFSchema.suppression
            case .attachment: SARIFSchema.attachment
            case .fix: SARIFSchema.fix
            case .artifactChange: SARIFSchema.artifactChange
            case .replacement: SARIFSchema.replacement
            case .codeFlow: SARIFSchema.codeFlow
            case .threadFlow: SARIFSchema.threadFlow
            case .threadFlowLocation: SARIFSchema.threadFlowLocation
            case .stack: SARIFSchema.stack
            case .stackFrame: SARIFSchema.stackFrame
            case .graph: SARIFSchema.graph
            case .graphTraversal: SARIFSchema.graphTraversal
            case .node: SARIFSchema.node
            case .edge: SARIFSchema.edge
            case .edgeTraversal: SARIFSchema.edgeTraversal
            }
        }
    }

    static let schema = ShapeSchema(
        root: .object(
            ObjectShape(
                [
                    "$schema": .string, "version": .oneOf(["2.1.0"]), "runs": .array(.ref(.run)),
                    "inlineExternalProperties": .set(.ref(.externalProperties)), "properties": .ref(.propertyBag)
                ],
                required: ["version", "runs"], others: nil
            )
        ),
        definitions: Definition.allCases.map { .object($0.shape) }
    )
}

extension Shape {
    static func ref(_ definition: SARIFSchema.Definition) -> Shape { .definition(definition.rawValue) }

    /// `^[a-zA-Z]{2}(-[a-zA-Z]{2})?$`
    static let language = Shape.text("a language tag like en-US") { text in
        (text.count == 2 || text.count == 5 && text[2] == UInt8(ascii: "-"))
            && text.indices.allSatisfy { $0 == 2 || (text[$0] | 0x20) &- UInt8(ascii: "a") < 26 }
    }

    /// `[^/]+/.+`, anywhere in the text.
    static let mimeType = Shape.text("a media type like text/plain") { text in
        text.indices.contains { slash in
            text[slash] == UInt8(ascii: "/") && slash > 0 && text[slash - 1] != UInt8(ascii: "/")
                && slash + 1 < text.count && text[slash + 1] != 0x0A && text[slash + 1] != 0x0D
        }
    }

    /// `[0-9]+(\.[0-9]+){3}`, anywhere in the text.
    static let dottedQuad = Shape.text("four numbers joined by points") { text in
        let runs = text.split(omittingEmptySubsequences: false) { $0 != UInt8(ascii: ".") && $0 &- 0x30 > 9 }
        return runs.contains { run in
            var numbers = 0
            for part in run.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false) {
                numbers = part.isEmpty ? 0 : numbers + 1
                if numbers == 4 { return true }
            }
            return false
        }
    }
}
