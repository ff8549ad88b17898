/// Why a text in a native range syntax is not a range.
///
/// When it is thrown no range was made.
public struct NativeRangeError: Error, Hashable, Sendable {
    /// The rule that was broken; tests match this, and new codes may be added.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        private enum Value: String { case length, empty, malformed, version, contradiction, order }
        private let value: Value
        /// The text is longer than `NativeSyntax.maximumLength`.
        public static let length = Code(value: .length)
        /// The text, or one of its alternatives, says nothing.
        public static let empty = Code(value: .empty)
        /// The text does not follow the syntax, or says something that no range of versions can say.
        public static let malformed = Code(value: .malformed)
        /// A version has no place in the order of its type: its range is not guessed at.
        public static let version = Code(value: .version)
        /// No version can satisfy all constraints.
        public static let contradiction = Code(value: .contradiction)
        /// The order of the type is not known here.
        public static let order = Code(value: .order)
        /// The name of the code, for logs.
        public var description: String { value.rawValue }
    }

    /// What kind of rule was broken.
    public let code: Code
    /// The byte of the text at which it was noticed.
    public let offset: Int
    /// One sentence for a log or a form; it never repeats the input.
    public let reason: String

    init(_ code: Code, at offset: Int, _ reason: String) {
        self.code = code
        self.offset = offset
        self.reason = reason
    }
}
