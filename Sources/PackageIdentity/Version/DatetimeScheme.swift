extension VersionScheme {
    /// The VERS type `datetime`: moments in time as RFC 3339, section 5.6, writes them, whatever their offset. Fractions of a
    /// second have any length; a leap second is after every moment of the second 59 and before the next minute.
    ///
    /// Refused: everything else, days that the calendar does not have, and offsets of a day or more.
    ///
    /// Key: the seconds since the first of March 400 years before the year 0, in UTC, as a number; the digits of the fraction without zeros at the
    /// end, and `00`. A leap second is written as the second before it and `3A`.
    public static var datetime: VersionScheme { VersionScheme(.datetime) }
}

/// Moments written as keys; see `VersionScheme.datetime`.
enum DatetimeEncoding {
    static let leapSecond: UInt8 = 0x3A

    static func encode(_ bytes: UnsafeBufferPointer<UInt8>, _ key: inout KeyWriter) throws(VersionError) {
        var reader = Reader(bytes)
        let year = try reader.number(digits: 4, 0...9999)
        try reader.skip("-", "-")
        let month = try reader.number(digits: 2, 1...12)
        try reader.skip("-", "-")
        let day = try reader.number(digits: 2, 1...days(in: month, of: year))
        try reader.skip("T", "t")
        let hour = try reader.number(digits: 2, 0...23)
        try reader.skip(":", ":")
        let minute = try reader.number(digits: 2, 0...59)
        try reader.skip(":", ":")
        let second = try reader.number(digits: 2, 0...60)
        let fraction = try reader.fraction()
        let offset = try reader.offset()
        let clock = (dayNumber(year, month, day) * 24 + hour) * 3600 + (minute - offset) * 60 + min(second, 59)
        key.appendNumber(UInt64(clamping: clock))
        if second == 60 { key.append(leapSecond) }
        key.appendText(bytes, fraction.lowerBound, fraction.upperBound)
    }

    private static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        default: 31
        }
    }

    /// Days since the first of March 400 years before the year 0, one cycle of the calendar ahead so that none is negative.
    /// With February as its last month every year is a sum of the same months.
    private static func dayNumber(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let years = year + 400 - (month > 2 ? 0 : 1)
        let ordinal = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        return years * 365 + years / 4 - years / 100 + years / 400 + ordinal
    }

    private struct Reader {
        let bytes: UnsafeBufferPointer<UInt8>
        var index = 0

        init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

        mutating func number(digits: Int, _ range: ClosedRange<Int>) throws(VersionError) -> Int {
            var value = 0
            for position in index..<index + digits {
                if !bytes.hasDigit(at: position) { throw VersionError(.malformed, at: position, "A digit is missing.") }
                value = value * 10 + Int(bytes[position] &- 0x30)
            }
            if !range.contains(value) { throw VersionError(.malformed, at: index, "No calendar or clock has this number.") }
            index += digits
            return value
        }

        mutating func skip(_ mark: Unicode.Scalar, _ other: Unicode.Scalar) throws(VersionError) {
            guard bytes.has(UInt8(ascii: mark), at: index) || bytes.has(UInt8(ascii: other), at: index) else {
                throw VersionError(.malformed, at: index, "The text is no date and time of RFC 3339.")
            }
            index += 1
        }

        /// The digits of the fraction without zeros at the end; none where there is no fraction.
        mutating func fraction() throws(VersionError) -> Range<Int> {
            if !bytes.has(UInt8(ascii: "."), at: index) { return index..<index }
            let start = index + 1
            index = bytes.endOfDigits(from: start)
            if index == start { throw VersionError(.malformed, at: index, "A digit is missing.") }
            var end = index
            while end > start, bytes[end - 1] == UInt8(ascii: "0") { end -= 1 }
            return start..<end
        }

        /// Minutes ahead of UTC.
        mutating func offset() throws(VersionError) -> Int {
            var minutes = 0
            if bytes.has(UInt8(ascii: "Z"), at: index) || bytes.has(UInt8(ascii: "z"), at: index) {
                index += 1
            } else {
                let isBehind = bytes.has(UInt8(ascii: "-"), at: index)
                try skip("+", "-")
                let hours = try number(digits: 2, 0...23)
                try skip(":", ":")
                minutes = try hours * 60 + number(digits: 2, 0...59)
                if isBehind { minutes = -minutes }
            }
            if index < bytes.count { throw VersionError(.malformed, at: index, "Something follows the time.") }
            return minutes
        }
    }
}
