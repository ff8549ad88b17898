/// The rules of CycloneDX 1.0 to 1.7 (ECMA-424) beyond what an inventory needs: the JSON and XML schemas as tables, each line with
/// the versions that it holds for. JSON of 1.2 and 1.3 is held to the strict schemas, which forbid unknown members as those of
/// every later version do.
enum CycloneDXRules {
    /// JSON by the number behind the point of the version; there is none before 1.2.
    static func shapes(edition: Int) -> ShapeSchema? {
        switch edition {
        case 2: json2
        case 3: json3
        case 4: json4
        case 5: json5
        case 6: json6
        case 7: json7
        default: nil
        }
    }

    /// XML by the number behind the point of the version.
    static func elements(edition: Int) -> ElementSchema? {
        switch edition {
        case 0: xml0
        case 1: xml1
        case 2: xml2
        case 3: xml3
        case 4: xml4
        case 5: xml5
        case 6: xml6
        case 7: xml7
        default: nil
        }
    }

    /// Schemas of CycloneDX's own extensions, by their namespace: elements of other namespaces may stand in a document.
    static let extensions = [
        "http://cyclonedx.org/schema/ext/dependency-graph/1.0": ElementNotation.schema(
            [
                """
                dependencies
                  dependency:dependency*
                dependency
                  @ref! string
                  @*
                  dependency:dependency*
                """
            ], edition: 0, root: "dependencies", rules: [:]
        )
    ]

    // Each is read from the tables when a document of its version is first met: that takes some milliseconds.
    private static let json2 = json(2)
    private static let json3 = json(3)
    private static let json4 = json(4)
    private static let json5 = json(5)
    private static let json6 = json(6)
    private static let json7 = json(7)
    private static let xml0 = xml(0)
    private static let xml1 = xml(1)
    private static let xml2 = xml(2)
    private static let xml3 = xml(3)
    private static let xml4 = xml(4)
    private static let xml5 = xml(5)
    private static let xml6 = xml(6)
    private static let xml7 = xml(7)

    private static func json(_ edition: Int) -> ShapeSchema {
        ShapeNotation.schema(
            [jsonComponents, jsonModelsAndCryptography, jsonServicesAndProcesses, jsonStandardsAndPatents],
            edition: edition, rules: texts
        )
    }

    private static func xml(_ edition: Int) -> ElementSchema {
        ElementNotation.schema(
            [xmlComponents, xmlModelsAndVulnerabilities, xmlProcessesAndCryptography, xmlStandardsAndDocument],
            edition: edition, root: "bom", rules: texts
        )
    }

    /// The rules for texts that the tables name.
    static let texts: [String: Shape] = [
        "uuidURN": .text("urn:uuid: and a UUID in lowercase") { CycloneDXSyntax.isUUIDURN($0) },
        "serialNumber": .text("urn:uuid: and a UUID in lowercase") { CycloneDXSyntax.isSerialNumber($0) },
        "mediaType": .text("a media type in lowercase") { CycloneDXSyntax.isMediaType($0) },
        "hashContent": .text("a hash of 128 to 512 bits in hexadecimal digits") { CycloneDXSyntax.isHashContent($0) },
        "line": .text("a text on one line") { CycloneDXSyntax.isLine($0) },
        "locale": .text("a language like en or en-US") { CycloneDXSyntax.isLocale($0) },
        "countryCode": .text("a country of two capital letters") { CycloneDXSyntax.isCountryCode($0) },
        "bomLinkDocument": .text("urn:cdx: with a serial number and a version") { CycloneDXSyntax.isBOMLinkDocument($0) },
        "bomLinkElement": .text("urn:cdx: with an element behind #") { CycloneDXSyntax.isBOMLinkElement($0) },
        "commonRequirement": .text("CRE: and two numbers") { CycloneDXSyntax.isCommonRequirement($0) },
        "patentNumber": .text("a patent's number") { CycloneDXSyntax.isPatentNumber($0) },
        "licenseID": .text("an identifier of the SPDX license list") { SPDXLicenseID.contains($0) },
        "cpe": .text("a CPE name of 2.2 or 2.3") { CPESyntax.isCPE($0) },
        "iriReference": .text("an IRI reference") { CycloneDXSyntax.isIRIReference($0) },
        "email": .text("an e-mail address") { CycloneDXSyntax.isEmail($0) },
        "uri": .uri, "dateTime": .dateTime,
        "date": .text("a date like 2026-01-31") { $0.count == 10 && XMLSchemaText.isDate($0[...]) }
    ]
}
