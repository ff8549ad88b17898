/// The findings made from a document of another format, and what of it a finding can't carry.
public struct FindingConversion: Sendable, Hashable {
    /// In the order of the document.
    public var findings: [ReportedFinding] = []
    /// What was left out or cut, by place in the document.
    public var misfits: [Misfit] = []

    /// An empty conversion.
    public init() {}

    mutating func note(_ pointer: String, _ reason: String) {
        misfits.append(Misfit(pointer: pointer, reason: reason))
    }
}

/// A finding made from a part of a document.
public struct ReportedFinding: Sendable, Hashable {
    /// The finding. One that was read from free text may name neither package nor repository.
    public var document: FindingDocument
    /// Where it stands: a JSON Pointer, or a line.
    public var place: String
    /// CVSS vectors it was rated with, as they were written.
    public var vectors: [String] = []
    /// Addresses where more is found.
    public var references: [String] = []
    /// Who is to be thanked.
    public var credits: [String] = []
    /// Why a person has to read the original before anybody relies on the finding; empty where a format says what is what.
    public var doubts: [String] = []

    /// A finding by its place.
    public init(document: FindingDocument, place: String) {
        self.document = document
        self.place = place
    }
}

extension FindingDocument {
    /// The first line of a text that says something, cut to the length of a title; nil where there is none.
    public static func title(from text: String) -> String? {
        guard let line = firstLine(of: text, endingAt: { $0.value < 0x20 || $0.value == 0x7F || $0.value == 0x85 }) else {
            return nil
        }
        return cut(trimmed(line), toBytes: maximumTitleBytes)
    }

    /// The first line that says something; nothing behind it is looked at.
    static func firstLine(
        of text: String, endingAt isEnd: (Unicode.Scalar) -> Bool
    ) -> Substring.UnicodeScalarView? {
        var rest = text.unicodeScalars[...]
        while !rest.isEmpty {
            let line = rest.prefix { !isEnd($0) }
            if line.contains(where: { $0.value > 0x20 }) { return line }
            rest = rest[line.endIndex...].dropFirst()
        }
        return nil
    }

    /// The text without white space and control characters at its ends.
    static func trimmed(_ text: String) -> String { trimmed(text.unicodeScalars[...]) }

    private static func trimmed(_ line: Substring.UnicodeScalarView) -> String {
        guard let first = line.firstIndex(where: { $0.value > 0x20 }), let last = line.lastIndex(where: { $0.value > 0x20 })
        else {
            return ""
        }
        return String(line[first...last])
    }

    /// The text up to a number of bytes, an ellipsis in place of the rest.
    static func cut(_ text: String, toBytes limit: Int) -> String {
        if text.utf8.count <= limit { return text }
        var kept = String.UnicodeScalarView()
        var length = 0
        for scalar in text.unicodeScalars {
            length += UTF8.width(scalar)
            if length > limit - 3 { break }  // three bytes for the ellipsis
            kept.append(scalar)
        }
        return String(kept) + "…"
    }

    /// A commit as `commit` has it; nil for any other text.
    public static func commit(_ text: String) -> String? {
        let lowered = text.lowercased()
        return 7...64 ~= lowered.utf8.count && lowered.utf8.allSatisfy(URISyntax.isHex) ? lowered : nil
    }

    /// A repository as `repository` has it: a URI, or a host and path as forges write it for people; nil for any other text.
    public static func repository(_ text: String) -> String? {
        var text = text
        return text.withUTF8(URISyntax.isURI) ? text : nil
    }
}
