/// One place where a document breaks the rules of its format.
///
/// A violation is a judgement, not a failure: a reader returns all it found, up to `ViolationLog.maximumCount`.
public struct FormatViolation: Sendable, Hashable, CustomStringConvertible {
    /// The kind of violation. New codes may be added, so a `switch` needs a `default`.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Kind: String, Sendable {
            case notJSON, notXML, badSyntax, wrongType, missingMember, unknownMember, badValue, unsupportedVersion, tooLarge
        }

        private let kind: Kind

        /// The bytes are not one JSON document; the reason is that of the `JSONError`.
        public static let notJSON = Code(kind: .notJSON)
        /// The bytes are not one XML document; the reason is that of the `XMLError`.
        public static let notXML = Code(kind: .notXML)
        /// The bytes are no document of a format that is neither JSON nor XML.
        public static let badSyntax = Code(kind: .badSyntax)
        /// A value has a type the format does not allow there.
        public static let wrongType = Code(kind: .wrongType)
        /// An object lacks a member the format requires.
        public static let missingMember = Code(kind: .missingMember)
        /// An object has a member the format forbids.
        public static let unknownMember = Code(kind: .unknownMember)
        /// A value of the right type that the format does not allow.
        public static let badValue = Code(kind: .badValue)
        /// The document follows a version of the format that is not read here.
        public static let unsupportedVersion = Code(kind: .unsupportedVersion)
        /// The document keeps its format and means more than is taken of one document.
        public static let tooLarge = Code(kind: .tooLarge)

        public var description: String { kind.rawValue }
    }

    /// The kind of violation; what tests and callers match on.
    public let code: Code
    /// JSON Pointer (RFC 6901) to the offending value, or to the object that lacks a member; in CycloneDX XML the path of an
    /// element or attribute as `XMLText.paths(toByteOffsets:in:limits:)` writes it; in lock files and package databases that are
    /// no JSON the line (`line 12`).
    public let pointer: String
    /// Offset of the offending value's first byte.
    public let byteOffset: Int
    /// One short sentence for people.
    public let reason: String

    /// A violation at a place.
    public init(code: Code, pointer: String, byteOffset: Int, reason: String) {
        self.code = code
        self.pointer = pointer
        self.byteOffset = byteOffset
        self.reason = reason
    }

    /// The violation at its place in bytes that have a prefix before the text.
    func moved(by length: Int) -> FormatViolation {
        FormatViolation(code: code, pointer: pointer, byteOffset: byteOffset + length, reason: reason)
    }

    public var description: String { "\(pointer.isEmpty ? "/" : pointer): \(reason) (byte \(byteOffset))" }
}

/// Thrown when a document is refused: it carries every violation found, at least one.
public struct FormatRefusal: Error, Sendable, CustomStringConvertible {
    /// What was to be read, like "OSV".
    public let format: String
    /// The violations in byte order.
    public let violations: [FormatViolation]

    /// A refusal; `violations` must not be empty.
    public init(format: String, violations: [FormatViolation]) {
        self.format = format
        self.violations = violations
    }

    public var description: String {
        "not a valid \(format) document: " + violations.map(\.description).joined(separator: "; ")
    }
}
