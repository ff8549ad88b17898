// Tables of OASIS CSAF 2.0, section 3.2.
extension CSAFSchema {
    static let productTree = ObjectShape(
        [
            "branches": .nonEmptyArray(.definition(0)),
            "full_product_names": .nonEmptyArray(.object(CSAFSchema.fullProductName)),
            "product_groups": .nonEmptyArray(.object(CSAFSchema.productGroup)),
            "relationships": .nonEmptyArray(.object(CSAFSchema.relationship))
        ],
        memberCount: 1...Int.max
    )

    static let branch = ObjectShape(
        [
            "branches": .nonEmptyArray(.definition(0)),
            "category": .oneOf([
                "architecture", "host_name", "language", "legacy", "patch_level", "product_family", "product_name",
                "product_version", "product_version_range", "service_pack", "specification", "vendor"
            ]),
            "name": .string(minimumLength: 1), "product": .object(CSAFSchema.fullProductName)
        ],
        required: ["category", "name"], memberCount: 3...3
    )

    static let fullProductName = ObjectShape(
        [
            "name": .string(minimumLength: 1), "product_id": .string(minimumLength: 1),
            "product_identification_helper": .object(CSAFSchema.productIdentificationHelper)
        ],
        required: ["name", "product_id"]
    )

    static let productIdentificationHelper = ObjectShape(
        [
            "cpe": .csafCPE, "hashes": .nonEmptyArray(.object(CSAFSchema.hash)),
            "model_numbers": .nonEmptySet(.string(minimumLength: 1)), "purl": .csafPurl,
            "sbom_urls": .nonEmptyArray(.uri), "serial_numbers": .nonEmptySet(.string(minimumLength: 1)),
            "skus": .nonEmptyArray(.string(minimumLength: 1)),
            "x_generic_uris": .nonEmptyArray(.object(CSAFSchema.genericURI))
        ],
        memberCount: 1...Int.max
    )

    static let hash = ObjectShape(
        [
            "file_hashes": .nonEmptyArray(.object(CSAFSchema.fileHash)), "filename": .string(minimumLength: 1)
        ],
        required: ["file_hashes", "filename"]
    )

    static let fileHash = ObjectShape(
        [
            "algorithm": .string(minimumLength: 1), "value": .hexDigest
        ],
        required: ["algorithm", "value"]
    )

    static let genericURI = ObjectShape(
        [
            "namespace": .uri, "uri": .uri
        ],
        required: ["namespace", "uri"]
    )

    static let productGroup = ObjectShape(
        [
            "group_id": .string(minimumLength: 1),
            "product_ids": .array(.string(minimumLength: 1), count: 2...Int.max, isUnique: true),
            "summary": .string(minimumLength: 1)
        ],
        required: ["group_id", "product_ids"]
    )

    static let relationship = ObjectShape(
        [
            "category": .oneOf([
                "default_component_of", "external_component_of", "installed_on", "installed_with",
                "optional_component_of"
            ]),
            "full_product_name": .object(CSAFSchema.fullProductName), "product_reference": .string(minimumLength: 1),
            "relates_to_product_reference": .string(minimumLength: 1)
        ],
        required: ["category", "full_product_name", "product_reference", "relates_to_product_reference"]
    )
}
