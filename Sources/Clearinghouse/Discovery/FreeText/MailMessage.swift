import AdvisoryFormats
import Sealing

/// The text of a mail (RFC 5322, MIME of RFC 2045 to 2047), as far as a report in it needs: subject, sender, and the parts that
/// are text. Attachments are named and not read.
struct MailMessage {
    private(set) var subject: String?
    private(set) var sender: String?
    /// The plain text of the message; where it has only HTML, its source.
    private(set) var text = ""
    private(set) var misfits: [Misfit] = []

    /// Parts may hold parts; nobody writes more of them than this.
    private static let maximumDepth = 16

    /// Nil where the bytes do not begin with header fields.
    init?(_ bytes: [UInt8]) {
        guard let (headers, body) = Self.split(bytes[...]) else { return nil }
        subject = headers["subject"].map(EncodedWords.decode)
        sender = headers["from"].map(EncodedWords.decode)
        guard subject != nil || sender != nil else { return nil }
        take(headers, body, depth: 0)
    }

    /// The fields by name in small letters, the first of each name, unfolded, and what stands behind the empty line.
    private static func split(_ bytes: ArraySlice<UInt8>) -> ([String: String], ArraySlice<UInt8>)? {
        var fields: [String: String] = [:]
        var last: String?
        var rest = bytes
        while !rest.isEmpty {
            let end = rest.firstIndex(of: 10) ?? rest.endIndex
            var line = rest[rest.startIndex..<end]
            rest = rest[min(end + 1, rest.endIndex)...]
            if line.last == 13 { line.removeLast() }
            if line.isEmpty { return (fields, rest) }
            let text = String(decoding: line, as: UTF8.self)
            if line.first == 32 || line.first == 9 {
                guard let last else { return nil }
                fields[last, default: ""] += " " + text.trimmingSpace
            } else {
                guard let colon = text.firstIndex(of: ":"), text[..<colon].utf8.allSatisfy({ 33...126 ~= $0 }),
                    colon > text.startIndex
                else { return nil }
                let name = text[..<colon].lowercased()
                last = fields[name] == nil ? name : ""
                fields[last ?? ""] = String(text[text.index(after: colon)...]).trimmingSpace
            }
        }
        return fields.isEmpty ? nil : (fields, rest)
    }

    private mutating func take(_ headers: [String: String], _ body: ArraySlice<UInt8>, depth: Int) {
        let type = MediaTypeField(headers["content-type"] ?? "text/plain")
        if type.name.hasPrefix("multipart/"), let boundary = type.parameters["boundary"], !boundary.isEmpty {
            guard depth < Self.maximumDepth else { return note("parts within parts are left out") }
            return takeParts(Self.parts(of: body, boundary), isAlternative: type.name == "multipart/alternative", depth: depth)
        }
        let isAttached = (headers["content-disposition"] ?? "").lowercased().hasPrefix("attachment")
        guard type.name.hasPrefix("text/"), !isAttached else { return note("a part of \(type.name) is left out") }
        let bytes: [UInt8]
        switch (headers["content-transfer-encoding"] ?? "7bit").lowercased() {
        case "base64":
            let signs = body.filter { $0 > 32 }
            guard let decoded = try? Base64.decode(String(decoding: signs, as: UTF8.self)) else {
                return note("a part is left out: it is not base64 as it says")
            }
            bytes = decoded
        case "quoted-printable": bytes = QuotedPrintable.decode(body)
        default: bytes = Array(body)
        }
        let part = TextCharset.decode(bytes, type.parameters["charset"] ?? "utf-8")
        if part == nil { note("the character set \(type.parameters["charset"] ?? "") is not read; its bytes are taken as UTF-8") }
        text += (text.isEmpty ? "" : "\n") + (part ?? String(decoding: bytes, as: UTF8.self))
    }

    /// Of alternatives the plain text is taken, or else the first.
    private mutating func takeParts(_ parts: [ArraySlice<UInt8>], isAlternative: Bool, depth: Int) {
        let read = parts.compactMap { part in Self.split(part) ?? (part.first == 10 || part.first == 13 ? ([:], part) : nil) }
        if read.count < parts.count { note("\(parts.count - read.count) parts are left out: their header fields can't be read") }
        guard isAlternative else {
            for (headers, body) in read { take(headers, body, depth: depth + 1) }
            return
        }
        let plain = read.first { MediaTypeField($0.0["content-type"] ?? "text/plain").name == "text/plain" } ?? read.first
        if let plain { take(plain.0, plain.1, depth: depth + 1) }
    }

    private mutating func note(_ reason: String) { misfits.append(Misfit(pointer: "", reason: reason)) }

