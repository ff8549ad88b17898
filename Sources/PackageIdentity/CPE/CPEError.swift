/// Why a text is not a CPE name, or values make none.
///
/// When it is thrown no name was made.
public struct CPEError: Error, Hashable, Sendable {
    /// The rule that was broken; tests match this, and new codes may be added.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        private enum Value: String { case length, scheme, count, part, language, empty, character, wildcard, hyphen, encoding }
        private let value: Value
        /// The text is longer than `CPE.maximumLength`.
        public static let length = Code(value: .length)
        /// The text begins neither with `cpe:2.3:` nor with `cpe:/`.
        public static let scheme = Code(value: .scheme)
        /// There are too few or too many components.
        public static let count = Code(value: .count)
        /// The part is none of `a`, `o`, `h`.
        public static let part = Code(value: .part)
        /// The language is no language tag with at most a region.
        public static let language = Code(value: .language)
        /// A component of a formatted string is empty.
        public static let empty = Code(value: .empty)
        /// A character is not permitted, or must be escaped.
        public static let character = Code(value: .character)
        /// A wildcard stands inside of a value, twice at one end, or alone.
        public static let wildcard = Code(value: .wildcard)
        /// A value is nothing but an escaped hyphen.
        public static let hyphen = Code(value: .hyphen)
        /// A percent-encoded triplet of a URI is broken or stands for no character of a name.
        public static let encoding = Code(value: .encoding)
        /// The name of the code, for logs.
        public var description: String { value.rawValue }
    }

    /// What kind of rule was broken.
    public let code: Code
    /// The byte of the parsed text at which it was noticed; 0 when the name was built from values.
    public let offset: Int
    /// One sentence for a log or a form; it never repeats the input.
    public let reason: String

    init(_ code: Code, at offset: Int, _ reason: String) {
        self.code = code
        self.offset = offset
        self.reason = reason
    }
}
