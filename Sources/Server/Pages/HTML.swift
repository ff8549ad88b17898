/// Markup made of our own literals and of escaped text, and of nothing else.
///
/// The literal parts of an interpolation are `StaticString`s, so text that arrived at run time can't become markup: the
/// compiler refuses it. Every interpolated value is escaped for both text and double-quoted attributes, the only two places
/// the pages put values in.
struct HTML: Sendable, ExpressibleByStringInterpolation {
    private(set) var bytes: [UInt8]

    init() {
        bytes = []
    }

    init(stringLiteral literal: StaticString) {
        bytes = literal.withUTF8Buffer { Array($0) }
    }

    init(stringInterpolation: StringInterpolation) {
        bytes = stringInterpolation.bytes
    }

    static func + (left: HTML, right: HTML) -> HTML {
        var sum = left
        sum.bytes += right.bytes
        return sum
    }

    struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var bytes: [UInt8] = []

        init(literalCapacity: Int, interpolationCount: Int) {
            bytes.reserveCapacity(literalCapacity + interpolationCount * 32)
        }

        mutating func appendLiteral(_ literal: StaticString) {
            literal.withUTF8Buffer { bytes.append(contentsOf: $0) }
        }

        mutating func appendInterpolation(_ text: String) {
            HTML.escape(text, into: &bytes)
        }

        mutating func appendInterpolation(_ markup: HTML) {
            bytes += markup.bytes
        }

        mutating func appendInterpolation(_ markup: [HTML]) {
            for part in markup { bytes += part.bytes }
        }

        /// Text that somebody outside wrote, with its writing direction kept to itself: a right-to-left override in a title
        /// must not turn the words around it.
        mutating func appendInterpolation(said text: String) {
            bytes += "<bdi>".utf8
            HTML.escape(text, into: &bytes)
            bytes += "</bdi>".utf8
        }

        /// One segment of a path or a value of a query in a link.
        mutating func appendInterpolation(segment text: String) {
            HTML.escape(PercentEncoding.encode(text), into: &bytes)
        }

        /// A number as people read it: `12,345`.
        mutating func appendInterpolation(_ number: Int64) {
            bytes += HTML.grouped(number).utf8
        }

        /// A number as machines read it.
        mutating func appendInterpolation(plain number: Int64) {
            bytes += String(number).utf8
        }
    }
}

extension HTML {
    /// Control characters are no text (HTML standard, "text content") and become U+FFFD; `&`, `<`, `>` and both quotes become
    /// character references.
    private static func escape(_ text: String, into bytes: inout [UInt8]) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): bytes += "&amp;".utf8
            case UInt8(ascii: "<"): bytes += "&lt;".utf8
            case UInt8(ascii: ">"): bytes += "&gt;".utf8
            case UInt8(ascii: "\""): bytes += "&quot;".utf8
            case UInt8(ascii: "'"): bytes += "&#39;".utf8
            case 0x09, 0x0a: bytes.append(byte)
            case 0x00..<0x20, 0x7f: bytes += "\u{FFFD}".utf8
            default: bytes.append(byte)
            }
        }
    }

    static func grouped(_ number: Int64) -> String {
        let digits = Array(String(number.magnitude).utf8)
        var text: [UInt8] = number < 0 ? [UInt8(ascii: "-")] : []
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text.append(UInt8(ascii: ",")) }
            text.append(digit)
        }
        return String(decoding: text, as: UTF8.self)
    }
}
