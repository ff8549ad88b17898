/// What an inventory (SBOM, lock file or package database) lists, as it stands there: nothing is resolved, guessed or left out.
public struct InventoryDocument: Sendable, Hashable {
    /// The format it was read from.
    public var format: InventoryFormat
    /// The version of the format as the document states it (`1.6`, `SPDX-2.3`), or nil where it states none.
    public var specVersion: String?
    /// What the document is about, where it says so, and what that holds; they are not among its components.
    public var subjects: [InventoryComponent] = []
    /// In the order of the document, those inside others after the one that holds them.
    public var components: [InventoryComponent] = []
    /// How many vulnerabilities the document itself reports.
    public var vulnerabilityCount = 0
    /// Single entries that could not be read as their format wants; all others stand. In byte order.
    public var problems: [FormatViolation] = []

    /// An empty document.
    public init(format: InventoryFormat, specVersion: String? = nil) {
        self.format = format
        self.specVersion = specVersion
    }

    /// How many package URLs the components give; some give several, some none.
    public var purlCount: Int { components.reduce(0) { $0 + $1.purls.count } }
}

/// One component, package or file set of an inventory.
public struct InventoryComponent: Sendable, Hashable {
    /// The name as written.
    public var name: String
    /// The version as written, or nil.
    public var version: String?
    /// Package URLs as written; they need not be valid.
    public var purls: [String] = []
    /// CPE names as written; they need not be valid.
    public var cpes: [String] = []
    /// What a system's package database says of it, or nil where it is no package of a system.
    public var system: SystemPackage?
    /// Offset of the component's first byte in the document.
    public var byteOffset: Int

    /// A component with nothing but a name.
    public init(name: String, byteOffset: Int) {
        self.name = name
        self.byteOffset = byteOffset
    }
}

/// A format of inventories. New ones may be added.
public struct InventoryFormat: Sendable, Hashable, CustomStringConvertible {
    /// The name, stable: lowercase for SBOMs and databases, for a lock file the name that its tool gives it.
    public let description: String

    init(named name: String) { description = name }

    /// CycloneDX 1.2 to 1.7 (ECMA-424) as JSON.
    public static let cycloneDXJSON = InventoryFormat(named: "cyclonedx-json")
    /// SPDX 2.2 and 2.3 (ISO/IEC 5962:2021) as JSON.
    public static let spdxJSON = InventoryFormat(named: "spdx-json")
    /// SPDX 2.2 and 2.3 as tag-value text.
    public static let spdxTagValue = InventoryFormat(named: "spdx-tv")
}
