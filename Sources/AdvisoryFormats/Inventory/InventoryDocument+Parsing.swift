public import JSONText

extension InventoryDocument {
    /// Reads an inventory in any format that is known, told by its content and not by a file's name.
    /// - Throws: `FormatRefusal` with every violation found, in byte order; the format is `inventory` where it is none that is
    ///   known.
    public init(parsing bytes: [UInt8], limits: JSONLimits = .standard) throws(FormatRefusal) {
        guard bytes.first(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) == UInt8(ascii: "{") else {
            self = try SPDXTagValueReader.parse(bytes)
            return
        }
        self = try bytes.withUnsafeBufferPointer { (bytes) throws(FormatRefusal) in
            switch try Self.marker(in: bytes, limits: limits) {
            case .cycloneDX: try CycloneDXReader.parse(bytes, limits: limits)
            case .spdx: try SPDXReader.parse(bytes, limits: limits)
            case nil:
                throw FormatRefusal(
                    format: "inventory",
                    violations: [
                        FormatViolation(
                            code: .missingMember, pointer: "", byteOffset: 0,
                            reason: "neither bomFormat (CycloneDX) nor spdxVersion (SPDX) says what the document is"
                        )
                    ]
                )
            }
        }
    }

    private enum Marker { case cycloneDX, spdx }

    /// What the members of the root say that the document is.
    private static func marker(
        in bytes: UnsafeBufferPointer<UInt8>, limits: JSONLimits
    ) throws(FormatRefusal) -> Marker? {
        do throws(JSONError) {
            return try JSONReader.read(bytes, limits: limits) { (reader) throws(JSONError) in
                guard try reader.peek() == .object else { return nil }
                var marker: Marker?
                try reader.readObject { (reader, key) throws(JSONError) in
                    switch key {
                    case "bomFormat": marker = .cycloneDX
                    case "spdxVersion": marker = .spdx
                    default: break
                    }
                    try reader.skipValue()
                }
                return marker
            }
        } catch {
            throw FormatRefusal(format: "inventory", violations: [FormatViolation(error, in: bytes)])
        }
    }
}
