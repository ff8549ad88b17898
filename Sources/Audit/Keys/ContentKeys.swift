import Sealing

/// The content keys of the journal, unwrapped by the auditor itself.
struct ContentKeys {
    enum State {
        case usable(ContentKey)
        /// Its bytes are gone, on purpose: what it sealed can't be read by anyone.
        case destroyed
        /// It is there, and can't be unwrapped for want of the master key.
        case locked
        /// It is there, and the master key does not unwrap it.
        case broken
        /// No such key was ever made.
        case unknown
    }

    private var states: [String: State] = [:]

    static let none = ContentKeys()

    private init() {}

    init(reading file: JournalFile, masterKey: ContentKey?, findings: FindingList) throws(AuditError) {
        var lockedCount = 0
        try file.forEachRow("SELECT name, wrapped FROM content_key") { (row) throws(AuditError) in
            let name = row.text(0)
            guard !row.isNull(1) else { return states[name] = .destroyed }
            guard let masterKey else {
                lockedCount += 1
                return states[name] = .locked
            }
            do throws(SealingError) {
                states[name] = .usable(
                    try ContentKey(
                        unwrapping: SealedContent(parsing: row.bytes(1)), under: masterKey, context: Array(name.utf8)
                    )
                )
            } catch {
                states[name] = .broken
                findings.add(.contentKey, at: "content_key \(name)", "the master key does not unwrap it: \(error.reason)")
            }
        }
        if lockedCount > 0 {
            findings.add(
                .contentKey, at: "content_key", "\(lockedCount) content keys are not checkable without the master key",
                grade: .notCheckable
            )
        }
    }

    subscript(name: String) -> State { states[name] ?? .unknown }
}
