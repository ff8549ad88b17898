import JSONText
import PackageIdentity

/// What the three forms have in common in which scrutineer (github.com/alpha-omega-security/scrutineer, docs/import.md) exchanges
/// findings: its sharing bundle, and the exports of code scanning services as CSV and Markdown that it imports.
struct ScrutineerFinding {
    var title = ""
    var description: [String] = []
    var severity: String?
    var weakness: String?
    /// `path:line`, or a path.
    var location: String?
    var repository: String?
    var commit: String?
    var tool: String?
    var patch: String?
    var sink: String?
    var vectors: [String] = []
    var references: [String] = []
    /// What a finding has no place for, by name.
    var extra: [RawMember] = []
    /// Where it stands.
    let place: String

    init(place: String) { self.place = place }

    /// Adds a part of the description under a heading of its own.
    mutating func describe(_ heading: String?, _ text: String?) {
        guard let text, !text.isEmpty else { return }
        description.append(heading.map { "## \($0)\n\(text)" } ?? text)
    }

    mutating func keep(_ name: String, _ value: JSONValue) {
        extra.append(RawMember(name: "scrutineer/" + name, value: RawJSON(value)))
    }

    /// A slug `owner/name` is one of GitHub, as the exports that have slugs come from there.
    static func repository(_ text: String?) -> String? {
        guard let text, !text.isEmpty else { return nil }
        if let repository = FindingDocument.repository(text) { return repository }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        let isSlug =
            parts.count == 2
            && parts.allSatisfy { part in
                !part.isEmpty
                    && part.utf8.allSatisfy {
                        URISyntax.isDigit($0) || ($0 | 0x20) &- UInt8(ascii: "a") < 26 || "-._".utf8.contains($0)
                    }
            }
        return isSlug ? "https://github.com/" + text : nil
    }
}

extension FindingConversion {
    /// Adds the finding that was read, or says why there is none; `package` and `repository` count before what it names itself.
    mutating func take(
        _ read: ScrutineerFinding, package: Purl?, repository: String?, _ allowance: inout ConversionAllowance
    ) throws(FormatRefusal) {
        guard let title = FindingDocument.title(from: read.title) else { return note(read.place, "left out: it has no title") }
        var finding = FindingDocument()
        finding.title = title
        finding.package = package
        finding.repository = repository ?? (package == nil ? ScrutineerFinding.repository(read.repository) : nil)
        guard finding.package != nil || finding.repository != nil else {
            return note(read.place, "left out: no package and no repository is known")
        }
        let text = read.description.joined(separator: "\n\n")
        finding.description = text.isEmpty ? nil : text
        finding.commit = said(read.commit, "commit", at: read.place, FindingDocument.commit)
        finding.severity = said(read.severity, "severity", at: read.place) { FindingSeverity(rawValue: $0.lowercased()) }
        finding.weakness = said(read.weakness, "weakness", at: read.place) { WeaknessID(label: $0) }
        finding.location = read.location.flatMap { $0.isEmpty ? nil : FindingLocation(written: $0) }
        finding.patch = read.patch
        finding.sink = read.sink
        var provenance = FindingProvenance()
        provenance.harness = read.tool
        finding.provenance = provenance.ifStated
        finding.extra = read.extra
        var reported = ReportedFinding(document: finding, place: read.place)
        (reported.vectors, reported.references) = (read.vectors, read.references)
        try allowance.take(reported)
        findings.append(reported)
    }

    private mutating func said<Value>(_ text: String?, _ name: String, at place: String, _ read: (String) -> Value?) -> Value? {
        guard let text, !text.isEmpty else { return nil }
        let value = read(text)
        if value == nil { note(place, "the \(name) is left out, which is none: \(text.prefix(80))") }
        return value
    }
}
