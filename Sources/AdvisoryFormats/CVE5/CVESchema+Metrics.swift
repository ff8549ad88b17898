// Metrics: CVSS objects after the schemas of FIRST as the CVE record format embeds them, and others of free content.
extension CVESchema {
    static let metrics = Shape.nonEmptySet(
        .object(
            ObjectShape(
                [
                    "format": .string(1...64), "scenarios": .nonEmptySet(.object(scenario)),
                    "cvssV4_0": .object(cvss4), "cvssV3_1": .object(cvss3("3.1") { SeveritySyntax.isCVEScore31($0) }),
                    "cvssV3_0": .object(cvss3("3.0") { SeveritySyntax.isCVEScore30($0) }), "cvssV2_0": .object(cvss2),
                    "other": .object(other)
                ],
                choices: [.anyOf("cvssV4_0", "cvssV3_1", "cvssV3_0", "cvssV2_0", "other")], others: nil
            )))

    private static let scenario = ObjectShape(
        ["lang": .cveLanguage, "value": .string(1...4096)], required: ["lang", "value"], others: nil
    )

    private static let other = ObjectShape(
        ["type": .string(1...128), "content": .object(ObjectShape([:], memberCount: 1...Int.max))],
        required: ["type", "content"], others: nil
    )

    /// 0, 0.1 … 10: every value that has one decimal.
    private static let score = Shape.amount("a score from 0 to 10 with one decimal") {
        0...10 ~= $0 && ($0 * 10).rounded() / 10 == $0
    }
    private static let severity = Shape.oneOf(["NONE", "LOW", "MEDIUM", "HIGH", "CRITICAL"])

    private static let severityOfScore = MemberAgreement(
        first: "baseScore", second: "baseSeverity", meaning: "the score has another severity than baseSeverity"
    ) { score, severity in
        // What is no score or no severity breaks a rule of its own.
        guard let value = Double(String(decoding: score, as: UTF8.self)) else { return true }
        let word: StaticString =
            switch value {
            case ..<0.1: "\"NONE\""
            case ..<4: "\"LOW\""
            case ..<7: "\"MEDIUM\""
            case ..<9: "\"HIGH\""
            default: "\"CRITICAL\""
            }
        return severity.withUnsafeBufferPointer { $0.equals(word) || $0.first != UInt8(ascii: "\"") }
    }

    private static let impact2 = Shape.oneOf(["NONE", "PARTIAL", "COMPLETE"])
    private static let impact3 = Shape.oneOf(["NONE", "LOW", "HIGH"])
    private static let modifiedImpact = Shape.oneOf(["NONE", "LOW", "HIGH", "NOT_DEFINED"])
    private static let requirement = Shape.oneOf(["LOW", "MEDIUM", "HIGH", "NOT_DEFINED"])
    private static let lowOrHigh = Shape.oneOf(["HIGH", "LOW"])
    private static let modifiedLowOrHigh = Shape.oneOf(["HIGH", "LOW", "NOT_DEFINED"])
    private static let exploitability = Shape.oneOf(["UNPROVEN", "PROOF_OF_CONCEPT", "FUNCTIONAL", "HIGH", "NOT_DEFINED"])
    private static let remediationLevel = Shape.oneOf([
        "OFFICIAL_FIX", "TEMPORARY_FIX", "WORKAROUND", "UNAVAILABLE", "NOT_DEFINED"
    ])

    private static let cvss2 = ObjectShape(
        [
            "version": .oneOf(["2.0"]), "vectorString": .cvss(.cvss2), "baseScore": .number(0...10),
            "temporalScore": .number(0...10), "environmentalScore": .number(0...10),
            "accessVector": .oneOf(["NETWORK", "ADJACENT_NETWORK", "LOCAL"]),
            "accessComplexity": .oneOf(["HIGH", "MEDIUM", "LOW"]), "authentication": .oneOf(["MULTIPLE", "SINGLE", "NONE"]),
            "confidentialityImpact": impact2, "integrityImpact": impact2, "availabilityImpact": impact2,
            "exploitability": exploitability, "remediationLevel": remediationLevel,
            "reportConfidence": .oneOf(["UNCONFIRMED", "UNCORROBORATED", "CONFIRMED", "NOT_DEFINED"]),
            "collateralDamagePotential": .oneOf(["NONE", "LOW", "LOW_MEDIUM", "MEDIUM_HIGH", "HIGH", "NOT_DEFINED"]),
            "targetDistribution": .oneOf(["NONE", "LOW", "MEDIUM", "HIGH", "NOT_DEFINED"]),
            "confidentialityRequirement": requirement, "integrityRequirement": requirement,
            "availabilityRequirement": requirement
        ],
        required: ["version", "vectorString", "baseScore"], others: nil
    )

