/// A reference of XML 1.0 section 4.1: one of the five predefined entities or a character by its number.
struct XMLReference {
    let scalar: Unicode.Scalar
    /// Index behind the semicolon.
    let end: Int

    /// Bytes of the longest reference that stands for something, with some leading zeros; a longer one is refused.
    private static let maximumLength = 16

    /// Reads the reference at an ampersand; nil where it stands for nothing that is known.
    init?(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) {
        let window = bytes[start..<min(start + Self.maximumLength, bytes.count)]
        guard let semicolon = window.firstIndex(of: UInt8(ascii: ";")) else { return nil }
        let name = UnsafeBufferPointer(rebasing: bytes[start + 1..<semicolon])
        guard let scalar = Self.predefined(name) ?? Self.numbered(name) else { return nil }
        self.scalar = scalar
        end = semicolon + 1
    }

    private static func predefined(_ name: UnsafeBufferPointer<UInt8>) -> Unicode.Scalar? {
        switch String(decoding: name, as: UTF8.self) {
        case "lt": "<"
        case "gt": ">"
        case "amp": "&"
        case "quot": "\""
        case "apos": "'"
        default: nil
        }
    }

    private static func numbered(_ name: UnsafeBufferPointer<UInt8>) -> Unicode.Scalar? {
        guard name.count >= 2, name[0] == UInt8(ascii: "#") else { return nil }
        let isHexadecimal = name[1] == UInt8(ascii: "x")
        let digits = name[(isHexadecimal ? 2 : 1)...]
        // `UInt32.init` would take a sign.
        guard let first = digits.first, first != UInt8(ascii: "+"), first != UInt8(ascii: "-"),
            let value = UInt32(String(decoding: digits, as: UTF8.self), radix: isHexadecimal ? 16 : 10),
            let scalar = Unicode.Scalar(value), XMLCharacterClass.isCharacter(scalar)
        else { return nil }
        return scalar
    }
}
