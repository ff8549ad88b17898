// Descriptions, references, problem types, credits and the rest of a container's texts.
extension CVESchema {
    private static let text = Shape.string(1...4096)
    private static let word = Shape.string(1...128)

    /// Descriptions, one of them in English.
    static let descriptions = Shape.containing(
        "description in English", .nonEmptySet(.object(description(language: englishWitness)))
    )
    /// Descriptions in any language.
    static let texts = Shape.nonEmptySet(.object(description(language: .cveLanguage)))

    private static let englishWitness = Shape.witness(
        "a language code", { CVESyntax.isLanguage($0) }, { CVESyntax.isEnglish($0) }
    )

    private static func description(language: Shape) -> ObjectShape {
        ObjectShape(
            ["lang": language, "value": text, "supportingMedia": .nonEmptySet(.object(media))], required: ["lang", "value"],
            others: nil
        )
    }

    private static let media = ObjectShape(
        ["type": .string(1...256), "base64": .bool, "value": .string(1...16384)], required: ["type", "value"],
        others: nil
    )

    static let references = Shape.array(.object(reference), count: 1...512, isUnique: true)

    private static let reference = ObjectShape(
        [
            "url": .cveURI, "name": .string(1...512),
            "tags": .nonEmptySet(
                .cveTag([
                    "broken-link", "customer-entitlement", "exploit", "government-resource", "issue-tracking",
                    "mailing-list", "mitigation", "not-applicable", "patch", "permissions-required", "media-coverage",
                    "product", "related", "release-notes", "signature", "technical-description", "third-party-advisory",
                    "vendor-advisory", "vdb-entry"
                ]))
        ],
        required: ["url"], others: nil
    )

    static let problemTypes = Shape.nonEmptySet(
        .object(
            ObjectShape(["descriptions": .nonEmptySet(.object(problemType))], required: ["descriptions"], others: nil)))

    private static let problemType = ObjectShape(
        [
            "lang": .cveLanguage, "description": text,
            "cweId": .text("a weakness like CWE-122") { CVESyntax.isWeakness($0) }, "type": word, "references": references
        ],
        required: ["lang", "description"], others: nil
    )

    static let impacts = Shape.nonEmptySet(
        .object(
            ObjectShape(
                [
                    "capecId": .text("an attack pattern like CAPEC-66") { CVESyntax.isAttackPattern($0) },
                    "descriptions": descriptions
                ],
                required: ["descriptions"], others: nil
            )))

    static let timeline = Shape.nonEmptySet(
        .object(
            ObjectShape(
                ["time": .cveTimestamp, "lang": .cveLanguage, "value": text], required: ["time", "lang", "value"], others: nil
            )))

    static let credits = Shape.nonEmptySet(
        .object(
            ObjectShape(
                [
                    "lang": .cveLanguage, "value": text, "user": .cveUUID,
                    "type": .oneOf([
                        "finder", "reporter", "analyst", "coordinator", "remediation developer", "remediation reviewer",
                        "remediation verifier", "tool", "sponsor", "other"
                    ])
                ],
                required: ["lang", "value"], others: nil
            )))

    static let source = Shape.object(ObjectShape([:], memberCount: 1...Int.max))

    static let taxonomyMappings = Shape.nonEmptySet(
        .object(
            ObjectShape(
                [
                    "taxonomyName": word, "taxonomyVersion": word,
                    "taxonomyRelations": .nonEmptySet(.object(taxonomyRelation))
                ],
                required: ["taxonomyName", "taxonomyRelations"], others: nil
            )))

    private static let taxonomyRelation = ObjectShape(
        [
            "taxonomyId": .string(1...2048), "relationshipName": word, "relationshipValue": .string(1...2048)
        ],
        required: ["taxonomyId", "relationshipName", "relationshipValue"], others: nil
    )
}
