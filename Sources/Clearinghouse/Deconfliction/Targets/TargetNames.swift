import Journal

/// The names of one target. Rows keep the name that was claimed, reported or searched; which names are one target is asked when they
/// are read, so that a name which a target gains or loses later takes its leases, searches and cases along.
enum TargetNames {
    /// A query's list of all names of the target `$1`, which is the name its policy stands under.
    static let list = "(SELECT $1 UNION ALL SELECT alias FROM target_alias WHERE target_alias.target = $1)"
}

extension JournalSnapshot {
    /// All names of a target, the one its policy stands under first; for queries that a list of names would keep from their index's
    /// order.
    func names(of target: String) throws -> [String] {
        let aliases = try rows("SELECT alias FROM target_alias WHERE target = $1 ORDER BY alias", [.text(target)])
        return [target] + (try aliases.map { try $0.text(0) })
    }
}
