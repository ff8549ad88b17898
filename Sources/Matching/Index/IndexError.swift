/// Why an index file can't be used. The files are made anew from the advisories; nothing else is lost with them.
package struct IndexError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong; tests match this, and new codes may be added.
    package struct Code: Hashable, Sendable, CustomStringConvertible {
        private enum Value: String { case file, notAnIndex, revision, checksum, structure }
        private let value: Value
        /// The operating system refused: the file is missing, or may not be read or written.
        package static let file = Code(value: .file)
        /// The bytes are none of this format, or were cut off.
        package static let notAnIndex = Code(value: .notAnIndex)
        /// Another revision of the format or of the version keys wrote it.
        package static let revision = Code(value: .revision)
        /// The bytes are not those that were written.
        package static let checksum = Code(value: .checksum)
        /// A part points outside the file.
        package static let structure = Code(value: .structure)
        package var description: String { value.rawValue }
    }

    package let code: Code
    /// A sentence for people, with the place.
    package let reason: String

    init(_ code: Code, _ reason: String) {
        self.code = code
        self.reason = reason
    }

    package var description: String { reason }
}
