/// The decoded components of a purl before the rules of its type were applied, with the offsets for error reports.
struct PurlDraft {
    var type = ""
    var namespace: [String] = []
    var name = ""
    var version = ""
    var qualifiers: [Purl.Qualifier] = []
    var subpath: [String] = []

    var namespaceOffset = 0
    var nameOffset = 0
    var versionOffset = 0
    var qualifiersOffset = 0

    func qualifier(_ key: String) -> String? { qualifiers.first { $0.key == key }?.value }

    /// Adds a qualifier; an empty value is "the same as if no pair exists for this key" (clause 5.6.6).
    mutating func add(_ qualifier: Purl.Qualifier, at offset: Int) throws(PurlError) {
        if qualifier.value.isEmpty { return }
        if let present = self.qualifier(qualifier.key) {
            if present == qualifier.value { return }
            throw PurlError(.qualifier, at: offset, "A qualifier key appears twice with different values.")
        }
        qualifiers.append(qualifier)
    }

    /// Clause 5.6.2: ASCII letters, digits, `.` and `-`, beginning with a letter; the canonical form is lowercase.
    static func checkedType(_ text: String, at offset: Int) throws(PurlError) -> String {
        var position = 0
        for byte in text.utf8 {
            let isPermitted =
                byte.isASCIILetter
                || (position > 0 && (byte.isASCIIDigit || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")))
            if !isPermitted {
                throw PurlError(
                    .type, at: offset + position, "A type has ASCII letters, digits, '.' and '-' only and begins with a letter.")
            }
            position += 1
        }
        if position == 0 { throw PurlError(.type, at: offset, "The type is missing.") }
        return text.utf8.contains(where: \.isASCIIUppercase) ? text.lowercased() : text
    }

    /// Clause 5.6.6: ASCII letters, digits, `.`, `-` and `_`, beginning with a letter; the canonical form is lowercase.
    static func checkedKey(_ text: String, at offset: Int) throws(PurlError) -> String {
        var position = 0
        for byte in text.utf8 {
            let isMark = byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
            if !(byte.isASCIILetter || (position > 0 && (byte.isASCIIDigit || isMark))) {
                throw PurlError(
                    .qualifier, at: offset + position,
                    "A qualifier key has ASCII letters, digits, '.', '-' and '_' only and begins with a letter."
                )
            }
            position += 1
        }
        if position == 0 { throw PurlError(.qualifier, at: offset, "A qualifier key is empty.") }
        return text.lowercased()
    }

    static func segments(of path: String) -> [String] {
        path.split(separator: "/", omittingEmptySubsequences: true).map(String.init)
    }

    static func trimmingSlashes(_ text: String) -> String {
        if text.utf8.first != UInt8(ascii: "/"), text.utf8.last != UInt8(ascii: "/") { return text }
        var bytes = text.utf8[...]
        while bytes.first == UInt8(ascii: "/") { bytes.removeFirst() }
        while bytes.last == UInt8(ascii: "/") { bytes.removeLast() }
        return String(Substring(bytes))
    }
}

extension UInt8 {
    var isASCIIDigit: Bool { self &- 0x30 < 10 }
    var isASCIILetter: Bool { (self | 0x20) &- 0x61 < 26 }
    var isASCIIUppercase: Bool { self &- 0x41 < 26 }
    /// The lowercase form of an ASCII letter, every other byte as it is.
    var asciiLowercased: UInt8 { isASCIIUppercase ? self | 0x20 : self }
}
