import AdvisoryFormats
import Correlation
import PackageIdentity

/// Reads a report that somebody wrote in words, as the last resort. Every rule is a look for something that says itself what it is;
/// what is not found is told and never guessed, and every finding made here is marked to be read by a person.
///
/// - title: the subject of a mail, without `Re:` and the like; else the first line that says something, without the `#` of a heading
/// - credit: the sender of a mail
/// - package: the first text that begins with `pkg:` and is a package URL
/// - repository: a line `Repository: URL`; else the first URL that ends in `.git`, or whose host is a known forge, cut behind
///   owner and name
/// - commit: a line `Commit: …`
/// - weakness: the first text like `CWE-79`
/// - file, function, line: of the first frame of a crash trace that names a file; else lines `File: path:line` and `Function: …`
/// - severity: a line `Severity: …` with one of our words
/// - provenance: lines `Model:`, `Model version:`, `Harness:` or `Tool:`, `Prompt policy:`, `Human reviewed: yes` or `no`
struct FreeTextReader {
    private let title: String?
    private let sender: String?
    private let text: String
    private let words: [Substring]
    private(set) var conversion = FindingConversion()

    /// A mail where `isMail`, else plain text or Markdown.
    /// - Throws: `malformed` for bytes that are no UTF-8 text, no mail, or say nothing.
    init(_ bytes: [UInt8], isMail: Bool, package: Purl?, repository: String?) throws(Refusal) {
        if isMail {
            guard let mail = MailMessage(bytes) else {
                throw Refusal(.malformed, "not a mail: no header fields with Subject or From stand before it", place: "byte 0")
            }
            (title, sender, text) = (mail.subject.map(Self.withoutPrefixes), mail.sender, mail.text)
            conversion.misfits = mail.misfits
        } else {
            guard let text = String(validating: bytes, as: UTF8.self), !text.utf8.contains(0) else {
                throw Refusal(.malformed, "not a text in UTF-8", place: Self.placeOfFault(in: bytes))
            }
            (title, sender, self.text) = (nil, nil, text)
        }
        words = text.split { $0.isWhitespace || "<>()[]\"'`,;".contains($0) }
        guard let title = heading else { throw Refusal(.malformed, "the text says nothing", place: "byte 0") }
        conversion.findings = [finding(title, package: package, repository: repository)]
    }

    private static func placeOfFault(in bytes: [UInt8]) -> String {
        let end = bytes.firstIndex(of: 0) ?? bytes.count
        // The longest prefix that is text; a sequence of UTF-8 has four bytes at most.
        var (low, high) = (0, end)
        while low < high {
            let middle = (low + high + 1) / 2
            let isText = (0..<4).contains {
                middle - $0 >= 0 && String(validating: bytes[..<(middle - $0)], as: UTF8.self) != nil
            }
            if isText { low = middle } else { high = middle - 1 }
        }
        return "byte \(low)"
    }

    private static func withoutPrefixes(_ subject: String) -> String {
        var subject = subject.trimmingSpace[...]
        while let prefix = ["re:", "fwd:", "fw:", "aw:"].first(where: { subject.prefix($0.count).lowercased() == $0 }) {
            subject = subject.dropFirst(prefix.count).drop(while: \.isWhitespace)
        }
        return String(subject)
    }

    private var heading: String? {
        if let title = title.flatMap(FindingDocument.title) { return title }
        let lines = text.split(whereSeparator: \.isNewline).map { String($0.drop { "# ".contains($0) }) }
        return lines.lazy.compactMap(FindingDocument.title).first
    }

