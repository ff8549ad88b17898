/// The patterns that schemas of other formats have for CPE names, to the letter, with what their anchors and alternatives let pass.
/// What a name means, and whether it is one by NIST IR 7695, is `CPE`'s matter.
enum CPESyntax {
    typealias Bytes = UnsafeBufferPointer<UInt8>

    /// The pattern of CycloneDX, and of CSAF as its anchors mean it.
    static func isCPE(_ text: Bytes) -> Bool {
        text.starts(withText: "cpe:2.3:") ? isFormattedString(Bytes(rebasing: text[8...])) : isURI(text)
    }

    /// The pattern of `cpe` in the CSAF 2.0 schema to the letter: `^(2.3 form)|(2.2 form)$`. Its anchors bind to one
    /// alternative each, so anything may follow a formatted string and anything may stand before a URI.
    static func matchesCSAFPattern(_ text: Bytes) -> Bool {
        guard text.count >= 5 else { return false }
        if text.starts(withText: "cpe:2.3:"), isFormattedString(Bytes(rebasing: text[8...]), allowsMore: true) { return true }
        return text.indices.contains { text[$0] == UInt8(ascii: "c") && isURI(Bytes(rebasing: text[$0...])) }
    }

    /// The pattern of CPE 2.3 names in the CVE record format, which has no anchors: any text may stand around the name.
    static func containsFormattedString(_ text: Bytes) -> Bool {
        for index in text.indices where text[index] == UInt8(ascii: "c") {
            let rest = Bytes(rebasing: text[index...])
            if rest.starts(withText: "cpe:2.3:"), isFormattedString(Bytes(rebasing: rest[8...]), allowsMore: true) { return true }
        }
        return false
    }

    /// The pattern of names of either version there; of a URI all but its beginning is optional.
    static func containsCPE(_ text: Bytes) -> Bool {
        containsFormattedString(text)
            || text.indices.contains { index in
                let rest = text[index...].prefix(5)
                return rest.first == UInt8(ascii: "c") && rest.count == 5 && rest[index + 1] | 0x20 == UInt8(ascii: "p")
                    && rest[index + 2] | 0x20 == UInt8(ascii: "e") && rest[index + 3] == UInt8(ascii: ":")
                    && rest[index + 4] == UInt8(ascii: "/")
            }
    }

    /// `[c][pP][eE]:/[AHOaho]?(:[A-Za-z0-9\._\-~%]*){0,6}`
    private static func isURI(_ text: Bytes) -> Bool {
        guard text.count >= 5, text[0] == UInt8(ascii: "c"), text[1] | 0x20 == UInt8(ascii: "p"),
            text[2] | 0x20 == UInt8(ascii: "e"), text[3] == UInt8(ascii: ":"), text[4] == UInt8(ascii: "/")
        else { return false }
        var rest = text[5...]
        if let part = rest.first, part != UInt8(ascii: ":") {
            guard "AHOaho".utf8.contains(part) else { return false }
            rest.removeFirst()
        }
        let components = rest.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard components.first?.isEmpty == true, components.count <= 7 else { return false }
        return components.allSatisfy { component in
            component.allSatisfy { CSAFSyntax.isAlphanumeric($0) || "._-~%".utf8.contains($0) }
        }
    }

    /// Part, five attributes, a language, four attributes.
    private static func isFormattedString(_ text: Bytes, allowsMore: Bool = false) -> Bool {
        let attributes = splitAtColons(text)
        guard attributes.count == 11 || allowsMore && attributes.count > 11, attributes[0].count == 1,
            "aho*-".utf8.contains(attributes[0][attributes[0].startIndex])
        else { return false }
        return attributes[1...5].allSatisfy(isAttribute) && isLanguage(attributes[6])
            && attributes[7...9].allSatisfy(isAttribute)
            && (allowsMore ? beginsWithAttribute(attributes[10]) : isAttribute(attributes[10]))
    }

    private static func beginsWithAttribute(_ text: Slice<Bytes>) -> Bool {
        if text.first == UInt8(ascii: "*") || text.first == UInt8(ascii: "-") { return true }
        var rest = text
        trimWildcards(&rest)
        return passPlain(&rest) > 0
    }

    /// Colons preceded by a backslash belong to their attribute.
    private static func splitAtColons(_ text: Bytes) -> [Slice<Bytes>] {
        var parts: [Slice<Bytes>] = []
        var start = 0
        var index = 0
        while index < text.count {
            if text[index] == UInt8(ascii: ":") {
                parts.append(text[start..<index])
                start = index + 1
            }
            index += text[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        return parts + [text[min(start, text.count)...]]
    }

    /// `*`, `-`, or text of unreserved and escaped characters with `?` (any number) or one `*` at either end.
    private static func isAttribute(_ text: Slice<Bytes>) -> Bool {
        if text.count == 1, text.first == UInt8(ascii: "*") || text.first == UInt8(ascii: "-") { return true }
        var rest = text
        trimWildcards(&rest)
        guard passPlain(&rest) > 0 else { return false }
        trimWildcards(&rest)
        return rest.isEmpty
    }

    /// Passes unreserved and escaped characters and returns their number.
    private static func passPlain(_ rest: inout Slice<Bytes>) -> Int {
        var plain = 0
        while let byte = rest.first {
            if CSAFSyntax.isAlphanumeric(byte) || "-._".utf8.contains(byte) {
                rest.removeFirst()
            } else if byte == UInt8(ascii: "\\"), let escaped = rest.dropFirst().first,
                "\\*?!\"#$%&'()+,/:;<=>@[]^`{|}~".utf8.contains(escaped)
            {
                rest.removeFirst(2)
            } else {
                break
            }
            plain += 1
        }
        return plain
    }

    private static func trimWildcards(_ text: inout Slice<Bytes>) {
        if text.first == UInt8(ascii: "*") {
            text.removeFirst()
        } else {
            while text.first == UInt8(ascii: "?") { text.removeFirst() }
        }
    }

    /// `[a-zA-Z]{2,3}(-([a-zA-Z]{2}|[0-9]{3}))?`, `*` or `-`.
    private static func isLanguage(_ text: Slice<Bytes>) -> Bool {
        if text.count == 1 { return text.first == UInt8(ascii: "*") || text.first == UInt8(ascii: "-") }
        let parts = text.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard parts.count <= 2, 2...3 ~= parts[0].count, parts[0].allSatisfy(CSAFSyntax.isLetter) else { return false }
        guard parts.count == 2 else { return true }
        return parts[1].count == 2 && parts[1].allSatisfy(CSAFSyntax.isLetter)
            || parts[1].count == 3 && parts[1].allSatisfy(CSAFSyntax.isDigit)
    }
}
