import JSONText
public import PackageIdentity

extension FindingConversion {
    /// Reads the export of a hosted scanner as Markdown: for each finding a heading of the first level, sections of the second,
    /// and behind a rule lines `**Name:** value`. Findings whose `Status` is not `Open` report nothing.
    ///
    /// Nil for Markdown that is no such export, which is free text.
    /// - Throws: `FormatRefusal` with `.tooLarge` where its findings are more than are taken of one document.
    public init?(
        markdownExport bytes: [UInt8], package: Purl? = nil, repository: String? = nil
    ) throws(FormatRefusal) {
        guard let text = String(validating: bytes, as: UTF8.self), !text.utf8.contains(0),
            let export = MarkdownExport(text)
        else { return nil }
        self.init()
        var allowance = ConversionAllowance(of: "findings as Markdown")
        for entry in export.entries {
            let status = entry.facts["Status"] ?? ""
            guard status.isEmpty || status.lowercased() == "open" else {
                note(entry.place, "left out: its status is \(status.prefix(80))")
                continue
            }
            try take(entry.finding, package: package, repository: repository, &allowance)
        }
    }
}

/// The findings of a Markdown export as they stand.
private struct MarkdownExport {
    struct Entry {
        var title: String
        let place: String
        /// Heading and text, in order.
        var sections: [(name: String, lines: [Substring])] = []
        var facts: [String: String] = [:]
    }

    private(set) var entries: [Entry] = []
    private var hasSections = false
    private var hasFacts = false
    private var isBehindRule = false
    /// Headings inside a block of code are none.
    private var isInCode = false

    /// Nil where headings of both levels or facts are missing.
    init?(_ text: String) {
        var number = 0
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            number += 1
            if line.hasPrefix("```") { isInCode.toggle() }
            if !isInCode, line.hasPrefix("# ") {
                entries.append(Entry(title: FindingDocument.trimmed(String(line.dropFirst(2))), place: "line \(number)"))
                isBehindRule = false
            } else if entries.isEmpty {
                guard line.allSatisfy(\.isWhitespace) || line == "\u{FEFF}" else { return nil }
            } else {
                take(line)
            }
        }
        guard hasSections, hasFacts else { return nil }
    }

    private mutating func take(_ line: Substring) {
        let last = entries.count - 1
        if !isInCode, line.hasPrefix("## ") {
            hasSections = true
            entries[last].sections.append((FindingDocument.trimmed(String(line.dropFirst(3))), []))
        } else if !isInCode, line == "---" {
            isBehindRule = true
        } else if isBehindRule, let fact = Self.fact(line) {
            hasFacts = true
            if entries[last].facts[fact.name] == nil { entries[last].facts[fact.name] = fact.value }
        } else if !entries[last].sections.isEmpty, !isBehindRule {
            entries[last].sections[entries[last].sections.count - 1].lines.append(line)
        }
    }

    /// `**Name:** value`.
    private static func fact(_ line: Substring) -> (name: String, value: String)? {
        guard line.hasPrefix("**"), let end = line.firstRange(of: ":**") else { return nil }
        let name = line[line.index(line.startIndex, offsetBy: 2)..<end.lowerBound]
        guard !name.isEmpty, name.allSatisfy({ $0.isLetter || $0 == " " }) else { return nil }
        return (String(name), FindingDocument.trimmed(String(line[end.upperBound...])))
    }
}

extension MarkdownExport.Entry {
    var finding: ScrutineerFinding {
        var finding = ScrutineerFinding(place: place)
        finding.title = title
        for section in sections {
            let text = FindingDocument.trimmed(section.lines.joined(separator: "\n"))
            switch section.name {
            case "Location": locate(&finding, text)
            case "Details": finding.describe(nil, text)
            default: finding.describe(section.name, text)
            }
        }
        (finding.severity, finding.weakness) = (facts["Severity"], facts["CWE"])
        finding.repository = finding.repository ?? facts["Repository"]
        let taken = ["Severity", "CWE", "Repository", "Status"]
        for (name, value) in facts.sorted(by: { $0.key < $1.key }) where !taken.contains(name) && !value.isEmpty {
            finding.keep(name, .string(value))
        }
        return finding
    }

    /// `[path:line](address)`; the address begins with that of the repository.
    private func locate(_ finding: inout ScrutineerFinding, _ text: String) {
        guard text.hasPrefix("["), let middle = text.firstRange(of: "]("),
            let end = text[middle.upperBound...].firstIndex(of: ")")
        else {
            finding.location = text.split(whereSeparator: \.isNewline).first.map(String.init)
            return
        }
        finding.location = FindingDocument.trimmed(String(text[text.index(after: text.startIndex)..<middle.lowerBound]))
        let parts = text[middle.upperBound..<end].split(separator: "/", omittingEmptySubsequences: true)
        guard parts.count > 4, parts[0] == "https:" || parts[0] == "http:" else { return }
        finding.repository = "\(parts[0])//\(parts[1])/\(parts[2])/\(parts[3])"
    }
}
