/// The patterns of the CSAF 2.0 schema, over bytes.
enum CSAFSyntax {
    typealias Bytes = UnsafeBufferPointer<UInt8>

    /// `^(0|[1-9][0-9]*)$` or a Semantic Version 2.0.0 (3.1.11).
    static func isVersion(_ text: Bytes) -> Bool { isNumber(text[...]) || isSemanticVersion(text) }

    private static func isSemanticVersion(_ text: Bytes) -> Bool {
        let plus = text.firstIndex(of: UInt8(ascii: "+"))
        if let plus, !areIdentifiers(text[(plus + 1)...], allowsLeadingZero: true) { return false }
        let withoutBuild = text[..<(plus ?? text.count)]
        let hyphen = withoutBuild.firstIndex(of: UInt8(ascii: "-"))
        if let hyphen, !areIdentifiers(withoutBuild[(hyphen + 1)...], allowsLeadingZero: false) { return false }
        let core = withoutBuild[..<(hyphen ?? withoutBuild.endIndex)]
        let numbers = core.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return numbers.count == 3 && numbers.allSatisfy(isNumber)
    }

    private static func isNumber(_ text: Slice<Bytes>) -> Bool {
        !text.isEmpty && text.allSatisfy(isDigit) && (text.count == 1 || text.first != UInt8(ascii: "0"))
    }

    private static func areIdentifiers(_ text: Slice<Bytes>, allowsLeadingZero: Bool) -> Bool {
        text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { part in
            !part.isEmpty && part.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
                && (allowsLeadingZero || !part.allSatisfy(isDigit) || isNumber(part))
        }
    }

    /// A tag of RFC 5646, as the schema spells the grammar out (3.1.4), private use and two grandfathered tags included.
    static func isLanguage(_ text: Bytes) -> Bool {
        let lower = text.map { isLetter($0) ? $0 | 0x20 : $0 }
        if lower == Array("i-default".utf8) || lower == Array("i-mingo".utf8) { return true }
        var parts = lower.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)[...]
        guard parts.allSatisfy({ 1...8 ~= $0.count && $0.allSatisfy(isAlphanumeric) }) else { return false }
        func next(_ condition: (ArraySlice<UInt8>) -> Bool) -> Bool {
            guard let first = parts.first, condition(first) else { return false }
            parts.removeFirst()
            return true
        }
        func isPrivateUse() -> Bool {
            guard next({ $0 == [UInt8(ascii: "x")] }), !parts.isEmpty else { return false }
            parts = []
            return true
        }
        if isPrivateUse() { return true }
        guard let language = parts.popFirst(), 2...8 ~= language.count, language.allSatisfy(isLetter) else { return false }
        if language.count <= 3 { for _ in 0..<3 { _ = next { $0.count == 3 && $0.allSatisfy(isLetter) } } }
        _ = next { $0.count == 4 && $0.allSatisfy(isLetter) }
        _ = next { $0.count == 2 && $0.allSatisfy(isLetter) || $0.count == 3 && $0.allSatisfy(isDigit) }
        while next({ $0.count >= 5 || $0.count == 4 && isDigit($0[$0.startIndex]) }) {}
        while next({ $0.count == 1 && $0 != [UInt8(ascii: "x")] }) {
            guard next({ $0.count >= 2 }) else { return false }
            while next({ $0.count >= 2 }) {}
        }
        return parts.isEmpty || isPrivateUse()
    }

    /// `^[\S](.*[\S])?$`: one line without white space at its ends.
    static func isTrackingID(_ text: Bytes) -> Bool { isOneLine(text) { !$0.isSpace } }

    /// `^[^\s\-_\.](.*[^\s\-_\.])?$`
    static func isCategory(_ text: Bytes) -> Bool {
        isOneLine(text) { !$0.isSpace && $0 != "-" && $0 != "_" && $0 != "." }
    }

    private static func isOneLine(_ text: Bytes, _ isEnd: (Unicode.Scalar) -> Bool) -> Bool {
        let scalars = String(decoding: text, as: UTF8.self).unicodeScalars
        guard let first = scalars.first, let last = scalars.last, isEnd(first), isEnd(last) else { return false }
        return scalars.allSatisfy { $0 != "\n" && $0 != "\r" && $0 != "\u{2028}" && $0 != "\u{2029}" }
    }

    /// `^pkg:[A-Za-z\.\-\+][A-Za-z0-9\.\-\+]*/.+`, a URI of at least seven characters.
    static func isPurl(_ text: Bytes) -> Bool {
        guard text.count >= 7, text.starts(withText: "pkg:"), URISyntax.isURI(text) else { return false }
        guard let slash = text[4...].firstIndex(of: UInt8(ascii: "/")), slash > 4, slash + 1 < text.count else { return false }
        return !isDigit(text[4]) && text[4..<slash].allSatisfy { isAlphanumeric($0) || $0 == 0x2E || $0 == 0x2D || $0 == 0x2B }
    }

    /// `^[0-9a-fA-F]{32,}$`
    static func isDigest(_ text: Bytes) -> Bool { text.count >= 32 && text.allSatisfy(URISyntax.isHex) }

    static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 <= 9 }
    static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- UInt8(ascii: "a") < 26 }
    static func isAlphanumeric(_ byte: UInt8) -> Bool { isDigit(byte) || isLetter(byte) }
}

extension Unicode.Scalar {
    /// `\s` of ECMA-262: white space and line terminators, the byte order mark among them.
    fileprivate var isSpace: Bool {
        switch value {
        case 0x09...0x0D, 0x20, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000, 0xFEFF: true
        default: false
        }
    }
}

extension Shape {
    static let uri = Shape.text("an absolute URI") { URISyntax.isURI($0) }
    static let dateTime = Shape.text("an RFC 3339 timestamp") { RFC3339.parse($0) != nil }
    static let identifiers = Shape.nonEmptySet(.string(minimumLength: 1))
    static let csafVersion = Shape.text("an integer or a semantic version") { CSAFSyntax.isVersion($0) }
    static let csafLanguage = Shape.text("a language tag of RFC 5646") { CSAFSyntax.isLanguage($0) }
    static let csafCategory = Shape.text("a category") { CSAFSyntax.isCategory($0) }
    static let csafPurl = Shape.text("a package URL") { CSAFSyntax.isPurl($0) }
    static let csafCPE = Shape.text("a CPE name") { CPESyntax.matchesCSAFPattern($0) }
    static let trackingID = Shape.text("one line without white space at its ends") { CSAFSyntax.isTrackingID($0) }
    static let hexDigest = Shape.text("at least 32 hexadecimal digits") { CSAFSyntax.isDigest($0) }
    static let weakness = Shape.text("a weakness like CWE-122") { WeaknessID.isCanonical($0) }
    static let cve = Shape.text("an identifier like CVE-2026-12345") { CVEID.isValid($0, maximumDigits: .max) }

    static func cvss(_ kind: OSVSeverity.Kind) -> Shape {
        .text("a vector of that version") { SeveritySyntax.isScore($0, of: kind) }
    }
}
