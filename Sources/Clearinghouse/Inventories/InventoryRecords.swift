import Handling
import JSONText
import Journal
import Sealing

/// The facts about deposited inventories. All of an inventory is sealed under a key of its own, which ends with it: what an owner
/// deposits one year it can take back without leaving.
enum InventoryRecords {
    static let deposited = RecordKind("inventory.deposited")
    static let withdrawn = RecordKind("inventory.withdrawn")

    /// How the names of these keys begin; nothing else is sealed under one.
    static let keyPrefix = "inventory/"

    static func contentKey(of inventory: String) -> ContentKeyName { ContentKeyName(keyPrefix + inventory) }

    private static func stream(_ inventory: String) -> StreamName { StreamName("inventory", inventory) }

    /// - Parameter earlier: the deposit that this one replaces; nil for the first.
    static func deposited(
        _ deposit: InventoryDeposit, as inventory: String, replacing earlier: StoredInventory?, of member: String
    ) throws -> RecordDraft {
        RecordDraft(
            deposited, in: stream(inventory), by: member, label: try Labels.member(member),
            payload: [
                "componentCount": .number(JSONNumber(Int64(deposit.componentCount))),
                "components": .string(deposit.components.digest.hex), "document": .string(deposit.document.digest.hex),
                "format": .string(deposit.format), "inventory": .string(inventory), "member": .string(member),
                "name": .string(deposit.name), "number": earlier.map { .number(JSONNumber($0.number)) } ?? .null,
                "problemCount": .number(JSONNumber(Int64(deposit.problems.count))),
                "replaces": earlier.map { .string($0.components.hex) } ?? .null
            ],
            contents: [deposit.document, deposit.components], sealedUnder: contentKey(of: inventory)
        )
    }

    /// Names the components that go, because a projection sees one record at a time. Sealed like them: afterwards it says that
    /// an inventory went, and nothing of it.
    static func withdrawn(_ inventory: StoredInventory, by actor: String) throws -> RecordDraft {
        RecordDraft(
            withdrawn, in: stream(inventory.identifier), by: actor, label: try Labels.member(inventory.member),
            payload: [
                "components": .string(inventory.components.hex), "inventory": .string(inventory.identifier),
                "number": .number(JSONNumber(inventory.number))
            ],
            sealedUnder: contentKey(of: inventory.identifier)
        )
    }
}
