import JSONText
public import PackageIdentity

extension SARIFReport {
    /// Converts every result that reports a problem (`kind` is `fail`) into a finding.
    ///
    /// A finding needs a package or a repository: the ones given here, or else the run's own package (`package`, a package
    /// URL, in the run's property bag) or its first version control entry.
    /// Weaknesses are taken from rule identifiers and tags, severities from `security-severity` only, because SARIF's
    /// level says how a tool ranks its rules and not how bad a vulnerability is.
    public func findings(package: Purl? = nil, repository: String? = nil) -> SARIFConversion {
        var conversion = SARIFConversion()
        for (index, run) in runs.enumerated() {
            let place = "/runs/\(index)"
            var origin = FindingOrigin(run: run, package: package, repository: repository)
            if let reason = origin.misfit {
                conversion.misfits.append(Misfit(pointer: place + "/properties/package", reason: reason))
            }
            var stated = SARIFProvenance(origin.provenance)
            stated.take(run.properties, pointer: place + "/properties")
            conversion.misfits += stated.misfits
            guard origin.isKnown else {
                let reason = "no package and no repository is known: \(run.results.count) results are left out"
                conversion.misfits.append(Misfit(pointer: place, reason: reason))
                continue
            }
            origin.provenance = stated.provenance
            for (number, result) in run.results.enumerated() {
                var converter = ResultConverter(run: run, result: result, pointer: "\(place)/results/\(number)")
                if let document = converter.finding(from: origin) {
                    conversion.findings.append(
                        SARIFFinding(
                            document: document, pointer: converter.pointer,
                            correlationGUID: result.correlationGUID?.lowercased()
                        )
                    )
                }
                conversion.misfits += converter.misfits
            }
        }
        return conversion
    }
}

/// What all findings of a run have in common.
private struct FindingOrigin {
    var package: Purl?
    var repository: String?
    var commit: String?
    var provenance = FindingProvenance()
    /// Why the package the run names was not taken.
    var misfit: String?

    init(run: SARIFRun, package: Purl?, repository: String?) {
        self.package = package
        takePackage(of: run)
        var given = repository ?? ""
        self.repository = given.withUTF8(URISyntax.isURI) ? repository : nil
        let driver = run.tool.driver
        provenance.harness = driver.name.isEmpty ? nil : driver.name
        provenance.version = [driver.semanticVersion, driver.version].compactMap { $0 }.first { !$0.isEmpty }
        guard let source = run.repositories.first(where: { repository == nil || $0.uri == repository }) else { return }
        var uri = source.uri
        if self.repository == nil, self.package == nil, uri.withUTF8(URISyntax.isURI) { self.repository = uri }
        let revision = source.revision?.lowercased()
        if let revision, revision.utf8.allSatisfy(URISyntax.isHex), 7...64 ~= revision.utf8.count { commit = revision }
    }

    var isKnown: Bool { package != nil || repository != nil }

    /// The package the run itself names, where the caller names none. Property bags belong to the tools, so that a `package`
    /// which is no package URL is told and stops nothing.
    private mutating func takePackage(of run: SARIFRun) {
        guard let named = run.properties?.value["package"] else { return }
        guard let text = named.string else {
            misfit = "a package URL is a string; the run's package is left out"
            return
        }
        do throws(PurlError) {
            let own = try Purl(parsing: text)
            if let package, package != own { misfit = "the package given with the log counts, not this one" }
            package = package ?? own
        } catch {
            misfit = "not a package URL, left out: \(error.reason)"
        }
    }
}

/// Converts one result.
private struct ResultConverter {
    let run: SARIFRun
    let result: SARIFResult
    let pointer: String
    var misfits: [Misfit] = []

    init(run: SARIFRun, result: SARIFResult, pointer: String) {
        self.run = run
        self.result = result
        self.pointer = pointer
    }

