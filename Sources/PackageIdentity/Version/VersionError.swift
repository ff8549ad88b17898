/// Why a text has no place in the order of its scheme.
///
/// When it is thrown no key was made, and a buffer that was passed in is as it was.
public struct VersionError: Error, Hashable, Sendable {
    /// The rule that was broken; tests match this, and new codes may be added.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        private enum Value: String { case empty, length, malformed, scheme }
        private let value: Value
        /// The text is empty or only whitespace.
        public static let empty = Code(value: .empty)
        /// The text is longer than `VersionKey.maximumVersionLength`.
        public static let length = Code(value: .length)
        /// The text is no version of the scheme.
        public static let malformed = Code(value: .malformed)
        /// The order of the scheme is not known here.
        public static let scheme = Code(value: .scheme)
        /// The name of the code, for logs.
        public var description: String { value.rawValue }
    }

    /// What kind of rule was broken.
    public let code: Code
    /// The byte of the version at which it was noticed.
    public let offset: Int
    /// One sentence for a log or an explanation; it never repeats the input.
    public let reason: String

    init(_ code: Code, at offset: Int, _ reason: StaticString) {
        self.code = code
        self.offset = offset
        self.reason = reason.description
    }
}
