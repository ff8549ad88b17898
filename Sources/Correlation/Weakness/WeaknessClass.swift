/// What somebody looks for, as the set of weaknesses it may turn out to be: one weakness with its kinds, a family, or a class of
/// families. Two searches can meet in one bug where their sets share a weakness.
package enum WeaknessClass {
    /// The CWE numbers that a name stands for: of a `WeaknessFamily` (`bounds`) or of a class of them (`memory-safety`), with what is
    /// a kind of their members and has no family of its own. Nil for a name that nobody gave.
    package static func weaknesses(named name: String) -> Set<Int>? { members[name] }

    /// The weakness itself and its kinds: whoever looks for CWE-119 looks for CWE-787 too.
    package static func weaknesses(under number: Int) -> Set<Int> { WeaknessHierarchy.kinds(of: number) }

    /// The classes of families, in alphabetical order.
    package static var names: [String] { classes.map(\.name).sorted() }

    /// What scanners report most, after the categories of MITRE's view CWE-1400: families, and what belongs beside them. A weakness
    /// may be of several.
    private static let classes: [(name: String, families: Set<String>, further: Set<Int>)] = [
        (
            "memory-safety", ["bounds", "lifetime", "null", "number", "uninitialised", "type"],
            [401, 587, 762, 822, 1_325, 1_341]
        ),
        (
            "injection", ["command", "code", "query", "script", "entity", "header", "deserialisation"],
            [74, 75, 97, 98, 99, 116, 776, 1_236]
        ),
        (
            "access-control", ["authentication", "authorisation", "request", "secret"],
            [22, 250, 277, 281, 282, 286, 346, 521, 551, 602, 620]
        ),
        (
            "cryptography", ["cryptography"],
            [
                261, 311, 312, 319, 321, 322, 324, 329, 334, 336, 339, 354, 757, 759, 760, 780, 916, 1_204, 1_240, 1_241
            ]
        ),
        ("concurrency", ["race"], [363, 368, 412, 413, 414, 543, 567, 609, 663, 764, 765, 832]),
        ("file-handling", ["path", "link", "upload"], [41, 377, 378, 379, 426, 427, 428, 706]),
        ("resource-exhaustion", ["exhaustion"], [410, 459])
    ]

    /// Every name with its members, made once.
    private static let members: [String: Set<Int>] = {
        let listed = Set(WeaknessFamily.families.flatMap(\.numbers)).union(classes.flatMap(\.further))
        var known: [Int: Set<String>] = [:]
        for number in listed { known[number] = statedNames(of: number) }
        var members: [String: Set<Int>] = [:]
        for number in WeaknessHierarchy.numbers.union(listed) {
            for name in names(of: number, &known) { members[name, default: []].insert(number) }
        }
        return members
    }()

    private static func statedNames(of number: Int) -> Set<String> {
        let families = Set(WeaknessFamily.families.filter { $0.numbers.contains(number) }.map(\.name))
        let above = classes.filter { !$0.families.isDisjoint(with: families) || $0.further.contains(number) }
        return families.union(above.map(\.name))
    }

    /// The names of what has none of its own are those of its parents.
    private static func names(of number: Int, _ known: inout [Int: Set<String>]) -> Set<String> {
        if let names = known[number] { return names }
        // Against a circle in the table, which would otherwise never end.
        known[number] = []
        let names = WeaknessHierarchy.parents(of: number).reduce(into: Set<String>()) { $0.formUnion(self.names(of: $1, &known)) }
        known[number] = names
        return names
    }
}
