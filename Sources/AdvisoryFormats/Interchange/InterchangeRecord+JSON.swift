public import JSONText

extension InterchangeRecord {
    /// Reads one statement and checks all of it: an unknown member of a predicate is refused, because these records must not
    /// carry more than they say.
    /// - Throws: `FormatRefusal` with every violation and its place.
    public init(parsing bytes: [UInt8], limits: JSONLimits = .standard) throws(FormatRefusal) {
        let value: JSONValue
        do {
            value = try JSONValue(parsing: bytes, limits: limits)
        } catch {
            throw FormatRefusal(
                format: Self.formatName, violations: [bytes.withUnsafeBufferPointer { FormatViolation(error, in: $0) }])
        }
        guard let type = value["predicateType"]?.string.flatMap(PredicateType.init(rawValue:)) else {
            let known = PredicateType.allCases.map(\.rawValue).joined(separator: ", ")
            throw FormatRefusal(
                format: Self.formatName,
                violations: [
                    FormatViolation(code: .badValue, pointer: "/predicateType", byteOffset: 0, reason: "must be one of \(known)")
                ])
        }
        let violations = bytes.withUnsafeBufferPointer {
            ShapeChecker.violations(in: $0, of: InterchangeSchema.schema(of: type), limits: limits)
        }
        guard violations.isEmpty, let record = Self(type, value) else {
            throw FormatRefusal(format: Self.formatName, violations: violations)
        }
        self = record
    }

    private static let formatName = "interchange record"

    /// Nil where a member that the schema asks for is missing.
    private init?(_ type: PredicateType, _ value: JSONValue) {
        func text(_ name: String) -> String? { value["predicate"]?[name]?.string }
        switch type {
        case .certificate, .uncleanCertificate:
            guard
                let repository = text("repository"), let advisory = text("advisory"), let audited = text("audited_at"),
                let status = text("status").flatMap(Certificate.Status.init(rawValue:))
            else { return nil }
            self = .certificate(
                Certificate(
                    repository: repository, advisory: advisory, advisoryURL: text("advisory_url"), status: status,
                    commit: text("commit"), auditedAt: audited
                ))
        case .claim:
            guard let hash = value["subject"]?.array?.first?["digest"]?["sha256"]?.string, let contact = text("contact") else {
                return nil
            }
            self = .claim(hash: hash, contact: contact)
        case .optOut:
            guard let repository = text("repository"), let requested = text("requested_at") else { return nil }
            self = .optOut(OptOut(repository: repository, requestedAt: requested, reason: text("reason")))
        case .route:
            guard let repository = text("repository"), let channel = text("channel"), let verified = text("verified_at") else {
                return nil
            }
            self = .route(Route(repository: repository, channel: channel, verifiedAt: verified))
        }
    }

    /// What the subject's digest is the SHA-256 of, so that the same record of two senders has the same subject: the repository,
    /// and of a certificate the advisory besides. Nil for a claim, whose hash is the digest itself.
    public var subjectText: String? {
        switch self {
        case .certificate(let certificate):
            FindingHash.canonical(repository: certificate.repository) + "\0" + certificate.advisory.uppercased()
        case .claim: nil
        case .optOut(let optOut): FindingHash.canonical(repository: optOut.repository)
        case .route(let route): FindingHash.canonical(repository: route.repository)
        }
    }

    /// The statement.
    /// - Parameter sha256: takes the SHA-256 of a text, in hexadecimal; this target does not hash.
    public func json(sha256: (String) -> String) -> JSONValue {
        let (name, predicate): (String, [(String, String?)]) =
            switch self {
            case .certificate(let certificate):
                (
                    certificate.advisory,
                    [
                        ("repository", FindingHash.canonical(repository: certificate.repository)),
                        ("advisory", certificate.advisory), ("advisory_url", certificate.advisoryURL),
                        ("status", certificate.status.rawValue), ("commit", certificate.commit),
                        ("audited_at", certificate.auditedAt)
                    ]
                )
            case .claim(_, let contact): ("finding", [("contact", contact)])
            case .optOut(let optOut):
                (
                    FindingHash.canonical(repository: optOut.repository),
                    [
                        ("repository", FindingHash.canonical(repository: optOut.repository)),
                        ("requested_at", optOut.requestedAt), ("reason", optOut.reason)
                    ]
                )
            case .route(let route):
                (
                    FindingHash.canonical(repository: route.repository),
                    [
                        ("repository", FindingHash.canonical(repository: route.repository)), ("channel", route.channel),
                        ("verified_at", route.verifiedAt)
                    ]
                )
            }
        let digest = if case .claim(let hash, _) = self { hash } else { sha256(subjectText ?? "") }
        return [
            "_type": "https://in-toto.io/Statement/v1",
            "subject": [["name": .string(name), "digest": ["sha256": .string(digest)]]],
            "predicateType": .string(predicateType.rawValue),
            "predicate": .object(JSONObject(predicate.compactMap { name, text in text.map { (name, .string($0)) } }))
        ]
    }
}
