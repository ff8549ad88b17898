package import CivilTime
import Journal
package import Sealing

/// An inventory as its table has it.
package struct StoredInventory: Sendable {
    package let identifier: String
    package let member: String
    package let name: String
    /// Its number in `inventory_component`: the sequence of its first deposit.
    let number: Int64
    package let format: String
    /// SHA-256 of the bytes that were deposited.
    package let document: Digest
    /// SHA-256 of the list of what was understood of them.
    let components: Digest
    package let componentCount: Int64
    package let problemCount: Int64
    /// When it was deposited as it is now.
    package let deposited: Timestamp
    package let sequence: Int64
}

extension StoredInventory {
    static let columns =
        "id, member, name, number, format, document, components, component_count, problem_count, deposited, sequence"

    init(row: SQLRow) throws {
        guard let document = Digest(hex: try row.text(5)), let components = Digest(hex: try row.text(6)) else {
            throw JournalError(.contradiction, "an inventory's digests are not SHA-256")
        }
        self.init(
            identifier: try row.text(0), member: try row.text(1), name: try row.text(2), number: try row.integer(3),
            format: try row.text(4), document: document, components: components, componentCount: try row.integer(7),
            problemCount: try row.integer(8), deposited: Timestamp(millisecondsSinceEpoch: try row.integer(9)),
            sequence: try row.integer(10)
        )
    }
}

extension JournalSnapshot {
    func inventory(named name: String, of member: String) throws -> StoredInventory? {
        try firstRow(
            "SELECT \(StoredInventory.columns) FROM inventory WHERE member = $1 AND name = $2", [.text(member), .text(name)]
        ).map(StoredInventory.init(row:))
    }

    /// By its identifier, or by the name that its owner gave it.
    /// - Throws: `notFound` also where it is another member's: that it exists is not the caller's to know.
    func inventory(_ identifierOrName: String, of principal: Principal) throws -> StoredInventory {
        let identified = try firstRow(
            "SELECT \(StoredInventory.columns) FROM inventory WHERE id = $1 AND member = $2",
            [.text(identifierOrName), .text(principal.member)]
        ).map(StoredInventory.init(row:))
        guard let found = try identified ?? inventory(named: identifierOrName, of: principal.member) else {
            throw Refusal(.notFound, "there is no inventory \(identifierOrName) of yours")
        }
        return found
    }

    func inventories(of member: String) throws -> [StoredInventory] {
        try rows("SELECT \(StoredInventory.columns) FROM inventory WHERE member = $1 ORDER BY name", [.text(member)])
            .map(StoredInventory.init(row:))
    }

    /// - Throws: `conflict` where the member has left: nothing is kept for it any more.
    func requirePresent(_ member: String) throws {
        let row = try firstRow("SELECT withdrawn FROM member WHERE id = $1", [.text(member)])
        guard try row?.optionalInteger(0) == nil else { throw Refusal(.conflict, "the member \(member) has left") }
    }

    /// What the inventory lists.
    func components(of inventory: StoredInventory) throws -> DepositedComponents {
        let key = InventoryRecords.contentKey(of: inventory.identifier)
        guard let list = try content(inventory.components, sealedUnder: key).flatMap(DepositedComponents.init(parsing:)) else {
            throw JournalError(.contradiction, "the components of \(inventory.identifier) are missing")
        }
        return list
    }
}
