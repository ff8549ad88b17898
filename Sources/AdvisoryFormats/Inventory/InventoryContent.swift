public import JSONText
import XMLText

/// What an inventory lists: by places in its bytes where its format lets it be read so, else decoded.
public enum InventoryContent {
    case outline(InventoryOutline)
    case document(InventoryDocument)

    /// Reads an inventory as `InventoryDocument.init(parsing:fileName:format:validating:)` does, and lends what it lists.
    /// - Throws: as that initialiser; `body` was not called.
    public static func with<Result>(
        _ bytes: [UInt8], fileName: String, format: InventoryFormat? = nil, limits: JSONLimits = .standard,
        _ body: (InventoryContent) -> Result
    ) throws(FormatRefusal) -> Result {
        if InventoryFile(fileName: format?.description ?? fileName) != nil {
            return body(.document(try InventoryDocument(parsing: bytes, fileName: fileName, format: format)))
        }
        return try bytes.withUnsafeBufferPointer { (bytes) throws(FormatRefusal) in
            let content = try InventoryContent(bytes, limits: limits)
            try content.format.require(format)
            return body(content)
        }
    }

    /// The different operating systems that it lists.
    package var systems: Set<InventorySystem> {
        switch self {
        case .outline(let outline): Set(outline.systems)
        case .document(let document): Set(document.systems)
        }
    }

    /// See `InventoryDocument.bom`.
    public var bom: BOMIdentity? {
        switch self {
        case .outline(let outline): outline.bom
        case .document(let document): document.bom
        }
    }

    /// The format it was read from.
    public var format: InventoryFormat {
        switch self {
        case .outline: .cycloneDXJSON
        case .document(let document): document.format
        }
    }

    /// The version of the format as the document states it, or nil where it states none.
    public var specVersion: String? {
        switch self {
        case .outline(let outline): outline.specVersion
        case .document(let document): document.specVersion
        }
    }

    /// Reads an inventory that is told by its content; a byte order mark at the start is passed over.
    init(_ bytes: UnsafeBufferPointer<UInt8>, limits: JSONLimits) throws(FormatRefusal) {
        let markLength = Self.markLength(bytes)
        do throws(FormatRefusal) {
            let content = try Self.read(UnsafeBufferPointer(rebasing: bytes[markLength...]), limits: limits)
            switch content {
            case .outline(let outline): self = .outline(outline.moved(by: markLength))
            case .document(let document): self = .document(document.moved(by: markLength))
            }
        } catch {
            throw FormatRefusal(format: error.format, violations: error.violations.map { $0.moved(by: markLength) })
        }
    }

    /// How many bytes the byte order mark at the start takes.
    static func markLength(_ bytes: UnsafeBufferPointer<UInt8>) -> Int { bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0 }

    private static func read(_ bytes: UnsafeBufferPointer<UInt8>, limits: JSONLimits) throws(FormatRefusal) -> InventoryContent {
        switch bytes.first(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) {
        case nil: throw .unknownInventory("there is nothing in it")
        case UInt8(ascii: "["): throw .unknownInventory("a JSON array, where every inventory that is JSON is an object")
        case UInt8(ascii: "{"): try InventoryJSONReader.read(bytes, limits: limits)
        case UInt8(ascii: "<"):
            .document(try CycloneDXXMLReader.parse(bytes, limits: XMLLimits(maximumBytes: limits.maximumBytes)))
        default: .document(try SPDXTagValueReader.parse(Array(bytes)))
        }
    }
}

extension InventoryFormat {
    /// - Throws: `FormatRefusal` where another format was asked for.
    func require(_ wanted: InventoryFormat?) throws(FormatRefusal) {
        guard let wanted, wanted != self else { return }
        throw .inventory(wanted.description, .badValue, "the document is \(self)")
    }
}

extension FormatRefusal {
    /// What is no inventory by what its name or its content tells.
    static func unknownInventory(_ reason: String) -> FormatRefusal { inventory("inventory", .missingMember, reason) }

    fileprivate static func inventory(_ format: String, _ code: FormatViolation.Code, _ reason: String) -> FormatRefusal {
        FormatRefusal(format: format, violations: [FormatViolation(code: code, pointer: "", byteOffset: 0, reason: reason)])
    }

    /// Whether nothing told which format of inventories the document is of.
    public var isOfUnknownInventory: Bool { format == "inventory" && violations.contains { $0.code == .missingMember } }
}

extension InventoryDocument {
    /// All of it decoded.
    init(_ content: InventoryContent) {
        switch content {
        case .outline(let outline): self.init(outline)
        case .document(let document): self = document
        }
    }
}
