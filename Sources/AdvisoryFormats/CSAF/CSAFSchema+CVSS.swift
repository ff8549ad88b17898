// The CVSS objects that CSAF 2.0 embeds, after the JSON schemas of FIRST for versions 2.0, 3.0 and 3.1.
extension CSAFSchema {
    private static let cvssScore = Shape.number(0...10)
    private static let severity = Shape.oneOf(["NONE", "LOW", "MEDIUM", "HIGH", "CRITICAL"])
    private static let impact2 = Shape.oneOf(["NONE", "PARTIAL", "COMPLETE"])
    private static let impact3 = Shape.oneOf(["NONE", "LOW", "HIGH"])
    private static let modifiedImpact = Shape.oneOf(["NONE", "LOW", "HIGH", "NOT_DEFINED"])
    private static let requirement = Shape.oneOf(["LOW", "MEDIUM", "HIGH", "NOT_DEFINED"])
    private static let exploitability = Shape.oneOf(["UNPROVEN", "PROOF_OF_CONCEPT", "FUNCTIONAL", "HIGH", "NOT_DEFINED"])
    private static let remediationLevel = Shape.oneOf([
        "OFFICIAL_FIX", "TEMPORARY_FIX", "WORKAROUND", "UNAVAILABLE", "NOT_DEFINED"
    ])

    static let cvss2 = ObjectShape(
        [
            "version": .oneOf(["2.0"]), "vectorString": .cvss(.cvss2), "baseScore": cvssScore, "temporalScore": cvssScore,
            "environmentalScore": cvssScore, "accessVector": .oneOf(["NETWORK", "ADJACENT_NETWORK", "LOCAL"]),
            "accessComplexity": .oneOf(["HIGH", "MEDIUM", "LOW"]), "authentication": .oneOf(["MULTIPLE", "SINGLE", "NONE"]),
            "confidentialityImpact": impact2, "integrityImpact": impact2, "availabilityImpact": impact2,
            "exploitability": exploitability, "remediationLevel": remediationLevel,
            "reportConfidence": .oneOf(["UNCONFIRMED", "UNCORROBORATED", "CONFIRMED", "NOT_DEFINED"]),
            "collateralDamagePotential": .oneOf(["NONE", "LOW", "LOW_MEDIUM", "MEDIUM_HIGH", "HIGH", "NOT_DEFINED"]),
            "targetDistribution": .oneOf(["NONE", "LOW", "MEDIUM", "HIGH", "NOT_DEFINED"]),
            "confidentialityRequirement": requirement, "integrityRequirement": requirement,
            "availabilityRequirement": requirement
        ],
        required: ["version", "vectorString", "baseScore"]
    )

    static let cvss3 = ObjectShape(
        [
            "version": .oneOf(["3.0", "3.1"]), "vectorString": .cvss(.cvss3), "baseScore": cvssScore, "baseSeverity": severity,
            "temporalScore": cvssScore, "temporalSeverity": severity, "environmentalScore": cvssScore,
            "environmentalSeverity": severity,
            "attackVector": .oneOf(["NETWORK", "ADJACENT_NETWORK", "LOCAL", "PHYSICAL"]),
            "attackComplexity": .oneOf(["HIGH", "LOW"]), "privilegesRequired": .oneOf(["HIGH", "LOW", "NONE"]),
            "userInteraction": .oneOf(["NONE", "REQUIRED"]), "scope": .oneOf(["UNCHANGED", "CHANGED"]),
            "confidentialityImpact": impact3, "integrityImpact": impact3, "availabilityImpact": impact3,
            "exploitCodeMaturity": exploitability, "remediationLevel": remediationLevel,
            "reportConfidence": .oneOf(["UNKNOWN", "REASONABLE", "CONFIRMED", "NOT_DEFINED"]),
            "confidentialityRequirement": requirement, "integrityRequirement": requirement,
            "availabilityRequirement": requirement,
            "modifiedAttackVector": .oneOf(["NETWORK", "ADJACENT_NETWORK", "LOCAL", "PHYSICAL", "NOT_DEFINED"]),
            "modifiedAttackComplexity": .oneOf(["HIGH", "LOW", "NOT_DEFINED"]),
            "modifiedPrivilegesRequired": .oneOf(["HIGH", "LOW", "NONE", "NOT_DEFINED"]),
            "modifiedUserInteraction": .oneOf(["NONE", "REQUIRED", "NOT_DEFINED"]),
            "modifiedScope": .oneOf(["UNCHANGED", "CHANGED", "NOT_DEFINED"]),
            "modifiedConfidentialityImpact": modifiedImpact, "modifiedIntegrityImpact": modifiedImpact,
            "modifiedAvailabilityImpact": modifiedImpact
        ],
        required: ["version", "vectorString", "baseScore", "baseSeverity"]
    )
}
