/// The grammar and the calendar of RFC 3339, over bytes.
enum RFC3339 {
    struct Moment: Equatable {
        var seconds: Int64
        var nanoseconds: Int32
    }

    /// Parses `date-time` of section 5.6; `t` and `z` may be lower case, as its note allows.
    static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> Moment? {
        guard bytes.count >= 20, bytes[4] == minus, bytes[7] == minus, bytes[10] | 0x20 == UInt8(ascii: "t"),
            bytes[13] == colon, bytes[16] == colon,
            let century = pair(bytes, 0), let yearOfCentury = pair(bytes, 2), let month = pair(bytes, 5),
            let day = pair(bytes, 8), let hour = pair(bytes, 11), let minute = pair(bytes, 14),
            let second = pair(bytes, 17)
        else { return nil }
        let year = century * 100 + yearOfCentury
        guard 1...12 ~= month, day >= 1, day <= days(in: month, of: year), hour <= 23, minute <= 59, second <= 60 else {
            return nil
        }
        var index = 19
        guard let nanoseconds = fraction(bytes, &index), let offset = zone(bytes, index) else { return nil }
        let local = (daysSince1970(year, month, day) * 24 + hour) * 60 + minute
        let minutes = local - offset
        if second == 60, !canEndWithLeapSecond(minutes) { return nil }
        return Moment(seconds: Int64(minutes * 60 + second), nanoseconds: nanoseconds)
    }

    /// `YYYY-MM-DDTHH:MM:SSZ`, or nil outside the years 0000 to 9999.
    static func text(secondsSince1970 seconds: Int64) -> String? {
        let day = Int(seconds.floorDivided(by: 86_400))
        guard let (year, month, dayOfMonth) = date(daysSince1970: day), 0...9999 ~= year else { return nil }
        let time = Int(seconds - Int64(day) * 86_400)
        let century = digits(year / 100) + digits(year % 100)
        return "\(century)-\(digits(month))-\(digits(dayOfMonth))T"
            + "\(digits(time / 3600)):\(digits(time / 60 % 60)):\(digits(time % 60))Z"
    }

    private static let minus = UInt8(ascii: "-")
    private static let colon = UInt8(ascii: ":")

    private static func digits(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }

    @inline(__always)
    private static func pair(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int? {
        let tens = bytes[index] &- 0x30
        let ones = bytes[index + 1] &- 0x30
        return tens <= 9 && ones <= 9 ? Int(tens) * 10 + Int(ones) : nil
    }

    /// Reads `time-secfrac` if there is one; nil when the point has no digit behind it.
    private static func fraction(_ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int) -> Int32? {
        guard bytes[index] == UInt8(ascii: ".") else { return 0 }
        index += 1
        var value: Int32 = 0
        var scale: Int32 = 100_000_000
        let start = index
        while index < bytes.count, bytes[index] &- 0x30 <= 9 {
            value += Int32(bytes[index] &- 0x30) * scale
            scale /= 10
            index += 1
        }
        return index > start ? value : nil
    }

    /// Reads `time-offset`, which must end the text, and returns it in minutes.
    private static func zone(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int? {
        guard index < bytes.count else { return nil }
        if bytes[index] | 0x20 == UInt8(ascii: "z") { return index + 1 == bytes.count ? 0 : nil }
        guard bytes[index] == UInt8(ascii: "+") || bytes[index] == minus, index + 6 == bytes.count,
            bytes[index + 3] == colon, let hours = pair(bytes, index + 1), let minutes = pair(bytes, index + 4),
            hours <= 23, minutes <= 59
        else { return nil }
        return (bytes[index] == minus ? -1 : 1) * (hours * 60 + minutes)
    }

    /// Section 5.7: a second 60 exists only at the end of a month in UTC.
    private static func canEndWithLeapSecond(_ minutes: Int) -> Bool {
        guard (minutes + 1).isMultiple(of: 1440) else { return false }
        return date(daysSince1970: (minutes + 1) / 1440)?.day == 1
    }

    static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 2: year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days from 1970-01-01 in the proleptic Gregorian calendar. Years start in March, so the leap day comes last.
    private static func daysSince1970(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted.floorDivided(by: 400)
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// The inverse of `daysSince1970`; nil for days so far away that the sum would overflow.
    private static func date(daysSince1970 days: Int) -> (year: Int, month: Int, day: Int)? {
        let (shifted, overflow) = days.addingReportingOverflow(719_468)
        if overflow { return nil }
        let era = shifted.floorDivided(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }
}

extension FixedWidthInteger {
    /// Division that rounds towards negative infinity, for dates before 1970.
    fileprivate func floorDivided(by divisor: Self) -> Self {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
