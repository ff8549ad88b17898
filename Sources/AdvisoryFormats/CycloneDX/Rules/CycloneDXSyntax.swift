/// The patterns of the CycloneDX schemas, over bytes.
enum CycloneDXSyntax {
    typealias Bytes = UnsafeBufferPointer<UInt8>

    /// A UUID in lowercase digits, 8-4-4-4-12.
    private static func isUUID(_ text: Slice<Bytes>) -> Bool {
        let groups = text.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        return groups.map(\.count) == [8, 4, 4, 4, 12]
            && groups.allSatisfy { $0.allSatisfy { isDigit($0) || $0 &- UInt8(ascii: "a") < 6 } }
    }

    static func isUUIDURN(_ text: Bytes) -> Bool { text.starts(with: "urn:uuid:".utf8) && isUUID(text[9...]) }

    /// As XML has it: also a bare UUID in braces.
    static func isSerialNumber(_ text: Bytes) -> Bool {
        if isUUIDURN(text) { return true }
        guard text.count > 2, text.first == UInt8(ascii: "{"), text.last == UInt8(ascii: "}") else { return false }
        return isUUID(text[1..<text.count - 1])
    }

    /// `urn:cdx:` with a serial number and a version.
    static func isBOMLinkDocument(_ text: Bytes) -> Bool { isBOMLink(text[...]) }

    /// A link to a document, `#` and what names the element.
    static func isBOMLinkElement(_ text: Bytes) -> Bool {
        guard let sign = text.firstIndex(of: UInt8(ascii: "#")) else { return false }
        let element = text[(sign + 1)...]
        return isBOMLink(text[..<sign]) && !element.isEmpty && !element.contains { $0 == 0x0A || $0 == 0x0D }
    }

    private static func isBOMLink(_ text: Slice<Bytes>) -> Bool {
        guard text.starts(with: "urn:cdx:".utf8), let slash = text.firstIndex(of: UInt8(ascii: "/")) else { return false }
        let version = text[(slash + 1)...]
        guard let first = version.first, first != UInt8(ascii: "0") else { return false }
        return isUUID(text[8..<slash]) && version.allSatisfy(isDigit)
    }

    /// `[-+a-z0-9.]+/[-+a-z0-9.]+`
    static func isMediaType(_ text: Bytes) -> Bool {
        let parts = text.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        return parts.count == 2
            && parts.allSatisfy { part in
                !part.isEmpty && part.allSatisfy { isDigit($0) || $0 &- UInt8(ascii: "a") < 26 || "-+.".utf8.contains($0) }
            }
    }

    /// As many hexadecimal digits as MD5, SHA-1, SHA-256, SHA-384 or SHA-512 give.
    static func isHashContent(_ text: Bytes) -> Bool {
        [32, 40, 64, 96, 128].contains(text.count) && text.allSatisfy(URISyntax.isHex)
    }

    /// `en` or `en-US`.
    static func isLocale(_ text: Bytes) -> Bool {
        (text.count == 2 || text.count == 5 && text[2] == UInt8(ascii: "-") && text[3...].allSatisfy(isCapital))
            && text[..<2].allSatisfy { $0 &- UInt8(ascii: "a") < 26 }
    }

    static func isCountryCode(_ text: Bytes) -> Bool { text.count == 2 && text.allSatisfy(isCapital) }

    /// `CRE:` and two numbers: a Common Requirement Enumeration.
    static func isCommonRequirement(_ text: Bytes) -> Bool {
        guard text.starts(with: "CRE:".utf8) else { return false }
        let numbers = text[4...].split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        return numbers.count == 2 && numbers.allSatisfy { !$0.isEmpty && $0.allSatisfy(isDigit) }
    }

    /// Two to thirty letters, digits and some signs, which stand at neither end.
    static func isPatentNumber(_ text: Bytes) -> Bool {
        guard 2...30 ~= text.count, let first = text.first, let last = text.last else { return false }
        return isAlphanumeric(first) && isAlphanumeric(last)
            && text.allSatisfy { isAlphanumeric($0) || "-/.() \t\n\r".utf8.contains($0) }
    }

    /// A text on one line.
    static func isLine(_ text: Bytes) -> Bool { !text.contains { $0 == 0x0A || $0 == 0x0D } }

    /// `local@domain`: what can be said of an internationalised address without asking its host.
    static func isEmail(_ text: Bytes) -> Bool {
        let parts = text.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty } && !text.contains { $0 <= 0x20 }
    }

    /// An `IRI-reference` of RFC 3987: a URI reference in which any character beyond ASCII stands for a letter.
    static func isIRIReference(_ text: Bytes) -> Bool {
        if text.allSatisfy({ $0 < 0x80 }) { return URISyntax.isReference(text) }
        return text.map { $0 < 0x80 ? $0 : UInt8(ascii: "a") }.withUnsafeBufferPointer(URISyntax.isReference)
    }

    static func isAlphanumeric(_ byte: UInt8) -> Bool { isDigit(byte) || (byte | 0x20) &- UInt8(ascii: "a") < 26 }
    private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 <= 9 }
    private static func isCapital(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "A") < 26 }
}
