package import CivilTime
import Journal

/// When a scope was last searched to its end, and whether anything came of it. By whom is not said.
package struct CoverageEntry: Sendable {
    package let scope: ScanScope
    package let findingCount: Int64
    package let searched: Timestamp

    /// True where the search found nothing.
    package var isNull: Bool { findingCount == 0 }

    package func age(at now: Timestamp) -> Duration {
        .milliseconds(max(0, now.millisecondsSinceEpoch - searched.millisecondsSinceEpoch))
    }
}

/// A target that nobody searched, or not for long.
package struct CoverageGap: Sendable {
    package let target: String
    package let criticality: Int64
    /// Nil where nobody ever did.
    package let lastSearched: Timestamp?
}

extension CoverageEntry {
    static let columns = "target, revision, subsystem, bug_class, tool_family, model_family, findings, searched"

    init(row: SQLRow) throws {
        func part(_ index: Int) throws -> String? {
            let text = try row.text(index)
            return text.isEmpty ? nil : text
        }
        self.init(
            scope: try ScanScope(
                target: ScanTarget(name: try row.text(0), revision: try part(1)), subsystem: try part(2),
                bugClass: try part(3).map { try BugClass($0) }, toolFamily: try part(4), modelFamily: try part(5)
            ),
            findingCount: try row.integer(6), searched: Timestamp(millisecondsSinceEpoch: try row.integer(7))
        )
    }
}
