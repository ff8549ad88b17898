/// A format of inventories. New ones may be added.
public struct InventoryFormat: Sendable, Hashable, CustomStringConvertible {
    /// The name, stable: lowercase for SBOMs and databases, for a lock file the name that its tool gives it.
    public let description: String

    init(named name: String) { description = name }

    /// CycloneDX 1.2 to 1.7 (ECMA-424) as JSON.
    public static let cycloneDXJSON = InventoryFormat(named: "cyclonedx-json")
    /// CycloneDX 1.0 to 1.7 (ECMA-424) as XML.
    public static let cycloneDXXML = InventoryFormat(named: "cyclonedx-xml")
    /// SPDX 2.2 and 2.3 (ISO/IEC 5962:2021) as JSON.
    public static let spdxJSON = InventoryFormat(named: "spdx-json")
    /// SPDX 2.2 and 2.3 as tag-value text.
    public static let spdxTagValue = InventoryFormat(named: "spdx-tv")
    /// SPDX 3.0 as JSON-LD.
    public static let spdx3 = InventoryFormat(named: "spdx3-jsonld")

    /// Every format that is read; one that has this name is `InventoryFormat(name)`.
    public static let all =
        [cycloneDXJSON, cycloneDXXML, spdxJSON, spdxTagValue, spdx3]
        + InventoryFile.allCases.map { InventoryFormat(named: $0.rawValue) }

    /// The format that is called so, or nil.
    public init?(_ name: String) {
        guard let format = Self.all.first(where: { $0.description == name }) else { return nil }
        self = format
    }
}
