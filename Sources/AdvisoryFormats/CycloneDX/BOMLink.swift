/// A CycloneDX document as BOM-Links call it (https://cyclonedx.org/capabilities/bomlink/): by the UUID of its serial number and
/// by its version. The text is `urn:cdx:UUID/VERSION`.
public struct BOMIdentity: Sendable, Hashable, CustomStringConvertible {
    /// In lowercase: a UUID is the same in either (RFC 9562).
    private let serial: String
    private let version: String

    /// - Parameter version: nil for a document that states none, which is its first (the schemas' default).
    /// - Returns: nil where the serial number is no `urn:uuid:`; then nothing can link to the document.
    public init?(serialNumber: String?, version: String?) {
        guard let serial = serialNumber?.lowercased(), serial.hasPrefix("urn:uuid:") else { return nil }
        self.init(serial: serial.dropFirst("urn:uuid:".utf8.count), version: version ?? "1")
    }

    fileprivate init?(serial: Substring, version: String) {
        if serial.isEmpty || version.isEmpty { return nil }
        (self.serial, self.version) = (String(serial), version)
    }

    public var description: String { "urn:cdx:\(serial)/\(version)" }
}

/// A BOM-Link to a component or service of a document: `urn:cdx:UUID/VERSION#BOM-REF`.
public struct BOMLink: Sendable, Hashable, CustomStringConvertible {
    /// The link as it was written.
    public let description: String
    /// Where it leads to.
    public let document: BOMIdentity
    /// The `bom-ref` that is meant: the fragment as it stands there, and, where that is another text, without its
    /// percent-encoding. A fragment ought to be encoded, and many that write one do not; a reference that is a package URL has
    /// such encoding by itself.
    public let references: [String]

    /// Nil where the text is no link to a part of a document.
    public init?(_ text: String) {
        let prefix = "urn:cdx:"
        guard text.prefix(prefix.count).lowercased() == prefix else { return nil }
        let rest = text.dropFirst(prefix.count)
        guard let slash = rest.firstIndex(of: "/"), let hash = rest[slash...].firstIndex(of: "#"),
            let document = BOMIdentity(
                serial: rest[..<slash].lowercased()[...], version: String(rest[rest.index(after: slash)..<hash]))
        else { return nil }
        let reference = String(rest[rest.index(after: hash)...])
        if reference.isEmpty { return nil }
        description = text
        self.document = document
        let decoded = Self.decoded(reference)
        references = decoded == reference ? [reference] : [reference, decoded]
    }

    /// Without percent-encoding (RFC 3986, 2.1); what is none stays as it is.
    private static func decoded(_ text: String) -> String {
        let bytes = Array(text.utf8)
        var decoded: [UInt8] = []
        var place = 0
        while place < bytes.count {
            if bytes[place] == UInt8(ascii: "%"), place + 2 < bytes.count, let high = digit(bytes[place + 1]),
                let low = digit(bytes[place + 2])
            {
                decoded.append(high << 4 | low)
                place += 3
            } else {
                decoded.append(bytes[place])
                place += 1
            }
        }
        return String(decoding: decoded, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }
}
