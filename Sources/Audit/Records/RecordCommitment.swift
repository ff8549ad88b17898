import Sealing

/// The commitment to a record, recomputed from its definition and not by the code that wrote it.
///
/// The body is canonical JSON (RFC 8785) of the members actor, kind, label, payload, stream, time and version; time is
/// RFC 3339 in UTC with milliseconds only where they are not zero. The commitment is SHA-256 over: one byte with the length
/// of the domain's name, the name, the salt, the length of the body as a big-endian 64-bit number, the body.
enum RecordCommitment {
    private static let domain = "breakwater journal record v1"

    static func digest(of row: RecordRow) -> Digest {
        let (head, tail) = bodyAroundPayload(of: row)
        var hasher = SHA256Hasher()
        hasher.update(UInt8(domain.utf8.count))
        hasher.update(domain)
        hasher.update(row.salt)
        withUnsafeBytes(of: UInt64(head.count + row.payload.count + tail.count).bigEndian) { hasher.update($0) }
        hasher.update(head)
        hasher.update(row.payload)
        hasher.update(tail)
        return hasher.finalize()
    }

    /// What stands before and after the payload in the body; the payload itself is stored as it stands there.
    static func bodyAroundPayload(of row: RecordRow) -> (head: [UInt8], tail: [UInt8]) {
        var head: [UInt8] = []
        head.reserveCapacity(256)
        head += "{\"actor\":".utf8
        appendQuoted(row.actor, to: &head)
        head += ",\"kind\":".utf8
        appendQuoted(row.kind, to: &head)
        head += ",\"label\":".utf8
        appendQuoted(row.label, to: &head)
        head += ",\"payload\":".utf8
        var tail: [UInt8] = []
        tail.reserveCapacity(160)
        tail += ",\"stream\":".utf8
        appendQuoted(row.stream, to: &tail)
        tail += ",\"time\":\"\(timeText(row.time))\",\"version\":\(row.version)}".utf8
        return (head, tail)
    }

    /// RFC 8785 section 3.2.2.2: quotation mark and backslash escaped, the five control characters that have a short escape by
    /// it, the others as `\u00xx`, everything else as it is.
    private static func appendQuoted(_ text: [UInt8], to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text {
            switch byte {
            case UInt8(ascii: "\""): bytes += "\\\"".utf8
            case UInt8(ascii: "\\"): bytes += "\\\\".utf8
            case 0x08: bytes += "\\b".utf8
            case 0x09: bytes += "\\t".utf8
            case 0x0A: bytes += "\\n".utf8
            case 0x0C: bytes += "\\f".utf8
            case 0x0D: bytes += "\\r".utf8
            case 0..<0x20: bytes += "\\u00\(Hexadecimal.encode([byte]))".utf8
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// RFC 3339, from milliseconds since 1970.
    ///
    /// The calendar is counted in years that begin on 1 March, so that the leap day is the last day of its year, in cycles of
    /// 400 years, which all have 146,097 days.
    static func timeText(_ milliseconds: Int64) -> String {
        let (days, rest) = divided(milliseconds, by: 86_400_000)
        let (cycle, dayOfCycle) = divided(days + 719_468, by: 146_097)
        let yearOfCycle = (dayOfCycle - dayOfCycle / 1_460 + dayOfCycle / 36_524 - dayOfCycle / 146_096) / 365
        let dayOfYear = dayOfCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = 400 * cycle + yearOfCycle + (month <= 2 ? 1 : 0)
        let date = "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
        let clock = "\(padded(rest / 3_600_000, 2)):\(padded(rest / 60_000 % 60, 2)):\(padded(rest / 1_000 % 60, 2))"
        let fraction = rest % 1_000 == 0 ? "" : ".\(padded(rest % 1_000, 3))"
        return "\(date)T\(clock)\(fraction)Z"
    }

    /// Division that rounds down, and what is left.
    private static func divided(_ dividend: Int64, by divisor: Int64) -> (quotient: Int64, rest: Int64) {
        let (quotient, rest) = dividend.quotientAndRemainder(dividingBy: divisor)
        return rest < 0 ? (quotient - 1, rest + divisor) : (quotient, rest)
    }

    private static func padded(_ number: Int64, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
