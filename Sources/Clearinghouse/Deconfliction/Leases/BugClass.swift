import Correlation

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
            let names = WeaknessClass.names.joined(separator: ", ")
            throw Refusal(.malformed, "a bug class is a CWE like CWE-787 or a word like \(names)", place: place)
        }
        (description, weakness) = (lowered, nil)
    }

    /// Whether a bug can be of both classes: they share a weakness. So CWE-119 meets CWE-787, which is a kind of it, and two families
    /// meet in what both list.
    func overlaps(_ other: BugClass) -> Bool {
        guard description != other.description else { return true }
        guard let weaknesses, let others = other.weaknesses else { return false }
        return !weaknesses.isDisjoint(with: others)
    }

    /// Whether every bug of the other class is of this one.
    func covers(_ other: BugClass) -> Bool {
        guard description != other.description else { return true }
        guard let weaknesses, let others = other.weaknesses else { return false }
        return weaknesses.isSuperset(of: others)
    }

    /// Nil for a word that names no family: a class of its own.
    private var weaknesses: Set<Int>? {
        weakness.map(WeaknessClass.weaknesses(under:)) ?? WeaknessClass.weaknesses(named: description)
    }
}
