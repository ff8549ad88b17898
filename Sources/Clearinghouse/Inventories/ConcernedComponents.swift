package import Journal
package import Matching
import PackageIdentity

/// Inventories that list one version of one package, which an advisory concerns: affected by it, or not decidable.
package struct ConcernedComponents: Sendable {
    /// As advisories name it, without a package URL.
    package let component: Component
    package let match: Match
    /// Numbers of inventories, ascending. A version that more inventories list than are read at once comes in parts.
    package let inventories: [Int64]
}

/// The other direction of matching: one advisory, asked of every deposited inventory.
///
/// The table gives candidates by runs of its key. The verdict about each distinct version among them is the one that `Matcher` gives
/// for an index of this advisory alone, so that both directions of matching agree by construction.
package struct AdvisoryScan: Sendable {
    private let scans: [CandidateScan]
    private let pageSize: Int
    private var matcher: Matcher

    /// Rows read at once: enough to amortise the query, little enough to hold.
    package static let usualPageSize = 4_096

    /// One statement for every run and each of its pages. Without the comparison of tuples a page could not begin in the middle of a
    /// version that thousands of inventories list.
    static let sql = """
        SELECT ecosystem, version, inventory FROM inventory_component
        WHERE name = $1 AND (ecosystem, version_key, version, inventory) > ($2, $3, $4, $5)
            AND (ecosystem, version_key) < ($6, $7)
        ORDER BY ecosystem, version_key, version, inventory LIMIT $8
        """

    package init(_ advisory: IndexedAdvisory, pageSize: Int = usualPageSize) throws {
        self.pageSize = pageSize
        scans = CandidateScan.all(of: advisory)
        matcher = Matcher(try AdvisoryIndex(of: [advisory]))
    }

    /// Calls `body` for all that is concerned, package by package; holds a page of rows, however many there are.
    package mutating func run(in snapshot: JournalSnapshot, _ body: (ConcernedComponents) throws -> Void) throws {
        for scan in scans { try run(scan, in: snapshot, body) }
    }

    private mutating func run(
        _ scan: CandidateScan, in snapshot: JournalSnapshot, _ body: (ConcernedComponents) throws -> Void
    ) throws {
        var place = RowPlace(before: scan)
        while true {
            let rows = try snapshot.rows(
                Self.sql,
                [.text(scan.name)] + place.values
                    + [.text(scan.upper.ecosystem), .blob(scan.upper.key.bytes), .integer(Int64(pageSize))]
            )
            try judge(rows, of: scan.name, body)
            guard rows.count == pageSize, let last = rows.last else { return }
            place = try RowPlace(at: last, of: scan.name)
        }
    }

    private mutating func judge(
        _ rows: [SQLRow], of name: String, _ body: (ConcernedComponents) throws -> Void
    ) throws {
        var start = rows.startIndex
        while start < rows.endIndex {
            let (ecosystem, version) = (rows[start].values[0], rows[start].values[1])
            let end = rows[start...].firstIndex { $0.values[1] != version || $0.values[0] != ecosystem } ?? rows.endIndex
            let component = try Component(row: rows[start], of: name)
            if let match = matcher.matches(component).first {
                let inventories = try rows[start..<end].map { try $0.integer(2) }
                try body(ConcernedComponents(component: component, match: match, inventories: inventories))
            }
            start = end
        }
    }
}

/// Where a page begins: behind this row.
private struct RowPlace {
    let values: [SQLValue]

    /// No version is below the empty one, and no inventory has the number -1.
    init(before scan: CandidateScan) {
        values = [.text(scan.lower.ecosystem), .blob(scan.lower.key.bytes), .text(""), .integer(-1)]
    }

    /// The place in the order follows from the version, and need not be read.
    init(at row: SQLRow, of name: String) throws {
        let component = try Component(row: row, of: name)
        values = [row.values[0], .blob(component.placeKey.bytes), row.values[1], row.values[2]]
    }
}

extension Component {
    fileprivate init(row: SQLRow, of name: String) throws {
        let version = try row.text(1)
        self = Component(ecosystem: Ecosystem(try row.text(0)), name: name, version: nil)
            .withVersion(kept: version.isEmpty ? nil : version)
    }
}