    private func finding(_ title: String, package: Purl?, repository: String?) -> ReportedFinding {
        var document = FindingDocument(title: title, repository: "")
        document.package = package ?? words.lazy.compactMap(Self.purl).first
        document.repository = repository ?? self.repository
        document.commit = value("Commit").flatMap(FindingDocument.commit)
        document.weakness = weakness
        document.severity = value("Severity").flatMap { FindingSeverity(rawValue: $0.lowercased()) }
        let crash = CrashReport(parsing: Array(text.utf8))
        document.location = location(crash)
        document.description = text
        document.provenance = provenance
        var finding = ReportedFinding(document: document, place: "line 1")
        finding.credits = sender.map { [$0] } ?? []
        finding.doubts = doubts(document, hasCrash: crash != nil)
        return finding
    }

    private func doubts(_ document: FindingDocument, hasCrash: Bool) -> [String] {
        let found = [
            ("package", document.package != nil), ("repository", document.repository != nil),
            ("weakness", document.weakness != nil), ("file", document.location != nil),
            ("function", document.location?.function != nil), ("crash trace", hasCrash)
        ]
        let missing = found.filter { !$0.1 }.map { "no \($0.0) was found in the text" }
        return ["it was read from free text: a person has to compare it with the original"] + missing
    }

    private static func purl(_ word: Substring) -> Purl? {
        guard word.hasPrefix("pkg:") else { return nil }
        return try? Purl(parsing: withoutFullStop(word))
    }

    /// A word without what ends a sentence.
    private static func withoutFullStop(_ word: Substring) -> String {
        var word = word
        while let last = word.last, ".:!?".contains(last) { word.removeLast() }
        return String(word)
    }

    private static let forges = ["github.com", "gitlab.com", "codeberg.org", "bitbucket.org"]

    private var repository: String? {
        if let said = value("Repository").flatMap(FindingDocument.repository) { return said }
        return words.lazy.compactMap { word -> String? in
            guard word.hasPrefix("https://") || word.hasPrefix("http://") || word.hasPrefix("git://") else { return nil }
            let address = Self.withoutFullStop(word)
            if address.hasSuffix(".git") { return FindingDocument.repository(address) }
            let parts = address.split(separator: "/", omittingEmptySubsequences: true)
            guard parts.count >= 4, Self.forges.contains(parts[1].lowercased()) else { return nil }
            return FindingDocument.repository("\(parts[0])//\(parts[1])/\(parts[2])/\(parts[3])")
        }.first
    }

    private var weakness: WeaknessID? {
        words.lazy.compactMap { word in
            let name = word.uppercased().prefix { $0.isLetter || $0.isNumber || $0 == "-" }
            return name.hasPrefix("CWE-") ? WeaknessID(label: String(name)) : nil
        }.first
    }

    private func location(_ crash: CrashReport?) -> FindingLocation? {
        if let frame = crash?.frames.first(where: { $0.file?.isEmpty == false }), let file = frame.file {
            return FindingLocation(file: file, function: frame.function, startLine: frame.line)
        }
        guard let said = value("File") else { return nil }
        var location = FindingLocation(written: said)
        location.function = value("Function")
        return location
    }

    private var provenance: FindingProvenance? {
        var provenance = FindingProvenance(
            model: value("Model"), version: value("Model version"), harness: value("Harness") ?? value("Tool")
        )
        provenance.promptPolicyHash = value("Prompt policy")
        switch value("Human reviewed")?.lowercased() {
        case "yes", "true": provenance.humanReviewed = true
        case "no", "false": provenance.humanReviewed = false
        default: break
        }
        return provenance == FindingProvenance() ? nil : provenance
    }

    /// What stands behind `Name:` on a line of its own, in Markdown also `**Name:**`.
    private func value(_ name: String) -> String? {
        for line in text.split(whereSeparator: \.isNewline) {
            let plain = line.filter { $0 != "*" && $0 != "`" }.drop { $0 == " " || $0 == "-" }
            guard plain.count > name.count + 1, plain.prefix(name.count + 1).lowercased() == name.lowercased() + ":" else {
                continue
            }
            let value = String(plain.dropFirst(name.count + 1)).trimmingSpace
            if !value.isEmpty { return value }
        }
        return nil
    }
}
