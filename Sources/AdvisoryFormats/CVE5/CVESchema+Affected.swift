// Products, versions and CPE applicability.
extension CVESchema {
    private static let version = Shape.boundedString(1...1024)
    private static let status = Shape.oneOf(["affected", "unaffected", "unknown"])

    var affected: Shape { .nonEmptyArray(.object(product)) }

    private var product: ObjectShape {
        var identities = [
            ObjectChoice.Option(names: ["vendor", "product"]), ObjectChoice.Option(names: ["collectionURL", "packageName"])
        ]
        if identifiesByPackageURL { identities.append(ObjectChoice.Option(names: ["packageURL"])) }
        return ObjectShape(
            [
                "vendor": .boundedString(1...512), "product": .boundedString(1...2048), "collectionURL": .cveURI,
                "packageName": .boundedString(1...2048), "packageURL": allowsOtherMembers ? .any : .cveURI,
                "cpes": .set(.text("a CPE name") { CVESyntax.isCPE($0) }), "modules": .set(.boundedString(1...4096)),
                "programFiles": .set(.boundedString(1...1024)), "programRoutines": .set(.object(Self.routine)),
                "platforms": .nonEmptySet(.boundedString(0...1024)), "repo": .cveURI, "defaultStatus": Self.status,
                "versions": .nonEmptySet(.object(Self.affectedVersion))
            ],
            others: allowsOtherMembers ? .any : nil,
            choices: [
                ObjectChoice(
                    options: identities,
                    meaning: identifiesByPackageURL
                        ? "vendor and product, or collectionURL and packageName, or packageURL"
                        : "vendor and product, or collectionURL and packageName"
                ),
                ObjectChoice(
                    options: [ObjectChoice.Option(names: ["versions"]), ObjectChoice.Option(names: ["defaultStatus"])],
                    meaning: "versions or defaultStatus"
                )
            ]
        )
    }

    private static let routine = ObjectShape(["name": .boundedString(1...4096)], required: ["name"], others: nil)

    private static let affectedVersion = ObjectShape(
        [
            "version": version, "status": status, "versionType": .boundedString(1...128), "lessThan": version,
            "lessThanOrEqual": version, "changes": .nonEmptySet(.object(change))
        ],
        others: nil,
        choices: [
            ObjectChoice(
                options: [
                    ObjectChoice.Option(names: ["version", "status"], maximumCount: 2),
                    ObjectChoice.Option(names: ["version", "status", "versionType"], maximumCount: 3),
                    ObjectChoice.Option(names: ["version", "status", "versionType", "lessThan"]),
                    ObjectChoice.Option(names: ["version", "status", "versionType", "lessThanOrEqual"])
                ],
                isExclusive: true,
                meaning:
                    "version and status, alone or with versionType, or with versionType and one of lessThan and lessThanOrEqual"
            )
        ]
    )

    private static let change = ObjectShape(["at": version, "status": status], required: ["at", "status"], others: nil)

    static let applicability = ObjectShape(
        ["operator": .oneOf(["AND", "OR"]), "negate": .bool, "nodes": .array(.object(node))], required: ["nodes"],
        passesOtherTypes: true
    )

    private static let node = ObjectShape(
        ["operator": .oneOf(["AND", "OR"]), "negate": .bool, "cpeMatch": .array(.object(match))],
        required: ["operator", "cpeMatch"], passesOtherTypes: true
    )

    private static let match = ObjectShape(
        [
            "vulnerable": .bool, "criteria": .text("a CPE 2.3 name") { CVESyntax.isCPE23($0) }, "matchCriteriaId": .cveUUID,
            "versionStartExcluding": version, "versionStartIncluding": version, "versionEndExcluding": version,
            "versionEndIncluding": version
        ],
        required: ["vulnerable", "criteria"], others: nil
    )
}
