/// The patterns of the CVE record format (https://github.com/CVEProject/cve-schema), over bytes.
enum CVESyntax {
    typealias Bytes = UnsafeBufferPointer<UInt8>

    /// `^5\.(0|[1-9][0-9]*)(\.(0|[1-9][0-9]*))?$`
    static func isDataVersion(_ text: Bytes) -> Bool {
        guard text.starts(withText: "5.") else { return false }
        let parts = text[2...].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return parts.count <= 2
            && parts.allSatisfy { part in
                part.allSatisfy(CSAFSyntax.isDigit) && (part.count == 1 || part.first.map { $0 != UInt8(ascii: "0") } == true)
            }
    }

    /// A UUID of version 4: `^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-4[0-9A-Fa-f]{3}-[89ABab][0-9A-Fa-f]{3}-[0-9A-Fa-f]{12}$`
    static func isUUID(_ text: Bytes) -> Bool {
        guard text.count == 36, text[14] == UInt8(ascii: "4"), "89ABab".utf8.contains(text[19]) else { return false }
        for index in text.indices {
            switch index {
            case 8, 13, 18, 23: if text[index] != UInt8(ascii: "-") { return false }
            default: if !URISyntax.isHex(text[index]) { return false }
            }
        }
        return true
    }

    /// `^[A-Za-z]{2,4}([_-][A-Za-z]{4})?([_-]([A-Za-z]{2}|[0-9]{3}))?$`
    static func isLanguage(_ text: Bytes) -> Bool {
        let length = text.prefix(while: CSAFSyntax.isLetter).count
        return 2...4 ~= length && isScriptAndRegion(text[length...])
    }

    /// The same with `en` as its beginning.
    static func isEnglish(_ text: Bytes) -> Bool {
        text.starts(withText: "en") && isScriptAndRegion(text[2...])
    }

    private static func isScriptAndRegion(_ text: Slice<Bytes>) -> Bool {
        var rest = text
        func isSeparator(_ byte: UInt8?) -> Bool { byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") }
        if rest.count >= 5, isSeparator(rest.first), rest.dropFirst().prefix(4).allSatisfy(CSAFSyntax.isLetter) {
            rest = rest.dropFirst(5)
        }
        guard isSeparator(rest.first) else { return rest.isEmpty }
        let region = rest.dropFirst()
        return region.count == 2 && region.allSatisfy(CSAFSyntax.isLetter)
            || region.count == 3 && region.allSatisfy(CSAFSyntax.isDigit)
    }

    /// `^CWE-[1-9][0-9]*$` of 5 to 9 characters.
    static func isWeakness(_ text: Bytes) -> Bool { text.count <= 9 && isNumbered(text, "CWE-") }

    /// `^CAPEC-[1-9][0-9]{0,4}$`
    static func isAttackPattern(_ text: Bytes) -> Bool { text.count <= 11 && isNumbered(text, "CAPEC-") }

    private static func isNumbered(_ text: Bytes, _ prefix: StaticString) -> Bool {
        guard text.starts(withText: prefix) else { return false }
        let digits = text[prefix.utf8CodeUnitCount...]
        return digits.first.map { $0 != UInt8(ascii: "0") } == true && digits.allSatisfy(CSAFSyntax.isDigit)
    }

    /// `^x_[^.]*$`: the names of members that anyone may add to a container.
    static func isExtensionName(_ text: Bytes) -> Bool {
        text.starts(withText: "x_") && !text.contains(UInt8(ascii: "."))
    }

    /// `^x_.*$` of 2 to 128 characters, on one line.
    static func isExtensionTag(_ text: Bytes) -> Bool {
        guard text.starts(withText: "x_") else { return false }
        let scalars = String(decoding: text, as: UTF8.self).unicodeScalars
        return scalars.count <= 128 && !scalars.contains { ["\n", "\r", "\u{2028}", "\u{2029}"].contains($0) }
    }

    /// A URI (RFC 3986) of at most 2,048 characters, all of which are ASCII.
    static func isURI(_ text: Bytes) -> Bool { text.count <= 2048 && URISyntax.isURI(text) }

    /// A CPE name in 1 to 2,048 characters.
    static func isCPE(_ text: Bytes) -> Bool { isShort(text) && CPESyntax.containsCPE(text) }

    /// A CPE 2.3 name in 1 to 2,048 characters.
    static func isCPE23(_ text: Bytes) -> Bool { isShort(text) && CPESyntax.containsFormattedString(text) }

    private static func isShort(_ text: Bytes) -> Bool {
        text.count <= 2048 || text.count { $0 & 0xC0 != 0x80 } <= 2048
    }
}

/// The pattern of timestamps: a date of the years 1900 to 2999, a time without a leap second, a zone or none.
extension CVESyntax {
    static func isTimestamp(_ text: Bytes) -> Bool {
        // The alternative of the pattern for leap days lets the year be "19" alone, and no year of the 20th century.
        if text.starts(withText: "19-02-29") { return isTimeAndZone(text[8...]) }
        guard text.count >= 19, isDate(text) else { return false }
        return isTimeAndZone(text[10...])
    }

