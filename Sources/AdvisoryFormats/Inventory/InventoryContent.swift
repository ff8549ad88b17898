public import JSONText
import XMLText

/// What an inventory lists: by places in its bytes where its format lets it be read so, else decoded.
public enum InventoryContent {
    case outline(InventoryOutline)
    case document(InventoryDocument)

    /// Reads an inventory as `InventoryDocument.init(parsing:fileName:validating:)` does, and lends what it lists.
    /// - Throws: as that initialiser; `body` was not called.
    public static func with<Result>(
        _ bytes: [UInt8], fileName: String, limits: JSONLimits = .standard, _ body: (InventoryContent) -> Result
    ) throws(FormatRefusal) -> Result {
        if InventoryFile(fileName: fileName) != nil {
            return body(.document(try InventoryDocument(parsing: bytes, fileName: fileName)))
        }
        return try bytes.withUnsafeBufferPointer { (bytes) throws(FormatRefusal) in
            body(try InventoryContent(bytes, limits: limits))
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
        case UInt8(ascii: "{"): try InventoryJSONReader.read(bytes, limits: limits)
        case UInt8(ascii: "<"):
            .document(try CycloneDXXMLReader.parse(bytes, limits: XMLLimits(maximumBytes: limits.maximumBytes)))
        default: .document(try SPDXTagValueReader.parse(Array(bytes)))
        }
    }
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
