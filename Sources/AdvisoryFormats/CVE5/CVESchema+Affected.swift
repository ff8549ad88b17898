// Products, versions and CPE applicability.
extension CVESchema {
    private static let version = Shape.string(1...1024)
    private static let status = Shape.oneOf(["affected", "unaffected", "unknown"])

    var affected: Shape { .nonEmptyArray(.object(product)) }

    private var product: ObjectShape {
        var identities: [MemberChoice.Group] = [["vendor", "product"], ["collectionURL", "packageName"]]
        if identifiesByPackageURL { identities.append("packageURL") }
        return ObjectShape(
            [
                "vendor": .string(1...512), "product": .string(1...2048), "collectionURL": .cveURI,
                "packageName": .string(1...2048), "packageURL": allowsOtherMembers ? .any : .cveURI,
                "cpes": .set(.text("a CPE name") { CVESyntax.isCPE($0) }), "modules": .set(.string(1...4096)),
                "programFiles": .set(.string(1...1024)), "programRoutines": .set(.object(Self.routine)),
                "platforms": .nonEmptySet(.string(0...1024)), "repo": .cveURI, "defaultStatus": Self.status,
                "versions": .nonEmptySet(.object(Self.affectedVersion))
            ],
            choices: [MemberChoice(groups: identities, isExclusive: false), .anyOf("versions", "defaultStatus")],
            others: allowsOtherMembers ? .any : nil
        )
    }

    private static let routine = ObjectShape(["name": .string(1...4096)], required: ["name"], others: nil)

    private static let affectedVersion = ObjectShape(
        [
            "version": version, "status": status, "versionType": .string(1...128), "lessThan": version,
            "lessThanOrEqual": version, "changes": .nonEmptySet(.object(change))
        ],
        choices: [
            .oneOf(
                .alone("version", "status"), .alone("version", "status", "versionType"),
                ["version", "status", "versionType", "lessThan"], ["version", "status", "versionType", "lessThanOrEqual"]
            )
        ],
        others: nil
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
