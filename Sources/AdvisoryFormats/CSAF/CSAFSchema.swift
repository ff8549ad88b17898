/// The shape of a CSAF 2.0 document (OASIS Standard, section 3), formats included (`uri`, `date-time`).
///
/// The embedded CVSS objects are checked member by member; that `version` agrees with the vector is left to test 6.1.10.
enum CSAFSchema {
    static let schema = ShapeSchema(
        root: .object(
            ObjectShape(
                [
                    "document": .object(document), "product_tree": .object(productTree),
                    "vulnerabilities": .nonEmptyArray(.object(vulnerability))
                ],
                required: ["document"]
            )
        ),
        // Branches contain branches; nothing else in CSAF contains itself.
        definitions: [.object(branch)]
    )
}
