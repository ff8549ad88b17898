import Sealing

/// Makes identifiers: short, case-insensitive, without letters that read like digits (Crockford's base 32).
enum Identifier {
    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

    /// `prefix` and the first `length` base-32 digits of `bytes` (five bits each).
    static func text(_ prefix: String, _ bytes: [UInt8], length: Int = 16) -> String {
        var digits: [UInt8] = []
        var accumulator: UInt32 = 0
        var bitCount: UInt32 = 0
        for byte in bytes where digits.count < length {
            accumulator = accumulator << 8 | UInt32(byte)
            bitCount += 8
            while bitCount >= 5, digits.count < length {
                bitCount -= 5
                digits.append(alphabet[Int(accumulator >> bitCount & 31)])
            }
        }
        return prefix + String(decoding: digits, as: UTF8.self)
    }

    /// An identifier that only this clearinghouse can derive from `parts`: the same parts give the same identifier, which is
    /// what makes a repeated submission find its first answer. Parts are length-prefixed so that no two lists collide.
    static func derived(_ prefix: String, secret: [UInt8], from parts: [String]) -> String {
        var message: [UInt8] = Array(prefix.utf8)
        for part in parts {
            withUnsafeBytes(of: UInt64(part.utf8.count).bigEndian) { message.append(contentsOf: $0) }
            message.append(contentsOf: part.utf8)
        }
        // 80 bits: at a billion identifiers the chance of any collision is below one in two million.
        return text(prefix, keyedDigest(key: secret, message: message).bytes)
    }
}
