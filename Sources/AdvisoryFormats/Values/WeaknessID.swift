/// A kind of weakness in the Common Weakness Enumeration, like `CWE-122`.
public struct WeaknessID: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The number, 1 to 999999 (the six digits that CSAF 2.0 allows).
    public let number: Int

    /// Nil outside 1 to 999999.
    public init?(number: Int) {
        guard 1...999_999 ~= number else { return nil }
        self.number = number
    }

    /// Parses the canonical form `CWE-[1-9][0-9]{0,5}`.
    public init?(_ text: String) {
        var copy = text
        guard let value = copy.withUTF8({ Self.number(canonical: $0) }) else { return nil }
        number = value
    }

    /// Finds the weakness in a label as tools write it: `CWE-79`, `cwe-079`, `external/cwe/cwe-79`, `CWE-89/sub-rule`.
    public init?(label: String) {
        for part in label.utf8.split(separator: UInt8(ascii: "/")) where part.count > 4 {
            let prefix = part.prefix(4).map { $0 | 0x20 }
            guard prefix == Array("cwe-".utf8), let value = Int(String(part.dropFirst(4)) ?? ""),
                let weakness = WeaknessID(number: value), part.dropFirst(4).allSatisfy({ $0 &- 0x30 <= 9 })
            else { continue }
            self = weakness
            return
        }
        return nil
    }

    public var description: String { "CWE-\(number)" }

    public static func < (a: WeaknessID, b: WeaknessID) -> Bool { a.number < b.number }

    static func isCanonical(_ text: UnsafeBufferPointer<UInt8>) -> Bool { number(canonical: text) != nil }

    static func number(canonical text: UnsafeBufferPointer<UInt8>) -> Int? {
        guard text.starts(withText: "CWE-"), 5...10 ~= text.count, text[4] != UInt8(ascii: "0") else { return nil }
        var value = 0
        for byte in text.dropFirst(4) {
            guard byte &- 0x30 <= 9 else { return nil }
            value = value * 10 + Int(byte &- 0x30)
        }
        return value
    }
}
