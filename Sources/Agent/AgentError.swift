/// Why the agent stopped. What it had verified before stays as it was.
package struct AgentError: Error, Sendable, CustomStringConvertible {
    package struct Code: Sendable, Hashable {
        private enum Name { case storage, identityChanged, unverified, malformed, unknownFormat }
        private let name: Name

        /// The agent's own directory can't be read or written.
        package static let storage = Code(name: .storage)
        /// The clearinghouse shows other keys than the pinned ones. Somebody may be in between: ask by another way.
        package static let identityChanged = Code(name: .identityChanged)
        /// A signature, a proof or a digest does not hold. Nothing of the pull was taken.
        package static let unverified = Code(name: .unverified)
        /// What arrived is not what the protocol says.
        package static let malformed = Code(name: .malformed)
        /// Neither its name nor its content tells which format an inventory is of.
        package static let unknownFormat = Code(name: .unknownFormat)
    }

    package let code: Code
    package let reason: String

    package init(_ code: Code, _ reason: String) {
        self.code = code
        self.reason = reason
    }

    package var description: String { reason }
}
