/// Why a text or a list of constraints is not a VERS range.
///
/// When it is thrown no range was made.
public struct VersError: Error, Hashable, Sendable {
    /// The rule that was broken; tests match this, and new codes may be added.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        private enum Value: String {
            case length, scheme, type, whitespace, separator, star, comparator, version, encoding, order, duplicate, sequence
        }
        private let value: Value
        /// The text is longer than `VersRange.maximumLength`.
        public static let length = Code(value: .length)
        /// The text does not begin with `vers:`.
        public static let scheme = Code(value: .scheme)
        /// The type is missing or has a character that it must not have.
        public static let type = Code(value: .type)
        /// There is whitespace in the text.
        public static let whitespace = Code(value: .whitespace)
        /// A `|` at either end, two in a row, or no constraint at all.
        public static let separator = Code(value: .separator)
        /// A `*` beside something else, or something else where the type permits only `*`.
        public static let star = Code(value: .star)
        /// A comparator that VERS does not have, or an `=`, which is written as nothing.
        public static let comparator = Code(value: .comparator)
        /// A version is missing or has a form that the type does not permit.
        public static let version = Code(value: .version)
        /// A percent-encoded triplet is broken or not canonical, or a character stands where it must be encoded.
        public static let encoding = Code(value: .encoding)
        /// The constraints are not sorted by version.
        public static let order = Code(value: .order)
        /// A version occurs twice.
        public static let duplicate = Code(value: .duplicate)
        /// Two comparators follow each other of which one says nothing.
        public static let sequence = Code(value: .sequence)
        /// The name of the code, for logs.
        public var description: String { value.rawValue }
    }

    /// What kind of rule was broken.
    public let code: Code
    /// The byte of the parsed text at which it was noticed; 0 when the range was built from constraints.
    public let offset: Int
    /// One sentence for a log or a form; it never repeats the input.
    public let reason: String

    init(_ code: Code, at offset: Int, _ reason: String) {
        self.code = code
        self.offset = offset
        self.reason = reason
    }
}