    mutating func finding(from origin: FindingOrigin) -> FindingDocument? {
        if result.kind != .fail { return skip("reports no problem (kind \(result.kind.rawValue))") }
        if result.isSuppressed { return skip("is suppressed") }
        if result.baselineState == .absent { return skip("is no longer present") }
        var finding = FindingDocument()
        finding.package = origin.package
        finding.repository = origin.repository
        finding.commit = origin.commit
        var stated = SARIFProvenance(origin.provenance)
        stated.take(result.properties, pointer: pointer + "/properties")
        misfits += stated.misfits
        finding.provenance = stated.provenance
        let text = run.text(of: result) ?? result.message.markdown
        finding.title = title(text)
        finding.description = text
        finding.weakness = weakness()
        finding.location = location()
        finding.severity = severity()
        finding.fingerprints = fingerprints()
        // Hexadecimal digits of either case are the same identifier.
        finding.idempotencyKey = (result.guid?.lowercased()).flatMap { key in
            key.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } && 1...FindingDocument.maximumKeyBytes ~= key.utf8.count
                ? key : nil
        }
        finding.extra = extra()
        if result.codeFlowCount > 0 { note("/codeFlows", "\(result.codeFlowCount) code flows are left out") }
        return finding
    }

    private mutating func skip(_ reason: String) -> FindingDocument? {
        note("", "left out: the result \(reason)")
        return nil
    }

    private mutating func note(_ place: String, _ reason: String) {
        misfits.append(Misfit(pointer: pointer + place, reason: reason))
    }

    /// The first line of the message, or the rule's description, name or identifier.
    private mutating func title(_ text: String?) -> String {
        let rule = run.rule(of: result)
        let candidates = [text, rule?.shortDescription, rule?.name, result.ruleID]
        for case let candidate? in candidates {
            let lines = candidate.unicodeScalars.split { $0.value < 0x20 || $0.value == 0x85 }
            guard let line = lines.first(where: { $0.contains { $0.value > 0x20 } }) else { continue }
            let title = String(line)
            let cut = FindingDocument.cut(title, toBytes: FindingDocument.maximumTitleBytes)
            if cut != title { note("/message", "the title is cut; the description has all of it") }
            return cut
        }
        note("", "neither message nor rule gives a title")
        return "Untitled result of \(run.tool.driver.name.isEmpty ? "a tool" : "an analysis")"
    }

    private mutating func weakness() -> WeaknessID? {
        let rule = run.rule(of: result)
        let tags = result.properties?.value["tags"]?.array?.compactMap(\.string) ?? []
        let labels = [result.ruleID, rule?.id].compactMap { $0 } + tags + (rule?.tags ?? [])
        var found: [WeaknessID] = []
        for case let weakness? in labels.map({ WeaknessID(label: $0) }) where !found.contains(weakness) {
            found.append(weakness)
        }
        if found.count > 1 {
            let others = found.dropFirst().map(\.description).joined(separator: ", ")
            note("", "only the first weakness is kept; left out: \(others)")
        }
        return found.first
    }

    private mutating func location() -> FindingLocation? {
        if result.locations.count > 1 {
            note("/locations", "only the first of \(result.locations.count) locations is kept")
        }
        guard let first = result.locations.first else { return nil }
        let function = first.logicalLocations.first.map(run.resolve)
        guard let uri = first.artifact.map(run.resolve)?.uri, !uri.isEmpty else {
            if function != nil { note("/locations/0", "a logical location without a file is left out") }
            return nil
        }
        let name = function?.fullyQualifiedName ?? function?.name
        let line = first.region?.startLine
        return FindingLocation(file: uri, function: name?.isEmpty == true ? nil : name, startLine: line == 0 ? nil : line)
    }

    /// `security-severity`, the score from 0 to 10 that code scanning services read from rule and result properties.
    private func severity() -> FindingSeverity? {
        let bags = [result.properties, run.rule(of: result)?.properties]
        for case let value? in bags.map({ $0?.value["security-severity"] }) {
            guard let score = value.number?.double ?? value.string.flatMap(Double.init), 0...10 ~= score else { continue }
            switch score {
            case 9...: return .critical
            case 7..<9: return .high
            case 4..<7: return .medium
            case 0: return FindingSeverity.none
            default: return .low
            }
        }
        return nil
    }

    private mutating func fingerprints() -> [String: String] {
        var all = result.fingerprints
        // Partial fingerprints identify a result only together with its rule and file (3.27.17), so they are told apart.
        for (name, value) in result.partialFingerprints { all["partial/" + name] = value }
        let usable = all.filter { !$0.value.isEmpty }.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        let kept = usable.prefix(FindingDocument.maximumFingerprints)
        if kept.count < all.count { note("/fingerprints", "\(all.count - kept.count) fingerprints are left out") }
        return Dictionary(uniqueKeysWithValues: kept.map { ($0.key, $0.value) })
    }

    /// What SARIF says beyond the finding format, under names of its own.
    private func extra() -> [RawMember] {
        var members: [RawMember] = []
        func add(_ name: String, _ value: JSONValue?) {
            if let value { members.append(RawMember(name: name, value: RawJSON(value))) }
        }
        add("sarif/ruleId", (result.ruleID ?? run.rule(of: result)?.id).map { .string($0) })
        add("sarif/level", .string(run.level(of: result).rawValue))
        add("sarif/rank", result.rank.flatMap { JSONNumber($0) }.map { .number($0) })
        add("sarif/baselineState", result.baselineState.map { .string($0.rawValue) })
        return members
    }
}
