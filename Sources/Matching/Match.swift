/// What an advisory means for a component, and why.
package struct Match: Hashable, Sendable {
    /// There is no verdict "not affected": an advisory that does not concern a component gives no match.
    package enum Verdict: Hashable, Sendable {
        case affected
        /// The advisory is about this package, and whether it concerns this version cannot be decided. The reason is a
        /// sentence for people.
        case unknown(reason: String)
    }

    /// The rule that gave the verdict.
    package enum Rule: String, Hashable, Sendable {
        /// The version lies in a range of the advisory.
        case range
        /// The advisory lists the version.
        case listed
        /// The advisory covers the package, and the version could not be judged.
        case undecided
    }

    package struct Evidence: Hashable, Sendable {
        package var rule: Rule
        /// What the advisory says, in its words: the range or the version in the list.
        package var text: String
        /// The boundaries of the range that decided, or could not; nil where it is none.
        package var range: Boundaries?
    }

    /// Where a range begins and ends, as the advisory wrote it.
    package struct Boundaries: Hashable, Sendable {
        package var introduced: String
        package var end: VersionRange.End
    }

    package var advisory: String
    /// Identifiers of the same vulnerability elsewhere, as the advisory names them.
    package var aliases: [String]
    /// One line of the advisory for people, or nil.
    package var summary: String?
    /// Where the advisory's document lies in the file that the index was made from, or nil.
    package var document: Range<Int>?
    package var verdict: Verdict
    package var evidence: Evidence
    /// The version that the advisory names as the fix for the range in which the component lies, or nil.
    package var fixedVersion: String?

    /// Why the verdict is open, or nil where it is not.
    package var reason: String? {
        if case .unknown(let reason) = verdict { return reason }
        return nil
    }
}
