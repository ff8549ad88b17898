/// What somebody looks for, as the set of weaknesses it may turn out to be: one weakness with its kinds, a family, or a class of
/// families. Two searches can meet in one bug where their sets share a weakness.
package enum WeaknessClass {
    /// The CWE numbers that a name stands for: of a `WeaknessFamily` (`bounds`) or of a class of them (`memory-safety`), with what is
    /// a kind of their members and has no family of its own; or what is usually called so (`sql-injection`). Nil for a name that nobody
    /// gave.
    package static func weaknesses(named name: String) -> Set<Int>? {
        members[name] ?? usualNames[name].map { $0.reduce(into: []) { $0.formUnion(weaknesses(under: $1)) } }
    }

    /// The weakness itself and its kinds: whoever looks for CWE-119 looks for CWE-787 too.
    package static func weaknesses(under number: Int) -> Set<Int> { WeaknessHierarchy.kinds(of: number) }

    /// The classes of families, then the usual names of single weaknesses, each in alphabetical order.
    package static var names: [String] { classes.map(\.name).sorted() + usualNames.keys.sorted() }

    /// What people call the weaknesses they look for.
    private static let usualNames: [String: [Int]] = [
        "buffer-overflow": [119], "heap-buffer-overflow": [122, 125, 787], "stack-buffer-overflow": [121, 125, 787],
        "out-of-bounds": [125, 787], "out-of-bounds-read": [125], "out-of-bounds-write": [787], "use-after-free": [416],
        "double-free": [415], "memory-leak": [401], "null-dereference": [476], "uninitialized": [456, 457, 665, 824, 908, 909],
        "integer-overflow": [190, 191], "type-confusion": [843], "format-string": [134], "race-condition": [362],
        "sql-injection": [89], "sqli": [89], "xss": [79], "command-injection": [77, 78], "code-injection": [94],
        "rce": [77, 78, 94, 502],
        "template-injection": [1336], "path-traversal": [22], "ssrf": [918], "csrf": [352], "xxe": [611], "open-redirect": [601],
        "deserialization": [502], "prototype-pollution": [1321], "authentication-bypass": [287], "privilege-escalation": [269],
        "idor": [639], "information-disclosure": [200], "denial-of-service": [400, 404, 405, 407, 674, 834], "redos": [1333],
        "hardcoded-credentials": [798], "file-upload": [434]
    ]

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
