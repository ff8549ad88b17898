package import Journal
import Sealing

/// Inventories that their owners chose to deposit, so that the clearinghouse can tell them of a new advisory.
///
/// An agent matches on its operator's machine and sends nothing (`Matching`); this room is for who would rather be told. Nobody but
/// the owner learns what an inventory lists, the clearinghouse's own people included: they may count.
package struct Inventories: Sendable {
    let journal: any Journal
    let environment: ClearinghouseEnvironment

    package init(journal: any Journal, environment: ClearinghouseEnvironment) {
        self.journal = journal
        self.environment = environment
    }

    /// Keeps an inventory; one that the member deposited earlier under the same name is replaced. The same document again changes
    /// nothing and records nothing.
    /// - Throws: `forbidden` without the scope, `conflict` where the member has left; nothing was recorded.
    package func deposit(_ deposit: InventoryDeposit, by principal: Principal) async throws -> InventoryReceipt {
        try principal.require(.depositInventories)
        let fresh = Identifier.text("i", environment.random(10))
        return try await journal.append { snapshot in
            try snapshot.requirePresent(principal.member)
            let earlier = try snapshot.inventory(named: deposit.name, of: principal.member)
            let identifier = earlier?.identifier ?? fresh
            let isSame = earlier?.document == deposit.document.digest && earlier?.components == deposit.components.digest
            let answer = InventoryReceipt(
                identifier: identifier, componentCount: deposit.componentCount, problems: deposit.problems,
                replacedEarlier: earlier != nil && !isSame, isUnchanged: isSame
            )
            guard !isSame else { return Decision([], answer: answer) }
            return Decision(
                [try InventoryRecords.deposited(deposit, as: identifier, replacing: earlier, of: principal.member)],
                answer: answer
            )
        }.answer
    }

    /// Ends an inventory: its rows go, and the key that the document, its earlier versions and their components are sealed under is
    /// destroyed in the same append. There is no way back; the same name can be deposited anew.
    /// - Throws: `forbidden` without the scope, `notFound` for an inventory that is not the caller's; nothing was recorded.
    package func withdraw(_ identifierOrName: String, by principal: Principal) async throws {
        try principal.require(.depositInventories)
        _ = try await journal.append { snapshot in
            let inventory = try snapshot.inventory(identifierOrName, of: principal)
            return Decision(
                [try InventoryRecords.withdrawn(inventory, by: principal.member)],
                destroying: [InventoryRecords.contentKey(of: inventory.identifier)]
            )
        }
    }

    /// What goes with a member that leaves: its inventories, and their keys.
    static func ending(
        of member: String, by actor: String, in snapshot: JournalSnapshot
    ) throws -> (drafts: [RecordDraft], keys: [ContentKeyName]) {
        let inventories = try snapshot.inventories(of: member)
        return (
            try inventories.map { try InventoryRecords.withdrawn($0, by: actor) },
            inventories.map { InventoryRecords.contentKey(of: $0.identifier) }
        )
    }
}

/// What a deposit came to.
package struct InventoryReceipt: Sendable {
    package let identifier: String
    package let componentCount: Int
    /// What the document lists and cannot be asked about, in words.
    package let problems: [String]
    /// True where an inventory of this name was there and listed something else.
    package let replacedEarlier: Bool
    /// True where the same document was there already, so that nothing was recorded.
    package let isUnchanged: Bool
}
