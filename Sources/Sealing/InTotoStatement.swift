public import JSONText

/// An in-toto Statement v1: a claim (`predicate`) about artifacts named by their SHA-256.
///
/// https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md. It is the payload of a DSSE envelope of type
/// `InTotoStatement.payloadType`; parsed from anything but a `VerifiedEnvelope`, it is hearsay.
public struct InTotoStatement: Sendable, Hashable {
    /// The DSSE payload type (spec/v1/envelope.md).
    public static let payloadType = "application/vnd.in-toto+json"
    /// The value of `_type`.
    public static let type = "https://in-toto.io/Statement/v1"
    /// How many subjects are read; more are refused. A release of a large project has some thousands of files.
    public static let maximumSubjectCount = 100_000

    /// One artifact. Artifacts are matched by digest; the name is a convenience.
    public struct Subject: Sendable, Hashable {
        /// What the producer calls it.
        public let name: String?
        /// The SHA-256 of its bytes.
        public let sha256: Digest

        /// A subject.
        public init(name: String?, sha256: Digest) {
            self.name = name
            self.sha256 = sha256
        }
    }

    /// At least one.
    public let subjects: [Subject]
    /// The URI that says how to read the predicate.
    public let predicateType: String
    /// The claim; an absent one is the same as an empty one.
    public let predicate: JSONObject

    /// A statement.
    ///
    /// - Throws: `malformedStatement` without a subject or a predicate type.
    public init(subjects: [Subject], predicateType: String, predicate: JSONObject) throws(SealingError) {
        guard !subjects.isEmpty else { throw SealingError(.malformedStatement, "no subject", at: "/subject") }
        guard !predicateType.isEmpty else {
            throw SealingError(.malformedStatement, "no predicate type", at: "/predicateType")
        }
        self.subjects = subjects
        self.predicateType = predicateType
        self.predicate = predicate
    }

    /// The statement that an envelope carries.
    ///
    /// - Throws: `unexpectedPayloadType` if it carries something else; as `init(parsing:)`.
    public init(_ envelope: VerifiedEnvelope) throws(SealingError) {
        try self.init(parsing: envelope.payload(ofType: InTotoStatement.payloadType))
    }

    /// Canonical JSON (RFC 8785): the same statement always has the same bytes.
    public func jsonBytes() -> [UInt8] {
        let subjects = subjects.map { subject in
            var object = JSONObject()
            if let name = subject.name { object["name"] = .string(name) }
            object["digest"] = ["sha256": .string(subject.sha256.hex)]
            return JSONValue.object(object)
        }
        let statement: JSONValue = [
            "_type": .string(InTotoStatement.type),
            "subject": .array(subjects),
            "predicateType": .string(predicateType),
            "predicate": .object(predicate)
        ]
        return statement.canonicalBytes()
    }
}

extension InTotoStatement {
    /// Reads a statement. Members that we do not know, and digests other than SHA-256, are ignored, as the
    /// specification asks.
    ///
    /// - Throws: `malformedStatement`, with the place, for another `_type`, a subject without SHA-256, or any other
    ///   departure from the schema.
    public init(parsing bytes: [UInt8]) throws(SealingError) {
        let value: JSONValue
        do {
            value = try JSONValue(parsing: bytes)
        } catch {
            throw SealingError(.malformedStatement, error.reason, at: "byte \(error.byteOffset)")
        }
        guard let type = value["_type"]?.string, type.utf8.elementsEqual(InTotoStatement.type.utf8) else {
            throw SealingError(.malformedStatement, "not a Statement v1", at: "/_type")
        }
        guard let predicateType = value["predicateType"]?.string else {
            throw SealingError(.malformedStatement, "no predicate type", at: "/predicateType")
        }
        let predicate = value["predicate"] ?? .object(JSONObject())
        guard case .object(let predicate) = predicate else {
            throw SealingError(.malformedStatement, "not an object", at: "/predicate")
        }
        try self.init(
            subjects: InTotoStatement.subjects(value["subject"]), predicateType: predicateType, predicate: predicate)
    }

    private static func subjects(_ value: JSONValue?) throws(SealingError) -> [Subject] {
        guard let array = value?.array, array.count <= maximumSubjectCount else {
            throw SealingError(.malformedStatement, "not an array of reasonable length", at: "/subject")
        }
        var subjects: [Subject] = []
        for (index, element) in array.enumerated() {
            subjects.append(try subject(element, at: "/subject/\(index)"))
        }
        return subjects
    }

    private static func subject(_ value: JSONValue, at path: String) throws(SealingError) -> Subject {
        guard let hex = value["digest"]?["sha256"]?.string, let sha256 = Digest(hex: hex) else {
            throw SealingError(.malformedStatement, "no SHA-256", at: path + "/digest/sha256")
        }
        guard let name = value["name"] else { return Subject(name: nil, sha256: sha256) }
        guard let name = name.string else {
            throw SealingError(.malformedStatement, "not a string", at: path + "/name")
        }
        return Subject(name: name, sha256: sha256)
    }
}
