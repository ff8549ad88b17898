/// Something in an inventory that could not be read; the rest of the inventory stands.
package struct InventoryProblem: Error, Hashable, Sendable {
    /// What is wrong; tests match this, and new codes may be added.
    package struct Code: Hashable, Sendable, CustomStringConvertible {
        private enum Value: String { case field, name, version, encoding }
        private let value: Value
        /// A line is neither a field nor the continuation of one.
        package static let field = Code(value: .field)
        /// The name of the package is missing.
        package static let name = Code(value: .name)
        /// The version is missing.
        package static let version = Code(value: .version)
        /// A value that is needed is not UTF-8.
        package static let encoding = Code(value: .encoding)
        package var description: String { value.rawValue }
    }

    package var code: Code
    /// The byte of the inventory at which the line or the paragraph begins.
    package var offset: Int
    /// A sentence for people.
    package var reason: String

    init(_ code: Code, at offset: Int, _ reason: String) {
        self.code = code
        self.offset = offset
        self.reason = reason
    }
}
