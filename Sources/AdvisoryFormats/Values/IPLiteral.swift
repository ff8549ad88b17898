/// `IP-literal` of RFC 3986 section 3.2.2, without its brackets.
enum IPLiteral {
    static func isValid(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        if let first = bytes.first, first | 0x20 == UInt8(ascii: "v") { return isFuture(bytes) }
        return isIPv6(bytes)
    }

    /// `"v" 1*HEXDIG "." 1*( unreserved / sub-delims / ":" )`
    private static func isFuture(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let point = bytes.firstIndex(of: UInt8(ascii: ".")), point > 1, point + 1 < bytes.count else { return false }
        return bytes[1..<point].allSatisfy(URISyntax.isHex)
            && bytes[(point + 1)...].allSatisfy { $0 > 0x20 && $0 < 0x7F && !"\"%/<>?@[\\]^`{|}#".utf8.contains($0) }
    }

    /// Eight groups of one to four hexadecimal digits; `::` stands for one or more groups of zeros, once; the last two
    /// groups may be an IPv4 address.
    private static func isIPv6(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var groups = 0
        var hasGap = false
        var index = 0
        if bytes.count >= 2, bytes[0] == colon, bytes[1] == colon {
            hasGap = true
            index = 2
        }
        while index < bytes.count {
            let end = bytes[index...].firstIndex(of: colon) ?? bytes.count
            let group = bytes[index..<end]
            if end == bytes.count, group.contains(UInt8(ascii: ".")) {
                guard isIPv4(group) else { return false }
                groups += 2
                index = end
                break
            }
            guard 1...4 ~= group.count, group.allSatisfy(URISyntax.isHex) else { return false }
            groups += 1
            if end == bytes.count { return hasGap ? groups <= 7 : groups == 8 }
            index = end + 1
            if index < bytes.count, bytes[index] == colon {
                if hasGap { return false }
                hasGap = true
                index += 1
            } else if index == bytes.count {
                return false
            }
        }
        return hasGap ? groups <= 7 : groups == 8
    }

    private static func isIPv4(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return parts.count == 4
            && parts.allSatisfy { part in
                guard 1...3 ~= part.count, part.allSatisfy(URISyntax.isDigit) else { return false }
                if part.count > 1, part.first == UInt8(ascii: "0") { return false }
                return part.reduce(0) { $0 * 10 + Int($1 - 0x30) } <= 255
            }
    }

    private static let colon = UInt8(ascii: ":")
}
