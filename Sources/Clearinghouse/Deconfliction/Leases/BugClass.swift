/// What kind of weakness somebody looks for: one CWE, or a family of them by name.
package struct BugClass: Sendable, Hashable, CustomStringConvertible {
    /// `CWE-787`, `memory-safety`, or another word in lower case.
    package let description: String
    private let weakness: Int?

    private static let longestName = 64

    /// - Throws: `malformed` with the place.
    package init(_ text: String, at place: String = "/bugClass") throws(Refusal) {
        let lowered = text.lowercased()
        if lowered.hasPrefix("cwe-"), let number = Int(lowered.dropFirst(4)), (1...99_999).contains(number) {
            (description, weakness) = ("CWE-\(number)", number)
            return
        }
        let isWord = lowered.utf8.allSatisfy {
            (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-")
        }
        guard isWord, !lowered.hasPrefix("cwe-"), (1...Self.longestName).contains(lowered.utf8.count) else {
            throw Refusal(
                .malformed, "a bug class is a CWE like CWE-787 or a word like \(BugClass.familyNames)", place: place
            )
        }
        (description, weakness) = (lowered, nil)
    }

    /// Whether a bug can be of both classes: the same one, or a CWE and the family it belongs to.
    func overlaps(_ other: BugClass) -> Bool {
        description == other.description || holds(other) || other.holds(self)
    }

    /// Whether every bug of the other class is of this one.
    func covers(_ other: BugClass) -> Bool {
        description == other.description || holds(other)
    }

    private func holds(_ other: BugClass) -> Bool {
        guard weakness == nil, let number = other.weakness else { return false }
        return BugClass.families[description]?.contains(number) ?? false
    }

    private static var familyNames: String { families.keys.sorted().joined(separator: ", ") }

    /// Families whose members scanners report most, by the categories of MITRE's view CWE-1400 that they are taken from. A word
    /// that is none of these is a class of its own. A CWE that stands in no family overlaps with itself alone.
    private static let families: [String: Set<Int>] = [
        // CWE-1399, with the integer errors (CWE-1408) that become them.
        "memory-safety": [
            119, 120, 121, 122, 123, 124, 125, 126, 127, 129, 131, 170, 190, 191, 193, 195, 401, 415, 416, 457, 466, 476, 562,
            587,
            590, 680, 690, 761, 762, 763, 785, 786, 787, 788, 805, 806, 822, 823, 824, 825, 843, 908, 1_325, 1_341
        ],
        // CWE-1409
        "injection": [
            74, 75, 77, 78, 79, 80, 83, 87, 88, 89, 90, 91, 93, 94, 95, 96, 97, 98, 99, 113, 116, 502, 564, 611, 643, 652, 776,
            917,
            943, 1_236, 1_336
        ],
        // CWE-1396
        "access-control": [
            22, 250, 266, 269, 276, 277, 281, 282, 284, 285, 286, 287, 288, 290, 294, 302, 304, 305, 306, 307, 346, 352, 384, 425,
            521, 522, 551, 566, 602, 613, 620, 639, 640, 732, 798, 862, 863, 918, 1_390
        ],
        // CWE-1402 and CWE-1414
        "cryptography": [
            261, 295, 296, 297, 298, 299, 310, 311, 312, 319, 321, 322, 323, 324, 325, 326, 327, 328, 329, 330, 331, 334, 335,
            336,
            337, 338, 339, 340, 347, 354, 757, 759, 760, 780, 916, 1_204, 1_240, 1_241
        ],
        // CWE-1401
        "concurrency": [362, 363, 364, 366, 367, 368, 412, 413, 414, 543, 567, 609, 663, 667, 764, 765, 820, 821, 832, 833],
        // CWE-1404
        "file-handling": [22, 23, 24, 35, 36, 41, 59, 61, 62, 64, 65, 73, 377, 378, 379, 426, 427, 428, 434, 552, 641, 706],
        // CWE-1416 and CWE-1415
        "resource-exhaustion": [400, 401, 404, 405, 407, 409, 410, 459, 674, 770, 771, 772, 774, 775, 789, 834, 835, 1_333]
    ]
}