    private static func isDate(_ text: Bytes) -> Bool {
        guard let century = pair(text, 0), let year = pair(text, 2), text[4] == UInt8(ascii: "-"),
            let month = pair(text, 5), text[7] == UInt8(ascii: "-"), let day = pair(text, 8), 19...29 ~= century, day >= 1
        else { return false }
        switch month {
        case 2: return day <= 28 || day == 29 && isLeapYear(century, year)
        case 4, 6, 9, 11: return day <= 30
        case 1...12: return day <= 31
        default: return false
        }
    }

    /// Multiples of four from 2004 on, without the centuries but those of the pattern.
    private static func isLeapYear(_ century: Int, _ year: Int) -> Bool {
        year == 0 ? [20, 24, 28].contains(century) : century >= 20 && year.isMultiple(of: 4)
    }

    /// `T`, `hh:mm:ss`, a fraction or none, and `Z`, `±hh:mm` of any digits, or nothing.
    private static func isTimeAndZone(_ slice: Slice<Bytes>) -> Bool {
        let text = Bytes(rebasing: slice)
        guard text.count >= 9, text[0] == UInt8(ascii: "T"), text[3] == UInt8(ascii: ":"), text[6] == UInt8(ascii: ":"),
            let hour = pair(text, 1), let minute = pair(text, 4), let second = pair(text, 7), hour <= 23, minute <= 59,
            second <= 59
        else { return false }
        var index = 9
        if index < text.count, text[index] == UInt8(ascii: ".") {
            index += 1
            let start = index
            while index < text.count, CSAFSyntax.isDigit(text[index]) { index += 1 }
            if index == start { return false }
        }
        if index == text.count { return true }
        if text[index] == UInt8(ascii: "Z") { return index + 1 == text.count }
        guard text[index] == UInt8(ascii: "+") || text[index] == UInt8(ascii: "-"), index + 6 == text.count else { return false }
        return pair(text, index + 1) != nil && text[index + 3] == UInt8(ascii: ":") && pair(text, index + 4) != nil
    }

    private static func pair(_ text: Bytes, _ index: Int) -> Int? {
        guard CSAFSyntax.isDigit(text[index]), CSAFSyntax.isDigit(text[index + 1]) else { return nil }
        return Int(text[index] &- 0x30) * 10 + Int(text[index + 1] &- 0x30)
    }
}

extension Shape {
    static let cveURI = Shape.text("an absolute URI of at most 2048 characters") { CVESyntax.isURI($0) }
    static let cveUUID = Shape.text("a UUID of version 4") { CVESyntax.isUUID($0) }
    static let cveTimestamp = Shape.text("a timestamp like 2026-01-31T12:00:00Z") { CVESyntax.isTimestamp($0) }
    static let cveLanguage = Shape.text("a language code") { CVESyntax.isLanguage($0) }
    static let cveIdentifier = Shape.text("an identifier like CVE-2026-12345") { CVEID.isValid($0) }

    /// A defined tag, or one that begins with `x_`.
    static func cveTag(_ defined: [StaticString]) -> Shape {
        .text("a tag that is defined or begins with x_") { text in
            CVESyntax.isExtensionTag(text) || defined.contains { text.equals($0) }
        }
    }
}
