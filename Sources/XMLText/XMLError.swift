/// Why bytes were refused as XML, and where.
public struct XMLError: Error, Sendable, CustomStringConvertible {
    /// The kind of refusal. New codes may be added, so a `switch` needs a `default`.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Kind: String, Sendable {
            case badUTF8, unsupportedEncoding, documentType, unexpectedEnd, badMarkup, badName, badCharacter, badReference
            case mismatchedTag, duplicateAttribute, undeclaredPrefix, badNamespace, outsideRoot, tooDeep, tooLarge, tooMany
        }

        private let kind: Kind

        /// The bytes are not well-formed UTF-8.
        public static let badUTF8 = Code(kind: .badUTF8)
        /// The document declares another encoding than UTF-8, or starts with the mark of one.
        public static let unsupportedEncoding = Code(kind: .unsupportedEncoding)
        /// A document type declaration, which could declare entities; none is read.
        public static let documentType = Code(kind: .documentType)
        /// The document ends inside markup or before its root element is closed.
        public static let unexpectedEnd = Code(kind: .unexpectedEnd)
        /// Markup that the grammar of XML 1.0 does not allow here.
        public static let badMarkup = Code(kind: .badMarkup)
        /// A name that XML 1.0 section 2.3 or Namespaces in XML section 4 does not allow.
        public static let badName = Code(kind: .badName)
        /// A character that XML 1.0 section 2.2 does not allow in a document.
        public static let badCharacter = Code(kind: .badCharacter)
        /// A reference to an entity that is not predefined, or to a character that does not exist.
        public static let badReference = Code(kind: .badReference)
        /// An end tag that does not close the element that is open.
        public static let mismatchedTag = Code(kind: .mismatchedTag)
        /// Two attributes of one element have the same name.
        public static let duplicateAttribute = Code(kind: .duplicateAttribute)
        /// A prefix that no enclosing element binds to a namespace.
        public static let undeclaredPrefix = Code(kind: .undeclaredPrefix)
        /// A namespace declaration that Namespaces in XML section 3 forbids.
        public static let badNamespace = Code(kind: .badNamespace)
        /// Text or an element outside the one root element.
        public static let outsideRoot = Code(kind: .outsideRoot)
        /// More elements are open than `XMLLimits.maximumDepth`.
        public static let tooDeep = Code(kind: .tooDeep)
        /// The document is longer than `XMLLimits.maximumBytes`.
        public static let tooLarge = Code(kind: .tooLarge)
        /// An element has more attributes than `XMLLimits.maximumAttributes`.
        public static let tooMany = Code(kind: .tooMany)

        public var description: String { kind.rawValue }
    }

    /// The kind of refusal; what tests and callers match on.
    public let code: Code

    /// Offset of the offending byte, counted from the first byte given to the reader.
    public let byteOffset: Int

    /// One short sentence for people; never part of a contract.
    public let reason: String

    /// Creates an error.
    public init(code: Code, byteOffset: Int, reason: String) {
        self.code = code
        self.byteOffset = byteOffset
        self.reason = reason
    }

    /// The reason and the place, like `undeclared prefix "x" at byte 12`.
    public var description: String { "\(reason) at byte \(byteOffset)" }
}
