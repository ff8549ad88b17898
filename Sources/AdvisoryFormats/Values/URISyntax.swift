/// The grammar of RFC 3986, over bytes: what JSON Schema's `format: uri` asserts.
enum URISyntax {
    /// Whether the bytes are a `URI` (section 3): a scheme, then authority and path, query and fragment.
    static func isURI(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let afterScheme = scheme(bytes) else { return false }
        return isHierarchyAndRest(bytes, from: afterScheme, allowsColonFirst: true)
    }

    /// Whether the bytes are a `URI-reference` (section 4.1): a URI, or a path and the rest without a scheme.
    static func isReference(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        isURI(bytes) || isHierarchyAndRest(bytes, from: 0, allowsColonFirst: false)
    }

    /// The offset behind `scheme ":"`, or nil when there is none (section 3.1).
    private static func scheme(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        guard let first = bytes.first, isLetter(first) else { return nil }
        var index = 1
        while index < bytes.count, bytes[index] != UInt8(ascii: ":") {
            let byte = bytes[index]
            guard isLetter(byte) || isDigit(byte) || contains("+-.", byte) else { return nil }
            index += 1
        }
        return index < bytes.count ? index + 1 : nil
    }

    private static func isHierarchyAndRest(
        _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, allowsColonFirst: Bool
    ) -> Bool {
        var index = start
        if index + 1 < bytes.count, bytes[index] == UInt8(ascii: "/"), bytes[index + 1] == UInt8(ascii: "/") {
            let end = endOfPart(bytes, from: index + 2)
            guard isAuthority(bytes, index + 2..<end) else { return false }
            index = end
        } else if !allowsColonFirst {
            let segmentEnd = endOfPart(bytes, from: index)
            // Section 4.2: a colon in the first segment would make it look like a scheme.
            if bytes[index..<segmentEnd].contains(UInt8(ascii: ":")) { return false }
        }
        guard let query = pass(bytes, index, also: "/:@") else { return false }
        index = query
        if index < bytes.count, bytes[index] == UInt8(ascii: "?") {
            guard let fragment = pass(bytes, index + 1, also: "/:@?") else { return false }
            index = fragment
        }
        if index < bytes.count, bytes[index] == UInt8(ascii: "#") {
            return pass(bytes, index + 1, also: "/:@?") == bytes.count
        }
        return index == bytes.count
    }

    /// The offset of the slash, question mark or number sign that ends an authority or segment, or of the end.
    private static func endOfPart(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var index = start
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "/") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#") { return index }
            index += 1
        }
        return index
    }

    /// `[ userinfo "@" ] host [ ":" port ]` of section 3.2.
    private static func isAuthority(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
        var start = range.lowerBound
        if let at = bytes[range].firstIndex(of: UInt8(ascii: "@")) {
            guard pass(bytes, start, also: ":") == at else { return false }
            start = at + 1
        }
        var hostEnd: Int
        if start < range.upperBound, bytes[start] == UInt8(ascii: "[") {
            guard let close = bytes[start..<range.upperBound].firstIndex(of: UInt8(ascii: "]")),
                IPLiteral.isValid(UnsafeBufferPointer(rebasing: bytes[start + 1..<close]))
            else { return false }
            hostEnd = close + 1
        } else {
            hostEnd = bytes[start..<range.upperBound].firstIndex(of: UInt8(ascii: ":")) ?? range.upperBound
            guard let end = pass(bytes, start, also: ""), end >= hostEnd else { return false }
        }
        guard hostEnd < range.upperBound else { return true }
        guard bytes[hostEnd] == UInt8(ascii: ":") else { return false }
        hostEnd += 1
        return bytes[hostEnd..<range.upperBound].allSatisfy(isDigit)
    }

    /// Passes unreserved characters, sub-delimiters, percent-encoded bytes and those in `also`; returns the offset of
    /// the first other byte, or nil when a percent sign is not followed by two hexadecimal digits.
    private static func pass(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, also: StaticString) -> Int? {
        var index = start
        while index < bytes.count {
            let byte = bytes[index]
            if isLetter(byte) || isDigit(byte) || isMark(byte) || contains(also, byte) {
                index += 1
            } else if byte == UInt8(ascii: "%") {
                guard index + 2 < bytes.count, isHex(bytes[index + 1]), isHex(bytes[index + 2]) else { return nil }
                index += 3
            } else {
                return index
            }
        }
        return index
    }

    private static func contains(_ set: StaticString, _ byte: UInt8) -> Bool {
        for index in 0..<set.utf8CodeUnitCount where set.utf8Start[index] == byte { return true }
        return false
    }

    /// The marks among `unreserved`, and `sub-delims`.
    @inline(__always)
    private static func isMark(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "!"),
            UInt8(ascii: "$"), UInt8(ascii: "&"), UInt8(ascii: "'"), UInt8(ascii: "("), UInt8(ascii: ")"),
            UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "="):
            true
        default: false
        }
    }

    @inline(__always)
    private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- UInt8(ascii: "a") < 26 }

    @inline(__always)
    static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 <= 9 }

    @inline(__always)
    static func isHex(_ byte: UInt8) -> Bool { isDigit(byte) || (byte | 0x20) &- UInt8(ascii: "a") < 6 }
}
