// Tables of OASIS CSAF 2.0, section 3.2.
extension CSAFSchema {
    static let note = ObjectShape(
        [
            "audience": .string(minimumLength: 1),
            "category": .oneOf(["description", "details", "faq", "general", "legal_disclaimer", "other", "summary"]),
            "text": .string(minimumLength: 1), "title": .string(minimumLength: 1)
        ],
        required: ["category", "text"]
    )

    static let reference = ObjectShape(
        [
            "category": .oneOf(["external", "self"]), "summary": .string(minimumLength: 1), "url": .uri
        ],
        required: ["summary", "url"]
    )

    static let acknowledgment = ObjectShape(
        [
            "names": .nonEmptyArray(.string(minimumLength: 1)), "organization": .string(minimumLength: 1),
            "summary": .string(minimumLength: 1), "urls": .nonEmptyArray(.uri)
        ],
        memberCount: 1...Int.max
    )

    static let document = ObjectShape(
        [
            "acknowledgments": .nonEmptyArray(.object(CSAFSchema.acknowledgment)),
            "aggregate_severity": .object(CSAFSchema.aggregateSeverity), "category": .csafCategory,
            "csaf_version": .oneOf(["2.0"]), "distribution": .object(CSAFSchema.distribution), "lang": .csafLanguage,
            "notes": .nonEmptyArray(.object(CSAFSchema.note)), "publisher": .object(CSAFSchema.publisher),
            "references": .nonEmptyArray(.object(CSAFSchema.reference)), "source_lang": .csafLanguage,
            "title": .string(minimumLength: 1), "tracking": .object(CSAFSchema.tracking)
        ],
        required: ["category", "csaf_version", "publisher", "title", "tracking"]
    )

    static let aggregateSeverity = ObjectShape(
        [
            "namespace": .uri, "text": .string(minimumLength: 1)
        ],
        required: ["text"]
    )

    static let distribution = ObjectShape(
        [
            "text": .string(minimumLength: 1), "tlp": .object(CSAFSchema.tlp)
        ],
        memberCount: 1...Int.max
    )

    static let tlp = ObjectShape(
        [
            "label": .oneOf(["AMBER", "GREEN", "RED", "WHITE"]), "url": .uri
        ],
        required: ["label"]
    )

    static let publisher = ObjectShape(
        [
            "category": .oneOf(["coordinator", "discoverer", "other", "translator", "user", "vendor"]),
            "contact_details": .string(minimumLength: 1), "issuing_authority": .string(minimumLength: 1),
            "name": .string(minimumLength: 1), "namespace": .uri
        ],
        required: ["category", "name", "namespace"]
    )

    static let tracking = ObjectShape(
        [
            "aliases": .nonEmptySet(.string(minimumLength: 1)), "current_release_date": .dateTime,
            "generator": .object(CSAFSchema.generator), "id": .trackingID, "initial_release_date": .dateTime,
            "revision_history": .nonEmptyArray(.object(CSAFSchema.revision)),
            "status": .oneOf(["draft", "final", "interim"]), "version": .csafVersion
        ],
        required: ["current_release_date", "id", "initial_release_date", "revision_history", "status", "version"]
    )

    static let generator = ObjectShape(
        [
            "date": .dateTime, "engine": .object(CSAFSchema.engine)
        ],
        required: ["engine"]
    )

    static let engine = ObjectShape(
        [
            "name": .string(minimumLength: 1), "version": .string(minimumLength: 1)
        ],
        required: ["name"]
    )

    static let revision = ObjectShape(
        [
            "date": .dateTime, "legacy_version": .string(minimumLength: 1), "number": .csafVersion,
            "summary": .string(minimumLength: 1)
        ],
        required: ["date", "number", "summary"]
    )
}
