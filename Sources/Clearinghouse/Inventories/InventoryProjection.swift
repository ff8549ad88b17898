import CivilTime
import JSONText
package import Journal
import PackageIdentity
import Sealing

/// Deposited inventories, and their components in the order in which an advisory asks for them.
package enum InventoryProjection {
    /// One row an inventory.
    package static let inventory = TableSchema(
        "inventory",
        columns: [
            .text("id"), .text("member"), .text("name"), .integer("number"), .text("format"), .text("document"),
            .text("components"), .integer("component_count"), .integer("problem_count"), .integer("deposited"),
            .integer("sequence")
        ],
        primaryKey: ["id"],
        uniqueIndexes: [["member", "name"], ["number"]]
    )

    /// One row a component and inventory, clustered by the key: a range of an advisory is one run of rows.
    ///
    /// No column but the key, and no index beside it: at 20 million rows a second index by inventory would double the table. The
    /// rows of one inventory are found through its list of components instead. `inventory` is the number of the first deposit's
    /// record, four bytes where an identifier would take twenty.
    package static let component = TableSchema(
        "inventory_component",
        columns: [.text("name"), .text("ecosystem"), .blob("version_key"), .text("version"), .integer("inventory")],
        primaryKey: ["name", "ecosystem", "version_key", "version", "inventory"]
    )

    static let projection = Projection(
        "inventories", revision: VersionKey.encodingRevision << 8 | Ecosystem.spellingRevision, tables: [inventory, component],
        ownKeyPrefix: InventoryRecords.keyPrefix
    ) { record, contents in
        switch record.kind {
        case InventoryRecords.deposited: deposited(record, contents)
        case InventoryRecords.withdrawn: withdrawn(record, contents)
        default: []
        }
    }

    private static func deposited(_ record: JournalRecord, _ contents: ContentLookup) -> [RowChange] {
        guard
            let payload = record.payload, let identifier = payload["inventory"]?.string, let member = payload["member"]?.string,
            let name = payload["name"]?.string, let digest = payload["components"]?.string,
            let rows = rows(payload["components"], contents)
        else { return [] }
        let number = payload["number"]?.integer ?? record.sequence
        // What both deposits list stays where it is: a list that is handed in every day changes few rows.
        let (new, old) = (Set(rows), Set(Self.rows(payload["replaces"], contents) ?? []))
        let header = RowChange.put(
            inventory,
            [
                .text(identifier), .text(member), .text(name), .integer(number), .text(payload["format"]?.string ?? ""),
                .text(payload["document"]?.string ?? ""), .text(digest), .integer(Int64(rows.count)),
                .integer(payload["problemCount"]?.integer ?? 0), .integer(record.time.millisecondsSinceEpoch),
                .integer(record.sequence)
            ]
        )
        return [header] + old.subtracting(new).map { .delete(component, keyPrefix: $0.values(of: number)) }
            + new.subtracting(old).map { .insert(component, $0.values(of: number)) }
    }

    private static func withdrawn(_ record: JournalRecord, _ contents: ContentLookup) -> [RowChange] {
        guard
            let payload = record.payload, let identifier = payload["inventory"]?.string, let number = payload["number"]?.integer
        else { return [] }
        let rows = rows(payload["components"], contents) ?? []
        return rows.map { .delete(component, keyPrefix: $0.values(of: number)) } + [
            .delete(inventory, keyPrefix: [.text(identifier)])
        ]
    }

    private static func rows(_ digest: JSONValue?, _ contents: ContentLookup) -> [ComponentRow]? {
        digest?.string.flatMap { Digest(hex: $0) }
            .flatMap { contents.derived($0, DepositedComponents.init(parsing:)) }?.rows
    }
}
