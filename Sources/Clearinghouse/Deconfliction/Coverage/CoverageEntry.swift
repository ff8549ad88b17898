package import CivilTime
import Journal

/// When a scope was last searched to its end, and whether anything came of it, as far as one principal may know.
///
/// A search in vain is for everybody: that is what spares others the work. Of one that found something others learn that the target was
/// searched, with what and when; place, class and number would lead them to a bug that has no fix yet (decision 16 hides the same).
package struct CoverageEntry: Sendable {
    package let scope: ScanScope
    /// Nil where it is not for the principal to know, and more than none.
    package let findingCount: Int64?
    package let searched: Timestamp

    /// True where the search found nothing.
    package var isNull: Bool { findingCount == 0 }

    package func age(at now: Timestamp) -> Duration {
        .milliseconds(max(0, now.millisecondsSinceEpoch - searched.millisecondsSinceEpoch))
    }
}

/// A target that nobody searched as a whole, or not for long.
package struct CoverageGap: Sendable {
    package let target: String
    package let criticality: Int64
    /// Nil where nobody ever did.
    package let lastSearched: Timestamp?
}

extension CoverageEntry {
    static let columns = "target, revision, subsystem, bug_class, tool_family, model_family, findings, searched, seen_by"

    init(row: SQLRow, for principal: Principal) throws {
        let findings = try row.integer(6)
        let isOpen = try principal.seesEverything || ["", principal.member].contains(row.text(8))
        func part(_ index: Int, isTelling: Bool = false) throws -> String? {
            let text = try row.text(index)
            return text.isEmpty || isTelling && !isOpen ? nil : text
        }
        self.init(
            scope: try ScanScope(
                target: ScanTarget(name: try row.text(0), revision: try part(1, isTelling: true)),
                subsystem: try part(2, isTelling: true), bugClass: try part(3, isTelling: true).map { try BugClass($0) },
                toolFamily: try part(4), modelFamily: try part(5)
            ),
            findingCount: isOpen ? findings : nil, searched: Timestamp(millisecondsSinceEpoch: try row.integer(7))
        )
    }
}