    /// What stands between lines that begin with two hyphens and the boundary (RFC 2046, 5.1.1).
    private static func parts(of body: ArraySlice<UInt8>, _ boundary: String) -> [ArraySlice<UInt8>] {
        let mark = Array("--\(boundary)".utf8)
        var parts: [ArraySlice<UInt8>] = []
        var start: Int?
        var line = body.startIndex
        while line < body.endIndex {
            let end = body[line...].firstIndex(of: 10) ?? body.endIndex
            let behind = body[line..<end].dropFirst(mark.count)
            let isEnd = behind.starts(with: Array("--".utf8))
            // Nothing but white space stands behind a boundary: another may begin with the same letters.
            if body[line..<end].starts(with: mark), behind.dropFirst(isEnd ? 2 : 0).allSatisfy({ $0 <= 32 }) {
                if let start { parts.append(body[start..<line]) }
                if isEnd { return parts }
                start = min(end + 1, body.endIndex)
            }
            line = min(end + 1, body.endIndex)
        }
        if let start, start <= body.endIndex { parts.append(body[start...]) }
        return parts
    }
}

/// A media type with its parameters, as `Content-Type` has it (RFC 2045, 5.1).
struct MediaTypeField {
    let name: String
    private(set) var parameters: [String: String] = [:]

    init(_ field: String) {
        let parts = field.split(separator: ";")
        name = parts.first.map { String($0).trimmingSpace.lowercased() } ?? ""
        for part in parts.dropFirst() {
            let pair = part.split(separator: "=", maxSplits: 1)
            guard pair.count == 2 else { continue }
            var value = String(pair[1]).trimmingSpace
            if value.count > 1, value.hasPrefix("\""), value.hasSuffix("\"") { value = String(value.dropFirst().dropLast()) }
            parameters[String(pair[0]).trimmingSpace.lowercased()] = value
        }
    }
}

/// RFC 2045, 6.7. What is no encoding stays as it is, as the RFC advises (note 1).
enum QuotedPrintable {
    static func decode(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var output: [UInt8] = []
        var index = bytes.startIndex
        while index < bytes.endIndex {
            guard bytes[index] == UInt8(ascii: "=") else {
                output.append(bytes[index])
                index += 1
                continue
            }
            let rest = bytes[(index + 1)...]
            if rest.first == 10 {
                index += 2
            } else if rest.starts(with: [13, 10]) {
                index += 3
            } else if rest.count >= 2, let byte = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16),
                rest.first != UInt8(ascii: "+"), rest.first != UInt8(ascii: "-")
            {
                output.append(byte)
                index += 3
            } else {
                output.append(bytes[index])
                index += 1
            }
        }
        return output
    }
}

/// Text of the character sets that reports are written in.
enum TextCharset {
    /// Nil for a character set that is not read, or bytes that are not of it.
    static func decode(_ bytes: [UInt8], _ name: String) -> String? {
        switch name.lowercased() {
        case "utf-8", "utf8", "us-ascii", "ascii": return String(validating: bytes, as: UTF8.self)
        case "iso-8859-1", "latin1":
            var text = String.UnicodeScalarView()
            for byte in bytes { text.append(Unicode.Scalar(byte)) }
            return String(text)
        default: return nil
        }
    }
}

/// Words of header fields that are not ASCII: `=?charset?B?…?=` and `=?charset?Q?…?=` (RFC 2047).
enum EncodedWords {
    static func decode(_ field: String) -> String {
        var output = ""
        var isAfterWord = false
        for word in field.split(separator: " ", omittingEmptySubsequences: false) {
            let decoded = self.word(word)
            // White space between two encoded words is no part of the text (6.2).
            if !output.isEmpty, !(isAfterWord && decoded != nil) { output += " " }
            output += decoded ?? String(word)
            isAfterWord = decoded != nil
        }
        return output
    }

    private static func word(_ text: Substring) -> String? {
        guard text.hasPrefix("=?"), text.hasSuffix("?="), text.utf8.count > 4 else { return nil }
        let parts = text.dropFirst(2).dropLast(2).split(separator: "?", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3 else { return nil }
        switch parts[1].lowercased() {
        case "b": return (try? Base64.decode(String(parts[2]))).flatMap { TextCharset.decode($0, String(parts[0])) }
        case "q":
            let spaced = parts[2].utf8.map { $0 == UInt8(ascii: "_") ? 32 : $0 }
            return TextCharset.decode(QuotedPrintable.decode(spaced[...]), String(parts[0]))
        default: return nil
        }
    }
}

extension String {
    /// Without the white space at both ends.
    var trimmingSpace: String {
        let scalars = unicodeScalars
        guard let first = scalars.firstIndex(where: { $0.value > 32 }), let last = scalars.lastIndex(where: { $0.value > 32 })
        else {
            return ""
        }
        return String(scalars[first...last])
    }
}
