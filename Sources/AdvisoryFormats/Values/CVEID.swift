/// An identifier assigned by the CVE Program, like `CVE-2026-12345`.
public struct CVEID: Sendable, Hashable, CustomStringConvertible {
    /// The identifier as text.
    public let text: String

    /// Parses `CVE-[0-9]{4}-[0-9]{4,}`, at most 19 digits in the last part as the CVE record format has it.
    public init?(_ text: String) {
        var copy = text
        guard copy.withUTF8({ Self.isValid($0) }) else { return nil }
        self.text = text
    }

    public var description: String { text }

    static func isValid(_ text: UnsafeBufferPointer<UInt8>, maximumDigits: Int = 19) -> Bool {
        guard text.starts(withText: "CVE-"), text.count >= 13, text.count - 9 <= maximumDigits, text[8] == UInt8(ascii: "-")
        else { return false }
        return text.indices.allSatisfy { $0 < 4 || $0 == 8 || text[$0] &- 0x30 <= 9 }
    }
}
