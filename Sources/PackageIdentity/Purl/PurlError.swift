/// Why a text or a set of components is not a package URL.
///
/// When it is thrown no purl was made.
public struct PurlError: Error, Hashable, Sendable {
    /// The rule that was broken; tests match this, and new codes may be added.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        private enum Value: String { case length, scheme, type, namespace, name, version, qualifier, subpath, encoding }
        private let value: Value
        /// The text is longer than `Purl.maximumLength`.
        public static let length = Code(value: .length)
        /// The text does not begin with `pkg:`.
        public static let scheme = Code(value: .scheme)
        /// The type is missing or has a character that clause 5.6.2 does not permit.
        public static let type = Code(value: .type)
        /// The namespace is missing, superfluous or malformed for this type.
        public static let namespace = Code(value: .namespace)
        /// The name is missing or has a character that its type does not permit.
        public static let name = Code(value: .name)
        /// The version has a form that its type does not permit.
        public static let version = Code(value: .version)
        /// A qualifier is malformed, appears twice, or one that its type requires is missing.
        public static let qualifier = Code(value: .qualifier)
        /// A segment of the subpath contains a slash.
        public static let subpath = Code(value: .subpath)
        /// A percent-encoded triplet is broken, the bytes are no UTF-8, or a character stands where it must be encoded.
        public static let encoding = Code(value: .encoding)
        /// The name of the code, for logs.
        public var description: String { value.rawValue }
    }

    /// What kind of rule was broken.
    public let code: Code
    /// The byte of the parsed text at which it was noticed; 0 when the purl was built from components.
    public let offset: Int
    /// One sentence for a log or a form; it never repeats the input.
    public let reason: String

    init(_ code: Code, at offset: Int, _ reason: String) {
        self.code = code
        self.offset = offset
        self.reason = reason
    }
}
