import Correlation

/// What kind of weakness somebody looks for: one CWE, or several by a name that is known.
package struct BugClass: Sendable, Hashable, CustomStringConvertible {
    /// `CWE-787`, `memory-safety`, `sql-injection`: in lower case, with hyphens.
    package let description: String
    private let weaknesses: Set<Int>

    /// - Throws: `malformed` with the place, also for a name that nobody knows: it would meet no other class, and two would search for
    ///   one bug.
    package init(_ text: String, at place: String = "/bugClass") throws(Refusal) {
        let lowered = text.lowercased()
        if lowered.hasPrefix("cwe-"), let number = Int(lowered.dropFirst(4)), (1...99_999).contains(number) {
            (description, weaknesses) = ("CWE-\(number)", WeaknessClass.weaknesses(under: number))
            return
        }
        let name = String(lowered.map { $0 == "_" || $0 == " " ? "-" : $0 })
        guard let weaknesses = WeaknessClass.weaknesses(named: name) else {
            let names = WeaknessClass.names.joined(separator: ", ")
            throw Refusal(.malformed, "a bug class is a CWE like CWE-787 or one of \(names)", place: place)
        }
        (description, self.weaknesses) = (name, weaknesses)
    }

    /// Whether a bug can be of both classes: they share a weakness. So CWE-119 meets CWE-787, which is a kind of it, and two families
    /// meet in what both list.
    func overlaps(_ other: BugClass) -> Bool {
        !weaknesses.isDisjoint(with: other.weaknesses)
    }

    /// Whether every bug of the other class is of this one.
    func covers(_ other: BugClass) -> Bool {
        weaknesses.isSuperset(of: other.weaknesses)
    }
}
