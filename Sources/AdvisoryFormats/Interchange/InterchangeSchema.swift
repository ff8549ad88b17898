/// The shape of each kind of statement: predicates are closed, the envelope and its subjects are open (interchange.schema.json).
enum InterchangeSchema {
    static func schema(of type: InterchangeRecord.PredicateType) -> ShapeSchema {
        switch type {
        case .certificate: schemas.certificate
        case .uncleanCertificate: schemas.uncleanCertificate
        case .claim: schemas.claim
        case .optOut: schemas.optOut
        case .route: schemas.route
        }
    }

    private static let schemas = (
        certificate: statement(certificate(["fixed"])),
        uncleanCertificate: statement(certificate(["bypass", "variant", "regressed"])),
        claim: statement([("contact", words)], required: ["contact"]),
        optOut: statement(
            [("repository", words), ("requested_at", .dateTime), ("reason", .string)], required: ["repository", "requested_at"]
        ),
        route: statement(
            [("repository", words), ("channel", words), ("verified_at", .dateTime)],
            required: ["repository", "channel", "verified_at"]
        )
    )

    private static let words = Shape.string(minimumLength: 1)

    private typealias Predicate = (members: [(ShapeWord, Shape)], required: [String])

    private static func certificate(_ statuses: [ShapeWord]) -> Predicate {
        (
            [
                ("repository", words), ("advisory", words), ("advisory_url", .string), ("status", .oneOf(statuses)),
                ("commit", .string), ("audited_at", .dateTime)
            ], ["repository", "advisory", "status", "audited_at"]
        )
    }

    private static func statement(_ members: [(ShapeWord, Shape)], required: [String]) -> ShapeSchema {
        statement((members, required))
    }

    private static func statement(_ predicate: Predicate) -> ShapeSchema {
        let digest = object([("sha256", sha256)], required: ["sha256"], isOpen: true)
        let subject = object([("name", words), ("digest", digest)], required: ["name", "digest"], isOpen: true)
        return ShapeSchema(
            root: object(
                [
                    ("_type", .oneOf(["https://in-toto.io/Statement/v1"])), ("subject", .nonEmptyArray(subject)),
                    ("predicateType", .string),
                    ("predicate", object(predicate.members, required: predicate.required, isOpen: false))
                ], required: ["_type", "subject", "predicateType", "predicate"], isOpen: true
            ), definitions: []
        )
    }

    private static let sha256 = Shape.text("a SHA-256 in hexadecimal of lower case") { text in
        text.count == 64 && text.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }

    private static func object(_ members: [(ShapeWord, Shape)], required: [String], isOpen: Bool) -> Shape {
        .object(
            ObjectShape(
                members: members.map { ObjectShape.Member(name: $0.0, shape: $0.1) }, required: required,
                others: isOpen ? .any : nil
            ))
    }
}
