import JSONText
public import PackageIdentity

extension OSVRecord {
    /// Converts a draft that is not published into findings: one for each package that is affected, several elements of the same
    /// package being one; where no package is named, one for each repository of the `GIT` ranges.
    ///
    /// `package` and `repository` say what the draft is about where it names nothing, and count where it names something else. The
    /// version of a package is taken where exactly one is listed. A withdrawn record reports nothing.
    /// - Throws: `FormatRefusal` with `.tooLarge` and the place where the draft means more than is taken of one document.
    public func findings(package: Purl? = nil, repository: String? = nil) throws(FormatRefusal) -> FindingConversion {
        var converter = DraftConverter(record: self)
        try converter.convert(package: package, repository: repository)
        return converter.conversion
    }
}

/// Converts one draft.
private struct DraftConverter {
    let record: OSVRecord
    var conversion = FindingConversion()
    /// The findings by what they are about.
    private var places: [String: Int] = [:]
    private var allowance = ConversionAllowance(of: "OSV")

    init(record: OSVRecord) { self.record = record }

    mutating func convert(package: Purl?, repository: String?) throws(FormatRefusal) {
        guard record.withdrawn == nil else { return conversion.note("/withdrawn", "a withdrawn record reports nothing") }
        guard let title = record.summary.flatMap(FindingDocument.title) ?? record.details.flatMap(FindingDocument.title) else {
            return conversion.note("/summary", "neither summary nor details say what is wrong")
        }
        let draft = draft(title)
        defer { noteRest() }
        if package != nil || repository != nil {
            var finding = draft
            finding.document.package = package
            finding.document.repository = repository
            finding.vectors += record.affected.flatMap { $0.severity.compactMap(\.vector) }
            try keep(finding)
            if !record.affected.isEmpty { conversion.note("/affected", "the package or repository given with the draft counts") }
        } else {
            for index in record.affected.indices { try take(record.affected[index], index, draft) }
            if record.affected.isEmpty { conversion.note("/affected", "no package and no repository is named") }
        }
    }

    private mutating func keep(_ finding: ReportedFinding) throws(FormatRefusal) {
        try allowance.take(finding)
        conversion.findings.append(finding)
    }

    private mutating func draft(_ title: String) -> ReportedFinding {
        var document = FindingDocument()
        document.title = title
        document.description = record.details
        document.weakness = weaknesses.first
        var provenance = FindingProvenance()
        provenance.harness = record.credits.first { $0.kind == .tool }?.name
        var stated = ProvenanceBag(provenance)
        stated.take(record.databaseSpecific?.value, pointer: "/database_specific")
        conversion.misfits += stated.misfits
        document.provenance = stated.provenance.ifStated
        if !record.id.isEmpty { document.extra.append(RawMember(name: "osv/id", value: RawJSON(.string(record.id)))) }
        var finding = ReportedFinding(document: document, place: "")
        finding.vectors = record.severity.compactMap(\.vector)
        finding.references = record.references.map(\.url)
        finding.credits = record.credits.map { credit in
            credit.kind.map { "\(credit.name) (\($0.rawValue.lowercased()))" } ?? credit.name
        }
        return finding
    }

    /// `cwe_ids` is where GitHub and those who follow it put weaknesses; OSV itself has no place for them.
    private var weaknesses: [WeaknessID] {
        (record.databaseSpecific?.value["cwe_ids"]?.array ?? []).compactMap { $0.string.flatMap { WeaknessID(label: $0) } }
    }

    private mutating func take(
        _ affected: OSVAffected, _ index: Int, _ draft: ReportedFinding
    ) throws(FormatRefusal) {
        let place = "/affected/\(index)"
        if !affected.ranges.isEmpty { conversion.note(place + "/ranges", "ranges of versions are left out") }
        if affected.versions.count > 1 { conversion.note(place + "/versions", "several versions are left out") }
        let repositories = affected.ranges.enumerated().compactMap { index, range in
            range.repository.flatMap(FindingDocument.repository).map { (place: "\(place)/ranges/\(index)", address: $0) }
        }
        guard let package = affected.package else {
            if repositories.isEmpty { conversion.note(place, "left out: it names no package and no repository") }
            for repository in repositories { try add(draft, to: repository.place, nil, repository.address, affected) }
            return
        }
        guard let purl = purl(package, affected.versions) else {
            return conversion.note(
                place + "/package", "left out: no package URL is known of \(package.ecosystem) \(package.name)")
        }
        try add(draft, to: place, purl, repositories.first?.address, affected)
    }

    private mutating func purl(_ package: OSVPackage, _ versions: [String]) -> Purl? {
        let version = versions.count == 1 ? versions.first : nil
        guard let text = package.purl, let purl = try? Purl(parsing: text) else {
            return Purl(ecosystem: package.ecosystem, name: package.name, version: version)
        }
        guard purl.version == nil, let version else { return purl }
        let qualifiers = Dictionary(purl.qualifiers.map { ($0.key, $0.value) }) { first, _ in first }
        return
            (try? Purl(
                type: purl.type, namespace: purl.namespace, name: purl.name, version: version, qualifiers: qualifiers,
                subpath: purl.subpath
            )) ?? purl
    }

    private mutating func add(
        _ draft: ReportedFinding, to place: String, _ package: Purl?, _ repository: String?, _ affected: OSVAffected
    ) throws(FormatRefusal) {
        let vectors = affected.severity.compactMap(\.vector)
        let subject = package.map { [$0.type, $0.namespace ?? "", $0.name].joined(separator: "/") } ?? repository ?? ""
        if let known = places[subject] {
            conversion.findings[known].vectors += vectors
            if conversion.findings[known].document.package != package {
                conversion.note(place, "joined to the finding of the same package; its version is left out")
            }
            return
        }
        places[subject] = conversion.findings.count
        var finding = draft
        finding.place = place
        finding.document.package = package
        finding.document.repository = repository
        finding.vectors += vectors
        try keep(finding)
    }

    private mutating func noteRest() {
        if record.published != nil { conversion.note("/published", "the date of publication is left out: a finding has none") }
        for (name, texts) in [("aliases", record.aliases), ("related", record.related), ("upstream", record.upstream)]
        where !texts.isEmpty {
            conversion.note("/\(name)", "left out: \(texts.joined(separator: ", "))")
        }
        if weaknesses.count > 1 {
            let others = weaknesses.dropFirst().map(\.description).joined(separator: ", ")
            conversion.note("/database_specific/cwe_ids", "only the first weakness is kept; left out: \(others)")
        }
    }
}

extension OSVSeverity {
    /// The CVSS vector; nil for ratings in words.
    fileprivate var vector: String? { kind == .ubuntu ? nil : score }
}