    private static func cvss3(
        _ version: ShapeWord, _ isVector: @escaping @Sendable (UnsafeBufferPointer<UInt8>) -> Bool
    ) -> ObjectShape {
        ObjectShape(
            [
                "version": .oneOf([version]), "vectorString": .text("a vector of that version", isVector),
                "attackVector": .oneOf(["NETWORK", "ADJACENT_NETWORK", "LOCAL", "PHYSICAL"]), "attackComplexity": lowOrHigh,
                "privilegesRequired": impact3, "userInteraction": .oneOf(["NONE", "REQUIRED"]),
                "scope": .oneOf(["UNCHANGED", "CHANGED"]), "confidentialityImpact": impact3, "integrityImpact": impact3,
                "availabilityImpact": impact3, "baseScore": score, "baseSeverity": severity,
                "exploitCodeMaturity": exploitability, "remediationLevel": remediationLevel,
                "reportConfidence": .oneOf(["UNKNOWN", "REASONABLE", "CONFIRMED", "NOT_DEFINED"]), "temporalScore": score,
                "temporalSeverity": severity, "confidentialityRequirement": requirement,
                "integrityRequirement": requirement, "availabilityRequirement": requirement,
                "modifiedAttackVector": .oneOf(["NETWORK", "ADJACENT_NETWORK", "LOCAL", "PHYSICAL", "NOT_DEFINED"]),
                "modifiedAttackComplexity": modifiedLowOrHigh, "modifiedPrivilegesRequired": modifiedImpact,
                "modifiedUserInteraction": .oneOf(["NONE", "REQUIRED", "NOT_DEFINED"]),
                "modifiedScope": .oneOf(["UNCHANGED", "CHANGED", "NOT_DEFINED"]),
                "modifiedConfidentialityImpact": modifiedImpact, "modifiedIntegrityImpact": modifiedImpact,
                "modifiedAvailabilityImpact": modifiedImpact, "environmentalScore": score, "environmentalSeverity": severity
            ],
            required: ["version", "vectorString", "baseScore", "baseSeverity"], agreement: severityOfScore, others: nil
        )
    }

    private static let cvss4 = ObjectShape(
        [
            "version": .oneOf(["4.0"]), "vectorString": .cvss(.cvss4), "baseScore": score, "baseSeverity": severity,
            "attackVector": .oneOf(["NETWORK", "ADJACENT", "LOCAL", "PHYSICAL"]), "attackComplexity": lowOrHigh,
            "attackRequirements": .oneOf(["NONE", "PRESENT"]), "privilegesRequired": impact3,
            "userInteraction": .oneOf(["NONE", "PASSIVE", "ACTIVE"]), "vulnConfidentialityImpact": impact3,
            "vulnIntegrityImpact": impact3, "vulnAvailabilityImpact": impact3, "subConfidentialityImpact": impact3,
            "subIntegrityImpact": impact3, "subAvailabilityImpact": impact3,
            "exploitMaturity": .oneOf(["UNREPORTED", "PROOF_OF_CONCEPT", "ATTACKED", "NOT_DEFINED"]),
            "confidentialityRequirement": requirement, "integrityRequirement": requirement,
            "availabilityRequirement": requirement,
            "modifiedAttackVector": .oneOf(["NETWORK", "ADJACENT", "LOCAL", "PHYSICAL", "NOT_DEFINED"]),
            "modifiedAttackComplexity": modifiedLowOrHigh,
            "modifiedAttackRequirements": .oneOf(["NONE", "PRESENT", "NOT_DEFINED"]),
            "modifiedPrivilegesRequired": modifiedImpact,
            "modifiedUserInteraction": .oneOf(["NONE", "PASSIVE", "ACTIVE", "NOT_DEFINED"]),
            "modifiedVulnConfidentialityImpact": modifiedImpact, "modifiedVulnIntegrityImpact": modifiedImpact,
            "modifiedVulnAvailabilityImpact": modifiedImpact, "modifiedSubConfidentialityImpact": modifiedImpact,
            "modifiedSubIntegrityImpact": .oneOf(["NONE", "LOW", "HIGH", "SAFETY", "NOT_DEFINED"]),
            "modifiedSubAvailabilityImpact": .oneOf(["NONE", "LOW", "HIGH", "SAFETY", "NOT_DEFINED"]),
            "Safety": .oneOf(["NEGLIGIBLE", "PRESENT", "NOT_DEFINED"]), "Automatable": .oneOf(["NO", "YES", "NOT_DEFINED"]),
            "Recovery": .oneOf(["AUTOMATIC", "USER", "IRRECOVERABLE", "NOT_DEFINED"]),
            "valueDensity": .oneOf(["DIFFUSE", "CONCENTRATED", "NOT_DEFINED"]),
            "vulnerabilityResponseEffort": .oneOf(["LOW", "MODERATE", "HIGH", "NOT_DEFINED"]),
            "providerUrgency": .oneOf(["CLEAR", "GREEN", "AMBER", "RED", "NOT_DEFINED"])
        ],
        required: ["version", "vectorString", "baseScore", "baseSeverity"], agreement: severityOfScore, others: nil
    )
}
