/// The shapes of CVE records (https://github.com/CVEProject/cve-schema): versions 5.0 to 5.1.1 by the schema 5.1.1, which
/// accepts what they allow, and 5.2 and later 5.x by the schema 5.2.
///
/// The schema is `oneOf` a published and a rejected record; the state of the metadata alone decides which can match.
struct CVESchema {
    /// What is accepted in published records of any version: nearly all there are, so that a reader tries it first.
    static let common = CVESchema(identifiesByPackageURL: false, allowsOtherMembers: false).publishedRecord
    static let published = CVESchema(identifiesByPackageURL: false, allowsOtherMembers: true).publishedRecord
    static let published52 = CVESchema(identifiesByPackageURL: true, allowsOtherMembers: false).publishedRecord
    static let rejected = CVESchema(identifiesByPackageURL: false, allowsOtherMembers: true).rejectedRecord

    /// Version 5.2 identifies products by package URL too.
    let identifiesByPackageURL: Bool
    /// Version 5.2 forbids members of products that it does not define.
    let allowsOtherMembers: Bool

    private var publishedRecord: ShapeSchema {
        record(
            metadata: metadata(isPublished: true),
            containers: ObjectShape(
                ["cna": .object(cnaContainer), "adp": .nonEmptySet(.object(adpContainer))], required: ["cna"], others: nil
            )
        )
    }

    private var rejectedRecord: ShapeSchema {
        record(
            metadata: metadata(isPublished: false),
            containers: ObjectShape(["cna": .object(Self.rejectedContainer)], required: ["cna"], others: nil)
        )
    }

    private func record(metadata: ObjectShape, containers: ObjectShape) -> ShapeSchema {
        let root = ObjectShape(
            [
                "dataType": .oneOf(["CVE_RECORD"]),
                "dataVersion": .text("a version 5 of the format") { CVESyntax.isDataVersion($0) },
                "cveMetadata": .object(metadata), "containers": .object(containers)
            ],
            required: ["dataType", "dataVersion", "cveMetadata", "containers"], others: nil
        )
        return ShapeSchema(root: .object(root), definitions: [])
    }

    private func metadata(isPublished: Bool) -> ObjectShape {
        return ObjectShape(
            [
                "cveId": .cveIdentifier, "assignerOrgId": .cveUUID, "assignerShortName": Self.shortName,
                "dateUpdated": .cveTimestamp, "serial": .integer(minimum: 1), "dateReserved": .cveTimestamp,
                "datePublished": .cveTimestamp, "state": .oneOf([isPublished ? "PUBLISHED" : "REJECTED"]),
                isPublished ? "requesterUserId" : "dateRejected": isPublished ? .cveUUID : .cveTimestamp
            ],
            required: ["cveId", "assignerOrgId", "state"], others: nil
        )
    }

    private static let shortName = Shape.string(2...32)

    private static let providerMetadata = ObjectShape(
        ["orgId": .cveUUID, "shortName": shortName, "dateUpdated": .cveTimestamp], required: ["orgId"], others: nil
    )

    private static let rejectedContainer = ObjectShape(
        [
            "providerMetadata": .object(providerMetadata), "rejectedReasons": descriptions,
            "replacedBy": .nonEmptySet(.cveIdentifier)
        ],
        required: ["providerMetadata", "rejectedReasons"], otherNames: { CVESyntax.isExtensionName($0) }
    )

    private var cnaContainer: ObjectShape {
        ObjectShape(
            [
                "providerMetadata": .object(Self.providerMetadata), "dateAssigned": .cveTimestamp, "datePublic": .cveTimestamp,
                "title": .string(1...256), "descriptions": Self.descriptions, "affected": affected,
                "cpeApplicability": .array(.object(Self.applicability)), "problemTypes": Self.problemTypes,
                "references": Self.references, "impacts": Self.impacts, "metrics": Self.metrics,
                "configurations": Self.texts, "workarounds": Self.texts, "solutions": Self.texts, "exploits": Self.texts,
                "timeline": Self.timeline, "credits": Self.credits, "source": Self.source,
                "tags": .nonEmptySet(.cveTag(["unsupported-when-assigned", "exclusively-hosted-service", "disputed"])),
                "taxonomyMappings": Self.taxonomyMappings
            ],
            required: ["providerMetadata", "descriptions", "affected", "references"],
            otherNames: { CVESyntax.isExtensionName($0) }
        )
    }

    private var adpContainer: ObjectShape {
        ObjectShape(
            [
                "providerMetadata": .object(Self.providerMetadata), "datePublic": .cveTimestamp,
                "title": .string(1...256), "descriptions": Self.descriptions, "affected": affected,
                "cpeApplicability": .array(.object(Self.applicability)), "problemTypes": Self.problemTypes,
                "references": Self.references, "impacts": Self.impacts, "metrics": Self.metrics,
                "configurations": Self.texts, "workarounds": Self.texts, "solutions": Self.texts, "exploits": Self.texts,
                "timeline": Self.timeline, "credits": Self.credits, "source": Self.source,
                "tags": .nonEmptySet(.cveTag(["disputed"])), "taxonomyMappings": Self.taxonomyMappings
            ],
            required: ["providerMetadata"], otherNames: { CVESyntax.isExtensionName($0) }, memberCount: 2...Int.max
        )
    }
}
