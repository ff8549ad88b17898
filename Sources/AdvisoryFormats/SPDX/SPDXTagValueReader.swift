import JSONText

/// Reads the inventory of an SPDX 2.2 or 2.3 document as tag-value text (ISO/IEC 5962:2021, annex H): one `Tag: value` a line,
/// values in `<text>…</text>` over several.
struct SPDXTagValueReader {
    private(set) var document = InventoryDocument(format: .spdxTagValue)
    /// Where the `<text>` that has not ended yet begins.
    private var openText: Int?
    /// The numbers of the packages that are said to be operating systems.
    private var systems: [Int] = []
    /// Whether a line begins with the name that the version has in JSON and YAML.
    private var isYAML = false

    init() {}

    /// - Throws: `FormatRefusal` where the bytes are not UTF-8, name no version of SPDX that is read, or a `<text>` does not end.
    static func parse(_ bytes: [UInt8]) throws(FormatRefusal) -> InventoryDocument {
        do throws(TextFault) {
            try TextCheck.check(bytes)
        } catch {
            throw error.refusal(of: bytes, as: "inventory")
        }
        var reader = SPDXTagValueReader()
        for line in TextLines(bytes) { reader.line(line.text[...], at: line.startIndex) }
        guard let version = reader.document.specVersion else {
            if reader.isYAML {
                throw refusal(.unsupportedVersion, at: 0, "an SPDX document as YAML; write it as JSON or as tag-value text")
            }
            throw .unknownInventory(
                "the name tells no format, and neither does the content: it is no JSON, no XML, and no line begins with SPDXVersion:"
            )
        }
        guard version.hasPrefix("SPDX-2.") else {
            throw refusal(.unsupportedVersion, at: 0, "SPDX text is read in versions SPDX-2.2 and SPDX-2.3")
        }
        // What it swallows may be packages.
        if let openText = reader.openText { throw refusal(.badSyntax, at: openText, "a <text> that does not end") }
        reader.document.systems = reader.systems.compactMap { InventorySystem(reader.document.components[$0]) }
        return reader.document
    }

    private static func refusal(_ code: FormatViolation.Code, at offset: Int, _ reason: String) -> FormatRefusal {
        FormatRefusal(
            format: "SPDX", violations: [FormatViolation(code: code, pointer: "", byteOffset: offset, reason: reason)]
        )
    }

    private mutating func line(_ line: Substring, at offset: Int) {
        if openText != nil {
            if line.contains("</text>") { openText = nil }
            return
        }
        guard !line.hasPrefix("#"), let colon = line.firstIndex(of: ":") else { return }
        let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
        if value.hasPrefix("<text>"), !value.contains("</text>") { openText = offset }
        take(String(line[..<colon]), trimmed(value), at: offset)
    }

    private func trimmed(_ value: Substring) -> String {
        var value = value
        while value.last?.isWhitespace == true { value.removeLast() }
        return String(value)
    }

    private mutating func take(_ tag: String, _ value: String, at offset: Int) {
        let last = document.components.count - 1
        switch tag {
        case "SPDXVersion": document.specVersion = value
        case "spdxVersion": isYAML = true
        case "PackageName": document.components.append(InventoryComponent(name: value, byteOffset: offset))
        case "PackageVersion" where last >= 0: document.components[last].version = value
        case "PrimaryPackagePurpose" where last >= 0 && InventorySystem.isPurpose(value): systems.append(last)
        case "ExternalRef" where last >= 0:
            // `PACKAGE-MANAGER purl pkg:…`: category, type, locator.
            let words = value.split(separator: " ", omittingEmptySubsequences: true)
            if words.count >= 3 { document.components[last].add(String(words[2]), ofType: String(words[1])) }
        default: break
        }
    }
}
