/// Why the journal refused or failed, and what holds afterwards.
package struct JournalError: Error, Sendable, CustomStringConvertible {
    package struct Code: Sendable, Hashable {
        private enum Name {
            case versionConflict, storage, contradiction, closed, payloadTooLarge, keyDestroyed, otherClearinghouse
        }
        private let name: Name

        /// A stream did not stand at the expected version. Nothing was written; read again and decide again.
        package static let versionConflict = Code(name: .versionConflict)
        /// The database failed. Nothing of this append was acknowledged; after a lost connection it may still be there, so
        /// repeat it with the same idempotency key or expected version.
        package static let storage = Code(name: .storage)
        /// The database contradicts the journal. Nothing was written; run the audit.
        package static let contradiction = Code(name: .contradiction)
        /// The journal was closed. Nothing was written.
        package static let closed = Code(name: .closed)
        /// A payload is larger than a record may be. Nothing was written; put the bytes into contents.
        package static let payloadTooLarge = Code(name: .payloadTooLarge)
        /// Something was to be sealed under a content key that was destroyed. Nothing was written, and trying again is no use.
        package static let keyDestroyed = Code(name: .keyDestroyed)
        /// The database is not of the clearinghouse whose keys and origin these are. Nothing was written; open the other
        /// database, or take the keys of a server that runs on this one.
        package static let otherClearinghouse = Code(name: .otherClearinghouse)
    }

    package let code: Code
    package let reason: String

    package init(_ code: Code, _ reason: String) {
        self.code = code
        self.reason = reason
    }

    package var description: String { reason }
}
