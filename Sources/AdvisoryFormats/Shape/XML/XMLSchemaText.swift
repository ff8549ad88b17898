/// The built-in types of XML Schema part 2 (https://www.w3.org/TR/xmlschema-2/), over bytes whose white space is normalised.
enum XMLSchemaText {
    typealias Bytes = UnsafeBufferPointer<UInt8>

    /// `dateTime` (3.2.7): the time zone may be missing, years may be longer than four digits, and 24:00:00 ends a day.
    static func isDateTime(_ text: Bytes) -> Bool {
        guard let separator = text.firstIndex(of: UInt8(ascii: "T")) else { return false }
        return isPlainDate(text[..<separator]) && isTime(text[(separator + 1)...])
    }

    /// `date` (3.2.9).
    static func isDate(_ text: Slice<Bytes>) -> Bool { isPlainDate(text.dropLast(zoneLength(text) ?? 0)) }

    private static func isPlainDate(_ text: Slice<Bytes>) -> Bool {
        let isNegative = text.first == UInt8(ascii: "-")
        let parts = text.dropFirst(isNegative ? 1 : 0).split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].count >= 4, parts[1].count == 2, parts[2].count == 2,
            parts[0].count == 4 || parts[0].first != UInt8(ascii: "0"),
            let year = number(parts[0]), let month = number(parts[1]), let day = number(parts[2])
        else { return false }
        return year > 0 && 1...12 ~= month && 1...RFC3339.days(in: month, of: year) ~= day
    }

    private static func isTime(_ text: Slice<Bytes>) -> Bool {
        let time = text.dropLast(zoneLength(text) ?? 0)
        let parts = time.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        if parts.count == 2, number(parts[1]) == nil, parts[1].isEmpty || !parts[1].allSatisfy(isDigit) { return false }
        guard let clock = parts.first, let (hour, minute) = clockTime(clock.prefix(5)), clock.count == 8,
            clock[clock.startIndex + 5] == UInt8(ascii: ":"), let second = number(clock.suffix(2))
        else { return false }
        if hour == 24 { return minute == 0 && second == 0 && (parts.count == 1 || parts[1].allSatisfy { $0 == 0x30 }) }
        return hour < 24 && minute < 60 && second < 60
    }

    /// Bytes of `Z` or `+hh:mm` at the end.
    private static func zoneLength(_ text: Slice<Bytes>) -> Int? {
        if text.last == UInt8(ascii: "Z") { return 1 }
        let zone = text.suffix(6)
        guard zone.count == 6, zone.first == UInt8(ascii: "+") || zone.first == UInt8(ascii: "-"),
            let (hour, minute) = clockTime(zone.dropFirst())
        else { return nil }
        return minute < 60 && (hour < 14 || hour == 14 && minute == 0) ? 6 : nil
    }

    /// `hh:mm`.
    private static func clockTime(_ text: Slice<Bytes>) -> (hour: Int, minute: Int)? {
        guard text.count == 5, text[text.startIndex + 2] == UInt8(ascii: ":"), let hour = number(text.prefix(2)),
            let minute = number(text.suffix(2))
        else { return nil }
        return (hour, minute)
    }

    /// Digits alone, as many as a number of this machine holds.
    private static func number(_ text: Slice<Bytes>) -> Int? {
        text.isEmpty || !text.allSatisfy(isDigit) ? nil : Int(String(decoding: text, as: UTF8.self))
    }

    /// `anyURI` (3.2.17): a URI reference once what it may not hold is escaped, as XLink 5.4 lists it.
    static func isAnyURI(_ text: Bytes) -> Bool {
        let isEscaped = { (byte: UInt8) in byte <= 0x20 || byte >= 0x7F || "<>\"{}|\\^`".utf8.contains(byte) }
        if !text.contains(where: isEscaped) { return URISyntax.isReference(text) }
        return text.map { isEscaped($0) ? UInt8(ascii: "a") : $0 }.withUnsafeBufferPointer(URISyntax.isReference)
    }

    static func isBoolean(_ text: Bytes) -> Bool { ["true", "false", "1", "0"].contains { text.elementsEqual($0.utf8) } }

    /// `integer` (3.3.13) of any length.
    static func isInteger(_ text: Bytes) -> Bool {
        let digits = text.first == UInt8(ascii: "-") || text.first == UInt8(ascii: "+") ? text[1...] : text[...]
        return !digits.isEmpty && digits.allSatisfy(isDigit)
    }

    /// `decimal` (3.2.3): digits on one side of the point at least.
    static func isDecimal(_ text: Bytes) -> Bool {
        let unsigned = text.first == UInt8(ascii: "-") || text.first == UInt8(ascii: "+") ? text[1...] : text[...]
        let parts = unsigned.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return parts.count <= 2 && parts.contains { !$0.isEmpty } && parts.allSatisfy { $0.allSatisfy(isDigit) }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 <= 9 }
}
