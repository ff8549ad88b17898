/// CWE numbers in what tools write: `CWE-78`, `CWE-78: OS Command Injection`, `78`.
enum WeaknessNumber {
    /// The largest number in use has four digits (CWE 4.x).
    static let largest = 9_999

    static func parse(_ text: some StringProtocol) -> Int? {
        let name = text.utf8.prefix { $0 != UInt8(ascii: ":") }
        let digits = name.starts(with: "CWE-".utf8) || name.starts(with: "cwe-".utf8) ? name.dropFirst(4) : name[...]
        guard !digits.isEmpty, digits.allSatisfy({ 48...57 ~= $0 }) else { return nil }
        return valid(Int(String(decoding: digits, as: UTF8.self)))
    }

    static func valid(_ number: Int?) -> Int? {
        number.flatMap { 1...largest ~= $0 ? $0 : nil }
    }

    /// Every `CWE-…` in a text, once.
    static func all(in text: String) -> [Int] {
        var found: [Int] = []
        for part in text.split(separator: "CWE-").dropFirst(text.hasPrefix("CWE-") ? 0 : 1) {
            let digits = part.prefix { $0.isASCII && $0.isNumber }
            if let number = parse(digits), !found.contains(number) { found.append(number) }
        }
        return found
    }
}
