/// Reading and printing as RFC 3339 `date-time`.
extension Timestamp: CustomStringConvertible {
    /// Reads an RFC 3339 date-time. The offset is applied; digits of a second beyond the third are dropped, because the
    /// journal keeps milliseconds.
    ///
    /// - Returns: nil for anything that is not exactly one date-time (a bare date, a missing offset, a 61st second), and for a moment
    ///   that its offset carries out of the years 0000 to 9999, whose `description` nobody could read again.
    public init?(rfc3339 text: String) {
        var cursor = DigitCursor(bytes: Array(text.utf8))
        guard
            let year = cursor.number(digits: 4), cursor.skip("-"),
            let month = cursor.number(digits: 2), cursor.skip("-"),
            let day = cursor.number(digits: 2), cursor.skip("T", "t"),
            let hour = cursor.number(digits: 2), cursor.skip(":"),
            let minute = cursor.number(digits: 2), cursor.skip(":"),
            let second = cursor.number(digits: 2),
            hour < 24, minute < 60, second < 60,
            let date = CivilDate(year: year, month: month, day: day),
            let fraction = cursor.fractionInMilliseconds(),
            let offset = cursor.offsetInMinutes(),
            cursor.isAtEnd
        else { return nil }
        let minutes = Int64(hour) * 60 + Int64(minute) - Int64(offset)
        let seconds = minutes * 60 + Int64(second)
        let moment = date.daysSinceEpoch * Timestamp.millisecondsPerDay + seconds * 1_000 + Int64(fraction)
        guard Timestamp.writableMilliseconds.contains(moment) else { return nil }
        self.init(millisecondsSinceEpoch: moment)
    }

    /// From 0000-01-01T00:00:00Z to the last millisecond of 9999: what four digits of a year can say.
    private static let writableMilliseconds: Range<Int64> = -62_167_219_200_000..<253_402_300_800_000

    /// `2026-11-23T14:05:06Z`, with `.mmm` only where the milliseconds are not zero.
    public var description: String {
        let day = date
        let rest = Int(millisecondsSinceEpoch - day.daysSinceEpoch * Timestamp.millisecondsPerDay)
        let (seconds, milliseconds) = (rest / 1_000, rest % 1_000)
        var text = "\(day)T\(padded(seconds / 3_600, 2)):\(padded(seconds / 60 % 60, 2)):\(padded(seconds % 60, 2))"
        if milliseconds > 0 { text += ".\(padded(milliseconds, 3))" }
        return text + "Z"
    }
}

extension CivilDate: CustomStringConvertible {
    /// `2026-11-23`.
    public var description: String {
        let (year, month, day) = components
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }
}

private func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
}

/// Reads fixed-width decimal fields from ASCII.
private struct DigitCursor {
    let bytes: [UInt8]
    var position = 0

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { position == bytes.count }

    mutating func number(digits: Int) -> Int? {
        guard position + digits <= bytes.count else { return nil }
        var value = 0
        for byte in bytes[position..<position + digits] {
            guard (0x30...0x39).contains(byte) else { return nil }
            value = value * 10 + Int(byte - 0x30)
        }
        position += digits
        return value
    }

    mutating func skip(_ accepted: Unicode.Scalar...) -> Bool {
        guard position < bytes.count, accepted.contains(Unicode.Scalar(bytes[position])) else { return false }
        position += 1
        return true
    }

    mutating func fractionInMilliseconds() -> Int? {
        guard skip(".") else { return 0 }
        var milliseconds = 0
        var digits = 0
        while position < bytes.count, (0x30...0x39).contains(bytes[position]) {
            if digits < 3 { milliseconds = milliseconds * 10 + Int(bytes[position] - 0x30) }
            digits += 1
            position += 1
        }
        guard digits > 0 else { return nil }
        for _ in digits..<max(3, digits) { milliseconds *= 10 }
        return milliseconds
    }

    mutating func offsetInMinutes() -> Int? {
        if skip("Z", "z") { return 0 }
        let sign: Int
        if skip("+") { sign = 1 } else if skip("-") { sign = -1 } else { return nil }
        guard let hours = number(digits: 2), skip(":"), let minutes = number(digits: 2), hours < 24, minutes < 60 else {
            return nil
        }
        return sign * (hours * 60 + minutes)
    }
}
