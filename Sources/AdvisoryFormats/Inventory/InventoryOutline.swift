public import JSONText

/// What a CycloneDX document lists, by the places of its texts in the bytes: for who asks about every component and keeps few of
/// them. Valid as long as the bytes are; nothing is decoded, and nothing allocated for a component.
public struct InventoryOutline {
    /// One component: its texts as they stand there. What is nil, the document does not say.
    public struct Component {
        /// The name.
        public internal(set) var name: JSONStringToken?
        /// The version.
        public internal(set) var version: JSONStringToken?
        /// The package URL, which need not be valid.
        public internal(set) var purl: JSONStringToken?
        /// The CPE name, which need not be valid.
        public internal(set) var cpe: JSONStringToken?
        /// Who makes it.
        public internal(set) var maker: JSONStringToken?
        /// Who supplies it: who makes it, or who sells it.
        public internal(set) var supplier: JSONStringToken?
        /// What the document refers to it by.
        public internal(set) var bomReference: JSONStringToken?
        /// Offset of the component's first byte in the document.
        public internal(set) var byteOffset: Int
    }

    /// The version of CycloneDX as the document states it.
    public internal(set) var specVersion: String?
    /// The serial number and the version of the document, as it states them.
    var serialNumber: String?
    var version: String?
    /// See `InventoryDocument.bom`.
    public var bom: BOMIdentity? { BOMIdentity(serialNumber: serialNumber, version: version) }
    /// See `InventoryDocument.subjects`.
    public internal(set) var subjects: [Component] = []
    /// See `InventoryDocument.components`.
    public internal(set) var components: [Component] = []
    /// See `InventoryDocument.systems`.
    public internal(set) var systems: [InventorySystem] = []
    /// See `InventoryDocument.vulnerabilityCount`.
    public internal(set) var vulnerabilityCount = 0

    /// The outline of a document that has a prefix of this length before it.
    func moved(by length: Int) -> InventoryOutline {
        guard length > 0 else { return self }
        var outline = self
        for index in subjects.indices { outline.subjects[index].byteOffset += length }
        for index in components.indices { outline.components[index].byteOffset += length }
        return outline
    }
}

extension InventoryComponent {
    /// The component with its texts decoded.
    public init(_ component: InventoryOutline.Component) {
        self.init(name: component.name.map { String($0) } ?? "", byteOffset: component.byteOffset)
        version = component.version.map { String($0) }
        if let purl = component.purl { purls = [String(purl)] }
        if let cpe = component.cpe { cpes = [String(cpe)] }
        name(vendor: (component.maker ?? component.supplier).map { String($0) })
        bomReference = component.bomReference.map { String($0) }
    }
}

extension InventoryDocument {
    /// The document with all of its texts decoded.
    public init(_ outline: InventoryOutline) {
        self.init(format: .cycloneDXJSON, specVersion: outline.specVersion)
        bom = outline.bom
        subjects = outline.subjects.map { InventoryComponent($0) }
        components = outline.components.map { InventoryComponent($0) }
        systems = outline.systems
        vulnerabilityCount = outline.vulnerabilityCount
    }
}
