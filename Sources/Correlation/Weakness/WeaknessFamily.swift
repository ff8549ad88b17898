/// Weaknesses that two finders of one bug name differently: the same overflow is CWE-122 to one, CWE-787 to another and CWE-119
/// to a third. Our own judgement, coarser than CWE's hierarchy where that follows causes instead of what people see.
///
/// The one table of families in the house: the blinded question asks by them, and a `WeaknessClass` is made of them.
package enum WeaknessFamily {
    /// The family's name; the weakness itself (`CWE-1021`) where it belongs to none. Nil for what is no CWE number.
    package static func name(of weakness: String) -> String? {
        guard let normalized = WeaknessName.normalized(weakness), let number = Int(normalized.dropFirst(4)) else { return nil }
        return families.first { $0.numbers.contains(number) }?.name ?? normalized
    }

    /// Whether a weakness says little of what somebody sees (CWE-20, CWE-703 …): it belongs to no family, and others are kinds of it.
    static func isBroad(_ weakness: String) -> Bool {
        guard let normalized = WeaknessName.normalized(weakness), let number = Int(normalized.dropFirst(4)) else { return false }
        return !families.contains { $0.numbers.contains(number) } && WeaknessHierarchy.kinds(of: number).count > 1
    }

    static let families: [(name: String, numbers: Set<Int>)] = [
        (
            "bounds",
            [
                118, 119, 120, 121, 122, 123, 124, 125, 126, 127, 129, 130, 131, 170, 193, 242, 466, 680, 785, 786, 787, 788, 805,
                806, 823
            ]
        ),
        ("lifetime", [415, 416, 562, 590, 672, 761, 763, 825, 911]), ("null", [476, 690]),
        ("number", [128, 190, 191, 192, 194, 195, 196, 197, 681, 682]), ("division", [369]),
        ("uninitialised", [456, 457, 665, 824, 908, 909]), ("type", [704, 843]),
        ("exhaustion", [400, 401, 404, 405, 407, 409, 674, 770, 771, 772, 773, 774, 775, 776, 789, 834, 835, 1333]),
        ("race", [362, 364, 366, 367, 662, 667, 820, 821, 833]), ("assertion", [248, 617, 703, 754, 755]),
        ("path", Set(22...40).union([73, 98, 99, 552, 641])), ("link", [59, 61, 62, 64, 65]), ("command", [77, 78, 88]),
        ("code", [94, 95, 96, 470, 913, 1336]), ("query", [89, 90, 564, 643, 652, 917, 943]), ("script", Set(79...87)),
        ("entity", [91, 611, 827]), ("header", [93, 113, 444, 644]), ("deserialisation", [502, 915, 1321]),
        ("request", [352, 441, 918]), ("redirect", [601]), ("upload", [434]), ("format", [134]),
        ("authentication", [287, 288, 289, 290, 294, 302, 303, 304, 305, 306, 307, 308, 309, 384, 613, 640, 1390]),
        ("authorisation", [266, 269, 276, 284, 285, 425, 566, 639, 732, 862, 863, 1220]),
        ("secret", [256, 257, 259, 312, 319, 321, 522, 798]),
        ("cryptography", [295, 296, 297, 298, 299, 310, 323, 325, 326, 327, 328, 330, 331, 335, 337, 338, 340, 347]),
        ("disclosure", [200, 201, 203, 208, 209, 497, 532, 538, 540, 598])
    ]
}
