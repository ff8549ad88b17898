import JSONText
public import PackageIdentity

extension SARIFReport {
    /// Converts every result that reports a problem (`kind` is `fail`) into a finding.
    ///
    /// A finding needs a package or a repository: the ones given here, or else the run's own package (`package`, a package
    /// URL, in the run's property bag) or its first version control entry.
    /// Weaknesses are taken from rule identifiers and tags, severities from `security-severity` only, because SARIF's
    /// level says how a tool ranks its rules and not how bad a vulnerability is.
    /// - Throws: `FormatRefusal` with `.tooLarge` and the place where the results mean more than is taken of one document:
    ///   a few words of a rule or a message may stand for the text of each of them.
    public func findings(package: Purl? = nil, repository: String? = nil) throws(FormatRefusal) -> SARIFConversion {
        var conversion = SARIFConversion()
        var allowance = ConversionAllowance(of: "SARIF")
        for (index, run) in runs.enumerated() {
            let place = "/runs/\(index)"
            var origin = FindingOrigin(run: run, package: package, repository: repository)
            if let reason = origin.misfit {
                conversion.misfits.append(Misfit(pointer: place + "/properties/package", reason: reason))
            }
            var stated = ProvenanceBag(origin.provenance)
            stated.take(run.properties?.value, pointer: place + "/properties")
            conversion.misfits += stated.misfits
            guard origin.isKnown else {
                let reason = "no package and no repository is known: \(run.results.count) results are left out"
                conversion.misfits.append(Misfit(pointer: place, reason: reason))
                if run.results.contains(where: { $0.absenceOfProblem == nil }) {
                    conversion.withoutSubject.append(Misfit(pointer: place, reason: reason))
                }
                continue
            }
            origin.provenance = stated.provenance
            let resolver = SARIFResolver(run)
            for (number, result) in run.results.enumerated() {
                var converter = ResultConverter(resolver, result, in: run, pointer: "\(place)/results/\(number)")
                if let document = try converter.finding(from: origin, allowance) {
                    try allowance.take(ReportedFinding(document: document, place: converter.pointer))
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
struct FindingOrigin {
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
        provenance.harnessVersion = [driver.semanticVersion, driver.version].compactMap { $0 }.first { !$0.isEmpty }
        guard let source = run.repositories.first(where: { repository == nil || $0.uri == repository }) else { return }
        var uri = source.uri
        if self.repository == nil, self.package == nil, uri.withUTF8(URISyntax.isURI) { self.repository = uri }
        commit = source.revision.flatMap(FindingDocument.commit)
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

extension SARIFResult {
    /// Why the result is no problem of the source; nil for one that is.
    var absenceOfProblem: String? {
        if kind != .fail { return "reports no problem (kind \(kind.rawValue))" }
        if isSuppressed { return "is suppressed" }
        return baselineState == .absent ? "is no longer present" : nil
    }
}
