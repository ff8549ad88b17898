import Journal

/// The names of one target. Rows keep the name that was claimed, reported or searched; which names are one target is asked when they
/// are read, so that a name which a target gains or loses later takes its leases, searches and cases along.
enum TargetNames {
    /// A query's list of all names of the target `$1`, which is the name its policy stands under.
    static let list = "(SELECT $1 UNION ALL SELECT alias FROM target_alias WHERE target_alias.target = $1)"
}
