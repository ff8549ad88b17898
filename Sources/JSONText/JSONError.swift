/// Why bytes were refused, and where.
///
/// The error carries a byte offset only, so the hot path keeps no path; `JSONText.pointer(toByteOffset:in:)` and
/// `JSONText.lineAndColumn(ofByteOffset:in:)` rescan the same bytes to name the place for a reader.
public struct JSONError: Error, Sendable, CustomStringConvertible {
    /// The kind of refusal. New codes may be added, so a `switch` needs a `default`.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Kind: String, Sendable {
            case badUTF8, unexpectedEnd, unexpectedByte, badNumber, badString, duplicateKey, tooDeep, tooLarge
            case trailingBytes, wrongType, missingMember, badValue
        }

        private let kind: Kind

        /// The bytes are not well-formed UTF-8 (RFC 8259 section 8.1).
        public static let badUTF8 = Code(kind: .badUTF8)
        /// The document ends inside a value.
        public static let unexpectedEnd = Code(kind: .unexpectedEnd)
        /// A byte that the grammar does not allow here, a byte order mark included.
        public static let unexpectedByte = Code(kind: .unexpectedByte)
        /// A number outside the grammar of RFC 8259 section 6.
        public static let badNumber = Code(kind: .badNumber)
        /// A control character, bad escape or lone surrogate in a string (RFC 8259 section 7).
        public static let badString = Code(kind: .badString)
        /// Two members of one object have the same decoded name.
        public static let duplicateKey = Code(kind: .duplicateKey)
        /// More containers are open than `JSONLimits.maximumDepth`.
        public static let tooDeep = Code(kind: .tooDeep)
        /// The document is longer than `JSONLimits.maximumBytes`.
        public static let tooLarge = Code(kind: .tooLarge)
        /// Bytes other than white space follow the value.
        public static let trailingBytes = Code(kind: .trailingBytes)
        /// The value has another type than the caller asked for.
        public static let wrongType = Code(kind: .wrongType)
        /// An object lacks a member its format requires.
        public static let missingMember = Code(kind: .missingMember)
        /// The value has the right type but its format does not allow it.
        public static let badValue = Code(kind: .badValue)

        public var description: String { kind.rawValue }
    }

    /// The kind of refusal; what tests and callers match on.
    public let code: Code

    /// Offset of the offending byte, counted from the first byte given to the reader.
    public let byteOffset: Int

    /// One short sentence for people; never part of a contract.
    public let reason: String

    /// Creates an error; format parsers built on `JSONReader` throw their own refusals with it.
    public init(code: Code, byteOffset: Int, reason: String) {
        self.code = code
        self.byteOffset = byteOffset
        self.reason = reason
    }

    /// The reason and the place, like `duplicate key "id" at byte 120`.
    public var description: String { "\(reason) at byte \(byteOffset)" }
}
