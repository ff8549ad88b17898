import AdvisoryFormats
import ArgumentParser

/// The format of inventories whose name doesn't tell it: of standard input, of files under other names.
struct InventoryFormatOption: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            """
            The format of the inventories, where their names don't tell it (standard input, another name): \
            \(InventoryFormat.all.map(\.description).joined(separator: ", ")).
            """,
            valueName: "format"
        ),
        transform: Self.format
    )
    var inventoryFormat: InventoryFormat?

    private static func format(_ name: String) throws -> InventoryFormat {
        guard let format = InventoryFormat(name) else { throw ValidationError("\(name) is no format of inventories") }
        return format
    }

    /// What is said behind an error where it would have helped.
    static let hint = "; name it with --inventory-format (breakwater match --help lists the formats)"
}
